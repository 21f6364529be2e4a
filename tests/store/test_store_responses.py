"""Servers' answers: kept once, byte for byte, for watched stories, and never more than the bound."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from store import responses
from store.database import open_store

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_an_answer_is_kept_once_and_given_back_byte_for_byte(tmp_path: Path) -> None:
    body = b"<rss>\xff\x00" * 1000
    with open_store(tmp_path / "a.db", create=True) as store:
        name = responses.keep(store, body, NOON)
        assert responses.keep(store, body, NOON + timedelta(hours=1)) == name == sha256(body).hexdigest()
        assert responses.get(store, name) == body
        assert store.value("SELECT count(*) FROM responses") == 1
        assert responses.kept(store, [name, "0" * 64]) == {name}
        assert responses.get(store, "0" * 64) is None


def test_the_oldest_answers_go_when_the_bound_is_reached(tmp_path: Path) -> None:
    choice = random.Random(1)
    with open_store(tmp_path / "a.db", create=True) as store:
        names = [
            responses.keep(store, choice.randbytes(1000), NOON + timedelta(hours=hour), limit=3500)
            for hour in range(6)
        ]
        assert responses.kept(store, names) == set(names[-3:])

"""The commands that keep a store small and let analysts merge their work."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from feeds.entry import Entry
from spreadwatch.cli import main
from spreadwatch.pipeline import Pipeline
from store import decisions, items
from store.database import open_store
from stories.decision import Act

THEN = datetime(2020, 3, 1, 12, tzinfo=UTC)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(each) for each in arguments])


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return _filled(tmp_path / "news.db")


def _filled(path: Path) -> Path:
    with open_store(path, create=True) as store:
        entries = [
            Entry(
                f"g{number}",
                f"Volcano {number * 7919} erupts near town {number}",
                published=THEN,
                publisher="p.example",
            )
            for number in range(5)
        ]
        Pipeline(store).take_in(entries, datetime.now(UTC), imported=True)
    return path


def test_tidy_lets_old_items_go_and_says_how_many(database: Path) -> None:
    with open_store(database) as store:
        decisions.record(store, Act.STAR, items=[1], by="ada", at=datetime.now(UTC))
    done = run("tidy", "--older-than", "90d", "--vacuum", "--db", database)
    assert done.exit_code == 0, done.output
    with open_store(database) as store:
        kept = items.count(store)
        assert items.rows(store, [1]) and f"{5 - kept:,} items let go, {kept:,} kept." in done.output
    assert run("tidy", "--db", database).exit_code == 2


def test_decisions_go_out_and_into_another_database(database: Path, tmp_path: Path) -> None:
    other = _filled(tmp_path / "other.db")
    with open_store(database) as store:
        decisions.record(store, Act.DISMISS, items=[2], by="ada", at=datetime.now(UTC))
    log = tmp_path / "ada.jsonl"
    assert run("decisions", "export", "-o", log, "--db", database).exit_code == 0
    assert run("decisions", "export", "--db", database).output == log.read_text("utf-8")
    done = run("decisions", "import", log, "--db", other)
    assert done.exit_code == 0 and "1 decision taken over" in done.output
    with open_store(other) as store:
        assert items.rows(store, [2])[0].dismissed
    log.write_text(log.read_text("utf-8") + "nonsense\n", "utf-8")
    again = run("decisions", "import", log, "--db", other)
    assert again.exit_code == 1 and "line 2" in again.output and "1 known already" in again.output

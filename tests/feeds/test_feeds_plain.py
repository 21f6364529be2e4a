from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from multiprocessing import active_children

import pytest

from feeds.entry import Parsed
from feeds.errors import FeedError, Trouble
from feeds.parse import PLAIN_BYTES, PLAIN_TAGS, parse, parse_plain
from feeds.workers import Workers
from tests.feeds.nasty_feeds import files, item, rss

NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)
NASTY = files()
PLAIN = (
    "numeric-escapes",
    "bidi",
    "duplicate-guids",
    "bad-dates",
    "truncated",
    "odd-json",
    "utf16-without-mark",
)


def plain(text: str | bytes, content_type: str = "") -> Parsed | None:
    body = text if isinstance(text, bytes) else text.encode()
    return parse_plain(body, url="http://news.example/rss", now=NOW, content_type=content_type)


@pytest.mark.parametrize("name", PLAIN)
def test_what_is_read_in_the_collector_is_what_a_worker_reads(name: str) -> None:
    found = plain(NASTY[name])
    assert found == parse(NASTY[name], url="http://news.example/rss", now=NOW)


@pytest.mark.parametrize(
    "body",
    [
        rss(item("A" * PLAIN_BYTES)),
        rss(item("tags", 1, "<description>" + "<b/>" * PLAIN_TAGS + "</description>")),
        # expat writes the address into each name: two hundred thousand characters would become gigabytes.
        rss("".join(f"<p:a{n}/>" for n in range(99))).replace("<rss", f'<rss xmlns:p="{"u" * 200_000}"'),
        rss("".join(f"<p:a{n}/>" for n in range(99))).replace("<rss", f"<rss xmlns:p =\n\n\n\n\n'{'u' * 200_000}'"),
        "<!DOCTYPE [" * 900 + rss(item("long before it begins")),
        rss(item("&a;" * 9), '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "word">]>'),
        rss(item("Привет мир")).encode("cp1251"),
        rss(item("mode")).replace("<rss", '<rss x="1" mode="base64"'),
        NASTY["unescaped"],
    ],
    ids=["bytes", "tags", "namespace", "spaced namespace", "late root", "entities", "guessed letters", "base64", "broken"],
)  # fmt: skip
def test_what_could_take_long_or_much_is_left_to_a_worker(body: str | bytes) -> None:
    assert plain(body) is None


def test_reading_gives_up_between_two_entries_when_its_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    body = rss(item("one") + item("two", 2))
    assert plain(body) is not None
    monkeypatch.setattr("feeds.parse.PLAIN_SECONDS", -1.0)
    assert plain(body) is None


def test_a_web_page_and_an_empty_answer_need_no_worker() -> None:
    for name, trouble in (("html-page", Trouble.NOT_A_FEED), ("empty", Trouble.EMPTY)):
        with pytest.raises(FeedError) as caught:
            plain(NASTY[name])
        assert caught.value.trouble is trouble


def test_a_charset_that_unpacks_or_is_for_host_names_is_none() -> None:
    latin = rss(item("Caf\xe9")).encode("latin-1")
    for name in ("zlib", "hex", "punycode", "idna"):
        assert plain(latin, f"text/xml; charset={name}") is None


async def test_plain_feeds_start_no_process_and_others_do() -> None:
    before = set(active_children())
    async with Workers(1, seconds=60) as workers:
        for name in PLAIN:
            await workers.parse(NASTY[name], url="http://news.example/rss", now=NOW)
        assert set(active_children()) == before
        broken = await workers.parse(NASTY["unescaped"], url="http://news.example/rss", now=NOW)
        assert broken.entries
        assert len(set(active_children()) - before) == 1


async def test_workers_nobody_uses_end_and_the_next_document_starts_others() -> None:
    before = set(active_children())
    async with Workers(1, seconds=60, idle=0.05) as workers:
        for _ in range(2):
            broken = await workers.parse(NASTY["unescaped"], url="http://news.example/rss", now=NOW)
            assert broken.entries
            async with asyncio.timeout(60):
                while set(active_children()) - before:
                    await asyncio.sleep(0.02)

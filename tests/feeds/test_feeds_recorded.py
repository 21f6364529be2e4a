"""Real recorded feeds and other parsers' test feeds; both lie outside the repository."""

from __future__ import annotations

import tarfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import feedparser
import pytest

from benchmarks.parser_expectations import expectations, unmet
from benchmarks.parser_suites import URL, documents
from benchmarks.recorded_feeds import Memory
from feeds import lenient, strict
from feeds.archive import BadLine, read
from feeds.catalogue import Catalogue, Feed
from feeds.document import Form, document
from feeds.entry import Parsed
from feeds.errors import FeedError, Trouble
from feeds.parse import parse
from feeds.poller import Outcome, Poller
from feeds.raw import Setting
from feeds.replay import ReplayServer
from feeds.request import Fetcher
from feeds.workers import Workers

NOW = datetime(2026, 9, 1, tzinfo=UTC)


def members(path: Path, every: int) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(path) as archive:
        files = [member for member in archive if member.isfile()]
        for member in sorted(files, key=lambda each: each.name)[::every]:
            stream = archive.extractfile(member)
            assert stream is not None
            yield member.name, stream.read()


@pytest.fixture(scope="module")
def captures(shared: Path) -> list[tuple[str, bytes]]:
    return list(members(shared / "data/feeds/captures.tar.xz", 40))


def told(parsed: Parsed) -> list[object]:
    return [(entry.guid, entry.title, entry.link, entry.published) for entry in parsed.entries]


def test_the_fast_path_gives_feedparsers_items_on_recorded_feeds(captures: list[tuple[str, bytes]]) -> None:
    setting = Setting("http://news.example/rss", NOW)
    compared = 0
    for name, body in captures:
        try:
            found = document(body)
        except FeedError as error:
            assert error.trouble is Trouble.NOT_A_FEED, name
            continue
        assert found.form is Form.XML
        fast = strict.read(found.text, setting)
        if fast is not None:
            compared += 1
            assert told(fast) == told(lenient.read(found.text, setting)), name
    assert compared > 40


async def test_recorded_feeds_polled_to_their_end_give_feedparsers_distinct_entries(
    captures: list[tuple[str, bytes]],
) -> None:
    by_feed: dict[str, list[bytes]] = defaultdict(list)
    for name, body in captures:
        by_feed[Path(name).parent.name].append(body)
    ours, theirs, failed, pages = 0, 0, 0, 0
    async with ReplayServer() as server, Fetcher() as fetcher, Workers(2) as workers:
        for name, bodies in by_feed.items():
            feed = Feed(server.add(f"/{name}", bodies), publisher=f"{name}.example")
            kept = Memory()
            parent: dict[str, str] = {}
            async with Poller(
                Catalogue((feed,)), {}, clock=lambda: NOW, fetcher=fetcher, workers=workers
            ) as poller:
                for body in bodies:
                    polled = await poller.poll(feed)
                    kept.take_in(polled.entries, NOW)
                    failed += polled.outcome is Outcome.FAILED
                    reference: Any = feedparser.parse(body, sanitize_html=False, resolve_relative_uris=False)
                    pages += not reference.version
                    for entry in reference.entries:
                        join(parent, [f"{key} {entry[key]}" for key in ("id", "link") if entry.get(key)])
            ours += len(kept.items)
            theirs += len({root(parent, key) for key in parent})
    assert (ours, failed) == (theirs, pages)
    assert ours > 1_500


def root(parent: dict[str, str], key: str) -> str:
    while parent.setdefault(key, key) != key:
        key = parent[key]
    return key


def join(parent: dict[str, str], names: list[str]) -> None:
    for name in names:
        parent[root(parent, name)] = root(parent, names[0])


def test_other_parsers_test_feeds_raise_nothing_but_feed_errors(shared: Path) -> None:
    items = 0
    for name, body in members(shared / "data/feeds/parser_suites.tar.xz", 10):
        if name.endswith((".xml", ".rss", ".atom", ".rdf", ".json")):
            try:
                items += len(parse(body, url="http://news.example/rss", now=NOW).entries)
            except FeedError as error:
                assert error.message, name
    assert items > 100


def test_what_feedparsers_own_tests_expect_is_read_or_differs_for_a_reason(shared: Path) -> None:
    expected = missed = 0
    for suite, files in documents(shared / "data/feeds/parser_suites.tar.xz").items():
        for name, body in files if suite.startswith("feedparser/") else ():
            expected += len(expectations(body))
            for one in unmet(body, URL):
                missed += 1
                assert one.reason, f"{name}: {one.expected.value!r}, but {one.ours!r}"
    assert expected > 400 and missed < expected / 10


def test_every_shared_bad_input_raises_nothing_but_a_feed_error_and_leaves_no_control_character(
    shared: Path,
) -> None:
    for name, body in members(shared / "data/feeds/nasty.tar.xz", 1):
        try:
            parsed = parse(body, url="http://news.example/rss", now=NOW)
        except FeedError:
            continue
        text = "".join(entry.title + entry.summary for entry in parsed.entries)
        assert not set(text) & set("\x00\x07\x08\x1b\x7f\x9b\u202e\u2067"), name


def test_a_months_archive_is_read_with_every_line_accounted_for(shared: Path, tmp_path: Path) -> None:
    import lzma

    with lzma.open(shared / "data/archive/2022.jsonl.xz") as packed:
        lines = [packed.readline() for _ in range(3_000)]
    (tmp_path / "part.jsonl").write_bytes(b"".join(lines))
    found = list(read(tmp_path / "part.jsonl"))
    assert len(found) == 3_000
    entries = [line for line in found if not isinstance(line, BadLine)]
    assert all(entry.guid and entry.title and entry.published for entry in entries)
    assert all("<p>" not in entry.summary for entry in entries)
    assert replace(entries[0], links=()).lang in ("en", "pl", "")

"""Recorded feeds, polled to their end: real server, real poller, real parser, real identity, real store.

    python -m benchmarks.recorded_feeds ../shared/data/feeds/captures.tar.xz [--collector] [--every N]

The archive holds `<feed>/<UTC time>_<digest>.xml`. A loopback server gives each feed's captures in
order, one a poll; the clock of each poll is the capture's own time, all feeds interleaved as they
were recorded. Alone, poller and identity are measured, with items in memory; with `--collector` the
collector reads them into a database file (`benchmarks.recorded_collector`). What comes out is compared
with a count made by feedparser alone, with none of our code. That count has two wordings more than ours,
both of the Los Angeles Times: a capture that ends within an item's summary (2020-04-28; we leave a partial
item out), and a blank before `</p>` (2021-09-15; we compare words).
"""

from __future__ import annotations

import argparse
import asyncio
import collections
import hashlib
import resource
import tarfile
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from feeds.catalogue import Catalogue, Feed
from feeds.entry import Entry
from feeds.identity import Known, New, Revised, Seen, decide_all, keys, text_mark
from feeds.poller import Outcome, Poller
from feeds.replay import ReplayServer
from feeds.request import Fetcher
from feeds.workers import Workers
from stories.item import DateFlag


@dataclass(frozen=True)
class Capture:
    feed: str
    at: datetime
    body: bytes


def captures(path: Path, every: int = 1) -> list[Capture]:
    """The archive's captures by time; with ``every`` only each feed's N-th."""
    found: list[Capture] = []
    with tarfile.open(path) as archive:
        for member in archive:
            if member.isfile() and member.name.endswith(".xml"):
                name = Path(member.name)
                stream = archive.extractfile(member)
                assert stream is not None
                at = datetime.strptime(name.name.split("_")[0], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
                found.append(Capture(name.parent.name, at, stream.read()))
    found.sort(key=lambda capture: (capture.at, capture.feed))
    turns: collections.Counter[str] = collections.Counter()
    kept = []
    for capture in found:
        if turns[capture.feed] % every == 0:
            kept.append(capture)
        turns[capture.feed] += 1
    return kept


class Memory:
    """Items by their keys, as a store would keep them."""

    def __init__(self) -> None:
        self.items: dict[int, Known] = {}
        self.by_key: dict[str, set[int]] = collections.defaultdict(set)
        self.revisions = 0

    def take_in(self, entries: Sequence[Entry], now: datetime) -> tuple[int, int]:
        ids = {found for entry in entries for key in keys(entry) for found in self.by_key.get(key, ())}
        verdicts = decide_all(entries, [self.items[found] for found in sorted(ids)])
        numbers: dict[int, int] = {}
        new = revised = 0
        for index, (entry, verdict) in enumerate(zip(entries, verdicts, strict=True)):
            mark = text_mark(entry.title, entry.summary)
            if isinstance(verdict, New):
                number = numbers[-(index + 1)] = len(self.items) + 1
                self.items[number] = Known(
                    number, set(), entry.title, entry.summary, entry.published, entry.feed, frozenset({mark})
                )
                new += 1
            else:
                number = numbers.get(verdict.id, verdict.id)
            item = self.items[number]
            held = {*item.keys, *keys(entry)}
            if isinstance(verdict, Revised):
                revised += 1
                item = Known(
                    number, held, entry.title, entry.summary, entry.published, entry.feed, item.texts | {mark}
                )
            elif isinstance(verdict, Seen | New):
                item = Known(number, held, item.title, item.summary, item.published, item.feed, item.texts)
            self.items[number] = item
            for key in keys(entry):
                self.by_key[key].add(number)
        self.revisions += revised
        return new, revised


async def replay(recorded: Sequence[Capture], memory: Memory) -> None:
    by_feed: dict[str, list[bytes]] = collections.defaultdict(list)
    for capture in recorded:
        by_feed[capture.feed].append(capture.body)
    now = recorded[0].at
    counts: collections.Counter[str] = collections.Counter()
    troubles: collections.Counter[str] = collections.Counter()
    spent = 0.0
    async with ReplayServer() as server, Fetcher() as fetcher, Workers() as workers:
        urls = {name: server.add(f"/{name}", bodies) for name, bodies in by_feed.items()}
        # Every feed is its own publisher here: the server's one address says nothing.
        catalogue = Catalogue(tuple(Feed(url, publisher=f"{name}.example") for name, url in urls.items()))
        feeds = {feed.url: feed for feed in catalogue.feeds}
        async with Poller(catalogue, {}, clock=lambda: now, fetcher=fetcher, workers=workers) as poller:
            began = time.perf_counter()
            present: dict[str, set[str]] = {}
            gone: dict[str, set[str]] = collections.defaultdict(set)
            for capture in recorded:
                now = capture.at
                polled = await poller.poll(feeds[urls[capture.feed]])
                counts["polls"] += 1
                counts[polled.outcome.value] += 1
                if polled.outcome is Outcome.FAILED:
                    assert polled.error is not None
                    troubles[polled.error.trouble.value] += 1
                    continue
                if polled.outcome is not Outcome.READ:
                    continue
                counts["entries"] += len(polled.entries)
                counts["no entries"] += not polled.entries
                for flag in (DateFlag.UNDATED, DateFlag.FUTURE):
                    counts[flag.value] += sum(flag in entry.flags for entry in polled.entries)
                started = time.perf_counter()
                new, revised = memory.take_in(polled.entries, now)
                spent += time.perf_counter() - started
                counts["items"] += new
                counts["revisions"] += revised
                ids = {keys(entry).guid or keys(entry).link for entry in polled.entries}
                returned = ids & gone[capture.feed]
                counts["returned"] += len(returned)
                gone[capture.feed] -= returned
                gone[capture.feed] |= present.get(capture.feed, set()) - ids
                present[capture.feed] = ids
            took = time.perf_counter() - began
    print(f"ours: {dict(counts)}")
    print(f"failed polls by kind: {dict(troubles)}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"wall {took:.1f} s, of it taking in {spent:.1f} s; {counts['polls'] / took:.0f} polls/s; peak {peak:.0f} MB"
    )


def independent(recorded: Iterable[Capture]) -> None:
    """The same count by feedparser alone: entries are one when they share GUID or link within a feed."""
    import feedparser

    parent: dict[str, str] = {}
    words: dict[str, set[str]] = collections.defaultdict(set)
    counts: collections.Counter[str] = collections.Counter()
    seen: dict[bytes, list[tuple[str, str, str]]] = {}

    def root(key: str) -> str:
        while parent.setdefault(key, key) != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    texts: list[tuple[str, str]] = []
    for capture in recorded:
        digest = hashlib.sha256(capture.body).digest()
        if digest not in seen:
            found = feedparser.parse(capture.body, sanitize_html=False, resolve_relative_uris=False)
            counts["not a feed"] += not found.version
            seen[digest] = [
                (
                    entry.get("id", ""),
                    entry.get("link", ""),
                    entry.get("title", "") + "\x1f" + entry.get("summary", ""),
                )
                for entry in found.entries
            ]
        counts["captures"] += 1
        for guid, link, text in seen[digest]:
            counts["sightings"] += 1
            names = [f"{capture.feed} {kind} {value}" for kind, value in (("g", guid), ("l", link)) if value]
            names = names or [f"{capture.feed} t {text}"]
            for name in names:
                parent[root(name)] = root(names[0])
            texts.append((names[0], text))
    for name, text in texts:
        words[root(name)].add(" ".join(text.split()))
    counts["distinct"] = len(words)
    counts["wordings beyond the first"] = sum(len(each) - 1 for each in words.values())
    print(f"feedparser alone: {dict(counts)}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("archive", type=Path)
    parser.add_argument("--collector", action="store_true", help="by the collector, into a database file")
    parser.add_argument("--every", type=int, default=1, help="each feed's N-th capture only")
    parser.add_argument("--no-count", action="store_true", help="without feedparser's own count")
    asked = parser.parse_args()
    recorded = captures(asked.archive, asked.every)
    print(f"{len(recorded)} captures of {len({capture.feed for capture in recorded})} feeds")
    if asked.collector:
        from benchmarks.recorded_collector import collect

        with tempfile.TemporaryDirectory() as folder:
            asyncio.run(collect(recorded, Path(folder) / "recorded.db"))
    else:
        asyncio.run(replay(recorded, Memory()))
    if not asked.no_count:
        independent(recorded)


if __name__ == "__main__":
    main()

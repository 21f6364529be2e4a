"""The collector itself on recorded feeds: sockets, ETags, its own loop, requests and schedule, one real store.

The clock leaps from capture to capture, all feeds interleaved as they were recorded; a feed serves the
capture that stood at that moment, with an ETag, and 304 to who has it. Captures lie hours to months
apart, so feeds carry an interval beyond the record's end and each capture is asked for as a person does
it on the screen (`poll now`, through the store), and once more a second later, when nothing changed.
A feed enters the catalogue with its first capture. Only failed feeds are asked again by the schedule.
"""

from __future__ import annotations

import asyncio
import collections
import resource
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks.recorded_feeds import Capture
from feeds.catalogue import Catalogue, Feed
from feeds.replay import ReplayServer, Reply, Request
from feeds.schedule import mark_of
from spreadwatch.collector import Collector, Counts, Task
from store import feeds, requests
from store.database import Store, collector_lock, open_store
from store.requests import Ask

_NEVER = timedelta(days=3650)
_LOOK = 0.002
"""Real seconds between the collector's looks at requests: the replayed clock never makes it wait longer."""
_PATIENCE = 60.0
"""Real seconds for one poll to be in the store, on however busy a machine."""


@dataclass
class Standing:
    """One feed as its site served it: the capture of the moment."""

    body: bytes = b""
    answered: collections.Counter[int] = field(default_factory=collections.Counter)

    def __call__(self, request: Request) -> Reply:
        """The capture, or 304."""
        etag = f'"{mark_of(self.body)}"'
        same = request.headers.get("if-none-match") == etag
        self.answered[304 if same else 200] += 1
        headers = (("ETag", etag),)
        return Reply(status=304, headers=headers) if same else Reply(self.body, headers=headers)


@dataclass
class Leaping:
    """The record's clock; nobody waits for it."""

    time: datetime

    def now(self) -> datetime:
        """The moment of the capture that is being replayed."""
        return self.time

    def until(self, moment: datetime) -> float:
        """0 when it has passed, else until the next look."""
        return 0.0 if moment <= self.time else _LOOK


async def collect(recorded: Sequence[Capture], database: Path) -> None:
    """Replay every capture to the end and print what the collector and its store say of it."""
    clock = Leaping(recorded[0].at)
    known: list[Feed] = []
    polled = asyncio.Event()
    pages: collections.Counter[str] = collections.Counter()
    sites: dict[str, Standing] = {}

    def report(_: Counts) -> None:
        polled.set()

    async def read(store: Store, feed: Feed, ask: Ask) -> feeds.FeedState:
        """Ask for a feed as a screen does, and wait until its answer is in the store."""
        requests.ask(store, ask, clock.now(), feed.url)
        async with asyncio.timeout(_PATIENCE):
            while True:
                state = feeds.get(store, feed.url)
                if state is not None and state.last_fetched == clock.now():
                    return state
                polled.clear()
                # Either event will do: a poll was taken in, or the collector's loop had its turn or died.
                with suppress(TimeoutError):
                    await asyncio.wait_for(polled.wait(), 0.5)
                if running.done():
                    running.result()
                    raise SystemExit("The collector left before the record's end.")

    began = time.perf_counter()
    async with ReplayServer() as server:
        with open_store(database, create=True) as store, collector_lock(database) as lock:
            collector = Collector(
                store, lock, Task(lambda: Catalogue(tuple(known)), clock=clock, report=report)
            )
            running = asyncio.create_task(collector.run())
            with open_store(database) as screen:
                by_name: dict[str, Feed] = {}
                for capture in recorded:
                    ask = Ask.POLL_NOW
                    if capture.feed not in by_name:
                        site = sites[capture.feed] = Standing()
                        url = server.add(f"/{capture.feed}", site)
                        # Every feed is its own publisher here: the server's one address says nothing.
                        feed = Feed(url, publisher=f"{capture.feed}.example", interval=_NEVER)
                        by_name[capture.feed] = feed
                        known.append(feed)
                        ask = Ask.ADD_FEED
                    sites[capture.feed].body = capture.body
                    clock.time = max(capture.at, clock.time + timedelta(seconds=1))
                    state = await read(screen, by_name[capture.feed], ask)
                    pages[state.error_kind] += bool(state.error_kind)
                    clock.time += timedelta(seconds=1)
                    await read(screen, by_name[capture.feed], Ask.POLL_NOW)
            collector.stop()
            counts = await running
            took = time.perf_counter() - began
            _tell(store, counts, pages, sites)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"wall {took:.1f} s; {counts.polls / took:.0f} polls/s; peak {memory:.0f} MB")
    print(f"database {database.stat().st_size / 1e6:.1f} MB")


def _tell(store: Store, counts: Counts, pages: collections.Counter[str], sites: dict[str, Standing]) -> None:
    sent: collections.Counter[int] = sum((site.answered for site in sites.values()), collections.Counter())
    print(f"the server: {dict(sent)} from {len(sites)} feeds")
    print(
        f"the collector: {counts.polls} polls, {counts.unchanged} unchanged, {counts.new} items, "
        f"{counts.revised} revisions, {counts.seen} seen again"
    )
    print(f"captures that are no feed, by kind: {dict(+pages)}; failed polls: {counts.failed}")
    held = {
        table: store.rows(f"SELECT count(*) FROM {table}")[0][0]
        for table in ("items", "revisions", "stories")
    }
    sound = store.rows("PRAGMA integrity_check")[0][0]
    print(f"the store: {held}, integrity {sound}")

"""Hundreds of feeds with random faults for an hour: does memory stay, does any feed get stuck?

    python -m benchmarks.soak [--minutes 60] [--feeds 300] [--speed 10] [--seed 1]

A loopback server answers each poll with the feed, an edited feed, 304, or by chance a reset, an error
status, garbage, a web page, a gzip bomb, a redirect loop, a slow drip or a wish to be left alone. The
poller is the real one and its items go into a database; its clock runs `--speed` times as fast as the
wall's. Every minute a line: polls, new items, failures by kind, memory of all processes together, and how
late the most overdue feed is. At the end, feeds that are stuck: never polled, or due for longer than an
hour of their clock, which no round takes.
"""

from __future__ import annotations

import argparse
import asyncio
import collections
import gzip
import os
import random
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.keeping import keep
from benchmarks.memory import children, proportional
from feeds.catalogue import Catalogue, Feed
from feeds.poller import Outcome, Poller
from feeds.replay import ReplayServer, Reply, Request, Respond
from feeds.request import Fetcher
from feeds.schedule import Bounds
from feeds.workers import Workers
from store.database import open_store
from store.intake import Names

STUCK = timedelta(hours=1)
BOMB = gzip.compress(b"\0" * 40_000_000)
FAULTS = (
    Reply(b"", status=500),
    Reply(b"<rss>" * 9_000, reset_after=5_000),
    Reply(bytes(range(256)) * 40),
    Reply(b"<!DOCTYPE html><html><title>Blocked</title></html>"),
    Reply(BOMB, headers=(("Content-Encoding", "gzip"),)),
    Reply(status=302, headers=(("Location", "/0"),)),
    Reply(b"<rss" + b" " * 500, drip=0.05),
    Reply(status=429, headers=(("Retry-After", "120"),)),
    Reply(raw=b"\x00\x01not http"),
    Reply(b"<rss><channel><item><title>" + b"<!--" * 50_000 + b"</title></item>"),
)


def respond(chance: random.Random) -> Respond:
    """A feed that mostly answers well: two in three times unchanged, one in ten not at all well."""
    state = {"items": 5}

    def answer(request: Request) -> Reply:
        if chance.random() < 0.1:
            return chance.choice(FAULTS)
        if chance.random() < 0.33:
            state["items"] += 1
        etag = f'"{state["items"]}"'
        if request.headers.get("if-none-match") == etag:
            return Reply(status=304, headers=(("ETag", etag),))
        newest = state["items"]
        items = "".join(
            f"<item><title>Item {n} of {request.path}</title><guid>http://x{request.path}/{n}</guid></item>"
            for n in range(max(0, newest - 30), newest)
        )
        body = f'<rss version="2.0"><channel><title>{request.path}</title>{items}</channel></rss>'.encode()
        return Reply(body, headers=(("ETag", etag),))

    return answer


def megabytes() -> str:
    """What this process holds, and its workers: those come and go with the documents that need them."""
    workers = sum(map(proportional, children(os.getpid())))
    return f"{proportional(os.getpid()) // 1024} MB, workers {workers // 1024} MB"


async def soak(asked: argparse.Namespace, folder: Path) -> None:
    store = open_store(folder / "soak.db", create=True)
    names = Names(store)
    chance = random.Random(asked.seed)
    began = time.monotonic()
    start = datetime.now(UTC)

    def now() -> datetime:
        return start + timedelta(seconds=(time.monotonic() - began) * asked.speed)

    counts: collections.Counter[str] = collections.Counter()
    polled_last: dict[str, datetime] = {}
    first_memory = ""
    latest = timedelta(0)
    async with (
        ReplayServer(hosts=60) as server,
        Workers(2) as workers,
        Fetcher(deadline=5) as fetcher,
    ):
        feeds = tuple(
            Feed(server.add(f"/{number}", respond(chance), host=number)) for number in range(asked.feeds)
        )
        poller = Poller(
            Catalogue(feeds), {}, clock=now, fetcher=fetcher, workers=workers,
            bounds=Bounds(floor=timedelta(minutes=5), ceiling=timedelta(minutes=20)),
        )  # fmt: skip
        minute = 0
        while time.monotonic() - began < asked.minutes * 60:
            async for polls in poller.round():
                counts["polls"] += len(polls)
                counts["new items"] += keep(store, names, polls)
                for polled in polls:
                    polled_last[polled.feed.url] = polled.at
                    if polled.outcome is Outcome.FAILED and polled.error is not None:
                        counts[polled.error.trouble.value] += 1
            if time.monotonic() - began >= minute * 60:
                memory = megabytes()
                # The server keeps every request it was asked; that is its own memory, not the poller's.
                for path in server.paths.values():
                    path.requests.clear()
                if minute == 10:
                    first_memory = memory
                waiting = [state.next_due for state in poller.states.values() if state.next_due is not None]
                late = now() - min(waiting) if waiting else timedelta(0)
                latest = max(latest, late)
                print(
                    f"{minute:>3} min  {dict(counts)}  memory {memory}  most overdue {max(late, timedelta(0))}",
                    flush=True,
                )
                minute += 1
            await asyncio.sleep(0.3)
        stuck = [
            url
            for url, state in poller.states.items()
            if url not in polled_last or (state.next_due is not None and now() - state.next_due > STUCK)
        ]
        memory = megabytes()
    print(
        f"end: {dict(counts)}; memory {memory}, at 10 min {first_memory}; "
        f"stuck feeds: {len(stuck)}; most overdue at any minute: {latest}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--feeds", type=int, default=300)
    parser.add_argument("--speed", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(soak(asked, Path(folder)))


if __name__ == "__main__":
    main()

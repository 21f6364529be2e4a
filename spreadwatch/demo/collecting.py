"""The demo's collector process: the real collector, polling a feed server in the same process.

    python -m spreadwatch.demo.collecting DATABASE SECONDS

It says on standard output when the story's time began (`time.monotonic`), once it is ready to collect.
It ends on SIGTERM, or when its standard input does: so it can't outlive a screen that was killed.
"""

from __future__ import annotations

import asyncio
import math
import sys
import time
from pathlib import Path

from feeds.replay import ReplayServer
from spreadwatch.collector import Collector, Counts, Task
from spreadwatch.demo import serving
from store.database import collector_lock, open_store


async def collect(database: Path, seconds: float) -> None:
    """Serve the demo's feeds and collect them until told to stop."""
    clock = serving.clock(math.inf, seconds)
    async with ReplayServer() as server:
        catalogue = serving.serve(server, clock)

        def begin(counts: Counts) -> None:
            # Not before every feed was read once: loading parsers must not eat into the story.
            if math.isinf(clock.started) and counts.polls >= len(catalogue.feeds):
                clock.started = time.monotonic()
                sys.stdout.write(f"{clock.started!r}\n")
                sys.stdout.flush()

        with open_store(database) as store, collector_lock(database) as lock:
            task = Task(catalogue=lambda: catalogue, clock=clock, report=begin, articles=False)
            collector = Collector(store, lock, task)
            asyncio.get_running_loop().add_reader(sys.stdin.fileno(), collector.stop)
            await collector.run()


if __name__ == "__main__":
    path, lasts = sys.argv[1:]
    asyncio.run(collect(Path(path), float(lasts)))

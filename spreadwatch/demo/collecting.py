"""The demo's collector process: the real collector, polling a feed server in the same process.

    python -m spreadwatch.demo.collecting DATABASE STARTED SECONDS

It ends on SIGTERM, or when its standard input does: so it can't outlive a screen that was killed.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from feeds.replay import ReplayServer
from spreadwatch.collector import Collector, Task
from spreadwatch.demo import serving
from store.database import collector_lock, open_store


async def collect(database: Path, started: float, seconds: float) -> None:
    """Serve the demo's feeds and collect them until told to stop."""
    clock = serving.clock(started, seconds)
    async with ReplayServer() as server:
        catalogue = serving.serve(server, clock)
        with open_store(database) as store, collector_lock(database) as lock:
            collector = Collector(store, lock, Task(catalogue=lambda: catalogue, clock=clock))
            asyncio.get_running_loop().add_reader(sys.stdin.fileno(), collector.stop)
            await collector.run()


if __name__ == "__main__":
    path, began, lasts = sys.argv[1:]
    asyncio.run(collect(Path(path), float(began), float(lasts)))

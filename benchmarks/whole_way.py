"""How fluent the screen stays on a real archive while the real collector polls recorded feeds.

    python -m benchmarks.whole_way BIG.db CAPTURES.tar.xz [--keys 200]

BIG.db was made by `spreadwatch import`; a copy of it is worked on. The captures (`…/<feed>/<time>.xml` in a tar)
are served over loopback, each poll of a feed giving its next capture; every feed is polled once a second.
What a figure is stands in `benchmarks.screens`.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.screens import keys
from feeds.replay import ReplayServer


@contextmanager
def served(captures: Path, catalogue: Path) -> Iterator[ReplayServer]:
    """The captures as feeds of this machine, in a thread of their own, and the catalogue that leads to them."""
    steps: defaultdict[str, list[bytes]] = defaultdict(list)
    with tarfile.open(captures) as archive:
        for member in sorted(archive.getmembers(), key=lambda member: member.name):
            if (file := archive.extractfile(member)) is not None:
                steps[Path(member.name).parent.name].append(file.read())
    server = ReplayServer()
    loop, ready, done = asyncio.new_event_loop(), threading.Event(), asyncio.Event()

    async def serve() -> None:
        async with server:
            ready.set()
            await done.wait()

    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()))
    thread.start()
    ready.wait()
    urls = {name: server.add(f"/{name}.xml", bodies) for name, bodies in steps.items()}
    catalogue.write_text(
        "".join(
            f'[[feed]]\nurl = "{url}"\nname = "{name}"\ninterval = "1s"\n\n' for name, url in urls.items()
        )
    )
    try:
        yield server
    finally:
        loop.call_soon_threadsafe(done.set)
        thread.join()


def main() -> None:
    """Measure at rest, then while collecting."""
    told = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    told.add_argument("database", type=Path)
    told.add_argument("captures", type=Path)
    told.add_argument("--keys", type=int, default=200)
    given = told.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        database, catalogue = Path(folder) / "big.db", Path(folder) / "feeds.toml"
        shutil.copy(given.database, database)
        keys(database, given.keys, "nothing else running")
        with served(given.captures, catalogue) as server:
            command = ["-m", "spreadwatch", "collect", "--db", str(database), "--feeds", str(catalogue)]
            collector = subprocess.Popen(
                [sys.executable, *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            try:
                started = time.monotonic()
                keys(database, given.keys, "collecting")
                polls = sum(path.turn for path in server.paths.values())
                print(
                    f"meanwhile {polls} polls of {len(server.paths)} feeds in {time.monotonic() - started:.0f} s"
                )
            finally:
                collector.terminate()
                collector.wait()


if __name__ == "__main__":
    main()

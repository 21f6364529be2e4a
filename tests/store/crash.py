"""Kills collector and triage with SIGKILL at random moments, and looks at what is left.

    python -m tests.store.crash --kills 200          # the long form; CI runs six kills

The collector is the real one: it polls a feed server of its own process, whose feeds bring new items and
repeat old ones at every poll. Triage is the real `record`, `undo` and `redo`. Each says on a pipe what it
has finished: after a kill, all of that must be there, once, and the file must be sound.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).parents[2]
_FEEDS = 3
_TOPICS = ("grain", "gas", "rifles", "a bridge", "a port", "satellites", "wheat", "steel")


def collect(path: Path) -> None:
    """The collector's process."""
    from feeds.catalogue import Catalogue, Feed
    from feeds.replay import ReplayServer, Reply, Request
    from feeds.schedule import Bounds
    from spreadwatch.collector import Collector, Task
    from store import items
    from store.database import collector_lock, open_store

    async def run() -> None:
        async with ReplayServer() as server:
            with open_store(path) as store, collector_lock(path) as lock:
                first = items.newest_id(store)

                def reply(request: Request) -> Reply:
                    # Half of each document was there before the last crash, or at the last poll.
                    start = max(0, first + 10 * request.turn - 10)
                    return Reply(_document(request.path, range(start, start + 20)))

                feeds = tuple(
                    Feed(
                        server.add(f"/{number}", reply), publisher=f"p{number}.example", interval=timedelta(0)
                    )
                    for number in range(_FEEDS)
                )
                task = Task(
                    lambda: Catalogue(feeds),
                    bounds=Bounds(floor=timedelta(0)),
                    report=lambda _: print("items", items.newest_id(store), flush=True),
                )
                print("ready", flush=True)
                await Collector(store, lock, task).run()

    asyncio.run(run())


def triage(path: Path, seed: int) -> None:
    """The triage process."""
    from store import decisions, items, log
    from store.database import open_store
    from store.errors import StoreLocked
    from stories.decision import Act

    chance = random.Random(seed)
    with open_store(path) as store:
        print("ready", flush=True)
        while True:
            now = datetime.now(UTC)
            some = list(items.ids(store, limit=50))
            if not some:
                time.sleep(0.01)
                continue
            try:
                match chance.randrange(6):
                    case 0:
                        decisions.undo(store, "ada", now)
                    case 1:
                        decisions.redo(store, "ada", now)
                    case 2:
                        decisions.record(store, Act.DISMISS, items=[chance.choice(some)], by="ada", at=now)
                    case 3:
                        decisions.record(store, Act.NEW_STORY, items=some[:2], by="ada", at=now)
                    case _:
                        decisions.record(store, Act.STAR, items=[chance.choice(some)], by="ada", at=now)
            except StoreLocked:
                # This collector never rests, and who waits for SQLite's lock has no turn: on a busy machine
                # its five seconds may pass. Refused is not lost, so that is no finding.
                continue
            print("decisions", log.last_id(store), flush=True)


def _document(path: str, numbers: Sequence[int]) -> bytes:
    entries = "".join(
        f"<item><guid>{path}-{number}</guid><link>https://p.example/story-about-it-{number}</link>"
        f"<title>Ministry {number // 5} denies report on {_TOPICS[number // 5 % len(_TOPICS)]}</title>"
        f"<description>A spokesman denied report {number} on {_TOPICS[number % len(_TOPICS)]}.</description></item>"
        for number in numbers
    )
    return f"<rss version='2.0'><channel><title>Feed {path}</title>{entries}</channel></rss>".encode()


class Victim:
    """One process that will be killed, and the last thing it said it had finished."""

    def __init__(self, *arguments: str) -> None:
        self.finished: dict[str, int] = {}
        self.ready = threading.Event()
        self.worked = threading.Event()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.store.crash", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            start_new_session=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        self._listener = threading.Thread(target=self._listen)
        self._listener.start()

    def __enter__(self) -> Victim:
        return self

    def __exit__(self, *raised: object) -> None:
        self.kill()

    def kill(self) -> str:
        """SIGKILL to it and its workers, once; gives what it said on stderr."""
        if self._process.returncode is not None:
            return ""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._listener.join()
        assert self._process.stdout is not None and self._process.stderr is not None
        said = self._process.stderr.read()
        self._process.stdout.close()
        self._process.stderr.close()
        return said

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if not line.endswith("\n"):
                break  # cut by the kill: not said
            word, _, number = line.strip().partition(" ")
            if word == "ready":
                self.ready.set()
            else:
                self.finished[word] = int(number)
                self.worked.set()
        # It ended, perhaps by itself: nobody need wait for more, what it said on stderr tells.
        self.ready.set()
        self.worked.set()


def crash(path: Path, kills: int, seed: int = 0) -> dict[str, int]:
    """Kill both processes so many times; gives what was counted. AssertionError when anything was lost."""
    from store import checking
    from store.database import open_store

    open_store(path, create=True).close()
    chance = random.Random(seed)
    counted = {"kills": 0, "items": 0, "decisions": 0}
    for turn in range(kills):
        with ExitStack() as cleared:
            collector = cleared.enter_context(Victim("--collect", str(path)))
            analyst = cleared.enter_context(Victim("--triage", str(path), "--seed", str(turn)))
            for victim in (collector, analyst):
                if not victim.ready.wait(120):
                    raise AssertionError(victim.kill() or "it was not ready in two minutes")
            if turn % 3:  # else it may well be killed before it has written anything
                for victim in (collector, analyst):
                    if not victim.worked.wait(120):
                        raise AssertionError(victim.kill() or "nothing was done in two minutes")
            time.sleep(chance.uniform(0.0, 1.2))
            said = [victim.kill() for victim in (collector, analyst)]
        assert "Traceback" not in "".join(said), said
        with open_store(path) as store:
            broken = [finding for finding in checking.check(store) if not finding.ok]
            assert not broken, broken
            items, guids, newest = store.rows("SELECT count(*), count(DISTINCT guid), max(id) FROM items")[0]
            made, uids, last = store.rows("SELECT count(*), count(DISTINCT uid), max(id) FROM decisions")[0]
            assert items == guids == (newest or 0), "items lost or doubled"
            assert made == uids == (last or 0), "decisions lost or doubled"
            assert items >= collector.finished.get("items", 0), "an acknowledged item is lost"
            assert made >= analyst.finished.get("decisions", 0), "an acknowledged decision is lost"
        counted = {"kills": turn + 1, "items": items, "decisions": made}
    return counted


def main() -> None:
    parser = argparse.ArgumentParser(description="Kill -9, again and again.")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--collect", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--triage", type=Path, help=argparse.SUPPRESS)
    told = parser.parse_args()
    if told.collect:
        collect(told.collect)
    elif told.triage:
        triage(told.triage, told.seed)
    else:
        with tempfile.TemporaryDirectory() as folder:
            print(crash(Path(folder) / "news.db", told.kills, told.seed))


if __name__ == "__main__":
    main()

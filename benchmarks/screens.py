"""The screens in a pseudo-terminal: time to the first frame, key to paint, memory; while a collector writes.

    python -m benchmarks.screens [--items 1000000] [--rate 1000] [--keys 400]
    python -m benchmarks.screens --minutes 60 --rate 50

The first frame is the time from starting Python until the terminal has the screen's own words, against an app
that is Textual alone. Key to paint is from writing the key into the terminal until the end of the frame that
draws the cursor's row anew, read as raw bytes; the terminal's own drawing comes on top for every program.
On a machine that others use too, put `chrt -r 1` before it (Linux, as root), so that they wait; the second figures
leave out the time in which no processor was free for the main thread or for us, and the third are the processor time
of all the program's threads until the frame was out.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from benchmarks.terminal import Screen, Stroke
from spreadwatch.companion import BEHIND
from store.database import open_store
from store.intake import INDEX
from store.times import to_ms

BARE = (
    "from textual.app import App\n"
    "from textual.widgets import Static\n"
    "class Bare(App):\n"
    "    def compose(self):\n"
    "        yield Static('STORIES')\n"
    "Bare().run()\n"
)
OURS = "import sys\nfrom tui.starting import load_app\nload_app()(sys.argv[1]).run()\n"
WORDS = [
    "amber",
    "birch",
    "cedar",
    "delta",
    "ember",
    "flint",
    "grove",
    "heron",
    "inlet",
    "jetty",
    "knoll",
    "larch",
]


TOLD, WARM = 5, 10.0
"""Minutes between two lines about the memory, and after which every screen has been seen often enough to be warm."""


def build(path: Path, count: int) -> None:
    """A store of this many items and a thousand stories, written as rows: grouping is measured elsewhere."""
    now = int(time.time() * 1000)
    with open_store(path, create=True) as store, store.transaction():
        store.write_all(
            "INSERT INTO publishers (key) VALUES (?)", [(f"publisher{n}.example",) for n in range(50)]
        )
        stories = 1000
        store.write_all(
            "INSERT INTO stories (id, name, created, status, items, publishers, first_seen, last_seen, activity, shown) "
            "VALUES (?, ?, ?, 'ASSERTED', ?, 3, ?, ?, ?, 1)",
            [(n + 1, _title(n), now, count // stories, now - 10**8, now, n) for n in range(stories)],
        )
        for start in range(0, count, 50_000):
            store.write_all(
                INSERT,
                [_row(n, now - (count - n) * 100, stories) for n in range(start, min(count, start + 50_000))],
            )
            store.write(INDEX, (start + 1, start + 50_000))
        store.write_all(
            "INSERT INTO memberships (story, item, since) VALUES (?, ?, ?)",
            [
                (n % stories + 1, n + 1, now - (count - n) * 100)
                for n in range(0, count, max(1, count // 50_000))
            ],
        )


INSERT = (
    "INSERT INTO items (id, guid, publisher, story, effective, published, first_seen, known, title, summary, link) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


def _title(n: int) -> str:
    return " ".join(WORDS[n // 12**place % 12] for place in range(4)).capitalize() + f" report {n}"


def _row(n: int, at: int, stories: int) -> tuple[object, ...]:
    link = f"https://publisher{n % 50}.example/{n}"
    return (
        n + 1,
        f"g{n}",
        n % 50 + 1,
        n % stories + 1,
        at,
        at,
        at,
        at,
        _title(n),
        "A summary of some words.",
        link,
    )


def write(path: Path, rate: int) -> None:
    """Insert items at a rate, as the collector does: a short transaction four times a second."""
    os.nice(BEHIND)
    with open_store(path) as store:
        newest = int(store.value("SELECT max(id) FROM items"))
        due = time.monotonic()
        while True:
            now = to_ms_now()
            with store.transaction():
                store.write_all(INSERT, [_row(newest + n, now, 1000) for n in range(rate // 4)])
                store.write(INDEX, (newest + 1, newest + rate // 4))
            newest += rate // 4
            due += 0.25
            time.sleep(max(0.0, due - time.monotonic()))


@contextmanager
def written_to(path: Path, rate: int) -> Iterator[None]:
    """Items come at this rate, from a process of its own."""
    command = ["-m", "benchmarks.screens", "--write", "--db", str(path), "--rate", str(rate)]
    writer = subprocess.Popen([sys.executable, *command])
    try:
        yield
    finally:
        writer.kill()
        writer.wait()


def to_ms_now() -> int:
    """Now in the file's milliseconds."""
    from datetime import UTC, datetime

    return to_ms(datetime.now(UTC))


def starts(path: Path, runs: int) -> tuple[dict[str, list[float]], dict[str, list[float]]]:
    """Seconds until the first frame, and processor seconds, of several starts of each app, taken in turns.

    The first of each is not counted: it compiles what is not compiled yet.
    """
    times: dict[str, list[float]] = {"bare Textual": [], "spreadwatch": []}
    spent: dict[str, list[float]] = {"bare Textual": [], "spreadwatch": []}
    for run in range(runs + 1):
        for name, code in (("bare Textual", BARE), ("spreadwatch", OURS)):
            screen = Screen(code, str(path))
            screen.read_until(b"STORIES")
            if run:
                times[name].append(time.perf_counter() - screen.started)
                spent[name].append(screen.cpu())
            screen.drain(0.3)
            os.write(screen.fd, b"\x11" if name == "bare Textual" else b"q")
            with suppress(OSError):  # the program closes its terminal
                screen.drain(1.0)
            os.close(screen.fd)
            os.waitpid(screen.pid, 0)
    return times, spent


def first_frames(path: Path, runs: int) -> None:
    """Best and median of several starts each."""
    times, spent = starts(path, runs)
    for name, found in times.items():
        print(
            f"first frame, {name:<13} best {min(found) * 1e3:5.0f} ms  median {statistics.median(found) * 1e3:5.0f} ms"
            f"  CPU best {min(spent[name]) * 1e3:4.0f} ms"
        )
    best = min(times["spreadwatch"]) / min(times["bare Textual"])
    middle = statistics.median(times["spreadwatch"]) / statistics.median(times["bare Textual"])
    cpu = statistics.median(spent["spreadwatch"]) / statistics.median(spent["bare Textual"])
    print(f"first frame, ratio: best {best:.2f}, median {middle:.2f}, of CPU {cpu:.2f} (target 1.5)")


def keys(path: Path, count: int, label: str) -> None:
    """Key to paint on each list, j held down at thirty a second."""
    screen = Screen(OURS, str(path))
    screen.read_until(b"STORIES")
    screen.drain(2.0)
    before = screen.memory()
    for mode, name in ((b"1", "Stories"), (b"2", "Triage"), (b"3", "Wire")):
        os.write(screen.fd, mode)
        screen.drain(3.0)
        strokes: list[Stroke] = []
        for number in range(count):
            if (stroke := screen.press(b"j" if number % 200 < 150 else b"k")) is not None:
                strokes.append(stroke)
            screen.drain(1 / 30)
        print(
            f"key to paint, {name:<8} {label:<22} {_spread([one.took for one in strokes])}; "
            f"without waits for a processor {_spread([one.took - one.waited for one in strokes])}; "
            f"its processor time {_spread([one.worked for one in strokes])}; unpainted {count - len(strokes)}"
        )
    print(f"memory: {before:.0f} MB at first, {screen.memory():.0f} MB at the end")
    screen.close()


def long_run(path: Path, minutes: float) -> None:
    """Memory while somebody scrolls, opens, filters and goes from screen to screen, and items come all the time.

    Looked at whenever a screen is left: twenty times in five minutes.
    """
    screen = Screen(OURS, str(path))
    screen.read_until(b"STORIES")
    begin = time.monotonic()
    seen: list[tuple[float, float]] = []
    told = 0
    while (passed := (time.monotonic() - begin) / 60) < minutes:
        if passed >= told + TOLD:
            told += TOLD
            _tell_memory(path, seen, told)
        for mode in b"1234":
            seen.append(((time.monotonic() - begin) / 60, screen.memory()))
            screen.type(bytes([mode]), seconds=2.0)
            for move in (b"j" * 30, b"\x04" * 5, b"k" * 10, b"g"):
                for key in move:
                    screen.type(bytes([key]), seconds=0.1)
            for keys in (
                b"\r",
                b"\x1b[C",
                b"\x1b[C",
                b"jjj",
                b"\x1b",
                b"\x1b",
                b"/",
                b"amber",
                b"\r",
                b"j",
                b"\x1b",
            ):
                screen.type(keys, seconds=0.5)
    _tell_memory(path, seen, minutes)
    warm = [look for look in seen if look[0] >= WARM]
    if len(warm) > 1:
        slope = statistics.linear_regression(*zip(*warm, strict=True)).slope
        print(
            f"growth after {WARM:.0f} min: {slope * 60:+.1f} MB an hour; peak {max(look[1] for look in seen):.0f} MB"
        )
    screen.close()


def _tell_memory(path: Path, seen: Sequence[tuple[float, float]], minute: float) -> None:
    """The memory of the last minutes."""
    with open_store(path) as store:
        held = store.value("SELECT n FROM tallies WHERE name = 'items'")
    last = [memory for at, memory in seen if at > minute - TOLD]
    print(
        f"up to {minute:3.0f} min: median {statistics.median(last):4.0f} MB, "
        f"{min(last):.0f} to {max(last):.0f}; {held:,} items in the store",
        flush=True,
    )


def _spread(seconds: Sequence[float]) -> str:
    """Median, 95th percentile and worst, in milliseconds."""
    ordered = sorted(one * 1e3 for one in seconds)
    at = [ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)], ordered[-1]]
    return "p50 {:5.1f}  p95 {:5.1f}  max {:5.1f} ms".format(*at)


def main() -> None:
    """Build, then measure without and with a writer."""
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("--items", type=int, default=1_000_000)
    told.add_argument("--rate", type=int, default=1_000, help="items a second that are written meanwhile")
    told.add_argument("--keys", type=int, default=200)
    told.add_argument("--runs", type=int, default=5)
    told.add_argument("--db", type=Path, help="keep and reuse this database")
    told.add_argument("--minutes", type=float, default=0, help="only watch the memory, for so long")
    told.add_argument("--write", action="store_true", help=argparse.SUPPRESS)
    given = told.parse_args()
    if given.write:
        write(given.db, given.rate)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = given.db or Path(folder) / "screens.db"
        if not path.exists():
            build(path, given.items)
        if given.minutes:
            with written_to(path, given.rate):
                long_run(path, given.minutes)
            return
        first_frames(path, given.runs)
        keys(path, given.keys, "nothing else running")
        with written_to(path, given.rate):
            keys(path, given.keys, f"{given.rate} items/s coming")


if __name__ == "__main__":
    main()

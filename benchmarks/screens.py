"""The screens in a pseudo-terminal: time to the first frame, key to paint, memory; while a collector writes.

    python -m benchmarks.screens [--items 1000000] [--rate 1000] [--keys 400]

The first frame is the time from starting Python until the terminal has the screen's own words, against an app
that is Textual alone. Key to paint is from writing the key into the terminal until the end of the frame that
draws the cursor's row anew, read as raw bytes; the terminal's own drawing comes on top for every program.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import re
import select
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from contextlib import suppress
from pathlib import Path

from store.database import open_store
from store.times import to_ms

CURSOR = b"48;2;43;74;111"
"""The cursor row's background in the dark theme (tui/theme.py), as the terminal is told it."""
FRAME_END = b"\x1b[?2026l"
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


class Screen:
    """A program in a pseudo-terminal of 120×36."""

    def __init__(self, code: str, *arguments: str) -> None:
        self.started = time.perf_counter()
        pid, self.fd = pty.fork()
        if pid == 0:
            os.environ.update(TERM="xterm-256color", COLORTERM="truecolor")
            os.execv(sys.executable, [sys.executable, "-c", code, *arguments])
        self.pid = pid
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", 36, 120, 0, 0))

    def _read(self) -> bytes:
        """What came; answers the question whether frames can be marked, as a present-day terminal does."""
        data = os.read(self.fd, 1 << 16)
        if b"\x1b[?2026$p" in data:
            os.write(self.fd, b"\x1b[?2026;2$y")
        return data

    def read_until(self, *words: bytes, seconds: float = 20.0) -> float:
        """Seconds from now until all words came, in order; raises TimeoutError."""
        begin, seen = time.perf_counter(), b""
        while True:
            left = begin + seconds - time.perf_counter()
            if left <= 0 or not select.select([self.fd], [], [], left)[0]:
                raise TimeoutError(f"the terminal was not told {words}")
            seen += self._read()
            if re.search(b".*?".join(re.escape(word) for word in words), seen, re.DOTALL):
                return time.perf_counter() - begin

    def drain(self, seconds: float) -> None:
        """Read what comes for a while."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            if select.select([self.fd], [], [], left)[0]:
                self._read()

    def press(self, key: bytes) -> float | None:
        """Seconds until the cursor's row was painted; None when it never was."""
        while select.select([self.fd], [], [], 0)[0]:
            os.read(self.fd, 1 << 16)
        begin = time.perf_counter()
        os.write(self.fd, key)
        try:
            self.read_until(CURSOR, FRAME_END, seconds=1.0)
        except TimeoutError:
            return None
        return time.perf_counter() - begin

    def cpu(self) -> float:
        """Seconds of processor time it has used, in steps of 10 ms: what stays true on a busy machine."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> float:
        """Resident megabytes."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

    def close(self) -> None:
        """Quit, and wait for the end."""
        os.write(self.fd, b"q")
        with suppress(OSError):  # the program closes its terminal
            self.drain(1.5)
        os.close(self.fd)
        os.waitpid(self.pid, 0)


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
    with open_store(path) as store:
        newest = int(store.value("SELECT max(id) FROM items"))
        due = time.monotonic()
        while True:
            now = to_ms_now()
            with store.transaction():
                store.write_all(INSERT, [_row(newest + n, now, 1000) for n in range(rate // 4)])
            newest += rate // 4
            due += 0.25
            time.sleep(max(0.0, due - time.monotonic()))


def to_ms_now() -> int:
    """Now in the file's milliseconds."""
    from datetime import UTC, datetime

    return to_ms(datetime.now(UTC))


def first_frames(path: Path, runs: int) -> None:
    """Best and median of several starts each, taken in turns."""
    times: dict[str, list[float]] = {"bare Textual": [], "spreadwatch": []}
    spent: dict[str, list[float]] = {"bare Textual": [], "spreadwatch": []}
    for _ in range(runs):
        for name, code in (("bare Textual", BARE), ("spreadwatch", OURS)):
            screen = Screen(code, str(path))
            screen.read_until(b"STORIES")
            times[name].append(time.perf_counter() - screen.started)
            spent[name].append(screen.cpu())
            screen.drain(0.3)
            os.write(screen.fd, b"\x11" if name == "bare Textual" else b"q")
            with suppress(OSError):  # the program closes its terminal
                screen.drain(1.0)
            os.close(screen.fd)
            os.waitpid(screen.pid, 0)
    for name, found in times.items():
        print(
            f"first frame, {name:<13} best {min(found) * 1e3:5.0f} ms  median {statistics.median(found) * 1e3:5.0f} ms"
            f"  CPU best {min(spent[name]) * 1e3:4.0f} ms"
        )
    best = min(times["spreadwatch"]) / min(times["bare Textual"])
    middle = statistics.median(times["spreadwatch"]) / statistics.median(times["bare Textual"])
    print(f"first frame, ratio: best {best:.2f}, median {middle:.2f} (target 1.5)")


def keys(path: Path, count: int, label: str) -> None:
    """Key to paint on each list, j held down at thirty a second."""
    screen = Screen(OURS, str(path))
    screen.read_until(b"STORIES")
    screen.drain(2.0)
    before = screen.memory()
    for mode, name in ((b"1", "Stories"), (b"2", "Triage"), (b"3", "Wire")):
        os.write(screen.fd, mode)
        screen.drain(3.0)
        found, lost = [], 0
        used = screen.cpu()
        for number in range(count):
            spent = screen.press(b"j" if number % 200 < 150 else b"k")
            if spent is None:
                lost += 1
            else:
                found.append(spent * 1e3)
            screen.drain(1 / 30)
        used = (screen.cpu() - used) / count * 1e3
        found.sort()
        print(
            f"key to paint, {name:<8} {label:<22} p50 {found[len(found) // 2]:5.1f} ms  "
            f"p95 {found[int(len(found) * 0.95)]:5.1f} ms  max {found[-1]:5.1f} ms  unpainted {lost}  CPU a key {used:4.1f} ms"
        )
    print(f"memory: {before:.0f} MB at first, {screen.memory():.0f} MB at the end")
    screen.close()


def main() -> None:
    """Build, then measure without and with a writer."""
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("--items", type=int, default=1_000_000)
    told.add_argument("--rate", type=int, default=1_000, help="items a second that are written meanwhile")
    told.add_argument("--keys", type=int, default=200)
    told.add_argument("--runs", type=int, default=5)
    told.add_argument("--db", type=Path, help="keep and reuse this database")
    told.add_argument("--write", action="store_true", help=argparse.SUPPRESS)
    given = told.parse_args()
    if given.write:
        write(given.db, given.rate)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = given.db or Path(folder) / "screens.db"
        if not path.exists():
            build(path, given.items)
        first_frames(path, given.runs)
        keys(path, given.keys, "nothing else running")
        writer = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "benchmarks.screens",
                "--write",
                "--db",
                str(path),
                "--rate",
                str(given.rate),
            ]
        )
        try:
            keys(path, given.keys, f"{given.rate} items/s coming")
        finally:
            writer.kill()
            writer.wait()


if __name__ == "__main__":
    main()

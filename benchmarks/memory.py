"""How much memory a process and those below it take while something runs."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def watched_memory(*, shared_once: bool = False) -> Iterator[list[int]]:
    """Kilobytes while it runs: all that this process holds, as the peers count themselves, and its children's share.

    ``shared_once``: of this process, too, its share of the pages that it has in common with others.
    """
    own = proportional if shared_once else held
    peak = [0]
    over = threading.Event()

    def watch() -> None:
        while not over.wait(0.2):
            peak.append(own(os.getpid()) + sum(map(proportional, children(os.getpid()))))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield peak
    finally:
        over.set()
        watcher.join()


def children(process: int) -> list[int]:
    """All processes below one."""
    found: list[int] = []
    with suppress(OSError):
        for task in Path(f"/proc/{process}/task").glob("*/children"):
            for child in map(int, task.read_text().split()):
                found += [child, *children(child)]
    return found


def cpu_seconds(process: int) -> float:
    """Seconds of CPU that a process has used."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def held(process: int) -> int:
    """Kilobytes a process holds, shared pages in full; 0 when it has ended."""
    return _line(Path(f"/proc/{process}/status"), "VmRSS:")


def proportional(process: int) -> int:
    """Kilobytes a process holds, its share of shared pages; 0 when it has ended."""
    return _line(Path(f"/proc/{process}/smaps_rollup"), "Pss:")


def _line(file: Path, name: str) -> int:
    with suppress(OSError):
        for line in file.read_text().splitlines():
            if line.startswith(name):
                return int(line.split()[1])
    return 0

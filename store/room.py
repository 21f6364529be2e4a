"""What the disk under the database leaves: how long its log may grow, and whether readers can share the file.

SQLite writes into a log (`-wal`) first and moves it into the file later (a checkpoint), which makes the file grow by
what is new. Who opens it shares a small file of memory with the others (`-shm`). A full disk stops all three.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from pathlib import Path

_PAGE = 4_096
_LEAST_PAGES = 1_000
"""SQLite's own length of a log."""
_MOST_PAGES = 8_000
"""32 MB. At a million items, with 1,000 the same index pages are written again and again: twice the bytes for a batch
(benchmarks/store.py)."""
_SHARE = 4
"""The log may be so much of the file. A file of 0.3 MB once had a log of 34 MB on a disk of 40 MB, and the log could go
nowhere: moving it needs as much room again."""

_TIGHT = 2 * _MOST_PAGES * _PAGE
"""Bytes free below which no transaction begins on a log that still holds something."""

_INDEX = 32_768
"""Bytes of shared memory for each 4,096 pages of the log; SQLite makes the first at once, for an empty log too."""
_INDEXED = 4_062
"""Pages that the first of them names, the least of all."""
_SLACK = 2 * _PAGE
"""For the folder's own blocks."""
_PATIENCE_MS = 200
"""How long shortening the log waits for readers; the next transaction tries again."""


def log_pages(path: Path) -> int:
    """How many pages the log of this file may hold before they are moved into it."""
    return max(_LEAST_PAGES, min(_MOST_PAGES, _size(path) // _PAGE // _SHARE))


def tight(path: Path) -> bool:
    """Whether a log with content stands there that the disk may soon have no room to move into the file."""
    return log_beside(path) and _free(path) < _TIGHT


def shorten_log(connection: sqlite3.Connection) -> None:
    """Move the log into the file and give its room back, as far as readers and the disk allow; outside a transaction.

    What a failed transaction left behind is given back too: it needs no room in the file.
    """
    waits = connection.execute("PRAGMA busy_timeout").fetchone()[0]
    connection.execute(f"PRAGMA busy_timeout = {_PATIENCE_MS}")
    try:
        # Where there is no room for it, the log stays whole, and who writes is told by their own write.
        with suppress(sqlite3.OperationalError):
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        connection.execute(f"PRAGMA busy_timeout = {waits}")


def log_beside(path: Path) -> bool:
    """Whether a log with content stands beside the file: then the file alone may be torn."""
    return _size(Path(f"{path}-wal")) > 0


def sealed(path: Path) -> bool:
    """Whether it lies where SQLite can't make the files it shares with others, as on a read-only disk."""
    return not os.access(path.parent, os.W_OK) and not Path(f"{path}-shm").exists()


def crowded_out(path: Path) -> bool:
    """Whether the disk is too full for the memory that users of the file share, and none stands there.

    Nobody can have it open then: whoever opens it makes that memory first.
    """
    if _size(Path(f"{path}-shm")) >= _INDEX:
        return False
    return _free(path) < needed(path)


def needed(path: Path) -> int:
    """Bytes that must be free to open the file: room for the memory that its users share."""
    return _INDEX * (1 + _size(Path(f"{path}-wal")) // _PAGE // _INDEXED) + _SLACK


def _free(path: Path) -> int:
    found = os.statvfs(path.parent)
    # Some file systems keep blocks for root alone.
    return (found.f_bavail if os.geteuid() else found.f_bfree) * found.f_frsize


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0

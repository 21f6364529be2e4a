"""What can go wrong with the database, and what the reader can do about it.

StoreError
├── StoreMissing      there is no such file
├── StoreForeign      the file is not a spreadwatch database
├── StoreNewer        a newer spreadwatch wrote it
├── StoreLocked       somebody else is writing and did not finish in time
├── StoreReadOnly     the file or its folder can't be written
├── StoreFull         the disk (or the file's page limit) is full
├── StoreDamaged      SQLite finds the file malformed
├── StoreInterrupted  who had asked broke the query off
└── CollectorRunning  another collector holds this database
"""

# ruff: noqa: N818 - each is named for the state the reader is told of, as in DESIGN.md
from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from stories.errors import SpreadwatchError


class StoreError(SpreadwatchError):
    """The database can't be used as asked."""


class StoreMissing(StoreError):
    """There is no such file."""


class StoreForeign(StoreError):
    """The file is not a spreadwatch database."""


class StoreNewer(StoreError):
    """A newer spreadwatch wrote this file; it is left untouched."""


class StoreLocked(StoreError):
    """Another process kept the write lock for longer than the busy timeout."""


class StoreReadOnly(StoreError):
    """The file, its folder or the connection can't be written."""


class StoreFull(StoreError):
    """The disk is full; what was committed before is safe."""


class StoreDamaged(StoreError):
    """SQLite finds the file malformed."""


class CollectorRunning(StoreError):
    """Another collector holds this database; ``pid`` is its process, 0 when that is unknown."""

    def __init__(self, pid: int, holder: str = "") -> None:
        who = f"process {pid}" if pid else "another process"
        what, whose, remedy = _HOLDERS.get(holder, _HOLDERS[""])
        super().__init__(
            f"{what} on this database ({who}{whose}).", remedy=remedy.format(pid=pid or "its number")
        )
        self.pid = pid
        self.polls = holder not in ("import", "regroup")
        """Whether it takes requests (`store.requests`), or only does its one work and ends."""


_HOLDERS = {
    "": ("A collector already runs", "", "Screens may share it; stop that one before you start another."),
    "screen": (
        "A collector already runs",
        ", started by a screen",
        "More screens may share it; for anything else close that screen (q) first.",
    ),
    "collect": (
        "A collector already runs",
        ", started by `spreadwatch collect`",
        "Screens may share it; for anything else stop it first: kill {pid}",
    ),
    "import": ("An import already runs", "", "Wait until it is done."),
    "regroup": ("Regrouping already runs", "", "Wait until it is done."),
}
"""By what holds the lock: what runs, who started it, and the way out."""


class StoreInterrupted(StoreError):
    """A query was broken off by who had asked it (`Store.breaker`)."""


_KINDS: dict[int, tuple[type[StoreError], str, str]] = {
    sqlite3.SQLITE_BUSY: (StoreLocked, "The database is locked by another writer.", "Try again in a moment."),
    sqlite3.SQLITE_LOCKED: (StoreLocked, "The database is locked.", "Try again in a moment."),
    sqlite3.SQLITE_INTERRUPT: (StoreInterrupted, "The query was broken off.", ""),
    sqlite3.SQLITE_READONLY: (StoreReadOnly, "The database is read-only.", "Check the file's permissions."),
    sqlite3.SQLITE_CANTOPEN: (
        StoreReadOnly,
        "The database can't be opened.",
        "Check the folder's permissions.",
    ),
    sqlite3.SQLITE_FULL: (StoreFull, "The disk is full.", "Nothing is lost; free some space and it goes on."),
    sqlite3.SQLITE_IOERR: (StoreFull, "The disk can't be written.", "Check the disk; then it goes on."),
    sqlite3.SQLITE_CORRUPT: (
        StoreDamaged,
        "The database is damaged.",
        "Restore a backup; see `spreadwatch doctor`.",
    ),
    sqlite3.SQLITE_NOTADB: (StoreForeign, "The file is not a database.", "Choose another path with --db."),
}


_UNREADABLE = "Could not decode to UTF-8"
"""How Python's sqlite3 begins what it raises by itself, without a code, at bytes that are no text; we store none."""
_TOO_LARGE = "SQLite INTEGER"
"""What Python's sqlite3 says of a number of more than 64 bits, before it reaches SQLite."""


def disk_full(message: str = "", remedy: str = "") -> StoreFull:
    """What is raised where we see ourselves what SQLite would find out by writing; in its words unless told others."""
    _, usual, way_out = _KINDS[sqlite3.SQLITE_FULL]
    return StoreFull(message or usual, remedy=remedy or way_out)


@contextmanager
def translated() -> Iterator[None]:
    """Raise SQLite's errors as ours, with the cause kept; a programming error stays what it is."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", None)
        if code is None and str(error).startswith(_UNREADABLE):
            code = sqlite3.SQLITE_CORRUPT
        kind = _KINDS.get((code or 0) & 0xFF)
        if kind is None:
            raise
        made, message, remedy = kind
        raise made(message, remedy=remedy) from error
    except OverflowError as error:
        if _TOO_LARGE not in str(error):
            raise
        raise StoreError(
            "A number that was asked for is larger than any here.", remedy=f"The largest is {2**63 - 1}."
        ) from error

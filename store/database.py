"""The one SQLite file: how it is opened, checked, and written in short transactions.

Many screens read while one collector writes (WAL), so no reader ever waits. A `Store` may be used from
several threads; each gets a connection of its own.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import Any

from store import room
from store.errors import StoreForeign, StoreMissing, StoreNewer, StoreReadOnly, disk_full, translated
from store.lock import collector_lock, collector_running
from store.migrations import APPLICATION_ID, VERSION, migrate

__all__ = ["IDS", "Store", "collector_lock", "collector_running", "open_store"]

BUSY_TIMEOUT_MS = 5_000
"""How long a writer waits for another. Our transactions last milliseconds; five seconds means trouble."""

IDS = "I"
"""An array's type for ids. Two lists of a million and the one being read took 27 MB of a screen with 8 bytes each."""

CACHE_KIB = 8_192
"""Page cache of one connection, for who writes: the collector's indexes. The rest is the system's cache: with twice as
much, taking in costs as much CPU, into an empty file as into one of 500,000 items."""


class Store:
    """An open database; made by `open_store`.

    Attributes:
        path: the file.
        read_only: nothing can be written through this store.
    """

    def __init__(self, path: Path, *, read_only: bool, cache_kib: int = CACHE_KIB) -> None:
        self.path = path
        self.read_only = read_only
        self._cache_kib = cache_kib
        self._local = threading.local()
        self._opened: list[sqlite3.Connection] = []
        self._guard = threading.Lock()
        self._closed = False

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection; raises sqlite3.ProgrammingError once the store is closed."""
        held: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if held is None or self._closed:
            if self._closed:
                raise sqlite3.ProgrammingError("the store is closed")
            return self._connected()
        if self._local.crowded_out and not held.in_transaction and not room.crowded_out(self.path):
            # There is room again, so from now on others may write: what has been opened for us alone would not notice.
            with self._guard:
                self._opened.remove(held)
            held.close()
            return self._connected()
        return held

    def _connected(self) -> sqlite3.Connection:
        with translated():
            alone = _alone(self.path)
            made = _connect(self.path, read_only=self.read_only, cache_kib=self._cache_kib, alone=alone)
        self._local.connection, self._local.depth = made, 0
        self._local.crowded_out = alone and not room.sealed(self.path)
        with self._guard:
            self._opened.append(made)
        return made

    def breaker(self) -> Callable[[], None]:
        """What breaks off the query that this thread is at, called from another one; it raises StoreInterrupted."""
        return self.connection.interrupt

    @property
    def writable(self) -> bool:
        """Whether decisions can be written: neither opened for reading only nor a file that nobody here may write."""
        return not self.read_only and os.access(self.path, os.W_OK)

    def close(self) -> None:
        """Close every thread's connection; doing it twice does no harm."""
        with self._guard:
            self._closed = True
            opened, self._opened = self._opened, []
        for connection in opened:
            connection.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def data_version(self) -> int:
        """A number that differs when another connection has committed; costs 2 µs, ask it on a timer."""
        return int(self.value("PRAGMA data_version"))

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[Any]:
        """All rows of a query, as tuples; raises a `StoreError`."""
        with translated():
            return self.connection.execute(sql, values).fetchall()

    def numbers(self, sql: str, values: Sequence[object] = ()) -> array[int]:
        """The ids of a query that has one column, 4 bytes each, with no list of rows made on the way.

        Raises OverflowError past four billion: eleven years of a million items a day.
        """
        with translated():
            return array(IDS, chain.from_iterable(self.connection.execute(sql, values)))

    def value(self, sql: str, values: Sequence[object] = ()) -> Any:
        """The first column of the first row, or None; raises a `StoreError`."""
        with translated():
            row = self.connection.execute(sql, values).fetchone()
        return None if row is None else row[0]

    def write(self, sql: str, values: Sequence[object] = ()) -> sqlite3.Cursor:
        """One statement; outside of a transaction it commits by itself. Raises a `StoreError`."""
        self._writable()
        with translated():
            return self.connection.execute(sql, values)

    def write_all(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        """One statement for each of many rows; raises a `StoreError`."""
        self._writable()
        with translated():
            self.connection.executemany(sql, rows)

    @contextmanager
    def transaction(self, *, durable: bool = False) -> Iterator[sqlite3.Connection]:
        """All or nothing; a transaction inside another belongs to the outer one.

        ``durable`` syncs the disk before it returns, for what a person decided. Without it the last
        moments before a power cut may be lost (never torn), and feeds give those again.
        """
        self._writable()
        connection = self.connection
        if self._local.depth:
            self._local.depth += 1
            try:
                yield connection
            finally:
                self._local.depth -= 1
            return
        with translated():
            if room.tight(self.path):
                room.shorten_log(connection)
            connection.execute(f"PRAGMA wal_autocheckpoint = {room.log_pages(self.path)}")
            # The pragma has no effect inside a transaction, so it is set just before.
            connection.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
            connection.execute("BEGIN IMMEDIATE")
            self._local.depth = 1
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                # Ctrl-C too: an open transaction would keep every other writer out. A full disk may have rolled back already.
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                if room.tight(self.path):
                    room.shorten_log(connection)
                raise
            finally:
                self._local.depth = 0

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Several queries on one state of the file, whatever is written meanwhile."""
        connection = self.connection
        if connection.in_transaction:
            yield
            return
        with translated():
            connection.execute("BEGIN")
            try:
                yield
            finally:
                if connection.in_transaction:
                    connection.execute("COMMIT")

    def _writable(self) -> None:
        if self.read_only:
            raise StoreReadOnly(f"{self.path} was opened for reading only.")
        if self.connection and self._local.crowded_out:
            raise disk_full()


def open_store(
    path: str | Path, *, create: bool = False, read_only: bool = False, cache_kib: int = CACHE_KIB
) -> Store:
    """Open spreadwatch's database, bringing an older one up to date; each connection caches ``cache_kib`` of it.

    Raises StoreMissing, StoreForeign, StoreNewer, StoreReadOnly, StoreFull or StoreLocked; a file that is refused is
    left untouched.
    """
    path = Path(path)
    there = path.exists() and path.stat().st_size > 0
    if not there:
        if not create or read_only:
            raise StoreMissing(f"There is no database at {path}.", remedy="Choose another with --db.")
        _make(path)
    with translated():
        found = _check(path)
        if found < VERSION:
            # Also for a reader: it could not read what it asks for. Where that can't be written, it is said.
            _bring_up_to_date(path)
    store = Store(path, read_only=read_only, cache_kib=cache_kib)
    store.value("SELECT count(*) FROM state")
    return store


def _check(path: Path) -> int:
    """The file's schema version, read without changing a byte of it."""
    if path.is_dir() or not os.access(path, os.R_OK):
        raise StoreReadOnly(f"{path} can't be read.", remedy="Check that it is a file and its permissions.")
    try:
        with closing(_connect(path, read_only=True, alone=_alone(path))) as connection:
            application = connection.execute("PRAGMA application_id").fetchone()[0]
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_NOTADB:
            raise StoreForeign(
                f"{path} is no database at all.", remedy="Choose another with --db."
            ) from error
        raise
    if application != APPLICATION_ID:
        raise StoreForeign(f"{path} is not a spreadwatch database.", remedy="Choose another path with --db.")
    if version > VERSION:
        raise StoreNewer(
            f"{path} was written by a newer spreadwatch (schema {version}, this one knows {VERSION}).",
            remedy="Install the newer version; the file is untouched.",
        )
    return version


def _make(path: Path) -> None:
    """A new file with the whole schema, or no file at all."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreReadOnly(f"{path.parent} can't be made.", remedy=str(error)) from error
    with translated():
        connection = _connect(path)
        try:
            # auto_vacuum must be set before the first table; incremental lets retention give space back.
            connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute("PRAGMA journal_mode = WAL")
            migrate(connection)
        finally:
            connection.close()


def _bring_up_to_date(path: Path) -> None:
    alone = _alone(path)
    if alone and not room.sealed(path):
        raise disk_full()
    connection = _connect(path, alone=alone)
    try:
        migrate(connection)
    finally:
        connection.close()


def _connect(
    path: Path, *, read_only: bool = False, cache_kib: int = CACHE_KIB, alone: bool = False
) -> sqlite3.Connection:
    mode = "ro&immutable=1" if alone else "ro" if read_only else "rwc"
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=BUSY_TIMEOUT_MS / 1000,
        isolation_level=None,  # we say BEGIN and COMMIT ourselves
        check_same_thread=False,  # so that close() may close what other threads opened
        cached_statements=256,
    )
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA cache_size = -{cache_kib}")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute(f"PRAGMA wal_autocheckpoint = {room.log_pages(path)}")
    except sqlite3.Error:
        connection.close()  # a file that is no database shows itself only here
        raise
    return connection


def _alone(path: Path) -> bool:
    """Whether nobody can have it open with us, so that SQLite may read it without a log and without locks.

    Raises StoreReadOnly or StoreFull where a log stands beside it, which can't be read so. SQLite would say "unable to
    open database file" or "disk I/O error", which sends people looking for a missing file or a broken disk.
    """
    sealed = room.sealed(path)
    if not sealed and not room.crowded_out(path):
        return False
    if sealed and room.log_beside(path):
        raise StoreReadOnly(
            f"{path} lies where nothing can be written, and what is in the log beside it can't be read there.",
            remedy=f"Copy it and its log to a folder of your own (cp {path}* ~) and name that with --db.",
        )
    if room.log_beside(path):
        raise disk_full(
            f"{path} has a log beside it (-wal), and reading that takes {room.needed(path) // 1000} KB of the disk.",
            remedy=f"Free that much, or copy both to another disk (cp {path} {path}-wal FOLDER) and name that with --db; "
            "leave the log where it is: what is in it is in no other file.",
        )
    return True

"""A copy of a file that is in use."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from store.database import Store
from store.errors import StoreDamaged, StoreError, StoreReadOnly, translated

_PAGES = 2_000
"""Pages copied between two reports of progress: 8 MiB."""


def backup(store: Store, target: Path, progress: Callable[[int, int], None] | None = None) -> int:
    """Copy the database as it is at one moment, while others read and write; gives the copy's bytes.

    ``progress`` is told pages done and in all. The copy appears under its name when it is whole and was
    checked, or not at all. Raises StoreError when the target is there already or can't be written.
    """
    if target.exists():
        raise StoreError(
            f"{target} is there already.", remedy="Choose a new name; backups overwrite nothing."
        )
    part = target.with_name(target.name + ".part")

    def report(_status: int, left: int, total: int) -> None:
        if progress is not None:
            progress(total - left, total)

    try:
        part.unlink(missing_ok=True)
        with translated(), closing(sqlite3.connect(part, isolation_level=None)) as copy:
            with store.reading():
                # This read pins one state of the file: without it, every write of a collector makes
                # SQLite start the copy again.
                store.value("SELECT count(*) FROM state")
                store.connection.backup(copy, pages=_PAGES, progress=report, sleep=0)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, ready to be carried away
            sound = copy.execute("PRAGMA quick_check").fetchone()[0]
        if sound != "ok":
            raise StoreDamaged(f"The copy is damaged: {sound}.", remedy="Run `spreadwatch doctor`.")
        part.replace(target)
    except OSError as error:
        raise StoreReadOnly(f"{target} can't be written.", remedy=f"{error.strerror}.") from error
    finally:
        part.unlink(missing_ok=True)
    return target.stat().st_size

"""Backups of a file that is in use, and whether it is whole."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from store.database import Store
from store.errors import StoreError, StoreReadOnly, translated

_PAGES = 2_000
"""Pages copied in one step: 8 MiB, after which writers and a progress bar have their turn."""


def backup(store: Store, target: Path, progress: Callable[[int, int], None] | None = None) -> int:
    """Copies the database as it is at one moment, while others read and write; gives the copy's bytes.

    ``progress`` is told pages done and in all. Raises StoreError when the target is there already or can't be written.
    """
    if target.exists():
        raise StoreError(
            f"{target} is there already.", remedy="Choose a new name; backups overwrite nothing."
        )
    part = target.with_name(target.name + ".part")
    try:
        part.unlink(missing_ok=True)
        with translated(), closing(sqlite3.connect(part)) as copy:
            store.connection.backup(
                copy,
                pages=_PAGES,
                progress=None if progress is None else lambda _, left, total: progress(total - left, total),
            )
        part.replace(target)
    except OSError as error:
        raise StoreReadOnly(f"{target} can't be written.", remedy=f"{error.strerror}.") from error
    finally:
        part.unlink(missing_ok=True)
    return target.stat().st_size


def damage(store: Store) -> list[str]:
    """What SQLite finds wrong with the file, in its words; reads all of it (1 s for some 200 MB)."""
    found = [row[0] for row in store.rows("PRAGMA quick_check(20)") if row[0] != "ok"]
    for table, row, parent, _ in store.rows("PRAGMA foreign_key_check")[:20]:
        found.append(f"row {row} of {table} names a row of {parent} that isn't there")
    return found

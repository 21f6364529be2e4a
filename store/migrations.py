"""The schema's history: each version one commented SQL file, each application recorded in the file.

Migrations are recorded by name in sqlite-utils' own table; ``user_version`` says the same as a number,
so that opening a current file needs one pragma and not the import of sqlite-utils (97 ms).
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations

APPLICATION_ID = 0x53505744
"""The four bytes "SPWD" at offset 68 of the file; `file` and SQLite can tell whose it is."""

SCHEMA_FOLDER = Path(__file__).parent / "schema"
SCRIPTS = tuple(sorted(SCHEMA_FOLDER.glob("[0-9][0-9][0-9][0-9]_*.sql")))
VERSION = len(SCRIPTS)
"""The schema version this program reads and writes."""


def migrations() -> Migrations:
    """The whole set, in order; the name of each is its file's."""
    from sqlite_utils import Migrations

    made = Migrations("spreadwatch")
    for number, script in enumerate(SCRIPTS, start=1):
        made(name=script.stem)(_step(number, script))
    return made


class _step:  # noqa: N801 - it stands for a function, and sqlite-utils asks for its __name__
    """One version: its statements, in the transaction of the caller."""

    def __init__(self, number: int, script: Path) -> None:
        self.number = number
        self.script = script
        self.__name__ = script.stem

    def __call__(self, db: Database) -> None:
        for statement in statements(self.script.read_text("utf-8")):
            db.execute(statement)
        db.execute(f"PRAGMA user_version = {self.number}")


def migrate(connection: sqlite3.Connection, *, stop_at: int | None = None) -> None:
    """Bring the file to ``VERSION`` (or ``stop_at``, for tests), one transaction a version.

    A step that fails leaves the file at the version before it.
    """
    from sqlite_utils import Database

    last = stop_at if stop_at is not None else VERSION
    following = [script.stem for script in SCRIPTS[last:]]
    migrations().apply(Database(connection), stop_before=following[:1] or None)


def statements(script: str) -> list[str]:
    """The script's statements one by one; ``executescript`` would commit the transaction they belong to."""
    found: list[str] = []
    held = ""
    for line in script.splitlines(keepends=True):
        held += line
        if sqlite3.complete_statement(held):
            found.append(held.strip())
            held = ""
    return found

"""What screens and commands ask of the running collector, as rows it reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from store.database import Store
from store.times import from_ms, to_ms


class Ask(StrEnum):
    """What can be asked."""

    POLL_NOW = "poll_now"
    """``subject`` is a feed's URL, or empty for all."""
    ADD_FEED = "add_feed"
    """The catalogue file has changed; ``subject`` is the URL that was added."""
    REGROUP = "regroup"
    """Group the active items anew, within what the analyst decided."""
    IMPORT = "import"
    """``subject`` is an archive's path; it waits until all of it is in, and its outcome is how far that has come."""


@dataclass(frozen=True, slots=True)
class Request:
    """One row that waits for the collector."""

    id: int
    at: datetime
    act: Ask
    subject: str


def ask(store: Store, act: Ask, at: datetime, subject: str = "") -> int:
    """Ask the collector; the number tells its outcome later."""
    cursor = store.write(
        "INSERT INTO requests (at, act, subject) VALUES (?, ?, ?)", (to_ms(at), act.value, subject)
    )
    return int(cursor.lastrowid or 0)


def waiting(store: Store) -> list[Request]:
    """The requests nobody has taken, oldest first."""
    found = store.rows("SELECT id, at, act, subject FROM requests WHERE taken IS NULL ORDER BY id")
    return [Request(number, from_ms(at), Ask(act), subject) for number, at, act, subject in found]


def take(store: Store, request: int, at: datetime, outcome: str = "done") -> None:
    """The collector has done this one."""
    store.write("UPDATE requests SET taken = ?, outcome = ? WHERE id = ?", (to_ms(at), outcome, request))


def note(store: Store, request: int, outcome: str) -> None:
    """How far the collector has come with one that still waits."""
    store.write("UPDATE requests SET outcome = ? WHERE id = ? AND taken IS NULL", (outcome, request))


def withdraw(store: Store, request: int, at: datetime) -> None:
    """Want one no longer that still waits; its outcome stays what was noted."""
    store.write("UPDATE requests SET taken = ? WHERE id = ? AND taken IS NULL", (to_ms(at), request))


def outcome(store: Store, request: int) -> tuple[str, bool]:
    """What came of a request so far, and whether that is its last."""
    found = store.rows("SELECT outcome, taken FROM requests WHERE id = ?", (request,))
    return (str(found[0][0]), found[0][1] is not None) if found else ("", True)

"""The append-only log of decisions as it is read: rows to values, and which are in force."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from store.database import Store
from store.times import from_ms
from stories.decision import Act, Decision

COLUMNS = "id, uid, at, by, act, items, story, details, undoes, before"

IN_FORCE = """
NOT EXISTS (
    SELECT 1 FROM decisions u WHERE u.undoes = d.id AND u.act = 'undo' AND (?1 IS NULL OR coalesce(u.applied, u.at) <= ?1)
    AND NOT EXISTS (SELECT 1 FROM decisions r WHERE r.undoes = u.id AND r.act = 'redo' AND (?1 IS NULL OR coalesce(r.applied, r.at) <= ?1))
)
"""
"""SQL: decision ``d`` was not undone, or its undoing was itself undone; parameter 1 is the moment in ms, or NULL."""

ORDER_OF = """
coalesce((SELECT max(r.id) FROM decisions u JOIN decisions r ON r.undoes = u.id AND r.act = 'redo'
          WHERE u.undoes = d.id AND u.act = 'undo'), d.id)
"""
"""SQL: when decision ``d`` came into force, as a number to order by: its own, or that of the last redo."""

FLAGS_ONLY = frozenset({Act.READ, Act.UNREAD, Act.STAR, Act.UNSTAR})
"""Acts that place nothing: `since` need not trouble grouping with them."""


def decision(row: Sequence[Any]) -> Decision:
    """The value of one row of `COLUMNS`."""
    return Decision(
        id=row[0],
        at=from_ms(row[2]),
        by=row[3],
        act=Act(row[4]),
        items=tuple(json.loads(row[5])),
        story=row[6],
        details=json.loads(row[7]),
        undoes=row[8],
    )


def get(store: Store, number: int) -> Decision | None:
    """One decision, None when there is none."""
    found = store.rows(f"SELECT {COLUMNS} FROM decisions WHERE id = ?", (number,))
    return decision(found[0]) if found else None


def since(store: Store, number: int, limit: int = 10_000) -> list[Decision]:
    """Decisions after this one, oldest first: what the collector has yet to tell grouping."""
    found = store.rows(f"SELECT {COLUMNS} FROM decisions WHERE id > ? ORDER BY id LIMIT ?", (number, limit))
    return [decision(row) for row in found]


def last_id(store: Store) -> int:
    """The number of the newest decision, 0 when there is none."""
    return int(store.value("SELECT coalesce(max(id), 0) FROM decisions"))


def last(store: Store, by: str | None = None) -> Decision | None:
    """The newest decision that is not an undo or redo and is in force; what "repeat" repeats and "undo" undoes."""
    found = store.rows(
        f"SELECT d.* FROM decisions d WHERE d.act NOT IN ('undo', 'redo') AND (?2 IS NULL OR d.by = ?2) AND {IN_FORCE} "
        "ORDER BY d.id DESC LIMIT 1",
        (None, by),
    )
    return decision(found[0]) if found else None


def in_force(store: Store, at: int | None = None) -> list[Decision]:
    """Every decision that holds at ``at`` (ms, default now), oldest first."""
    found = store.rows(
        f"SELECT d.* FROM decisions d WHERE d.act NOT IN ('undo', 'redo') AND (?1 IS NULL OR coalesce(d.applied, d.at) <= ?1) "
        f"AND {IN_FORCE} ORDER BY d.id",
        (at,),
    )
    return [decision(row) for row in found]


def of_story(store: Store, story: int, at: int) -> list[Decision]:
    """The decisions about a story itself that held at ``at`` (ms), oldest first."""
    found = store.rows(
        f"SELECT {COLUMNS} FROM decisions d WHERE d.story = ?2 AND coalesce(d.applied, d.at) <= ?1 "
        f"AND {IN_FORCE} ORDER BY d.id",
        (at, story),
    )
    return [decision(row) for row in found]

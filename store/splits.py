"""Suggested splits: which items of a story look like a story of their own; kept until the analyst has decided."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime

from store.database import Store
from store.times import to_ms

_LEAST = 4
"""Items that must still be undecided and in the story for a suggestion to stand (`stories.splitting`)."""
_GROWN = 1.25
"""A story is looked at again when it has so many times the items it had; each look costs milliseconds."""


def due(store: Store, among: Iterable[int] | None = None, *, least: int, limit: int = 200) -> list[int]:
    """Listed stories of ``least`` items or more not looked at since they grew, most active first; ``among`` these."""
    which = "" if among is None else "AND s.id IN (SELECT value FROM json_each(?4))"
    found = store.rows(
        "SELECT s.id FROM stories s LEFT JOIN splits p ON p.story = s.id WHERE s.shown = 1 AND s.items >= ?1 "
        f"AND (p.of IS NULL OR s.items >= p.of * ?2) {which} ORDER BY s.activity DESC LIMIT ?3",
        (least, _GROWN, limit, *(() if among is None else (json.dumps(sorted(among)),))),
    )
    return [row[0] for row in found]


def keep(store: Store, story: int, items: Sequence[int], at: datetime) -> None:
    """Keep what was suggested; no items say that the story holds together."""
    store.write(
        "INSERT OR REPLACE INTO splits (story, at, of, items) SELECT id, ?, items, ? FROM stories WHERE id = ?",
        (to_ms(at), json.dumps(sorted(items)), story),
    )


def of_story(store: Store, story: int) -> tuple[int, ...]:
    """The items suggested for a story of their own, without those the analyst has placed; () for none."""
    found = store.rows(
        "SELECT i.id FROM splits p, json_each(p.items) j JOIN items i ON i.id = j.value "
        "WHERE p.story = ? AND i.story = p.story AND NOT EXISTS "
        "(SELECT 1 FROM constraints c WHERE c.item = i.id AND c.must = 1) ORDER BY i.effective, i.id",
        (story,),
    )
    return tuple(row[0] for row in found) if len(found) >= _LEAST else ()

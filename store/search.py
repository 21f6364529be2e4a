"""Full-text search: newest first, a page at a time, at a cost that does not grow with the store."""

from __future__ import annotations

from dataclasses import dataclass

from store.database import Store
from store.items import ItemRow, rows
from store.query import match


@dataclass(frozen=True, slots=True)
class Hit:
    """One found item and the words around the find."""

    row: ItemRow
    snippet: str
    """Text around the found words, each of which stands between ``OPEN`` and ``CLOSE``."""


OPEN, CLOSE = "\ue000", "\ue001"
"""Marks around a found word. Private-use characters are cleaned from what feeds say, so they can't be text."""

_FIND = """
SELECT rowid, snippet(items_fts, -1, ?, ?, '…', 16) FROM items_fts
WHERE items_fts MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?
"""


def search(store: Store, query: str, limit: int = 50, before: int | None = None) -> list[Hit]:
    """The newest items that hold the words, below the id ``before``; no input is an error.

    By arrival, not by rank: ranking reads every hit, and at a million items a common word has 100,000.
    """
    expression = match(query)
    if not expression:
        return []
    found = store.rows(_FIND, (OPEN, CLOSE, expression, (1 << 62) if before is None else before, limit))
    snippets = dict(found)
    return [Hit(row, snippets[row.id]) for row in rows(store, [number for number, _ in found])]


def count(store: Store, query: str) -> int:
    """How many items hold the words."""
    expression = match(query)
    if not expression:
        return 0
    return int(store.value("SELECT count(*) FROM items_fts WHERE items_fts MATCH ?", (expression,)))

"""Grouping's memory in the file: features of recent items and how common each word is.

It is only a memory: everything in it can be made again from the items.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from store.database import Store

_DOCUMENTS = "\x00documents"
"""The vocabulary's row that counts items, not a word; no word holds a control character."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """One recent item as grouping knew it."""

    item: int
    story: int
    packed: bytes


def keep_features(store: Store, kept: Sequence[tuple[int, int, bytes]]) -> None:
    """Keep (item, known in ms, packed features), in the caller's transaction."""
    store.write_all("INSERT OR REPLACE INTO features (item, at, packed) VALUES (?, ?, ?)", kept)


def features(store: Store, limit: int) -> Iterator[Remembered]:
    """The newest ``limit`` items' features with the story each is in now, oldest first."""
    oldest = (
        store.value("SELECT min(item) FROM (SELECT item FROM features ORDER BY item DESC LIMIT ?)", (limit,))
        or 0
    )
    found = store.rows(
        "SELECT f.item, i.story, f.packed FROM features f JOIN items i ON i.id = f.item "
        "WHERE f.item >= ? AND i.story IS NOT NULL ORDER BY f.item",
        (oldest,),
    )
    return (Remembered(item, story, packed) for item, story, packed in found)


def forget_features(store: Store, keep: int, at_most: int = 5_000) -> int:
    """Drop the features of all but the newest ``keep`` items, some at a time; gives how many went."""
    newest = store.value("SELECT max(item) FROM features") or 0
    cursor = store.write(
        "DELETE FROM features WHERE item IN (SELECT item FROM features WHERE item <= ? ORDER BY item LIMIT ?)",
        (newest - keep, at_most),
    )
    return cursor.rowcount


def learn_words(store: Store, counts: Mapping[str, int], documents: int) -> None:
    """Add to how many items each word stood in, in the caller's transaction."""
    store.write_all(
        "INSERT INTO vocabulary (term, items) VALUES (?, ?) ON CONFLICT DO UPDATE SET items = items + excluded.items",
        [*counts.items(), (_DOCUMENTS, documents)],
    )


def words(store: Store, least: int = 1) -> tuple[dict[str, int], int]:
    """Every word seen in ``least`` items or more with its count, and of how many items these are."""
    found: dict[str, int] = dict(store.rows("SELECT term, items FROM vocabulary WHERE items >= ?", (least,)))
    return found, found.pop(_DOCUMENTS, 0)

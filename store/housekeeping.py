"""Keeping the file small: retention by age, and giving space back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from store.database import Store
from store.intake import split_keys
from store.placing import recount
from store.times import to_ms

_PAGE = 500
"""Items deleted in one transaction: a screen's decision waits for no more."""

_OLD = """
SELECT i.id, i.story, i.keys FROM items i WHERE i.known < ?1 AND i.id > ?2
AND i.starred = 0 AND i.decided = 0
AND NOT EXISTS (SELECT 1 FROM stories s WHERE s.id = i.story AND (s.shown = 1 OR s.starred = 1 OR s.watched = 1))
AND NOT EXISTS (SELECT 1 FROM decision_items d WHERE d.item = i.id)
ORDER BY i.id LIMIT ?3
"""


@dataclass(frozen=True, slots=True)
class Size:
    """How big the file is."""

    bytes: int
    free: int
    """Bytes inside the file that hold nothing."""
    items: int


def size(store: Store) -> Size:
    """The file's size; without its write-ahead log, which a checkpoint empties."""
    page = int(store.value("PRAGMA page_size"))
    return Size(
        page * int(store.value("PRAGMA page_count")),
        page * int(store.value("PRAGMA freelist_count")),
        int(store.value("SELECT n FROM tallies WHERE name = 'items'")),
    )


def retire(store: Store, before: datetime, *, progress: Callable[[int], None] | None = None) -> int:
    """Delete items known before a time that belong to no story of substance; gives how many.

    Kept are: items of stories that two publishers carry or somebody watches or starred, starred items, and
    every item an analyst decided about. Their keys are remembered, so a feed that still lists them does not
    bring them back. Short transactions; it may be stopped and run again at any time.
    """
    gone = last = 0
    while True:
        with store.transaction():
            found = store.rows(_OLD, (to_ms(before), last, _PAGE))
            if not found:
                break
            keys = [key for row in found for key in split_keys(row[2])]
            store.write_all("INSERT OR IGNORE INTO retired_keys (key) VALUES (?)", [(key,) for key in keys])
            store.write_all("DELETE FROM item_keys WHERE key = ?", [(key,) for key in keys])
            store.write_all("DELETE FROM items WHERE id = ?", [(row[0],) for row in found])
            stories = {row[1] for row in found if row[1] is not None}
            recount(store, stories)
            _drop_empty(store, stories)
        gone += len(found)
        last = found[-1][0]
        if progress is not None:
            progress(gone)
    return gone


def vacuum(store: Store) -> Size:
    """Write the file anew without its holes and merge the search index; needs as much free disk again.

    Raises StoreLocked when somebody reads or writes for longer than the busy timeout.
    """
    store.write("INSERT INTO items_fts (items_fts) VALUES ('optimize')")
    store.write("VACUUM")
    store.write("PRAGMA wal_checkpoint(TRUNCATE)")
    return size(store)


def optimize(store: Store) -> None:
    """What is worth doing now and then while running: statistics for the planner, some free pages given back."""
    store.write("PRAGMA optimize")
    store.rows("PRAGMA incremental_vacuum(1000)")


def _drop_empty(store: Store, stories: set[int]) -> None:
    """Delete stories that lost their last item, unless something still points at them."""
    store.write_all(
        "DELETE FROM stories WHERE id = ?1 AND items = 0 AND NOT EXISTS (SELECT 1 FROM memberships WHERE story = ?1) "
        "AND NOT EXISTS (SELECT 1 FROM stories o WHERE o.opposite_of = ?1 AND o.id <> ?1) "
        "AND NOT EXISTS (SELECT 1 FROM stories j WHERE j.joined_into = ?1)",
        [(story,) for story in stories],
    )

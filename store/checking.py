"""Whether the file is sound, and whether what it keeps ready agrees with what it holds."""

from __future__ import annotations

from dataclasses import dataclass

from store.database import Store
from store.errors import StoreError


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    name: str
    ok: bool
    words: str
    """What was found, in a sentence."""


_COUNTS = {
    "item tally": (
        "SELECT (SELECT n FROM tallies WHERE name = 'items') - (SELECT count(*) FROM items)",
        "the number of items kept ready differs from the items by {}",
    ),
    "waiting tally": (
        "SELECT (SELECT n FROM tallies WHERE name = 'waiting') "
        "- (SELECT count(*) FROM items WHERE decided = 0 AND read = 0 AND dismissed = 0)",
        "the number of waiting items kept ready is off by {}",
    ),
    "shown tally": (
        "SELECT (SELECT n FROM tallies WHERE name = 'shown') - (SELECT count(*) FROM stories WHERE shown = 1)",
        "the number of shown stories kept ready is off by {}",
    ),
    "story sizes": (
        "SELECT count(*) FROM stories s WHERE items <> "
        "(SELECT count(*) FROM memberships m WHERE m.story = s.id AND m.until IS NULL)",
        "{} stories keep a wrong number of items",
    ),
    "one story an item": (
        "SELECT count(*) FROM items i WHERE (SELECT count(*) FROM memberships m WHERE m.item = i.id "
        "AND m.until IS NULL AND m.story IS i.story) <> (i.story IS NOT NULL)",
        "{} items are not in exactly the story they name",
    ),
    "no item twice": (
        "SELECT count(*) FROM (SELECT 1 FROM items WHERE guid <> '' AND link <> '' "
        "GROUP BY publisher, guid, link, title HAVING count(*) > 1)",
        "{} items stand twice",
    ),
    "constraints": (
        "SELECT count(*) FROM constraints c JOIN items i ON i.id = c.item "
        "WHERE (c.must = 0 AND i.story = c.story) OR (c.must = 1 AND i.story IS NOT c.story "
        "AND NOT EXISTS (SELECT 1 FROM stories s WHERE s.id = c.story AND s.joined_into IS NOT NULL))",
        "{} items stand against an analyst's decision",
    ),
}


def check(store: Store, *, deep: bool = True) -> list[Finding]:
    """Look the file over; ``deep`` reads all of it (about 1 s for 100,000 items)."""
    found = [_integrity(store, deep=deep), _keys(store)]
    if deep and not store.read_only:
        found.append(_search(store))
    for name, (query, words) in _COUNTS.items():
        wrong = store.value(query)
        found.append(Finding(name, not wrong, words.format(wrong) if wrong else "agrees"))
    return found


def _integrity(store: Store, *, deep: bool) -> Finding:
    try:
        said = [
            row[0] for row in store.rows("PRAGMA integrity_check(20)" if deep else "PRAGMA quick_check(20)")
        ]
    except StoreError as error:
        return Finding("file", False, str(error))
    return Finding("file", said == ["ok"], "sound" if said == ["ok"] else "; ".join(said))


def _keys(store: Store) -> Finding:
    broken = store.rows("PRAGMA foreign_key_check")
    words = "all rows it points at are there" if not broken else f"{len(broken)} rows point at missing ones"
    return Finding("references", not broken, words)


def _search(store: Store) -> Finding:
    try:
        # An external-content index can't be compared by integrity_check alone; rank 1 compares it with the items.
        store.write("INSERT INTO items_fts (items_fts, rank) VALUES ('integrity-check', 1)")
    except StoreError as error:
        return Finding(
            "search index", False, f"{error} Rebuild it with `spreadwatch doctor --rebuild-search`."
        )
    return Finding("search index", True, "agrees with the items")


def rebuild_search(store: Store) -> None:
    """Make the search index anew from the items."""
    store.write("INSERT INTO items_fts (items_fts) VALUES ('rebuild')")

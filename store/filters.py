"""Which items a list shows: a filter's fields, what rules leave out, and the SQL that is led by the right index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from store.narrowing import Narrowing, item_tests
from store.query import match
from store.times import to_ms
from stories.evidence import Stance


@dataclass(frozen=True, slots=True)
class ItemFilter:
    """Which items a list shows; every set field must hold."""

    story: int | None = None
    publisher: str = ""
    feed: str = ""
    unread: bool = False
    starred: bool = False
    dismissed: bool = False
    waiting: bool = False
    """Only what Triage waits for."""
    undecided: bool = False
    """Only what no analyst has placed or dismissed."""
    stance: Stance | None = None
    text: str = ""
    """Words as in `store.search`."""
    known_by: datetime | None = None
    """Only what was known at this time."""
    narrowing: Narrowing | None = None
    hidden: tuple[ItemFilter, ...] = ()
    """What matches one of these is left out: the rules of the analyst's screens, and what a filter denies."""


EVERYTHING = ItemFilter()
WAITING = ItemFilter(waiting=True)
_WAITS = "i.decided = 0 AND i.read = 0 AND i.dismissed = 0"
_INDEX = {EVERYTHING: " INDEXED BY items_newest", WAITING: " INDEXED BY items_waiting"}
_FOUND_HERE = "EXISTS (SELECT 1 FROM items_fts WHERE items_fts MATCH ? AND rowid = i.id)"


def plain(wanted: ItemFilter) -> ItemFilter:
    """A narrowing that asks nothing is none: what a screen's empty filter gives takes the same index."""
    return replace(wanted, narrowing=None) if wanted.narrowing == Narrowing() else wanted


def selected(wanted: ItemFilter) -> tuple[str, str, list[Any]]:
    """The id to select and order by, then FROM and WHERE with their values, led by the table whose index bounds the work."""
    wanted = plain(wanted)
    tests, values = _tests(wanted)
    if wanted.text:
        # The search index gives its rows by rowid; asked for by another column it would sort them all.
        query = match(wanted.text)
        tests.insert(0, "items_fts MATCH ?" if query else "0")
        values[:0] = [query] if query else []
        source, key = "items_fts JOIN items i ON i.id = items_fts.rowid", "items_fts.rowid"
    else:
        # SQLite prefers the table itself for its own order, and would read every text on the way.
        source, key = f"items i{_INDEX.get(replace(wanted, hidden=()), '')}", "i.id"
    return key, f"{source} WHERE {' AND '.join(['1', *tests])}", values


def row_tests(wanted: ItemFilter) -> tuple[list[str], list[Any]]:
    """Conditions on a few given `items i`: each looks at that item alone, whatever the store holds."""
    tests, values = _tests(plain(wanted), each=True)
    if wanted.text:
        query = match(wanted.text)
        tests.append(_FOUND_HERE if query else "0")
        values += [query] if query else []
    return tests, values


def hidden_waiting(rules: Sequence[ItemFilter]) -> tuple[str, list[Any]]:
    """A query that counts what waits and is left out by a rule."""
    parts, values = [], []
    for rule in map(plain, rules):
        if rule == EVERYTHING:
            continue
        sql, bound = _ids_of(rule) if _has_index(rule) else _ids_of(replace(rule, waiting=True))
        parts.append(sql)
        values += bound
    found = " UNION ".join(parts) or "SELECT 0 WHERE 0"
    return f"SELECT count(*) FROM items i WHERE i.id IN ({found}) AND {_WAITS}", values


def hidden_anywhere(rules: Sequence[ItemFilter]) -> tuple[str, list[Any]]:
    """A query that counts all that is left out by a rule, as far as an index finds it.

    What a rule of a language, a time or missing words leaves out is not counted: it would be tried at every item.
    """
    asked = [_ids_of(rule) for rule in map(plain, rules) if rule != EVERYTHING and _has_index(rule)]
    found = " UNION ".join(sql for sql, _ in asked) or "SELECT 0 WHERE 0"
    return f"SELECT count(*) FROM items i WHERE i.id IN ({found})", [
        value for _, bound in asked for value in bound
    ]


def _tests(wanted: ItemFilter, *, each: bool = False) -> tuple[list[str], list[Any]]:
    tests: list[str] = []
    values: list[Any] = []
    if wanted.story is not None:
        tests.append("i.id IN (SELECT item FROM memberships WHERE story = ? AND until IS NULL)")
        values.append(wanted.story)
    if wanted.publisher:
        tests.append("i.publisher = (SELECT id FROM publishers WHERE key = ?)")
        values.append(wanted.publisher)
    if wanted.feed:
        tests.append("i.feed = (SELECT id FROM feeds WHERE url = ?)")
        values.append(wanted.feed)
    if wanted.stance is not None:
        tests.append("i.stance = ?")
        values.append(wanted.stance.value)
    if wanted.known_by is not None:
        tests.append("i.known <= ?")
        values.append(to_ms(wanted.known_by))
    if wanted.narrowing is not None:
        more, bound = item_tests(wanted.narrowing, each=each)
        tests += more
        values += bound
    tests += ["i.read = 0"] * wanted.unread + ["i.starred = 1"] * wanted.starred
    tests += ["i.dismissed = 1"] * wanted.dismissed
    tests += [_WAITS] * wanted.waiting + ["i.decided = 0 AND i.dismissed = 0"] * wanted.undecided
    for rule in wanted.hidden:
        test, bound = _left_out(plain(rule))
        tests.append(test)
        values += bound
    return tests, values


def _left_out(rule: ItemFilter) -> tuple[str, list[Any]]:
    """A rule's condition that an item is not of it; one that asks nothing leaves nothing out."""
    if rule == EVERYTHING:
        return "1", []
    if _has_index(rule):
        sql, values = _ids_of(rule)
        return f"i.id NOT IN ({sql})", values
    # Without an index of its own a rule is tried at each listed row: a page costs a page, not the whole store.
    tests, values = _tests(rule, each=True)
    return f"({' AND '.join(tests)}) IS NOT TRUE", values


def _has_index(rule: ItemFilter) -> bool:
    """Whether a rule's own ids are found without reading the items."""
    asked = rule.narrowing or Narrowing()
    by_place = bool(asked.source or rule.text) or rule.story is not None
    return by_place or rule.stance is not None or rule.starred or rule.dismissed


def _ids_of(rule: ItemFilter) -> tuple[str, list[Any]]:
    """The ids of a rule, as a query."""
    if rule == ItemFilter(text=rule.text) and (query := match(rule.text)):
        return "SELECT rowid FROM items_fts WHERE items_fts MATCH ?", [
            query
        ]  # the words alone: no item is read
    key, sql, values = selected(rule)
    return f"SELECT {key} FROM {sql}", values

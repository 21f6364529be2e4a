"""Items as lists and panes need them: pages by id, counts, and whole items with every text."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from store.database import Store
from store.filters import EVERYTHING as EVERYTHING
from store.filters import ItemFilter as ItemFilter
from store.filters import plain, row_tests, selected
from store.times import from_ms
from stories.evidence import Stance
from stories.item import DateFlag, Item, Link

_FLAG_BITS = {DateFlag.UNDATED: 1, DateFlag.FUTURE: 2, DateFlag.CORRECTED: 4}
_CHUNK = 500
"""Ids in one query: far below SQLite's limit of variables, and one statement stays cached."""


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One line of the Wire, of Triage and of a story's items."""

    id: int
    title: str
    publisher: str
    feed: str
    effective: datetime
    published: datetime | None
    first_seen: datetime
    flags: frozenset[DateFlag]
    story_id: int | None
    story_name: str
    stance: Stance | None
    """The item's strongest statement; None when it makes none or asserts."""
    read: bool
    starred: bool
    revised: bool
    """The feed edited it after we first saw it."""
    dismissed: bool
    decided: bool
    """The analyst placed it."""
    link: str
    lang: str


ROW = """
SELECT i.id, i.title, p.key, coalesce(f.url, ''), i.effective, i.published, i.first_seen, i.flags,
       i.story, coalesce(s.name, ''), i.stance, i.read, i.starred, i.revised, i.dismissed, i.decided, i.link, i.lang
FROM items i JOIN publishers p ON p.id = i.publisher
LEFT JOIN feeds f ON f.id = i.feed LEFT JOIN stories s ON s.id = i.story
"""
ITEM = """
SELECT i.id, i.guid, p.key, i.title, i.summary, i.body, i.link, i.published, i.first_seen, i.lang,
       coalesce(f.url, ''), i.links, i.flags
FROM items i JOIN publishers p ON p.id = i.publisher LEFT JOIN feeds f ON f.id = i.feed
"""


def ids(
    store: Store,
    wanted: ItemFilter = EVERYTHING,
    *,
    before: int | None = None,
    after: int | None = None,
    limit: int | None = None,
) -> array[int]:
    """Ids of matching items, newest arrival first, below ``before`` and above ``after``; read by index in that order.

    With a ``limit`` the cost is the page's, whatever the store holds; a million ids take about 0.2 s and 4 MB.
    """
    key, sql, values = selected(wanted)
    if before is not None:
        sql += f" AND {key} < ?"
        values.append(before)
    if after is not None:
        sql += f" AND {key} > ?"
        values.append(after)
    sql += f" ORDER BY {key} DESC"
    if limit is not None:
        sql += " LIMIT ?"
        values.append(limit)
    return store.numbers(f"SELECT {key} FROM {sql}", values)


def number_and_sum(store: Store, wanted: ItemFilter = EVERYTHING) -> tuple[int, int]:
    """How many items match, and the sum of their ids: whether a list is still right, without reading another one.

    A million take SQLite 60 ms, in which Python's lock is free.
    """
    key, sql, values = selected(wanted)
    (found,) = store.rows(f"SELECT count(*), coalesce(sum({key}), 0) FROM {sql}", values)
    return found[0], found[1]


def newest(
    store: Store, before: int | None = None, limit: int = 100, wanted: ItemFilter = EVERYTHING
) -> list[ItemRow]:
    """One page of rows, newest arrival first, below the id ``before``."""
    return rows(store, ids(store, wanted, before=before, limit=limit))


def rows(store: Store, wanted: Iterable[int]) -> list[ItemRow]:
    """The rows of these ids, in the order asked; ids that are gone are left out."""
    asked = list(wanted)
    found = {row[0]: item_row(row) for row in _by_id(store, ROW, asked)}
    return [found[number] for number in asked if number in found]


def get(store: Store, wanted: Iterable[int]) -> list[Item]:
    """Whole items of these ids, in the order asked; ids that are gone are left out."""
    asked = list(wanted)
    found = {row[0]: item_of(row) for row in _by_id(store, ITEM, asked)}
    return [found[number] for number in asked if number in found]


def count(store: Store, wanted: ItemFilter = EVERYTHING) -> int:
    """How many items match; the whole store and the waiting ones are tallies, others are counted by index."""
    wanted = plain(wanted)
    if wanted == EVERYTHING:
        return int(store.value("SELECT n FROM tallies WHERE name = 'items'"))
    if wanted == ItemFilter(waiting=True):
        return int(store.value("SELECT n FROM tallies WHERE name = 'waiting'"))
    _, sql, values = selected(wanted)
    return int(store.value(f"SELECT count(*) FROM {sql}", values))


def matching(store: Store, wanted: ItemFilter, among: Sequence[int]) -> set[int]:
    """Those of some items that match: a screenful costs the same however much the store holds."""
    tests, values = row_tests(wanted)
    found = store.rows(
        f"SELECT i.id FROM json_each(?) j CROSS JOIN items i ON i.id = j.value WHERE {' AND '.join(['1', *tests])}",
        (json.dumps(list(among)), *values),
    )
    return {row[0] for row in found}


def newest_placed(store: Store, limit: int) -> list[int]:
    """The newest ``limit`` items that are in a story, oldest first."""
    found = store.rows("SELECT id FROM items WHERE story IS NOT NULL ORDER BY id DESC LIMIT ?", (limit,))
    return [row[0] for row in reversed(found)]


def newest_id(store: Store) -> int:
    """The id of the last item that arrived, 0 in an empty store."""
    return int(store.value("SELECT coalesce(max(id), 0) FROM items"))


def newest_known(store: Store) -> datetime | None:
    """When the item became known that did so last; None in an empty store."""
    known: datetime | None = from_ms(store.value("SELECT max(known) FROM items"))
    return known


def item_row(row: Sequence[Any]) -> ItemRow:
    """The line of one record of `ROW`."""
    return ItemRow(
        id=row[0],
        title=row[1],
        publisher=row[2],
        feed=row[3],
        effective=from_ms(row[4]),
        published=from_ms(row[5]),
        first_seen=from_ms(row[6]),
        flags=flags_of(row[7]),
        story_id=row[8],
        story_name=row[9],
        stance=None if row[10] is None else Stance(row[10]),
        read=bool(row[11]),
        starred=bool(row[12]),
        revised=bool(row[13]),
        dismissed=bool(row[14]),
        decided=bool(row[15]),
        link=row[16],
        lang=row[17],
    )


def item_of(row: Sequence[Any]) -> Item:
    """The whole item of one record of `ITEM`."""
    return Item(
        id=row[0],
        guid=row[1],
        publisher=row[2],
        title=row[3],
        summary=row[4],
        body=row[5],
        link=row[6],
        published=from_ms(row[7]),
        first_seen=from_ms(row[8]),
        lang=row[9],
        feed=row[10],
        links=tuple(Link(href, text) for href, text in json.loads(row[11])) if row[11] else (),
        flags=flags_of(row[12]),
    )


def flags_of(bits: int) -> frozenset[DateFlag]:
    """The date flags of their bits in the file."""
    return _FLAG_SETS[bits]


def bits_of(flags: Iterable[DateFlag]) -> int:
    """The bits in the file of date flags."""
    return sum(_FLAG_BITS[flag] for flag in set(flags))


_FLAG_SETS = tuple(
    frozenset(flag for flag, bit in _FLAG_BITS.items() if number & bit)
    for number in range(1 << len(_FLAG_BITS))
)


def _by_id(store: Store, select: str, wanted: Sequence[int]) -> list[Any]:
    found: list[Any] = []
    for at in range(0, len(wanted), _CHUNK):
        page = wanted[at : at + _CHUNK]
        found += store.rows(f"{select} WHERE i.id IN ({','.join('?' * len(page))})", page)
    return found

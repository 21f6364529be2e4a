"""What the reading thread finds out for a list of items: their ids, the rows in sight, the rules in force."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from store import items, setups
from store.database import IDS
from tui.narrowing import Ruling, narrowed
from tui.query import parse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from store.database import Store
    from store.items import ItemFilter, ItemRow
    from store.setups import Rule

FIRST = 200
"""Rows read before the first frame; the other ids are read behind it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which items a list wants to know of."""

    wanted: ItemFilter
    """The list's own filter."""
    text: str
    """The typed one."""
    now: datetime
    rules: tuple[Rule, ...]
    """Those in force when the list was last read; with others, items may have to go or to come back."""
    since: int = 0
    """Only ids greater than this; 0 for all."""
    held: tuple[Sequence[int], Sequence[int]] | None = None
    """What is listed and what waits, where all is read only if the store has not just these and what came since."""
    seen: Sequence[int] = ()
    """Ids in sight, whose rows may have changed."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """Rows, and what rules make of them."""

    asked: Sequence[int]
    rows: Mapping[int, ItemRow]
    """Those that are still there."""
    flagged: set[int]
    routed: Mapping[int, Rule]
    """Items that a rule leads to a story, and by which rule."""


def fetch(store: Store, wanted: Sequence[int], ruling: Ruling) -> Fetched:
    """The rows of these ids."""
    return Fetched(
        wanted,
        {row.id: row for row in items.rows(store, wanted)},
        ruling.flagged(store, wanted),
        ruling.routed(store, wanted),
    )


@dataclass(frozen=True, slots=True)
class Listing:
    """What was found."""

    asked: Asked
    since: int
    """Only ids greater than this were read; 0 for all, as was asked or as the rules have changed."""
    ids: array[int]
    fetched: Fetched
    """Of the ids in sight, and of the newest that came."""
    rules: tuple[Rule, ...]
    ruling: Ruling


def read(store: Store, asked: Asked) -> Listing:
    """Ids newest first, rows and rules, as they are at one moment; a million ids take some 200 ms and 4 MB."""
    with store.reading():
        rules = setups.rules(store)
        ruling = Ruling.of(rules, asked.now)
        since = asked.since if rules == asked.rules else 0
        wanted = narrowed(asked.wanted, parse(asked.text, asked.now), ruling.hidden)
        # At one go: a search for a letter's words takes as long for its first thousand as for its million.
        found = items.ids(store, wanted, after=since or None)
        if since and asked.held is not None and not _has_just(store, wanted, (*asked.held, found)):
            since, found = 0, items.ids(store, wanted)
        fresh = found[: len(asked.seen)] if since else ()
        fetched = fetch(store, [*asked.seen, *fresh], ruling)
    return Listing(asked, since, found, fetched, rules, ruling)


def _has_just(store: Store, wanted: ItemFilter, parts: Sequence[Sequence[int]]) -> bool:
    """Whether the matching items are these; the parts may grow meanwhile, and are then taken for others."""
    return items.number_and_sum(store, wanted) == (sum(map(len, parts)), sum(map(sum, parts)))


class Settled(NamedTuple):
    """A list brought to what the store has."""

    listed: array[int]
    waiting: array[int]
    arrived: array[int]


def settle(found: array[int], listed: Sequence[int], waiting: Sequence[int], newest: int) -> Settled:
    """Everything found, parted into what is listed, what waits above it, and what is newer than either.

    What is gone goes, what came back comes back. Only what is above the list is looked at one by one; the
    million ids below it stay where they are in ``found``, which becomes the list.
    """
    count = _first_up_to(found, newest)
    below = max(count, _first_up_to(found, listed[0] if len(listed) else 0))
    held = set(waiting)
    between = found[count:below]
    arrived = found[:count]
    found[:below] = array(IDS, (item for item in between if item not in held))
    return Settled(found, array(IDS, (item for item in between if item in held)), arrived)


def _first_up_to(ids: array[int], item: int) -> int:
    """The place of the first id, of ids that fall, which is not greater than this one."""
    return bisect_left(ids, -item, key=lambda other: -other)

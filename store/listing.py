"""Every story with its items, now or as it was known at a time; streamed, since a store may hold a million items."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from itertools import groupby
from operator import attrgetter, itemgetter

from store.database import Store
from store.overrides import unlinked
from store.story_facts import name_until
from store.times import from_ms, to_ms
from stories.story import Status

_MEMBERS = """
SELECT m.story, i.id, i.guid, i.publisher, i.effective, s.name, s.claim, s.status, s.because, s.opposite_of,
       s.opposite_since, s.origins, s.watched, s.starred
FROM memberships m JOIN items i ON i.id = m.item JOIN stories s ON s.id = m.story
WHERE {held} ORDER BY m.story, i.effective, i.id
"""
_WAITING = """
SELECT s.id, s.name, s.claim, s.because, s.starred FROM stories s
WHERE s.watched = 1 AND s.joined_into IS NULL
AND NOT EXISTS (SELECT 1 FROM memberships m WHERE m.story = s.id AND {held}) {then} ORDER BY s.id
"""


@dataclass(frozen=True, slots=True)
class ListedStory:
    """One story of the list."""

    id: int
    name: str
    claim: str
    status: Status
    """As last told; for an earlier time it must be told anew (`store.telling.detail`)."""
    because: str
    opposite_of: int | None
    first_seen: datetime | None
    """None for a watched story to which nothing has come yet; so ``last_seen``."""
    last_seen: datetime | None
    publishers: int
    origins: int
    watched: bool
    starred: bool
    items: tuple[tuple[int, str], ...]
    """Number and guid of each, by effective time."""


def listed(store: Store, as_of: datetime | None = None) -> Iterator[ListedStory]:
    """All stories that hold items, and the watched ones that hold none, by number; with ``as_of`` as it was then."""
    at = None if as_of is None else to_ms(as_of)
    held = "m.until IS NULL" if at is None else "m.since <= ?1 AND (m.until IS NULL OR m.until > ?1)"
    return merge(_with_items(store, held, at), _empty(store, held, at), key=attrgetter("id"))


def _empty(store: Store, held: str, at: int | None) -> Iterator[ListedStory]:
    rows = store.rows(
        _WAITING.format(held=held, then="" if at is None else "AND s.created <= ?1"),
        () if at is None else (at,),
    )
    for number, name, claim, because, starred in rows:
        yield ListedStory(
            id=number,
            name=name if at is None else name_until(store, number, at, name),
            claim=claim,
            status=Status.NO_ITEMS,
            because=because,
            opposite_of=None,
            first_seen=None,
            last_seen=None,
            publishers=0,
            origins=0,
            watched=True,
            starred=bool(starred),
            items=(),
        )


def _with_items(store: Store, held: str, at: int | None) -> Iterator[ListedStory]:
    rows = store.rows(_MEMBERS.format(held=held), () if at is None else (at,))
    apart = unlinked(store, at)
    for number, grouped in groupby(rows, key=itemgetter(0)):
        members = list(grouped)
        first = members[0]
        linked = at is None or (first[10] is not None and first[10] <= at)
        linked = linked and (number, first[9]) not in apart
        yield ListedStory(
            id=number,
            name=first[5] if at is None else name_until(store, number, at, first[5]),
            claim=first[6],
            status=Status(first[7]),
            because=first[8],
            opposite_of=first[9] if linked else None,
            first_seen=from_ms(first[4]),
            last_seen=from_ms(members[-1][4]),
            publishers=len({row[3] for row in members}),
            origins=first[11],
            watched=bool(first[12]),
            starred=bool(first[13]),
            items=tuple((row[1], row[2]) for row in members),
        )

"""The Stories screen's lines: ready in the file, read by index in the order they are shown.

Apart from `store.stories`, so that a screen's first frame loads nothing that tells a story in full.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from store.database import Store
from store.state import moment
from store.times import from_ms, to_ms
from stories.states import Status

if TYPE_CHECKING:
    from stories.story import StoryDetail

SPARK_BARS = 12
SPARK_BAR = timedelta(hours=2)
"""A day in twelve bars: SCREENS.md's arrow and sparkline tell of today, not of the story's whole life."""


class StoriesView(StrEnum):
    """Which stories the screen lists."""

    ACTIVE = "active"
    """Carried by two publishers or more, or watched."""
    WATCHED = "watched"
    STARRED = "starred"
    ALL = "all"
    """With the SINGLE ones."""


@dataclass(frozen=True, slots=True)
class StoryRow:
    """One line of the Stories screen."""

    id: int
    name: str
    claim: str
    status: Status
    because: str
    first_seen: datetime | None
    last_seen: datetime | None
    publishers: int
    items: int
    origins: int
    spark: tuple[int, ...]
    """Items in each two hours of the last day by their effective time, oldest first."""
    trend: float
    """Items an hour in the last four hours, less those of the four hours before."""
    new: int
    """Items since the analyst last opened it."""
    starred: bool
    watched: bool
    opposite_of: int | None


_ROW = """
SELECT s.id, s.name, s.claim, s.status, s.because, s.first_seen, s.last_seen, s.publishers, s.items, s.origins,
       s.fresh, s.starred, s.watched, s.opposite_of FROM stories s
"""
VIEWS = {
    StoriesView.ACTIVE: "s.shown = 1",
    StoriesView.WATCHED: "s.watched = 1",
    StoriesView.STARRED: "s.starred = 1",
    StoriesView.ALL: "s.items > 0",
}
"""SQL: which stories of ``stories s`` a view has; each has an index in the order of activity."""


def rows(
    store: Store,
    *,
    view: StoriesView = StoriesView.ACTIVE,
    limit: int = 200,
    now: datetime | None = None,
) -> list[StoryRow]:
    """The most active stories first; ``now`` (default: the store's own time) sets the sparkline's end."""
    found = store.rows(f"{_ROW} WHERE {VIEWS[view]} ORDER BY s.activity DESC LIMIT ?", (limit,))
    return _with_sparks(store, found, now or moment(store))


def ids(store: Store, view: StoriesView, limit: int) -> list[int]:
    """The most active stories of a view, in that order, and all that are watched however long nothing came."""
    found = [
        row[0]
        for row in store.rows(
            f"SELECT s.id FROM stories s WHERE {VIEWS[view]} ORDER BY s.activity DESC LIMIT ?", (limit,)
        )
    ]
    if len(found) < limit:
        return found
    watched = store.rows(
        f"SELECT s.id FROM stories s WHERE s.watched = 1 AND {VIEWS[view]} ORDER BY s.activity DESC"
    )
    return list(dict.fromkeys([*found, *(row[0] for row in watched)]))


def rows_of(store: Store, stories: Sequence[int], now: datetime | None = None) -> list[StoryRow]:
    """The lines of these stories, in the order asked."""
    marks = ",".join("?" * len(stories))
    found = {row[0]: row for row in store.rows(f"{_ROW} WHERE s.id IN ({marks})", list(stories))}
    return _with_sparks(store, [found[story] for story in stories if story in found], now or moment(store))


def count(store: Store, view: StoriesView = StoriesView.ACTIVE) -> int:
    """How many stories the view has; the screen's own view is a tally."""
    if view is StoriesView.ACTIVE:
        return int(store.value("SELECT n FROM tallies WHERE name = 'shown'"))
    return int(store.value(f"SELECT count(*) FROM stories s WHERE {VIEWS[view]}"))


def find(store: Store, name: str, limit: int = 50) -> list[StoryRow]:
    """Stories whose name or claim holds the words, those of one publisher too, most active first."""
    pattern = "%" + name.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_") + "%"
    found = store.rows(
        f"{_ROW} WHERE s.joined_into IS NULL AND (s.items > 0 OR s.watched = 1) "
        "AND (s.name LIKE ? ESCAPE '\\' OR s.claim LIKE ? ESCAPE '\\') ORDER BY s.activity DESC LIMIT ?",
        (pattern, pattern, limit),
    )
    return _with_sparks(store, found, moment(store))


def _with_sparks(store: Store, found: Sequence[Any], now: datetime) -> list[StoryRow]:
    sparks = _sparks(store, [row[0] for row in found], now)
    apart = _apart(store) if any(row[13] is not None for row in found) else frozenset()
    told = (_row(row, sparks[row[0]]) for row in found)
    return [row if (row.id, row.opposite_of) not in apart else replace(row, opposite_of=None) for row in told]


def _apart(store: Store) -> frozenset[tuple[int, int]]:
    from store.overrides import unlinked  # a first frame without an opposite need not load it

    return unlinked(store)


def _sparks(store: Store, stories: Sequence[int], now: datetime) -> dict[int, list[int]]:
    """Counts of the last day's bars, by the items' own times: one range of the covering index a story.

    A membership begins when its item came or later, when a person moved it: that bounds which items are
    looked at, but a decision is no news and makes no bar. One query for all of them: five hundred would take
    Python's lock back five hundred times from the thread that draws.
    """
    bar = SPARK_BAR // timedelta(milliseconds=1)
    end = to_ms(now)
    start = end - bar * SPARK_BARS
    bars: dict[int, list[int]] = defaultdict(lambda: [0] * SPARK_BARS)
    if not stories:
        return bars
    counted = store.rows(
        "SELECT m.story, (i.effective - ?) / ?, count(*) FROM memberships m JOIN items i ON i.id = m.item "
        f"WHERE m.story IN ({','.join('?' * len(stories))}) AND m.until IS NULL AND m.since > ? "
        "AND i.effective > ? AND i.effective <= ? GROUP BY 1, 2",
        (start, bar, *stories, start, start, end),
    )
    for story, place, items in counted:
        bars[story][min(place, SPARK_BARS - 1)] += items
    return bars


def row_of(detail: StoryDetail) -> StoryRow:
    """The line of a story as it was told for a time: nothing in it is new, and the sparkline ends at that time."""
    bars = [0] * SPARK_BARS
    for item in detail.items:
        ago = detail.as_of - item.effective if item.effective else SPARK_BAR * SPARK_BARS
        if timedelta() <= ago < SPARK_BAR * SPARK_BARS:
            bars[-1 - ago // SPARK_BAR] += 1
    told = detail.story
    return StoryRow(
        id=told.id,
        name=told.name,
        claim=told.claim,
        status=detail.status,
        because=detail.because,
        first_seen=detail.first_seen,
        last_seen=detail.last_seen,
        publishers=len({item.publisher for item in detail.items}),
        items=len(detail.items),
        origins=0 if detail.measures is None else detail.measures.origins,
        spark=tuple(bars),
        trend=_trend(bars),
        new=0,
        starred=told.starred,
        watched=told.watched,
        opposite_of=told.opposite_of,
    )


def _trend(bars: Sequence[int]) -> float:
    return (sum(bars[-2:]) - sum(bars[-4:-2])) / (SPARK_BAR / timedelta(hours=1) * 2)


def _row(row: Sequence[Any], bars: Sequence[int]) -> StoryRow:
    return StoryRow(
        id=row[0],
        name=row[1],
        claim=row[2],
        status=Status(row[3]),
        because=row[4],
        first_seen=from_ms(row[5]),
        last_seen=from_ms(row[6]),
        publishers=row[7],
        items=row[8],
        origins=row[9],
        spark=tuple(bars),
        trend=_trend(bars),
        new=row[10],
        starred=bool(row[11]),
        watched=bool(row[12]),
        opposite_of=row[13],
    )

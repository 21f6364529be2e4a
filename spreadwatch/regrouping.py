"""Reading and grouping the recent items anew, after the thinking changed, within what analysts decided."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime

from spreadwatch.calling import Callings
from spreadwatch.pipeline import Pipeline
from spreadwatch.restoring import REMEMBERED
from store import constraints, corrections, evidence, items, memory, placing
from store.database import Store
from store.times import to_ms
from store.watched import settled, watched
from stories.evidence import Reading
from stories.grouping import Grouper
from stories.item import Item
from stories.reading import read
from stories.vocabulary import Vocabulary

_PAGE = 500
"""Items written in one transaction: a screen's decision waits for no more."""


def regroup(
    pipeline: Pipeline,
    now: datetime,
    *,
    limit: int = REMEMBERED,
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """Read and group the newest ``limit`` items again, in their order; gives how many changed their story.

    An item that an analyst placed stays there and draws others, one taken out of a story never returns to
    it, what was dismissed stays dismissed. A story keeps its number as long as most of its items stay together.
    """
    store = pipeline.store
    wanted = items.newest_placed(store, limit)
    demands = constraints.all_of(store)
    must = {one.item: placing.resolved(store, one.story) for one in demands if one.must}
    grouper = _Regrouper(store, must)
    for at in range(0, len(wanted), _PAGE):
        grouper.take(items.get(store, wanted[at : at + _PAGE]), now)
        if progress is not None:
            progress(min(at + _PAGE, len(wanted)), len(wanted))
    placed = grouper.placed()
    fresh: dict[int, int] = {}
    moved = 0
    for page in _pages(sorted(placed)):
        moved += _move(store, {item: placed[item] for item in page}, fresh, now)
    pipeline.lose_memory()
    pipeline.tending.rest(now)
    return moved


class _Regrouper:
    """Groups in memory: groups that an analyst anchors bear their story's number, others a negative one."""

    def __init__(self, store: Store, must: Mapping[int, int]) -> None:
        self._store = store
        self._must = must
        self._callings = Callings(store)
        self._grouper = Grouper(Vocabulary.warm(*memory.words(store)))
        self._group_of: dict[int, int] = {}
        self._before: dict[int, int] = {}
        self._last_group = 0
        for story in must.values():
            self._grouper.fix(story)
        for one in watched(store):
            self._grouper.watch(one.id, one.name, one.claim)

    def take(self, batch: Sequence[Item], now: datetime) -> None:
        """The next items, with their reading renewed in the store where it says something else now."""
        rows = {row.id: row for row in items.rows(self._store, [item.id for item in batch])}
        held = evidence.readings(self._store, [item.id for item in batch])
        stay = settled(self._store, [item.id for item in batch])
        changed: list[tuple[int, Reading]] = []
        for item in batch:
            reading = read(item)
            if reading != held[item.id]:
                changed.append((item.id, reading))
            before = rows[item.id].story_id
            if before is None:
                continue
            self._before[item.id] = before
            group = self._must.get(item.id)
            called = self._callings.story_of(item) if group is None else None
            if called is not None and stay.get(item.id, called) == called:
                group = called
            if group is None:
                group = self._grouper.propose(item, reading).story
            if group is None:
                self._last_group -= 1
                group = self._last_group
            self._grouper.admit(item, reading, group)
            self._group_of[item.id] = group
        with self._store.transaction():
            evidence.keep_all(self._store, changed, since=to_ms(now))
            corrections.restate(self._store, [number for number, _ in changed])
            placing.touch(self._store, [number for number, _ in changed])
        self._join(self._grouper.merges())

    def placed(self) -> dict[int, int]:
        """The story of each item: an anchored group's own, else the one most of the group came from, else a new one."""
        members: dict[int, list[int]] = defaultdict(list)
        for item, group in self._group_of.items():
            members[group].append(item)
        story_of = {group: group for group in members if group > 0}
        taken = set(story_of)
        claims = sorted(
            (
                (-count, story, group)
                for group, held in members.items()
                if group < 0
                for story, count in Counter(self._before[item] for item in held).items()
            ),
        )
        for _, story, group in claims:
            if group not in story_of and story not in taken:
                story_of[group] = story
                taken.add(story)
        return {item: story_of.get(group, group) for item, group in self._group_of.items()}

    def _join(self, pairs: Sequence[tuple[int, int]]) -> None:
        for stays, goes in pairs:
            if stays > 0 and goes > 0:
                continue  # an analyst anchors both
            if goes > 0:
                stays, goes = goes, stays
            self._grouper.join(stays, goes)
            for item, group in self._group_of.items():
                if group == goes:
                    self._group_of[item] = stays


def _move(store: Store, placed: Mapping[int, int], fresh: dict[int, int], now: datetime) -> int:
    """Move one page's items; a decision made meanwhile, or that forbids the place, stands.

    ``fresh`` remembers the stories made for groups that came from none.
    """
    moved = 0
    with store.transaction():
        demands = defaultdict(list)
        for one in constraints.of_items(store, placed):
            demands[one.item].append(one)
        by_story: dict[int, list[int]] = defaultdict(list)
        for row in items.rows(store, placed):
            story = placed[row.id]
            if row.story_id is None or any(one.must for one in demands[row.id]):
                continue
            if story < 0:
                story = fresh.get(story) or _new_story(store, fresh, story, row, now)
            if any(placing.resolved(store, one.story) == story for one in demands[row.id]):
                story = row.story_id
            if story != row.story_id:
                by_story[story].append(row.id)
        for story, numbers in by_story.items():
            placing.move(store, numbers, story, now)
            moved += len(numbers)
    return moved


def _new_story(store: Store, fresh: dict[int, int], group: int, row: items.ItemRow, now: datetime) -> int:
    number = placing.next_story(store)
    placing.found_story(store, number, now, name=row.title)
    fresh[group] = number
    return number


def _pages(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    return (numbers[at : at + _PAGE] for at in range(0, len(numbers), _PAGE))

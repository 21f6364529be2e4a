"""Keeping stories told: names, statuses and reasons follow their items, at a cost that stays linear.

Telling a story reads all its items. Told anew at every batch of an import, a story of n items would cost n²
over its life; so there a story is told again when it has doubled, and the rest at the end.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import accumulate

from store import stories
from store.database import Store
from store.shelf import Shelf

_GROWN = 2
"""Growth between two tellings while importing: n items cost at most 2 n readings, and n more at the end."""

_AT_ONCE = 300
"""Items of the stories told in one transaction: some 0.1 s, for which a screen's decision may have to wait."""
_LONG = 0.2
"""Seconds; telling most stories takes milliseconds."""
_PAUSE = 10
"""A long story waits so many times what telling it took: it has a tenth of the time at most."""


class Tending:
    """Brings changed stories up to date."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._shelf = Shelf()
        self._took: dict[int, tuple[float, float]] = {}

    def at_once(self, changed: Iterable[int], now: datetime) -> list[int]:
        """In the batch's own transaction: the listed stories that changed, shortest first, so far as that is little.

        So no screen ever lists a story with the status it had before the items that it counts. What is
        beyond the budget is left to `live`.
        """
        found = stories.due(self._store, set(changed) - self._waiting())
        listed = sorted((one for one in found if one.shown), key=lambda one: (one.items, one.id))
        running = accumulate(one.items for one in listed)
        return self._tell([one for one, items in zip(listed, running, strict=True) if items <= _AT_ONCE], now)

    def live(self, changed: Iterable[int], now: datetime) -> list[int]:
        """After a poll: every changed story; gives those whose status changed.

        A story that was told a moment ago and took long waits (it stays stale, see `store.stories.stale`), so
        that the longest one can't keep the collector from all others.
        """
        return self._tend(set(changed) - self._waiting(), now, grown=0)

    def importing(self, changed: Iterable[int], now: datetime, since: datetime) -> list[int]:
        """After a batch of an import: the changed stories that have grown enough, the rest is left to `rest`.

        ``since``: by the archive's time, from when on names and claims hold.
        """
        return self._tend(set(changed), now, grown=_GROWN, since=since)

    def rest(self, now: datetime, since: datetime | None = None) -> list[int]:
        """All that was left for later."""
        told: list[int] = []
        while found := stories.stale(self._store):
            told += self._tend(set(found), now, grown=0, since=since)
        return told

    def _tend(
        self, changed: set[int], now: datetime, *, grown: int, since: datetime | None = None
    ) -> list[int]:
        found = stories.due(self._store, sorted(changed))
        # While importing, one publisher's stories can wait: the screen doesn't list them.
        wanted = [one for one in found if one.items >= one.told_items * grown and (one.shown or not grown)]
        told: list[int] = []
        for together in _in_turns(wanted):
            with self._store.transaction():
                told += self._tell(together, now, since)
        stories.settled(self._store, changed - {one.id for one in found})
        return told

    def _tell(
        self, together: Sequence[stories.Due], now: datetime, since: datetime | None = None
    ) -> list[int]:
        begun = time.perf_counter()
        told = stories.refresh(self._store, [one.id for one in together], now, since, self._shelf)
        ended = time.perf_counter()
        an_item = (ended - begun) / max(1, sum(one.items for one in together))
        for one in together:
            if an_item * one.items > _LONG:
                self._took[one.id] = ended, an_item * one.items
            else:
                self._took.pop(one.id, None)
        return told

    def _waiting(self) -> set[int]:
        """Stories told a moment ago that took long: of what is told together each has its items' share."""
        begun = time.perf_counter()
        return {number for number, (at, seconds) in self._took.items() if begun - at < seconds * _PAUSE}


def _in_turns(wanted: Iterable[stories.Due]) -> Iterator[list[stories.Due]]:
    """The stories in turns of so many items as one transaction may tell; a longer one stands alone."""
    turn: list[stories.Due] = []
    room = _AT_ONCE
    for one in wanted:
        if turn and one.items > room:
            yield turn
            turn, room = [], _AT_ONCE
        turn.append(one)
        room -= one.items
    if turn:
        yield turn

"""Keeping stories told: names, statuses and reasons follow their items, at a cost that stays linear.

Telling a story reads all its items. Told anew at every batch of an import, a story of n items would cost n²
over its life; so there a story is told again when it has doubled, and the rest at the end.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from datetime import datetime

from store import stories
from store.database import Store

_GROWN = 2
"""Growth between two tellings while importing: n items cost at most 2 n readings, and n more at the end."""

_LONG = 0.2
"""Seconds; telling most stories takes milliseconds."""
_PAUSE = 10
"""A long story waits so many times what telling it took: it has a tenth of the time at most."""


class Tending:
    """Brings changed stories up to date."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._took: dict[int, tuple[float, float]] = {}

    def live(self, changed: Iterable[int], now: datetime) -> list[int]:
        """After a poll: every changed story; gives those whose status changed.

        A story that was told a moment ago and took long waits (it stays stale, see `store.stories.stale`), so
        that the longest one can't keep the collector from all others.
        """
        begun = time.perf_counter()
        waiting = {
            number
            for number, (at, seconds) in self._took.items()
            if begun - at < seconds * _PAUSE and seconds > _LONG
        }
        return self._tend(set(changed) - waiting, now, grown=0)

    def importing(self, changed: Iterable[int], now: datetime) -> list[int]:
        """After a batch of an import: the changed stories that have grown enough, the rest is left to `rest`."""
        return self._tend(set(changed), now, grown=_GROWN)

    def rest(self, now: datetime) -> list[int]:
        """All that was left for later."""
        told: list[int] = []
        while found := stories.stale(self._store):
            told += self._tend(set(found), now, grown=0)
        return told

    def _tend(self, changed: set[int], now: datetime, *, grown: int) -> list[int]:
        found = stories.due(self._store, sorted(changed))
        # While importing, one publisher's stories can wait: the screen doesn't list them.
        wanted = [one.id for one in found if one.items >= one.told_items * grown and (one.shown or not grown)]
        told = []
        for number in wanted:
            begun = time.perf_counter()
            told += stories.refresh(self._store, [number], now)
            self._took[number] = (time.perf_counter(), time.perf_counter() - begun)
        self._forget_short()
        stories.settled(self._store, changed - {one.id for one in found})
        return told

    def _forget_short(self) -> None:
        self._took = {number: held for number, held in self._took.items() if held[1] > _LONG}

"""Looking for stories that are two, a few at a time, between polls."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from store import splits
from store.database import Store
from stories.grouping import Grouper
from stories.splitting import FEWEST

_AT_ONCE = 5
"""Stories looked at in one turn: at most some 50 ms, for which a request has to wait."""


class Splits:
    """What is still to be looked at; at the start all listed stories that never were."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: list[int] | None = None

    def changed(self, stories: Iterable[int]) -> None:
        """These stories have changed, so they may have come apart."""
        if self._waiting is not None and (grown := set(stories)):
            due = splits.due(self._store, grown, least=FEWEST)
            self._waiting += [story for story in due if story not in self._waiting]

    def look(self, grouper: Grouper, now: datetime) -> int:
        """Look at the next few; gives how many."""
        if self._waiting is None:
            self._waiting = splits.due(self._store, least=FEWEST)
        turn, self._waiting = self._waiting[:_AT_ONCE], self._waiting[_AT_ONCE:]
        if turn:
            with self._store.transaction():
                for story in turn:
                    splits.keep(self._store, story, grouper.split_suggestion(story), now)
        return len(turn)

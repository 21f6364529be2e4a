"""How things stand, read from the store's tallies: cheap enough to ask every second."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from time import monotonic

from store import feeds, items, looks, setups, state, story_rows, triage
from store.database import Store
from store.setups import Rule, RuleKind
from tui.bars import Standing
from tui.narrowing import hidden_by

SPARING = 20
"""What rules leave out of Triage is counted again after this many times the time the last count took."""


class HowThingsStand:
    """Counts, the collector's state and what is new; asked by the reading thread alone."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}
        """By screen the newest item there was when the analyst came to it: what comes while they look is not "new"."""
        self._rules: Sequence[Rule] = ()
        self._left_out = (0, 0)
        self._due = 0.0

    def read(self, store: Store, screen: str, now: datetime, *, away: bool = False) -> Standing:
        """How things stand for one screen; ``now`` is what rules count lengths of time back from.

        ``away``: nobody sits at it, so all that comes is new.
        """
        with store.reading():
            told = state.collector(store)
            polled = [feed for feed in feeds.rows(store) if not feed.muted]
            failing = sum(1 for feed in polled if feed.failures)
            asked = sum(1 for feed in polled if feed.failures or feed.last_fetched is not None)
            last = looks.last(store, screen)
            seen = self._seen_of(store, screen, away=away)
            of_waiting, of_all = self._hidden(store, now)
            return Standing(
                running=told.running is not None,
                writable=store.writable,
                trouble=told.trouble,
                doing=told.doing,
                next_poll=told.next_poll,
                feeds_ok=asked - failing,
                feeds_failing=failing,
                feeds_waiting=len(polled) - asked,
                stories=story_rows.count(store),
                waiting=max(0, triage.waiting(store) - of_waiting),
                items=max(0, items.count(store) - of_all),
                new=looks.new_items(store, screen, seen) if last is not None else 0,
                looked=last.at if last is not None else None,
            )

    def _seen_of(self, store: Store, screen: str, *, away: bool) -> int | None:
        for other in [*self._seen] if away else [other for other in self._seen if other != screen]:
            del self._seen[other]
        return None if away else self._seen.setdefault(screen, items.newest_id(store))

    def _hidden(self, store: Store, now: datetime) -> tuple[int, int]:
        """How many waiting items, and how many of all, the rules leave out; what no index holds costs, and is spared."""
        rules = [rule for rule in setups.rules(store) if rule.kind is RuleKind.HIDE]
        begun = monotonic()
        if rules != self._rules or begun >= self._due:
            self._rules = rules
            hidden = hidden_by(rules, now)
            self._left_out = triage.left_out(store, hidden), triage.left_out_of_all(store, hidden)
            self._due = begun + SPARING * (monotonic() - begun)
        return self._left_out

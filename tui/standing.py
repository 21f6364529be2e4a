"""How things stand, read from the store's tallies: cheap enough to ask every second."""

from __future__ import annotations

from store import feeds, items, looks, setups, state, story_rows, triage
from store.database import Store
from tui.bars import Standing
from tui.narrowing import hidden_by


def standing(store: Store, screen: str) -> Standing:
    """Counts, the collector's state and what is new since this screen was last looked at."""
    with store.reading():
        told = state.collector(store)
        polled = [feed for feed in feeds.rows(store) if not feed.muted]
        failing = sum(1 for feed in polled if feed.failures)
        last = looks.last(store, screen)
        return Standing(
            running=told.running is not None,
            trouble=told.trouble,
            doing=told.doing,
            next_poll=told.next_poll,
            feeds_ok=len(polled) - failing,
            feeds_failing=failing,
            stories=story_rows.count(store),
            waiting=triage.waiting(store, hidden_by(setups.rules(store))),
            items=items.count(store),
            new=looks.new_items(store, screen) if last is not None else 0,
            looked=last.at if last is not None else None,
        )

"""The grouper as it was when the last collector stopped, from what the store remembers."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from store import constraints, items, memory
from store.database import Store
from store.watched import watched
from stories.grouping import MOST_LIVE, Grouper
from stories.vocabulary import Vocabulary

REMEMBERED = MOST_LIVE
"""Items brought back at most: all that were live."""
REREAD = 4_000
"""Newest items whose texts are read again for what feeds repeat; a feed's blurb shows in its last four."""


def restored(store: Store, limit: int = REMEMBERED) -> Grouper:
    """A grouper with the newest items in the stories they are in now, what feeds repeat, and what analysts forbid.

    Features of a format that is not known are passed over: such items only no longer attract new ones.
    """
    with _uncollected():
        grouper = Grouper(Vocabulary.warm(*memory.words(store)))
        _remember(store, grouper, limit)
        for item in items.get(store, reversed(items.ids(store, limit=REREAD))):
            grouper.learn_repeats(item)
    for demand in constraints.all_of(store):
        if not demand.must:
            grouper.forbid(demand.item, demand.story)
    for story in watched(store):
        grouper.watch(story.id, story.name, story.claim)
    return grouper


def _remember(store: Store, grouper: Grouper, limit: int) -> None:
    for remembered in memory.features(store, limit):
        try:
            grouper.restore(remembered.item, remembered.story, remembered.packed)
        except ValueError:
            continue  # of a format that is not known; a context manager for each of thirty thousand takes 20 ms
    grouper.settle()


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the garbage collector, which would look through all that was restored a dozen times: a third of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
        # What lives as long as the collector need not be looked through at every full collection.
        gc.freeze()

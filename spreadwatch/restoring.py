"""The grouper as it was when the last collector stopped, from what the store remembers."""

from __future__ import annotations

from store import constraints, memory
from store.database import Store
from store.watched import watched
from stories.features import Features
from stories.grouping import Grouper
from stories.vocabulary import Vocabulary

REMEMBERED = 20_000
"""Items brought back at most: what the grouper keeps live at least."""


def restored(store: Store, limit: int = REMEMBERED) -> Grouper:
    """A grouper with the newest items in the stories they are in now, and what analysts forbid.

    Features of an older format are passed over: such items only no longer attract new ones.
    """
    grouper = Grouper(Vocabulary.warm(*memory.words(store)))
    for remembered in memory.features(store, limit):
        try:
            features = Features.unpack(remembered.packed)
        except ValueError:
            continue
        grouper.restore(remembered.item, remembered.story, features)
    for demand in constraints.all_of(store):
        if not demand.must:
            grouper.forbid(demand.item, demand.story)
    for story in watched(store):
        grouper.fix(story.id)
    return grouper

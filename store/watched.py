"""Stories an analyst named and watches, with the words they watch for."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from store.database import Store
from store.items import ItemFilter, ids


@dataclass(frozen=True, slots=True)
class Watched:
    """A watched story."""

    id: int
    name: str
    claim: str
    terms: tuple[str, ...]
    """Items with all of these words belong to it; empty when only grouping decides."""


def watched(store: Store) -> list[Watched]:
    """All watched stories, oldest first."""
    found = store.rows("SELECT id, name, claim, terms FROM stories WHERE watched = 1 ORDER BY id")
    return [Watched(number, name, claim, tuple(json.loads(terms))) for number, name, claim, terms in found]


@dataclass(frozen=True, slots=True)
class Holding:
    """Items that hold a watch's words already."""

    free: tuple[int, ...]
    """In no story, or in one of a single publisher: nothing is broken by moving them; newest first."""
    settled: dict[int, tuple[int, ...]]
    """By story, in those of several publishers, which another event may have brought together, and in watched ones."""

    @property
    def all(self) -> tuple[int, ...]:
        """Both kinds."""
        return (*self.free, *(item for members in self.settled.values() for item in members))


def holding(store: Store, terms: Sequence[str]) -> Holding:
    """The items that hold all of these words or phrases already; none without any."""
    found = ids(store, ItemFilter(text=" ".join(f'"{term}"' for term in terms))) if terms else ()
    story_of = settled(store, found)
    by_story: dict[int, tuple[int, ...]] = {}
    for item in found:
        if (story := story_of.get(item)) is not None:
            by_story[story] = (*by_story.get(story, ()), item)
    return Holding(tuple(item for item in found if item not in story_of), by_story)


def settled(store: Store, items: Sequence[int]) -> dict[int, int]:
    """The story of each of these items in one of several publishers, or a watched one: words alone don't take it out."""
    found = store.rows(
        "SELECT i.id, i.story FROM items i JOIN stories s ON s.id = i.story "
        "WHERE (s.publishers > 1 OR s.watched = 1) AND i.id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(items)),),
    )
    return dict(found)

"""Long stories as they were last told, in the memory of whoever tells them: the next telling reads only what came since."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from store.telling import Loaded
from stories.evidence import Reading
from stories.item import Item
from stories.kept import Kept

_LONG = 20
"""Items from which on it is worth the memory: shorter ones are read and told in some five milliseconds."""
_MOST = 2_000
"""Items held in all, some 3 kB each with what is read in them, and their articles; the one told last stays, however long."""


@dataclass(frozen=True, slots=True)
class Held:
    """A story as it was told: its items with their readings, and what its telling left."""

    items: dict[int, tuple[Item, Reading]]
    kept: Kept
    told_items: int
    """As the story's row says since: a touched story (`store.placing.touch`) has another number there."""


class Shelf:
    """The stories told last, the one longest untouched going first."""

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._held: OrderedDict[int, Held] = OrderedDict()

    def take(self, story: int, told_items: int) -> Held | None:
        """The story as it was told, unless words of its items changed since; off the shelf until it is put back."""
        held = self._held.pop(story, None)
        return held if held is not None and held.told_items == told_items else None

    def put(self, loaded: Loaded, kept: Kept, told_items: int) -> None:
        """Keep a story that was just told."""
        if len(loaded.items) < _LONG:
            return
        pairs = zip(loaded.items, loaded.readings, strict=True)
        self._held[loaded.story.id] = Held(
            {item.id: (item, reading) for item, reading in pairs}, kept, told_items
        )
        while len(self._held) > 1 and sum(len(held.items) for held in self._held.values()) > self._most:
            self._held.popitem(last=False)

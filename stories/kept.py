"""What one telling of a story leaves for the next, so that one item more costs that item and not all of them again."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from datetime import datetime
from typing import Generic, TypeVar

from stories.about import Topic, settled, topic
from stories.evidence import Copy, Reading
from stories.item import Item
from stories.spread import Spread
from stories.states import Side
from stories.story import Party, PlacedStatement

Told = tuple[Item, Reading]
"""An item, and what was read in it."""
Name = TypeVar("Name", bound=Hashable)
Value = TypeVar("Value")


class Memo(Generic[Name, Value]):
    """Values by name, each with all that it was made of; one is made anew where that is no longer the same.

    What it was made of is compared, not hashed: what hasn't changed is mostly the very same object, so that a thousand
    statements compare in microseconds.
    """

    def __init__(self) -> None:
        self._held: dict[Name, tuple[object, Value]] = {}

    def of(self, name: Name, made_of: object, make: Callable[[], Value]) -> Value:
        """The value of that name."""
        held = self._held.get(name)
        if held is not None and held[0] == made_of:
            return held[1]
        value = make()
        self._held[name] = (made_of, value)
        return value


class Kept:
    """The parts of one story's telling: each is used again only while all that it follows from is the same.

    So a telling with it says what one without it does, whatever was changed, corrected or taken away meanwhile.
    """

    def __init__(self) -> None:
        self.placed: Memo[int, tuple[PlacedStatement, ...]] = Memo()
        """By item."""
        self.sides: Memo[int, Side] = Memo()
        """By item."""
        self.parties: Memo[str, Party] = Memo()
        """By party."""
        self._topic: tuple[str, list[Told], Topic] | None = None
        self._ground: object = None
        self._added: dict[int, tuple[datetime, str]] = {}
        self._spread = Spread()

    def topic(self, claim: str, ordered: Sequence[Told]) -> Topic:
        """What a story's items, in order of time, are about (`stories.about.topic`)."""
        first = list(ordered[: settled(len(ordered))])
        if self._topic is None or (claim, first) != self._topic[:2]:
            self._topic = (claim, first, topic(claim, ordered))
        return self._topic[2]

    def one(self, ground: Value) -> Value:
        """What all statements are placed by: the very object of the telling before, where it is the same."""
        if isinstance(self._ground, type(ground)) and self._ground == ground:
            return self._ground
        self._ground = ground
        return ground

    def spread(self, seen: Sequence[tuple[datetime, int, str]], copies: Sequence[Copy]) -> Spread:
        """The spread of items as (effective time, item, publisher): what came since is added, else it begins anew."""
        came = [(at, item, publisher) for at, item, publisher in seen if item not in self._added]
        same = len(seen) - len(came) == len(self._added) and all(
            self._added.get(item, (at, publisher)) == (at, publisher) for at, item, publisher in seen
        )
        if not same:
            self._added, self._spread, came = {}, Spread(), list(seen)
        for at, item, publisher in came:
            self._added[item] = (at, publisher)
            self._spread.add(at, item, publisher)
        self._spread.join(copies)
        return self._spread

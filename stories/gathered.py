"""What the live window holds: items, and stories as the sum of their items; those of an earlier run unread at first."""

from __future__ import annotations

from array import array
from collections import Counter, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import NamedTuple

from stories.compact import Compact, compact, opened
from stories.features import Features
from stories.packing import packed, unpacked, weighed_words

_CORE = 12
"""Words that stand for a whole story."""
_OVER = 60 * 86_400.0
"""Seconds without an item after which a story takes in nothing by itself: an import holds years in one window.

What comes up again after two months is another event or the narrative's return, which a watched story takes in.
"""
_NOTHING = 1e-9
"""A weight below this is what rounding left of words that nobody holds any more."""

Way = tuple[str, str, str]
"""(family, from, to)"""
_NO_WORDS: Mapping[str, float] = {}
_NO_WAYS: Counter[Way] = Counter()
_NO_ACTORS: Counter[frozenset[str]] = Counter()


class Core(NamedTuple):
    """The words that stand for a story, heaviest first."""

    terms: tuple[str, ...]
    weights: array[float]
    total: float


class Slot:
    """One live item."""

    __slots__ = ("among", "at", "features", "item", "packed", "story", "words")

    features: Features
    words: Compact
    """Those of ``features``, as they are kept."""
    packed: bytes
    """The features as bytes; empty until they are first asked for."""

    def __init__(self, item: int, story: int, at: float | None, among: deque[Slot]) -> None:
        self.item = item
        self.story = story
        self.at = at
        self.among = among
        """Those that are read, in the order in which they were."""
        self.packed = b""

    def read(self, features: Features) -> None:
        """Holds what is compared."""
        self.features, self.words = features, compact(features.words)
        self.among.append(self)

    def pairs(self) -> Iterable[tuple[str, float]]:
        """Its words with their weights, heaviest first."""
        return zip(self.words.terms, self.words.weights, strict=True)

    def bytes(self) -> bytes:
        """Its features as bytes."""
        self.packed = self.packed or packed(self.features)
        return self.packed

    def close(self) -> None:
        """Is its bytes alone again, a quarter of what it was; nothing of it changes by that."""
        self.bytes()
        del self.features, self.words
        self.__class__ = UnreadSlot


class UnreadSlot(Slot):
    """One that was brought back or closed: its bytes, until more than its words is compared; then it is a slot like any other.

    A class of its own, for Python looks attributes up more slowly wherever a class has a word in it.
    """

    __slots__ = ()

    def __getattr__(self, name: str) -> object:
        if name not in ("features", "words"):
            raise AttributeError(name)
        self.__class__ = Slot  # type: ignore[assignment]
        self.read(unpacked(self.packed))
        return getattr(self, name)

    def pairs(self) -> Iterable[tuple[str, float]]:
        """Its words with their weights, straight from the bytes: most items near another are asked nothing else."""
        return weighed_words(self.packed)


@dataclass(slots=True)
class Gathered:
    """One live story: the sum of its items' vectors, and what else likeness asks of it."""

    story: int
    items: list[int] = field(default_factory=list)
    words: Mapping[str, float] = field(default_factory=lambda: _NO_WORDS)
    flows: Counter[Way] = field(default_factory=lambda: _NO_WAYS)
    actors: Counter[frozenset[str]] = field(default_factory=lambda: _NO_ACTORS)
    """Pairs of actors its items' claims join, whichever way."""
    first: float | None = None
    last: float | None = None
    slots: Mapping[int, Slot] | None = None
    """The live items, for a story that is unread."""
    _core: Core | None = None
    _core_of: int = 0
    """How many items it had when its core was last found."""

    def core(self) -> Core:
        """Its heaviest words with their mean weight, and that of all together: what nearly every item of it says.

        Found anew when its size has changed by a fifth, since every item asks and few items change it.
        """
        if isinstance(self.words, Compact):
            weights = self.words.weights[:_CORE]
            return Core(self.words.terms[:_CORE], weights, sum(weights))
        items = len(self.items)
        if self._core is None or not 0.8 * items <= self._core_of <= 1.2 * items:
            heavy = sorted(self.words.items(), key=itemgetter(1), reverse=True)[:_CORE]
            weights = array("d", [weight / items for _, weight in heavy])
            self._core = Core(tuple([word for word, _ in heavy]), weights, sum(weights))
            self._core_of = items
        return self._core

    def add(self, features: Features, sign: float = 1.0) -> None:
        """Adds an item's vectors (takes them away with sign −1)."""
        if not self.items:
            self.words = features.words  # most stories have no other item, and share its words
        else:
            words = self.words if isinstance(self.words, dict) else opened(self.words)
            for word, weight in opened(features.words).items():
                left = words.get(word, 0.0) + sign * weight
                if left > _NOTHING:
                    words[word] = left
                else:  # only taking away comes to nothing; kept, it would grow with every item that ever was here
                    words.pop(word, None)
            self.words = words
        if sign > 0:
            if features.flows:
                if not self.flows:  # most stories make no claim: one counter is enough for them all
                    self.flows, self.actors = Counter(), Counter()
                self.flows.update(features.flows[:3])
                self.actors.update(features.actor_pairs())
            self.reach(features.at)
        elif features.flows:
            self.flows.subtract(features.flows[:3])
            self.actors.subtract(features.actor_pairs())

    def reach(self, at: float | None) -> None:
        """Widens its time to an item's."""
        if at is not None:
            self.first = at if self.first is None else min(self.first, at)
            self.last = at if self.last is None else max(self.last, at)

    def over(self, first: float | None, last: float | None) -> bool:
        """Whether it was over, or had not begun, for `_OVER` at a time (epoch seconds); not where a date is missing."""
        if first is None or last is None or self.first is None or self.last is None:
            return False
        return max(first - self.last, self.first - last) > _OVER

    def share_of(self, flows: Sequence[Way]) -> float:
        """The share of the story's items that make one of these claims, 0..1; half of it while it is small."""
        most = max((self.flows[way] for way in flows), default=0)
        return most / (len(self.items) + 1) if most > 0 else 0.0

    def main_way(self) -> Way | None:
        """The claim at least three items and three in ten make; None when there is none."""
        if not self.flows:
            return None
        way, count = self.flows.most_common(1)[0]
        return way if count >= 3 and count >= 0.3 * len(self.items) else None

    def close(self, slots: Mapping[int, Slot]) -> None:
        """Is unread again, where it has but one item, whose words are its own."""
        if isinstance(self.words, Compact):
            del self.words, self.flows, self.actors
            self.slots, self._core = slots, None
            self.__class__ = UnreadGathered


class UnreadGathered(Gathered):
    """One that was brought back: its items' numbers and times, until it is first asked what they say."""

    __slots__ = ()

    def __init__(self, story: int, slots: Mapping[int, Slot]) -> None:
        # What a story has but for its vectors; thousands are made at a start.
        self.story = story
        self.items = []
        self.first = self.last = None
        self.slots = slots
        self._core = None
        self._core_of = 0

    def __getattr__(self, name: str) -> object:
        if name not in ("words", "flows", "actors") or self.slots is None:
            raise AttributeError(name)
        self.__class__ = Gathered  # type: ignore[assignment]
        self.words, self.flows, self.actors = _NO_WORDS, _NO_WAYS, _NO_ACTORS
        items, self.items = self.items, []
        for item in items:
            self.add(self.slots[item].features)
            self.items.append(item)
        self.slots = None
        return getattr(self, name)

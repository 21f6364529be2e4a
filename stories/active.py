"""The live window: which items and stories are near, found through an inverted index."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from operator import itemgetter
from typing import NamedTuple

from stories.compact import Compact, compact, opened
from stories.copies import CopyIndex
from stories.features import Features

NEAREST = 14
"""Live items that an arriving one is compared with."""
_TERMS = 20
"""Heaviest terms of an item that are looked up; the light ones bring the whole window."""
_RECENT = 48
"""Latest holders of a term that are looked at: a term held by more is no rare term anyway."""
_LOOKED = 400
"""Holders looked at in all; the heaviest terms come first, and the lighter ones hardly change the order."""


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


@dataclass(slots=True)
class Slot:
    """One live item."""

    item: int
    story: int
    features: Features
    words: Compact
    """Those of ``features``, as they are kept."""


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
            if features.at is not None:
                self.first = features.at if self.first is None else min(self.first, features.at)
                self.last = features.at if self.last is None else max(self.last, features.at)
        elif features.flows:
            self.flows.subtract(features.flows[:3])
            self.actors.subtract(features.actor_pairs())

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


class Window:
    """Live items and stories, and the index that finds the near ones."""

    def __init__(self) -> None:
        self.slots: dict[int, Slot] = {}
        self.stories: dict[int, Gathered] = {}
        self.copies = CopyIndex()
        self._holders: dict[str, list[int]] = {}
        self._flows: dict[tuple[str, frozenset[str]], list[int]] = {}

    def near(self, features: Features, most: int = NEAREST) -> list[Slot]:
        """Live items that share the most weight of words, about best first."""
        votes: dict[int, float] = {}
        looked = 0
        for word, weight in islice(features.words.items(), _TERMS):
            holders = self._holders.get(word)
            if holders:
                looked += len(holders)
                if looked > _LOOKED and len(votes) > most:
                    break
                gain = weight * weight
                # A defaultdict takes twice as long here, and `heapq.nlargest` below half as long again.
                for item in holders:
                    if item in votes:
                        votes[item] += gain
                    else:
                        votes[item] = gain
        best = sorted(votes, key=votes.__getitem__, reverse=True)[:most]
        return [self.slots[item] for item in best]

    def pointing(self, features: Features) -> list[int]:
        """Live items with a claim between the same actors, either way, newest first."""
        found: list[int] = []
        for family, a, b in features.flows:
            found.extend(self._flows.get((family, frozenset((a, b))), ()))
        return list(dict.fromkeys(reversed(found)))

    def add(self, item: int, story: int, features: Features) -> None:
        """Takes an item in, under a story."""
        features = features.kept()
        self.slots[item] = Slot(item, story, features, compact(features.words))
        gathered = self._gather(story)
        gathered.add(features)
        gathered.items.append(item)
        index = self._holders
        for word in features.words:
            holders = index.get(word)
            if holders is None:
                index[word] = [item]
            else:  # as `_latest`, whose call alone would be a tenth of restoring twenty thousand items
                holders.append(item)
                if len(holders) > _RECENT:
                    del holders[0]
        self.copies.add(item, features.grams)
        for family, a, b in features.flows:
            _latest(self._flows.setdefault((family, frozenset((a, b))), []), item)

    def shift(self, item: int, story: int | None) -> None:
        """Puts a live item under another story, or under none (it is then forgotten)."""
        slot = self.slots[item]
        if slot.story == story:
            return
        self._leave(slot)
        if story is None:
            self._unindex(slot)
            return
        slot.story = story
        self._gather(story).add(slot.features)
        self.stories[story].items.append(item)

    def join(self, story: int, other: int) -> None:
        """Puts every live item of ``other`` under ``story``."""
        for item in list(self.stories[other].items) if other in self.stories else []:
            self.shift(item, story)

    def forget(self, item: int) -> None:
        """Drops an item from the window; its story is what its live items are.

        Words of items that are gone, over the number of those that are left, made old stories like
        everything: one of 2022's came to hold three thousand items.
        """
        slot = self.slots[item]
        self._leave(slot)
        self._unindex(slot)

    def _gather(self, story: int) -> Gathered:
        gathered = self.stories.get(story)
        if gathered is None:
            gathered = self.stories[story] = Gathered(story)
        return gathered

    def _leave(self, slot: Slot) -> None:
        gathered = self.stories[slot.story]
        gathered.items.remove(slot.item)
        if gathered.items:
            gathered.add(slot.features, -1.0)
        else:
            del self.stories[slot.story]

    def _unindex(self, slot: Slot) -> None:
        for word in slot.features.words:
            holders = self._holders.get(word)
            if holders is not None:
                if slot.item in holders:
                    holders.remove(slot.item)
                if not holders:
                    del self._holders[word]
        self.copies.remove(slot.item, slot.features.grams)
        for family, a, b in slot.features.flows:
            key = (family, frozenset((a, b)))
            live = self._flows.get(key)
            if live is not None:
                if slot.item in live:
                    live.remove(slot.item)
                if not live:
                    del self._flows[key]
        del self.slots[slot.item]


def _latest(holders: list[int], item: int) -> None:
    # A list, not a deque: most words have one or two holders, and an empty deque weighs 760 bytes.
    holders.append(item)
    if len(holders) > _RECENT:
        del holders[0]

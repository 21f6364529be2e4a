"""The live window: which items and stories are near, found through an inverted index."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field

from stories.copies import CopyIndex
from stories.features import Features, dot

_TERMS = 20
"""Heaviest terms of an item that are looked up; the light ones bring the whole window."""
_RECENT = 48
"""Latest holders of a term that are looked at: a term held by more is no rare term anyway."""


@dataclass(slots=True)
class Slot:
    """One live item."""

    item: int
    story: int
    features: Features


@dataclass(slots=True)
class Gathered:
    """One live story: the sum of its items' vectors, and what else likeness asks of it."""

    story: int
    items: list[int] = field(default_factory=list)
    words: dict[str, float] = field(default_factory=dict)
    names: dict[str, float] = field(default_factory=dict)
    size_words: float = 0.0
    """The length of ``words``, squared."""
    size_names: float = 0.0
    flows: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    publishers: Counter[str] = field(default_factory=Counter)
    first: float | None = None
    last: float | None = None

    def add(self, features: Features, sign: float = 1.0) -> None:
        """Adds an item's vectors (takes them away with sign −1)."""
        self.size_words += 1.0 + sign * 2.0 * dot(features.words, self.words)
        self.size_names += (1.0 if features.names else 0.0) + sign * 2.0 * dot(features.names, self.names)
        for mine, theirs in ((self.words, features.words), (self.names, features.names)):
            if not mine:
                mine.update(theirs)  # a story's first item: most stories have no other
                continue
            for word, weight in theirs.items():
                mine[word] = mine.get(word, 0.0) + sign * weight
        if sign > 0:
            self.flows.update(features.flows)
            self.publishers[features.publisher] += 1
            if features.at is not None:
                self.first = features.at if self.first is None else min(self.first, features.at)
                self.last = features.at if self.last is None else max(self.last, features.at)
        else:
            self.flows.subtract(features.flows)
            self.publishers[features.publisher] -= 1

    def likeness(self, features: Features) -> tuple[float, float]:
        """Cosine of an item with the story's centroid: over words, and over names."""
        words = dot(features.words, self.words) / math.sqrt(self.size_words) if self.size_words > 0 else 0.0
        names = (
            dot(features.names, self.names) / math.sqrt(self.size_names) if self.size_names > 1e-9 else 0.0
        )
        return words, names

    def likeness_to(self, other: Gathered) -> float:
        """Cosine of two stories' centroids over words."""
        size = math.sqrt(max(self.size_words, 1e-9) * max(other.size_words, 1e-9))
        return dot(self.words, other.words) / size


class Window:
    """Live items and stories, and the index that finds the near ones."""

    def __init__(self) -> None:
        self.slots: dict[int, Slot] = {}
        self.stories: dict[int, Gathered] = {}
        self.copies = CopyIndex()
        self._holders: dict[str, list[int]] = {}
        self._flows: dict[tuple[str, frozenset[str]], list[int]] = {}

    def near(self, features: Features, most: int = 12) -> list[tuple[Slot, float]]:
        """Live items nearest by the cosine of their words, best first."""
        votes: dict[int, float] = {}
        heavy = sorted(features.words.items(), key=lambda pair: -pair[1])[:_TERMS]
        for word, weight in heavy:
            holders = self._holders.get(word)
            if holders:
                gain = weight * weight
                for item in holders:
                    votes[item] = votes.get(item, 0.0) + gain
        best = sorted(votes, key=lambda item: -votes[item])[:most]
        found = [(self.slots[item], dot(features.words, self.slots[item].features.words)) for item in best]
        found.sort(key=lambda pair: -pair[1])
        return found

    def pointing(self, features: Features) -> list[int]:
        """Live items with a claim between the same actors, either way, newest first."""
        found: list[int] = []
        for family, a, b in features.flows:
            found.extend(self._flows.get((family, frozenset((a, b))), ()))
        return list(dict.fromkeys(reversed(found)))

    def add(self, item: int, story: int, features: Features) -> None:
        """Takes an item in, under a story."""
        self.slots[item] = Slot(item, story, features)
        self._gather(story).add(features)
        self.stories[story].items.append(item)
        for word in features.words:
            holders = self._holders.get(word)
            if holders is None:
                self._holders[word] = [item]
            else:
                _latest(holders, item)
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
        """Drops an item from the window; its story keeps its centroid while any item of it is live."""
        slot = self.slots[item]
        gathered = self.stories[slot.story]
        gathered.items.remove(item)
        if not gathered.items:
            del self.stories[slot.story]
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

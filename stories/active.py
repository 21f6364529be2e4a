"""The live window: which items and stories are near, found through an inverted index."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable
from itertools import islice

from stories.copies import CopyIndex
from stories.features import Features
from stories.gathered import Gathered, Slot, UnreadGathered, UnreadSlot, Way
from stories.packing import Glance, glance, unpacked

NEAREST = 14
"""Live items that an arriving one is compared with."""
_TERMS = 20
"""Heaviest terms of an item that are looked up; the light ones bring the whole window."""
_RECENT = 48
"""Latest holders of a term that are looked at: a term held by more is no rare term anyway."""
_SLACK = 2 * _RECENT
"""Holders kept of a term until the oldest are dropped together: one by one, that was half of indexing."""
_OPEN = 5_000
"""Items held read, some 3.3 KB each besides their bytes; the others are bytes alone, and reading one takes 15 µs."""
_LOOKED = 400
"""Holders looked at in all; the heaviest terms come first, and the lighter ones hardly change the order."""


class Window:
    """Live items and stories, and the index that finds the near ones."""

    def __init__(self) -> None:
        self.slots: dict[int, Slot] = {}
        self._read: deque[Slot] = deque()
        self.stories: dict[int, Gathered] = {}
        self.copies = CopyIndex()
        self._holders: defaultdict[str, list[int]] = defaultdict(list)
        self._flows: dict[tuple[str, frozenset[str]], list[int]] = {}

    def near(self, features: Features, most: int = NEAREST) -> list[Slot]:
        """Live items that share the most weight of words, about best first."""
        votes: dict[int, float] = {}
        looked = 0
        for word, weight in islice(features.words.items(), _TERMS):
            holders = self._holders.get(word)
            if holders:
                if len(holders) > _RECENT:
                    holders = holders[-_RECENT:]
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
        slot = self.slots[item] = Slot(item, story, features.at, self._read)
        slot.read(features)
        gathered = self._gather(story)
        gathered.add(features)
        gathered.items.append(item)
        index = self._holders
        for word in features.words:
            holders = index[word]
            holders.append(item)
            if len(holders) > _SLACK:
                del holders[:-_RECENT]
        self.copies.add(item, features.grams)
        self._note_flows(item, features.flows)

    def bring_back(self, item: int, story: int, held: Features | bytes) -> Features | Glance:
        """Takes in an item of an earlier run; its bytes are read when it is first compared. Gives what was seen of it.

        Raises:
            ValueError: the bytes are of no format that is known.
        """
        seen = glance(held) if isinstance(held, bytes) else None
        if seen is None or not isinstance(held, bytes):
            features = unpacked(held) if isinstance(held, bytes) else held
            self.add(item, story, features)
            return features
        slot = self.slots[item] = UnreadSlot(item, story, seen.at, self._read)
        slot.packed = held
        gathered = self.stories.get(story)
        if gathered is None:
            gathered = self.stories[story] = UnreadGathered(story, self.slots)
        elif not isinstance(gathered, UnreadGathered):
            gathered.add(slot.features)
        gathered.reach(slot.at)
        gathered.items.append(item)
        index = self._holders
        for word in seen.words:
            index[word].append(item)  # too many are dropped when the next comes
        self.copies.bring_back(item, seen.grams)
        self._note_flows(item, seen.flows)
        return seen

    def close_old(self) -> None:
        """Has items that were read longest ago be bytes again, so that no more than `_OPEN` are read."""
        while len(self._read) > _OPEN:
            slot = self._read.popleft()
            if self.slots.get(slot.item) is slot:
                gathered = self.stories[slot.story]
                if not isinstance(gathered, UnreadGathered):
                    gathered.close(self.slots)
                slot.close()

    def _note_flows(self, item: int, flows: Iterable[Way]) -> None:
        for family, a, b in flows:
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
        if not gathered.items:
            del self.stories[slot.story]
        elif not isinstance(gathered, UnreadGathered):
            gathered.add(slot.features, -1.0)

    def _unindex(self, slot: Slot) -> None:
        # What finds an item is enough to have it found no more: most that go are bytes by then.
        seen = (glance(slot.packed) if isinstance(slot, UnreadSlot) else None) or slot.features
        for word in seen.words:
            holders = self._holders.get(word)
            if holders is not None:
                if slot.item in holders:
                    holders.remove(slot.item)
                if not holders:
                    del self._holders[word]
        self.copies.remove(slot.item, seen.grams)
        for family, a, b in seen.flows:
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

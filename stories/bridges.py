"""Pairs of stories that items stand between, and when it is worth asking whether the two are one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

_MOST = 50_000
"""Pairs remembered; the weakest are let go."""
_CHANGED = 0.2
"""Two stories that stayed apart are asked again once one of them has changed in size by this share.

Asked at every item between them they cost a third of grouping, and five items' answers change little in between.
"""


class Bridges:
    """How many items bridge each two stories, which pairs are new, and which were asked in vain."""

    def __init__(self) -> None:
        self._items: Counter[tuple[int, int]] = Counter()
        self._beside: dict[int, dict[int, None]] = {}
        """The stories that are bridged with each one, in the order in which they came to be."""
        self._fresh: set[tuple[int, int]] = set()
        self._apart: dict[tuple[int, int], tuple[int, int]] = {}
        """The sizes of two stories when they were last asked and stayed apart."""

    def note(self, story: int, others: Iterable[int]) -> None:
        """Counts one more item between a story and each of some others."""
        for other in others:
            self._fresh.add(self._add(story, other, 1))
        if len(self._items) > _MOST:
            strongest = self._items.most_common(_MOST // 2)
            self._apart = {pair: self._apart[pair] for pair, _ in strongest if pair in self._apart}
            self._items, self._beside = Counter(), {}
            for (one, other), count in strongest:
                self._add(one, other, count)

    def _add(self, story: int, other: int, count: int) -> tuple[int, int]:
        pair = (min(other, story), max(other, story))
        if pair not in self._items:
            self._beside.setdefault(story, {})[other] = None
            self._beside.setdefault(other, {})[story] = None
        self._items[pair] += count
        return pair

    def take(self) -> list[tuple[int, int]]:
        """The pairs bridged since this was last called, most bridged first."""
        found = sorted(self._fresh, key=lambda pair: -self._items[pair])
        self._fresh.clear()
        return found

    def worth_asking(self, pair: tuple[int, int], sizes: tuple[int, int]) -> bool:
        """Whether enough items stand between two stories of these sizes, and they changed since they stayed apart."""
        smaller = min(sizes)
        if self._items[pair] < (1 if smaller <= 3 else 2 if smaller <= 10 else 3):
            return False
        before = self._apart.get(pair) or (0, 0)
        return any(abs(size - then) >= _CHANGED * then for then, size in zip(before, sizes, strict=True))

    def stay_apart(self, pair: tuple[int, int], sizes: tuple[int, int]) -> None:
        """Remembers that two stories were asked at these sizes and are not one."""
        self._apart[pair] = sizes

    def join(self, story: int, other: int) -> None:
        """Has what bridged ``other`` bridge ``story`` from now on."""
        for third in self._beside.pop(other, {}):
            pair = (min(third, other), max(third, other))
            count = self._items.pop(pair)
            self._apart.pop(pair, None)
            del self._beside[third][other]
            if third != story:
                self._add(story, third, count)

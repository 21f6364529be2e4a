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
        self._fresh: set[tuple[int, int]] = set()
        self._apart: dict[tuple[int, int], tuple[int, int]] = {}
        """The sizes of two stories when they were last asked and stayed apart."""

    def note(self, story: int, others: Iterable[int]) -> None:
        """Counts one more item between a story and each of some others."""
        for other in others:
            pair = (min(other, story), max(other, story))
            self._items[pair] += 1
            self._fresh.add(pair)
        if len(self._items) > _MOST:
            self._items = Counter(dict(self._items.most_common(_MOST // 2)))
            self._apart = {pair: sizes for pair, sizes in self._apart.items() if pair in self._items}

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
        moved = {pair: count for pair, count in self._items.items() if other in pair}
        for pair, count in moved.items():
            del self._items[pair]
            self._apart.pop(pair, None)
            third = pair[0] if pair[1] == other else pair[1]
            if third != story:
                self._items[min(third, story), max(third, story)] += count

"""Split suggestions: a story that holds two, told to the analyst and never acted upon."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from stories.compact import opened
from stories.features import Features, dot

FEWEST = 8
"""Items below which a story is too small to be two."""
_HALF = 4
"""Items of the smaller half: three alike ones are found in any story."""
_READ = 80
"""Latest items compared with one another; the cost grows with the square: 8 ms for eighty."""
_ROUNDS = 3
"""After so many rounds hardly an item changes its half any more."""
_BETWEEN = 0.72
"""How alike the halves may be, in parts of how alike the looser half is in itself, for them to be two stories."""
_LINK = 0.5
"""The likeness of two items that tell the same: where one pair across the halves has it, the story is one.

Both were read off hand-made clusters (benchmarks/splits.py): of 79 stories of whole articles 21 hold two, 11 are
suggested, 9 rightly; of 129 stories of bare headlines 25 hold two, 8 are suggested, 2 rightly."""


_CLAIMED = 0.5
"""The share of each half's items that make one claim, for the halves to be one story about it: most of them."""


def suggest(items: Sequence[tuple[int, Features]]) -> tuple[int, ...]:
    """The items of the smaller half when a story falls into two, else none.

    The two least alike items are the seeds; every other item goes to the nearer one, then some times to the
    nearer half.
    """
    items = items[-_READ:]
    if len(items) < FEWEST:
        return ()
    vectors = [opened(features.words) for _, features in items]
    count = len(items)
    alike = [[dot(a, b) for b in vectors] for a in vectors]
    _, first, second = min((alike[i][j], i, j) for i in range(count) for j in range(i))
    halves = [alike[i][first] >= alike[i][second] for i in range(count)]
    for _ in range(_ROUNDS):
        halves = [_mean(alike[i], halves, True, i) >= _mean(alike[i], halves, False, i) for i in range(count)]
    one = [i for i in range(count) if halves[i]]
    other = [i for i in range(count) if not halves[i]]
    smaller, larger = sorted((one, other), key=len)
    if len(smaller) < _HALF or max(alike[i][j] for i in smaller for j in larger) > _LINK:
        return ()
    if _one_claim([items[i][1] for i in smaller], [items[i][1] for i in larger]):
        return ()
    between = sum(alike[i][j] for i in smaller for j in larger) / (len(smaller) * len(larger))
    within = min(_within(alike, smaller), _within(alike, larger))
    if between > _BETWEEN * within:
        return ()
    return tuple(items[i][0] for i in smaller)


def _one_claim(one: Sequence[Features], other: Sequence[Features]) -> bool:
    """Whether both halves make one claim: the denial of a claim is in other words than the claim, and no other story."""
    return bool(_claimed(one) & _claimed(other))


def _claimed(half: Sequence[Features]) -> set[tuple[str, frozenset[str]]]:
    """What enough of a half's items claim first, as family and actors, whichever way."""
    counts = Counter(
        claim for one in half for claim in {(family, frozenset((a, b))) for family, a, b in one.flows[:2]}
    )
    return {claim for claim, count in counts.items() if count >= _CLAIMED * len(half)}


def _mean(row: Sequence[float], halves: Sequence[bool], side: bool, itself: int) -> float:
    values = [value for at, value in enumerate(row) if halves[at] is side and at != itself]
    return sum(values) / len(values) if values else 0.0


def _within(alike: Sequence[Sequence[float]], half: Sequence[int]) -> float:
    """How alike the items of a half are on average."""
    return sum(alike[i][j] for i in half for j in half if i != j) / (len(half) * (len(half) - 1))

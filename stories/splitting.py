"""Split suggestions: a story that holds two, told to the analyst and never acted upon."""

from __future__ import annotations

from collections.abc import Sequence

from stories.features import Features, dot

_FEWEST = 6
"""Items below which a story is too small to be two."""
_READ = 80
"""Latest items compared with one another; the cost grows with the square."""
_BETWEEN = 0.12
"""Mean likeness between the halves below which they hardly speak of one thing (chance is about 0.03)."""
_WITHIN = 0.2
"""Mean likeness the smaller half must have in itself: a story of its own, not a heap of strays."""


def suggest(items: Sequence[tuple[int, Features]]) -> tuple[int, ...]:
    """The items of the smaller half when a story falls into two, else none.

    The two least alike items are the seeds; every other item goes to the nearer one, and once more to the
    nearer half.
    """
    items = items[-_READ:]
    if len(items) < _FEWEST:
        return ()
    vectors = [features.words for _, features in items]
    count = len(items)
    alike = [[dot(a, b) for b in vectors] for a in vectors]
    _, first, second = min((alike[i][j], i, j) for i in range(count) for j in range(i))
    halves = [alike[i][first] >= alike[i][second] for i in range(count)]
    halves = [_mean(alike[i], halves, True, i) >= _mean(alike[i], halves, False, i) for i in range(count)]
    one = [i for i in range(count) if halves[i]]
    other = [i for i in range(count) if not halves[i]]
    smaller, larger = sorted((one, other), key=len)
    if len(smaller) < 3:
        return ()
    between = sum(alike[i][j] for i in smaller for j in larger) / (len(smaller) * len(larger))
    pairs = len(smaller) * (len(smaller) - 1)
    within = sum(alike[i][j] for i in smaller for j in smaller if i != j) / pairs
    if between >= _BETWEEN or within < _WITHIN:
        return ()
    return tuple(items[i][0] for i in smaller)


def _mean(row: Sequence[float], halves: Sequence[bool], side: bool, itself: int) -> float:
    values = [value for at, value in enumerate(row) if halves[at] is side and at != itself]
    return sum(values) / len(values) if values else 0.0

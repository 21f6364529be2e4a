"""How text and citations run between publishers: figures that are read off a story only when they are asked for."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import combinations

from stories.evidence import Copy

TOGETHER = timedelta(minutes=10)
"""Δ of co-timing: wire clients print an agency's text within minutes, so nearer than this tells nothing more."""
REPEATED = 2
"""Shared texts from which two publishers share repeatedly: once is chance."""


def structural_virality(edges: Iterable[tuple[str, str]]) -> float | None:
    """ν = Σ d_ij / (n(n−1)), the mean distance of pairs in a diffusion tree (Goel et al. 2015).

    ``edges`` join who cites with whom is cited; directions and repetitions don't matter. Pairs that nothing joins
    are left out. None without an edge. Compare stories of equal size only: a longer one is deeper by itself.
    """
    near: dict[str, set[str]] = {}
    for one, other in edges:
        if one != other:
            near.setdefault(one, set()).add(other)
            near.setdefault(other, set()).add(one)
    total = pairs = 0
    for start in near:
        far = {start: 0}
        open_ = deque([start])
        while open_:
            at = open_.popleft()
            for step in near[at]:
                if step not in far:
                    far[step] = far[at] + 1
                    open_.append(step)
        total += sum(far.values())
        pairs += len(far) - 1
    return total / pairs if pairs else None


def co_timing(
    copies: Sequence[Copy], seen: Mapping[int, tuple[datetime, str]], within: timedelta = TOGETHER
) -> list[tuple[str, str, int]]:
    """Pairs of publishers that repeatedly share a text within Δ, most often first (after CooRTweet).

    ``seen`` holds each item's effective time and publisher. Clients of one news agency look the same, so this is for
    the analyst's eye and feeds no status.
    """
    groups: dict[int, set[int]] = {}
    for copy in copies:
        groups.setdefault(copy.of, {copy.of}).add(copy.item)
    shared: Counter[tuple[str, str]] = Counter()
    for group in groups.values():
        held = sorted(seen[item] for item in group if item in seen)
        together = {
            (min(a, b), max(a, b))
            for (at, a), (then, b) in combinations(held, 2)
            if a != b and then - at <= within
        }
        shared.update(together)
    return [(*pair, count) for pair, count in shared.most_common() if count >= REPEATED]

"""How likely an item belongs to a story: what is compared, and the learnt weights that judge it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from stories.active import Gathered, Slot
from stories.features import Features

THRESHOLD = 0.5
"""Joining needs this score or more."""
MERGE_AT = 0.6
"""Two stories merge when their centroids are this alike and an item bridges them."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything compared between one item and one story."""

    story: int
    values: tuple[float, ...]
    shared: tuple[str, ...]

    @classmethod
    def of(
        cls,
        features: Features,
        gathered: Gathered,
        held: Sequence[tuple[Slot, float]],
        best_by_story: Sequence[float],
        shares: dict[int, float],
    ) -> Evidence:
        """Compares; ``held`` are the story's nearest items with their likeness."""
        pair = max(likeness for _, likeness in held)
        words, names = gathered.likeness(features)
        common = sorted(
            (word for word in features.words if word in gathered.words),
            key=lambda word: -features.words[word] * gathered.words[word],
        )
        copy = max((shares.get(each.item, 0.0) for each, _ in held), default=0.0)
        same = any(gathered.flows[way] > 0 for way in features.flows)
        return cls(gathered.story, (words, pair, names, copy, float(same)), tuple(common[:4]))

    def reasons(self) -> tuple[str, ...]:
        """In words: what is shared."""
        return (", ".join(word.lstrip("@").replace("_", " ") for word in self.shared),)


def score(evidence: Evidence) -> float:
    """The likelihood, 0..1."""
    words, pair, names, copy, same = evidence.values
    z = 14 * (0.4 * words + 0.35 * pair + 0.25 * names - 0.33) + 6 * max(0.0, copy - 0.3) + 1.5 * same
    return 1 / (1 + math.exp(-z))

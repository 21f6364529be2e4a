"""What grouping keeps of an item: weighted words and names, figures, 5-grams, directions, time."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from sys import intern

from stories.compact import Compact, compact, opened
from stories.counting import Counted
from stories.vocabulary import Vocabulary

_LEADING = 12
"""Heaviest words among which an item's own names are looked for."""
_MOST_TERMS = 72
"""Terms kept of one item, heaviest first; the rest hardly weighs."""
NO_FIGURES: frozenset[str] = frozenset()
"""One for every item without figures: an empty set of its own weighs 216 bytes."""


@dataclass(frozen=True, slots=True)
class Features(Counted):
    """One item as likeness sees it: ``words`` are heaviest first; their weights are frozen at arrival and have length 1."""

    def actor_pairs(self) -> set[frozenset[str]]:
        """Pairs of actors that its claims join, whichever way."""
        return {frozenset((a, b)) for _, a, b in self.flows}

    def leading_names(self) -> list[tuple[str, float]]:
        """The names among its heaviest words, with their weights."""
        heavy = islice(self.words.items(), _LEADING)
        return [(word, weight) for word, weight in heavy if word in self.names]

    def kept(self) -> Features:
        """As the live window keeps it."""
        return self if isinstance(self.words, Compact) else self._with(compact(self.words))

    def opened(self) -> Features:
        """As it was when it came, to compare it as if it came now."""
        return self._with(opened(self.words))

    def _with(self, words: Mapping[str, float]) -> Features:
        # `dataclasses.replace` takes three times as long, and every item passes here.
        return Features(
            words,
            self.names,
            self.title,
            self.figures,
            self.grams,
            self.flows,
            self.at,
            self.publisher,
            self.length,
        )


def weigh(counted: Counted, vocabulary: Vocabulary) -> Features:
    """The item's features under a vocabulary."""
    words = _unit(vocabulary.weighed(counted.words)[:_MOST_TERMS])
    return Features(
        words=words,
        names=tuple(map(intern, sorted(words.keys() & counted.names))),
        title=counted.title,
        figures=frozenset(map(intern, counted.figures)) if counted.figures else NO_FIGURES,
        grams=counted.grams,
        flows=counted.flows,
        at=counted.at,
        publisher=intern(counted.publisher),
        length=counted.length,
    )


def _unit(weights: Sequence[tuple[str, float]]) -> dict[str, float]:
    size = math.sqrt(sum([weight * weight for _, weight in weights]))
    return {intern(word): weight / size for word, weight in weights} if size else {}


def dot(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """The cosine of two vectors of length 1."""
    total = 0.0
    for word in a.keys() & b.keys():
        total += a[word] * b[word]
    return total

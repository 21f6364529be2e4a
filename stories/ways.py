"""Which way a story's claims run, and when two ways keep stories apart.

Opposite supplies are two stories; in a war both ways are told every day, and no headline's way is then a claim
that a story could be about.
"""

from __future__ import annotations

from functools import cache

from stories.acts import acts
from stories.counting import way_term
from stories.features import Features
from stories.gathered import Gathered
from stories.vocabulary import Vocabulary

_CLAIMED = 0.25
"""A direction counts as a story's when this share of its items claims it; one stray reading is no claim."""

Way = tuple[str, str, str]
"""(family, from, to)"""


def specific(vocabulary: Vocabulary, way: Way) -> float:
    """How telling a claim is by its rarity: 1 where one item in a thousand makes it, 0 at one in fifty."""
    return min(1.0, max(0.0, (vocabulary.idf(way_term(way)) - 4.0) / 3.0))


def claimed(gathered: Gathered, way: Way, *, one_more: bool = False) -> bool:
    """Whether a story mostly claims this way; ``one_more`` counts an item about to join it."""
    family, a, b = way
    held = gathered.flows[way] + one_more
    return held > gathered.flows[(family, b, a)] and held >= _CLAIMED * (len(gathered.items) + one_more)


def against(features: Features, gathered: Gathered, vocabulary: Vocabulary) -> bool:
    """Whether the item's own first direction is the reverse of what the story mostly claims."""
    held, least = gathered.flows, _CLAIMED * len(gathered.items)
    for family, a, b in features.flows:
        if family in mutual() or specific(vocabulary, (family, a, b)) == 0.0:
            continue
        with_it, reverse = held[(family, a, b)], held[(family, b, a)]
        if with_it or reverse:
            return reverse > with_it and reverse >= least
    return False


def oppose(one: Gathered, other: Gathered, vocabulary: Vocabulary) -> bool:
    """Whether what one story mostly claims is the reverse of what the other mostly claims."""
    for (family, a, b), count in one.flows.items():
        if family in mutual() or specific(vocabulary, (family, a, b)) == 0.0:
            continue
        if count >= max(1.0, _CLAIMED * len(one.items)):
            reverse, with_it = other.flows[(family, b, a)], other.flows[(family, a, b)]
            if reverse > with_it and reverse >= _CLAIMED * len(other.items):
                return True
    return False


@cache
def mutual() -> frozenset[str]:
    """Families in which opposite directions are two sides of one story."""
    return frozenset(frame.family for frame in acts().by_name.values() if frame.mutual)

"""Whether a headline carries a claim, stands against it, or only tells that it is made.

Two softmax models over the signs of `stories.distance`, the other headlines' among them, blended into one row of
weights a sign by `benchmarks/fit_leaning.py` (`lexicon/leaning_weights.toml`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache

from stories.distance import Lead, signs
from stories.item import Item
from stories.lexicon import load


class Leaning(StrEnum):
    """A headline's side towards a claim; it says nothing about truth."""

    FOR = "for"
    AGAINST = "against"
    OBSERVING = "observing"
    """Tells that others claim it, or asks."""


def lean(headline: str, claim: str) -> Leaning:
    """The side a headline takes towards a claim in plain words, read by itself."""
    return lean_all((Lead(headline),), claim)[0]


def lean_all(leads: Sequence[Lead], claim: str, asked: Sequence[int] | None = None) -> list[Leaning]:
    """The side each of a story's headlines takes towards a claim, or the ``asked`` ones, read beside one another.

    What the others say counts where a headline says little: in a story most call a hoax, "Batmobile is
    safe" is against. Measured on stories that weren't learnt from: `benchmarks/stance.py`.
    """
    weights = _weights()
    sides = []
    for found in signs(leads, claim, asked):
        scores = [0.0] * len(Leaning)
        for sign, value in found.items():
            if value and (held := weights.get(sign)):
                scores = [score + weight * value for score, weight in zip(scores, held, strict=True)]
        sides.append(list(Leaning)[scores.index(max(scores))])
    return sides


def leanings(claim: str, items: Sequence[Item], only: int | None = None) -> Mapping[int, Leaning]:
    """How each item's headline leans towards a story's claim, by the item's number; with ``only``, that item's.

    ``claim`` is taken where an analyst wrote it as a sentence; else the first headline stands for it, which
    then has no leaning of its own. Items without a headline have none.
    """
    titled = [item for item in items if item.title]
    words = claim if claim and "→" not in claim else ""
    read = titled if words else titled[1:]
    if not read:
        return {}
    asked = [at for at, item in enumerate(read) if only is None or item.id == only]
    leads = [Lead(item.title, item.link) for item in read]
    sides = lean_all(leads, words or titled[0].title, asked)
    return {read[at].id: side for at, side in zip(asked, sides, strict=True)}


@cache
def _weights() -> dict[str, tuple[float, ...]]:
    return {name: tuple(held) for name, held in load("leaning_weights")["weights"].items()}

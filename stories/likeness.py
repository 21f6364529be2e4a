"""How likely an item belongs to a story: what is compared, and the learnt weights that judge it.

A logistic model over a dozen comparisons. Its weights stand in stories/lexicon/likeness.toml, fitted by
benchmarks/fit_likeness.py; the same weights and threshold serve short titles and long texts.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from operator import mul
from typing import NamedTuple

from stories.active import Gathered, Slot
from stories.features import Features, dot_names, dot_parts

_NEAREST = 3
"""Items of a story whose mean likeness counts: one chance neighbour says less than three."""
_HOUR = 3600.0

COMPARED = (
    "pair_topic",
    "pair_names",
    "near_mean",
    "story_topic",
    "story_names",
    "story_mean",
    "title",
    "copy",
    "same_way",
    "same_actors",
    "figures",
    "lead",
    "crowd",
    "gap",
    "undated",
    "same_publisher",
    "size",
    "brevity",
    "pair_short",
)
"""Names of the comparisons, in the order of `Evidence.values`."""


@dataclass(frozen=True, slots=True)
class Model:
    """The weights and the two bounds of stories/lexicon/likeness.toml."""

    bias: float
    weights: tuple[float, ...]
    join: float
    """An item joins a story at this score or more."""
    merge: float
    """Two stories merge at this score or more."""


@cache
def model() -> Model:
    """The fitted model, read once."""
    path = resources.files("stories") / "lexicon" / "likeness.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    weights: Mapping[str, float] = data["weights"]
    return Model(
        data["bias"], tuple(weights.get(name, 0.0) for name in COMPARED), data["join"], data["merge"]
    )


class Near(NamedTuple):
    """A live item near the one in question."""

    slot: Slot
    cosine: float


class Evidence(NamedTuple):
    """Everything compared between one item and one story."""

    story: int
    values: tuple[float, ...]

    @classmethod
    def of(
        cls,
        features: Features,
        gathered: Gathered,
        held: Sequence[Near],
        best_elsewhere: float,
        crowd: float,
        copied: float,
        title: float,
        specific: float,
    ) -> Evidence:
        """Compares; ``held`` are the story's items near this one, nearest first.

        ``specific``: how rare the item's claim is, 0..1 (everybody writes that Russia attacks Ukraine).
        """
        nearest = held[0]
        nearest_names = dot_names(features, nearest.slot.features.words)
        top = held[:_NEAREST]
        words, names = dot_parts(features, gathered.words)
        size = math.sqrt(gathered.size_words) if gathered.size_words > 0 else 1.0
        same_way = gathered.share_of(features.flows[:2]) * specific
        gap, undated = _gap(features, nearest.slot.features, gathered)
        shorter = min(features.length, nearest.slot.features.length)
        brevity = 1.0 / math.sqrt(max(4, shorter))
        return cls(
            gathered.story,
            (
                nearest.cosine - nearest_names,
                nearest_names,
                sum(each.cosine for each in top) / _NEAREST,
                (words - names) / size,
                names / size,
                words / len(gathered.items),
                title,
                max(0.0, copied - 0.1),
                same_way,
                float(same_way == 0.0 and any(gathered.actors[pair] > 0 for pair in features.actor_pairs())),
                _figures(features, nearest.slot.features),
                nearest.cosine - best_elsewhere,
                crowd,
                gap,
                undated,
                float(features.publisher == nearest.slot.features.publisher),
                math.log1p(len(gathered.items)),
                brevity,
                nearest.cosine * brevity,
            ),
        )


def _gap(features: Features, nearest: Features, gathered: Gathered) -> tuple[float, float]:
    """Days (log) between the item and the story's nearest time, and 1.0 where a date is missing."""
    if features.at is None or gathered.first is None or gathered.last is None:
        return 0.0, 1.0
    outside = max(gathered.first - features.at, features.at - gathered.last, 0.0)
    near = abs(features.at - nearest.at) if nearest.at is not None else outside
    return math.log1p(max(outside, near / 2) / (24 * _HOUR)), 0.0


def _figures(a: Features, b: Features) -> float:
    """Agreement of figures: the share both have, minus half where both have some and none agree."""
    if not a.figures or not b.figures:
        return 0.0
    both = len(a.figures & b.figures)
    return both / min(len(a.figures), len(b.figures)) if both else -0.5


def score(evidence: Evidence) -> float:
    """The likelihood, 0..1."""
    held = model()
    z = held.bias + sum(map(mul, held.weights, evidence.values))
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, z))))


def reasons(features: Features, gathered: Gathered, evidence: Evidence) -> tuple[str, ...]:
    """In words: what the item shares with the story, strongest first."""
    common = sorted(
        (word for word in features.words if word in gathered.words),
        key=lambda word: -features.words[word] * gathered.words[word],
    )
    plain = [word.lstrip("@").replace("_", " ").lower() for word in common if word[0] not in ">#"]
    shown = list(dict.fromkeys(plain))[:4]
    found = [", ".join(shown)] if shown else []
    values = dict(zip(COMPARED, evidence.values, strict=True))
    if values["copy"] > 0.3:
        found.insert(0, "copy of one of its items")
    if values["same_way"] > 0:
        found.append("same claim")
    return tuple(found)


def alike(a: str, b: str) -> float:
    """Likeness of two titles by the 4-character pieces they share (Dice), 0..1."""
    one, other = _pieces(a), _pieces(b)
    size = len(one) + len(other)
    return 2 * len(one & other) / size if size else 0.0


@lru_cache(maxsize=4096)
def _pieces(title: str) -> frozenset[str]:
    return frozenset(title[at : at + 4] for at in range(len(title) - 3))

"""How likely an item belongs to a story: what is compared, and the learnt weights that judge it.

A logistic model over seventeen comparisons. Its weights stand in stories/lexicon/likeness.toml, fitted by
benchmarks/fit_likeness.py. The same weights and threshold serve short titles and long texts.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import compress
from operator import mul
from typing import NamedTuple

from stories.compact import opened
from stories.features import Features, dot
from stories.gathered import Gathered, Slot
from stories.lexicon import load

_COPIED = 0.5
"""Likeness beyond this says that one text was taken from the other, no more about the story."""
_UNDATED = 2.0
"""Days assumed where a date is missing: about what lies between the near pairs that have one."""
_HOUR = 3600.0
_SAME_PIECE = 0.5
"""Likeness of two headlines of one publisher from which they stand over one piece."""
_PIECE = 4
"""Characters of a title compared as one."""

COMPARED = (
    "pair",
    "name_share",
    "story_mean",
    "core",
    "held_names",
    "title",
    "copy",
    "same_way",
    "same_actors",
    "figures",
    "lead",
    "crowd",
    "gap",
    "alone",
    "owner",
    "answers",
    "size",
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


_FIXED: list[Model] = []


@contextmanager
def fixed(held: Model) -> Iterator[None]:
    """Judges by another model for a while: how fitting compares models."""
    _FIXED.append(held)
    try:
        yield
    finally:
        _FIXED.pop()


def model() -> Model:
    """The model in force: the fitted one, unless another is `fixed`."""
    return _FIXED[-1] if _FIXED else _shipped()


@cache
def _shipped() -> Model:
    data = load("likeness")
    weights: Mapping[str, float] = data["weights"]
    return Model(
        data["bias"], tuple(weights.get(name, 0.0) for name in COMPARED), data["join"], data["merge"]
    )


class Near(NamedTuple):
    """A live item near the one in question."""

    slot: Slot
    cosine: float

    @classmethod
    def of(cls, slot: Slot, features: Features) -> Near:
        """Compares the words of two items; the innermost loop of grouping, so it calls nothing."""
        words = features.words
        return cls(slot, sum([words[term] * weight for term, weight in slot.pairs() if term in words]))

    def shared(self, features: Features) -> dict[str, float]:
        """The words of both, with the product of their weights."""
        words = features.words
        return {term: words[term] * weight for term, weight in self.slot.pairs() if term in words}


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
        names: Sequence[tuple[str, float]],
        owner: float,
        answering: str,
    ) -> Evidence:
        """Compares; ``held`` are the story's items near this one, nearest first.

        ``specific``: how rare the item's claim is, 0..1 (everybody writes that Russia attacks Ukraine). ``owner``: how
        far the claim is this story's own; ``answering``: the party that answers in the headline, or "".
        """
        nearest = held[0]
        items = len(gathered.items)
        shared = nearest.shared(features)
        # Most stories are one item, and share its words: their product is known.
        alone = gathered.words is nearest.slot.words
        mean = nearest.cosine if alone else dot(features.words, gathered.words) / items
        claims = features.flows  # most items make none
        same_way = gathered.share_of(claims[:2]) * specific if claims else 0.0
        same_actors = (
            claims and same_way == 0.0 and any(gathered.actors[two] > 0 for two in features.actor_pairs())
        )
        return cls(
            gathered.story,
            (
                min(nearest.cosine, _COPIED),
                _shared_names(features, shared) / (nearest.cosine + 0.01),
                mean,
                _core_said(features, gathered),
                _names_held(names, shared if alone else gathered.words),
                title,
                max(0.0, copied - 0.1),
                same_way,
                1.0 if same_actors else 0.0,
                _figures(features, nearest.slot.features),
                nearest.cosine - best_elsewhere,
                crowd,
                _gap(features, nearest.slot.features, gathered),
                float(items == 1),
                owner,
                _answers(answering, gathered),
                math.log(items) / 4,
            ),
        )


def _answers(party: str, gathered: Gathered) -> float:
    """1 where the item is a party's answer and the story is about what that party does."""
    way = gathered.main_way() if party else None
    return float(way is not None and party in way[1:])


def _shared_names(features: Features, shared: Mapping[str, float]) -> float:
    """The part of the product with the nearest item that the item's names make."""
    return sum([shared[word] for word in features.names if word in shared])


def _core_said(features: Features, gathered: Gathered) -> float:
    """The share, by weight, of what the story's items all say that this one says too."""
    core, weights, all_of_it = gathered.core()
    said = sum(compress(weights, map(features.words.__contains__, core)))
    return said / all_of_it if all_of_it else 0.0


def _names_held(names: Sequence[tuple[str, float]], words: Mapping[str, float]) -> float:
    """The share, by weight, of the item's heaviest names that a story's words hold; half where it names nobody."""
    held, total = 0.0, 0.0
    for word, weight in names:
        total += weight
        if word in words:
            held += weight
    return held / total if total else 0.5


def _gap(features: Features, nearest: Features, gathered: Gathered) -> float:
    """Days (log) between the item and the story's nearest time; `_UNDATED` days where a date is missing."""
    if features.at is None or gathered.first is None or gathered.last is None:
        return math.log1p(_UNDATED)
    outside = max(gathered.first - features.at, features.at - gathered.last, 0.0)
    near = abs(features.at - nearest.at) if nearest.at is not None else outside
    return math.log1p(max(outside, near / 2) / (24 * _HOUR))


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
    words, theirs = features.words, opened(gathered.words)
    common = sorted((word for word in words if word in theirs), key=lambda word: -words[word] * theirs[word])
    plain = [word.lstrip("@").replace("_", " ").lower() for word in common if word[0] not in ">#!"]
    shown = list(dict.fromkeys(plain))[:4]
    found = [", ".join(shown)] if shown else []
    values = dict(zip(COMPARED, evidence.values, strict=True))
    if values["copy"] > 0.3:
        found.insert(0, "copy of one of its items")
    if values["same_way"] > 0:
        found.append("same claim")
    return tuple(found)


def taken(near: Near, shares: Mapping[int, float], features: Features) -> bool:
    """Whether an item's text was taken from a live one: what one outlet prints under unlike headlines is its frame."""
    theirs = near.slot.features
    return near.slot.item in shares and (
        theirs.publisher != features.publisher or alike(features.title, theirs.title) >= _SAME_PIECE
    )


def alike(a: str, b: str) -> float:
    """Likeness of two titles by the 4-character pieces they share (Dice), 0..1."""
    one, (other, different) = _set_of_pieces(a), _pieces(b)
    size = len(one) + different
    return 2 * len(one.intersection(other)) / size if size else 0.0


@lru_cache(maxsize=64)
def _set_of_pieces(title: str) -> frozenset[int]:
    return frozenset(_pieces(title)[0])


@lru_cache(maxsize=1 << 12)
def _pieces(title: str) -> tuple[array[int], int]:
    """A title's pieces, each the number that its letters' bytes are, and how many differ.

    Read as numbers, whole titles are cut in C: a third of what slices of the text cost, and an item asks many titles.
    """
    letters = title.encode("utf-16-le", "surrogatepass")
    found = array("Q")
    for at in range(0, 2 * _PIECE, 2):
        found.frombytes(letters[at : at + (len(letters) - at) // (2 * _PIECE) * (2 * _PIECE)])
    return found, len(frozenset(found))

"""What grouping keeps of an item: weighted words and names, figures, 5-grams, directions, time."""

from __future__ import annotations

import math
import struct
import sys
from array import array
from dataclasses import dataclass
from operator import itemgetter
from sys import intern

from stories.counting import Counted
from stories.vocabulary import Vocabulary

_LEADING = 12
"""Heaviest words among which an item's own names are looked for."""
_MOST_TERMS = 72
"""Terms kept of one item, heaviest first; the rest hardly weighs."""
_NONE: frozenset[str] = frozenset()
"""One for every item without figures: an empty set of its own weighs 216 bytes."""
_LAYOUT = "<BdHHII"
_VERSION = 2


@dataclass(frozen=True, slots=True)
class Features(Counted):
    """One item as likeness sees it: the weights of ``words`` are frozen at arrival and have length 1."""

    def actor_pairs(self) -> set[frozenset[str]]:
        """Pairs of actors that its claims join, whichever way."""
        return {frozenset((a, b)) for _, a, b in self.flows}

    def leading_names(self) -> list[tuple[str, float]]:
        """The names among its heaviest words, with their weights."""
        heavy = sorted(self.words.items(), key=itemgetter(1), reverse=True)[:_LEADING]
        return [(word, weight) for word, weight in heavy if word in self.names]

    def pack(self) -> bytes:
        """A compact form for the store; words stay readable in it."""
        held = list(self.words)
        text = "\n".join(
            [
                " ".join(held),
                " ".join(sorted(self.names)),
                self.title,
                " ".join(sorted(self.figures)),
                "\t".join("|".join(each) for each in self.flows),
                self.publisher,
            ]
        ).encode()
        grams = self.grams
        at = math.nan if self.at is None else self.at
        head = struct.pack(_LAYOUT, _VERSION, at, len(held), min(self.length, 65535), len(grams), len(text))
        return head + struct.pack(f"<{len(held)}e", *self.words.values()) + _little(grams).tobytes() + text

    @classmethod
    def unpack(cls, packed: bytes) -> Features:
        """Reads what `pack` made.

        Raises:
            ValueError: the bytes are not of this format.
        """
        size = struct.calcsize(_LAYOUT)
        if len(packed) < size or packed[0] != _VERSION:
            raise ValueError(f"not packed features of version {_VERSION}")
        _, at, words, length, grams, text_size = struct.unpack_from(_LAYOUT, packed)
        end_words = size + 2 * words
        end_grams = end_words + 4 * grams
        if len(packed) != end_grams + text_size:
            raise ValueError("packed features are cut short")
        weights = struct.unpack_from(f"<{words}e", packed, size)
        held_grams = array("I", packed[end_words:end_grams])
        text = packed[end_grams:].decode()
        held, named, title, figures, flows, publisher = text.split("\n")
        # Most words stand in many items: one string for all of them.
        words_held = map(intern, held.split(" ")) if held else ()
        names_held = map(intern, named.split(" ")) if named else ()
        return cls(
            words=dict(zip(words_held, weights, strict=True)),
            names=tuple(names_held),
            title=title,
            figures=frozenset(map(intern, figures.split(" "))) if figures else _NONE,
            grams=_little(held_grams),
            flows=tuple(
                (family, a, b) for family, a, b in (each.split("|") for each in flows.split("\t") if each)
            ),
            at=None if math.isnan(at) else at,
            publisher=intern(publisher),
            length=length,
        )


def _little(grams: array[int]) -> array[int]:
    """The numbers with their bytes in the file's order, which is every common machine's own."""
    if sys.byteorder == "little":
        return grams
    turned = array("I", grams)
    turned.byteswap()
    return turned


def weigh(counted: Counted, vocabulary: Vocabulary) -> Features:
    """The item's features under a vocabulary."""
    weights = vocabulary.weighed(counted.words)
    if len(weights) > _MOST_TERMS:
        weights = dict(sorted(weights.items(), key=itemgetter(1), reverse=True)[:_MOST_TERMS])
    return Features(
        words=_unit(weights),
        names=tuple(map(intern, sorted(counted.names & weights.keys()))),
        title=counted.title,
        figures=frozenset(map(intern, counted.figures)) if counted.figures else _NONE,
        grams=counted.grams,
        flows=counted.flows,
        at=counted.at,
        publisher=intern(counted.publisher),
        length=counted.length,
    )


def _unit(weights: dict[str, float]) -> dict[str, float]:
    size = math.sqrt(sum([weight * weight for weight in weights.values()]))
    return {intern(word): weight / size for word, weight in weights.items()} if size else {}


def dot(a: dict[str, float], b: dict[str, float]) -> float:
    """The cosine of two vectors of length 1."""
    total = 0.0
    for word in a.keys() & b.keys():
        total += a[word] * b[word]
    return total


def dot_names(features: Features, other: dict[str, float]) -> float:
    """The part of the product with another vector that the item's names make."""
    words = features.words
    return sum([words[word] * other[word] for word in features.names if word in other])

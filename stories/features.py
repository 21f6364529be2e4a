"""What grouping keeps of an item: weighted words and names, figures, 5-grams, directions, time."""

from __future__ import annotations

import math
import struct
import sys
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter, lt
from sys import intern

from stories.compact import Compact, compact, opened
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
        terms: Sequence[str] = held.split(" ") if held else ()
        if any(map(lt, weights, weights[1:])):  # as earlier versions kept them
            pairs = sorted(zip(terms, weights, strict=True), key=itemgetter(1), reverse=True)
            terms, weights = zip(*pairs, strict=True)
        names_held = map(intern, named.split(" ")) if named else ()
        return cls(
            words=Compact(map(intern, terms), weights),  # most words stand in many items: one string for all
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


def dot(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """The cosine of two vectors of length 1."""
    total = 0.0
    for word in a.keys() & b.keys():
        total += a[word] * b[word]
    return total

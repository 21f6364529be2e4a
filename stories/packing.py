"""An item's features as bytes, for the store and for live items that nobody has looked at since the start.

A start needs of each item only what finds it (`glance`); the rest is read when the item is first compared.
Weights are kept whole, so that an item judges alike before and after a restart.
"""

from __future__ import annotations

import math
import struct
import sys
from array import array
from collections.abc import Iterator, Sequence
from operator import itemgetter, lt
from sys import intern
from typing import Any, NamedTuple

from stories.compact import Compact
from stories.copies import INDEXED
from stories.features import NO_FIGURES, Features

_VERSION = 3
_HEAD = struct.Struct("<BdHHHHI")
"""Version, time, length, how many words, grams that copies are found by, other grams, and bytes of text."""
_EARLIER = 2
_EARLIER_HEAD = struct.Struct("<BdHHII")


class Glance(NamedTuple):
    """What finds an item: enough to bring it back, a fifth of what reading it whole costs."""

    words: list[str]
    title: str
    flows: tuple[tuple[str, str, str], ...]
    publisher: str
    at: float | None
    grams: array[int]
    """Those that copies are found by."""


def packed(features: Features) -> bytes:
    """A compact form; words stay readable in it."""
    text = "\n".join(
        [
            " ".join(features.words),
            " ".join(sorted(features.names)),
            features.title,
            " ".join(sorted(features.figures)),
            "\t".join(["|".join(each) for each in features.flows]),
            features.publisher,
        ]
    ).encode()
    indexed = array("I", [gram for gram in features.grams if gram % INDEXED == 0])
    others = array("I", [gram for gram in features.grams if gram % INDEXED])
    held = features.words
    weights = held.weights if isinstance(held, Compact) else array("d", held.values())
    at = math.nan if features.at is None else features.at
    counts = len(weights), len(indexed), len(others), len(text)
    head = _HEAD.pack(_VERSION, at, min(features.length, 65535), *counts)
    return b"".join([head, _little(indexed), _little(others), _little(weights), text])


def unpacked(held: bytes) -> Features:
    """Reads what `packed` made, now or in the version before.

    Raises:
        ValueError: the bytes are of no format that is known.
    """
    if held[:1] == bytes([_EARLIER]):
        return _earlier(held)
    at, length, _, weights, text = _places(held)
    return _features(
        held[text:].decode(),
        _little(array("d", held[weights:text])),
        _little(array("I", held[_HEAD.size : weights])),
        at,
        length,
    )


def glance(held: bytes) -> Glance | None:
    """What finds the item; None where it stands in an earlier format, to be read whole.

    Raises:
        ValueError: the bytes are of no format that is known.
    """
    if held[:1] == bytes([_EARLIER]):
        return None
    at, _, others, _, text = _places(held)
    words, _, title, _, flows, publisher = held[text:].decode().split("\n")
    return Glance(
        words.split(" ") if words else [],
        title,
        _flows(flows),
        publisher,
        None if math.isnan(at) else at,
        _little(array("I", held[_HEAD.size : others])),
    )


def weighed_words(held: bytes) -> Iterator[tuple[str, float]]:
    """The words with their weights, of what `packed` makes now: a sixth of what reading it whole costs.

    Raises:
        ValueError: the bytes are of no format that is known.
    """
    _, _, _, weights, text = _places(held)
    words = held[text : held.index(b"\n", text)].decode()
    return zip(words.split(" ") if words else (), _little(array("d", held[weights:text])), strict=True)


def _places(held: bytes) -> tuple[float, int, int, int, int]:
    """Time, length, and where the grams that find no copies, the weights and the text begin."""
    if len(held) < _HEAD.size or held[0] != _VERSION:
        raise ValueError(f"not packed features of version {_VERSION}")
    _, at, length, words, indexed, others, size = _HEAD.unpack_from(held)
    weights = _HEAD.size + 4 * (indexed + others)
    text = weights + 8 * words
    if len(held) != text + size:
        raise ValueError("packed features are cut short")
    return at, length, _HEAD.size + 4 * indexed, weights, text


def _earlier(held: bytes) -> Features:
    """Of the version before: weights of two bytes, not always heaviest first."""
    if len(held) < _EARLIER_HEAD.size:
        raise ValueError("packed features are cut short")
    _, at, words, length, grams, size = _EARLIER_HEAD.unpack_from(held)
    end_words = _EARLIER_HEAD.size + 2 * words
    end_grams = end_words + 4 * grams
    if len(held) != end_grams + size:
        raise ValueError("packed features are cut short")
    weights = struct.unpack_from(f"<{words}e", held, _EARLIER_HEAD.size)
    grams_held = _little(array("I", held[end_words:end_grams]))
    return _features(held[end_grams:].decode(), weights, grams_held, at, length)


def _features(text: str, weights: Sequence[float], grams: array[int], at: float, length: int) -> Features:
    held, named, title, figures, flows, publisher = text.split("\n")
    terms: Sequence[str] = held.split(" ") if held else ()
    if any(map(lt, weights, weights[1:])):  # as early versions kept them
        pairs = sorted(zip(terms, weights, strict=True), key=itemgetter(1), reverse=True)
        terms, weights = zip(*pairs, strict=True)
    return Features(
        words=Compact(map(intern, terms), weights),  # most words stand in many items: one string for all
        names=tuple(map(intern, named.split(" "))) if named else (),
        title=title,
        figures=frozenset(map(intern, figures.split(" "))) if figures else NO_FIGURES,
        grams=grams,
        flows=_flows(flows),
        at=None if math.isnan(at) else at,
        publisher=intern(publisher),
        length=length,
    )


def _flows(text: str) -> tuple[tuple[str, str, str], ...]:
    if not text:
        return ()
    return tuple([(family, a, b) for family, a, b in (each.split("|") for each in text.split("\t"))])


def _little(numbers: array[Any]) -> array[Any]:
    """The numbers with their bytes in the file's order, which is every common machine's own."""
    if sys.byteorder == "little":
        return numbers
    turned = array(numbers.typecode, numbers)
    turned.byteswap()
    return turned

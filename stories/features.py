"""What grouping keeps of an item: weighted words and names, figures, 5-grams, directions, time."""

from __future__ import annotations

import math
import struct
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from sys import intern

from stories.actors import MentionKind, mentions
from stories.acts import acts
from stories.claims import flow
from stories.copies import shingles
from stories.evidence import Reading
from stories.item import Item
from stories.terms import language, raw_words, term
from stories.vocabulary import Vocabulary

_LEAD = 400
"""Characters of the text that count in full: a lead and its second sentence."""
_TAIL = 1600
"""Characters after the lead that count for less: context and earlier events, in the same piece."""
_MOST_TERMS = 72
"""Terms kept of one item, heaviest first; the rest hardly weighs."""
_WAY_WEIGHT = 1.0
"""How often a claim's direction counts as a word of the text."""
_LAYOUT = "<BdHHII"
_VERSION = 2
_COPY_TEXT = 6000
"""Characters whose 5-grams are kept."""


@dataclass(frozen=True, slots=True)
class Features:
    """One item as likeness sees it. Weights are frozen at arrival and have length 1."""

    words: dict[str, float]
    names: frozenset[str]
    """Those of ``words`` that are names: written with a capital, or actors as "@Russia"."""
    title: str
    """Folded, for comparing its characters."""
    figures: frozenset[str]
    grams: array[int]
    """Sorted; as a set the 5-grams alone would be half of what a live item weighs in memory."""
    flows: tuple[tuple[str, str, str], ...]
    """(family, from, to) of its claims, headline first."""
    at: float | None
    """Seconds since the epoch; None when the feed gave no date."""
    publisher: str
    length: int
    """Words read, before any were left out."""

    def actor_pairs(self) -> set[frozenset[str]]:
        """Pairs of actors that its claims join, whichever way."""
        return {frozenset((a, b)) for _, a, b in self.flows}

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
        return head + struct.pack(f"<{len(held)}e{len(grams)}I", *self.words.values(), *grams) + text

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
        body = f"<{words}e{grams}I"
        numbers = struct.unpack_from(body, packed, size)
        text = packed[size + struct.calcsize(body) :].decode()
        if len(text.encode()) != text_size:
            raise ValueError("packed features are cut short")
        held, named, title, figures, flows, publisher = text.split("\n")
        # Most words stand in many items: one string for all of them.
        words_held = [intern(word) for word in held.split(" ")] if held else []
        names_held = [intern(word) for word in named.split(" ")] if named else []
        return cls(
            words=dict(zip(words_held, numbers[:words], strict=True)),
            names=frozenset(names_held),
            title=title,
            figures=frozenset(figures.split(" ")) if figures else frozenset(),
            grams=array("I", numbers[words:]),
            flows=tuple(
                (family, a, b) for family, a, b in (each.split("|") for each in flows.split("\t") if each)
            ),
            at=None if math.isnan(at) else at,
            publisher=publisher,
            length=length,
        )


def features(item: Item, reading: Reading, vocabulary: Vocabulary | None = None) -> Features:
    """The features of an item under a vocabulary (the background's when none is given)."""
    return weigh(item, reading, vocabulary or Vocabulary.warm(), item.title, item.summary, item.body)


def weigh(
    item: Item, reading: Reading, vocabulary: Vocabulary, title: str, summary: str, body: str
) -> Features:
    """As `features`, over texts from which a feed's own repetitions are already left out."""
    text = f"{summary}\n{body}" if summary and body and not body.startswith(summary[:60]) else body or summary
    title_words = raw_words(title)
    lead_words = raw_words(text[:_LEAD])
    tail_words = raw_words(text[_LEAD : _LEAD + _TAIL])
    lang = language(item.lang, [*title_words, *lead_words])
    counts: dict[str, float] = {}
    capitals: set[str] = set()
    _count(counts, capitals, lead_words, lang, 1.0)
    if _title_case(title_words):
        _count(counts, set(), title_words, lang, 2.0)
    else:
        _count(counts, capitals, title_words, lang, 2.0)
    _count(counts, capitals, tail_words, lang, 0.5)
    at = item.published
    for mention in mentions(f"{title}\n{text[:_LEAD]}", at):
        if mention.kind is not MentionKind.PLACE:
            actor = "@" + mention.actor.replace(" ", "_")
            counts[actor] = counts.get(actor, 0.0) + 1.0
            capitals.add(actor)
    for word in list(counts):
        kind = _kinds().get(word)
        if kind is not None:
            counts[kind] = counts.get(kind, 0.0) + counts[word]
    flows = tuple(dict.fromkeys(way for way in (flow(claim) for claim in reading.claims) if way is not None))
    for family, giver, taker in flows[:2]:
        counts[way_term((family, giver, taker))] = _WAY_WEIGHT
    idf = vocabulary.idf
    weights = {word: (1.0 + math.log(count + 0.5)) * idf(word) for word, count in counts.items()}
    if len(weights) > _MOST_TERMS:
        weights = dict(sorted(weights.items(), key=lambda pair: -pair[1])[:_MOST_TERMS])
    return Features(
        words=_unit(weights),
        names=frozenset(word for word in weights if word in capitals),
        title=" ".join(word.lower() for word in title_words),
        figures=frozenset(word for word in counts if word[0].isdigit()),
        grams=array("I", sorted(shingles(f"{title}\n{text}"[:_COPY_TEXT]))),
        flows=tuple(way for way in (flow(claim) for claim in reading.claims) if way is not None),
        at=at.timestamp() if at else None,
        publisher=item.publisher,
        length=min(len(title_words) + len(lead_words) + len(tail_words), 65535),
    )


def way_term(way: tuple[str, str, str]) -> str:
    """The word that stands for a claim's direction (">supply:Russia:Taliban")."""
    return ">" + ":".join(way).replace(" ", "_")


def _count(
    counts: dict[str, float], capitals: set[str], words: Iterable[str], lang: str, weight: float
) -> None:
    for word in words:
        key = term(word, lang)
        if key:
            counts[key] = counts.get(key, 0.0) + weight
            if word[0].isupper():
                capitals.add(key)


def _title_case(words: Sequence[str]) -> bool:
    """Whether nearly every longer word of a headline has a capital, so that capitals mark no names."""
    long = [word for word in words if len(word) > 3]
    return len(long) > 3 and sum(word[0].isupper() for word in long) >= 0.8 * len(long)


@cache
def _kinds() -> dict[str, str]:
    """ "#arms" for every word of arms, so that weapons, missiles and lethal aid are alike in kind."""
    return {term(word, "en"): f"#{kind}" for kind, words in acts().kinds.items() for word in words}


def _unit(weights: dict[str, float]) -> dict[str, float]:
    size = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {intern(word): weight / size for word, weight in weights.items()} if size else {}


def dot(a: dict[str, float], b: dict[str, float]) -> float:
    """The cosine of two vectors of length 1."""
    return sum([a[word] * b[word] for word in a.keys() & b.keys()])


def dot_parts(features: Features, other: dict[str, float]) -> tuple[float, float]:
    """The product with another vector, and the part of it that the item's names make."""
    words, names = features.words, features.names
    total = named = 0.0
    for word in words.keys() & other.keys():
        gain = words[word] * other[word]
        total += gain
        if word in names:
            named += gain
    return total, named

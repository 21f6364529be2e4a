"""What an item's words come to before any vocabulary weighs them.

Nothing here depends on other items, so it is done beside the grouping, in the process that reads ahead.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from stories.actors import MentionKind, mentions
from stories.acts import acts
from stories.captions import without_captions
from stories.claims import flow
from stories.copies import shingles
from stories.evidence import Claim, Reading
from stories.item import Field, Item
from stories.replies import reply_term
from stories.terms import language, raw_words, term, terms

_LEAD = 400
"""Characters of the text that count in full: a lead and its second sentence."""
_TAIL = 1600
"""Characters after the lead that count for less: context and earlier events, in the same piece."""
_WAY_WEIGHT = 1.0
"""How often a claim's direction counts as a word of the text."""
_COPY_TEXT = 6000
"""Characters whose 5-grams are kept."""


@dataclass(frozen=True, slots=True)
class Counted:
    """An item's words with how much they count for in it, and what else likeness compares."""

    words: Mapping[str, float]
    """1 + ln of how often a word stands in the item, a title's twice, a tail's half."""
    names: Collection[str]
    """Those of ``words`` that are names: written with a capital, or actors as "@Russia"."""
    title: str
    """Folded, for comparing its characters."""
    figures: frozenset[str]
    grams: array[int]
    """5-grams (`stories.copies`), sorted; as a set they alone would be half of what a live item weighs in memory."""
    flows: tuple[tuple[str, str, str], ...]
    """(family, from, to) of its claims, headline first."""
    at: float | None
    """Seconds since the epoch; None when the feed gave no date."""
    publisher: str
    length: int
    """Words read, before any were left out."""


def count_words(item: Item, reading: Reading, title: str, summary: str, body: str) -> Counted:
    """The item's words; of texts from which a feed's own repetitions (`stories.repeats`) are already left out."""
    text = f"{summary}\n{body}" if summary and body and not body.startswith(summary[:60]) else body or summary
    text = without_captions(text)
    title_words = raw_words(title)
    lead_words = raw_words(text[:_LEAD])
    tail_words = raw_words(text[_LEAD : _LEAD + _TAIL])
    lang = language(item.lang, [*title_words, *lead_words])
    counts: dict[str, float] = {}
    capitals: set[str] = set()
    _count(counts, capitals, lead_words, lang, 1.0)
    _count(counts, set() if _title_case(title_words) else capitals, title_words, lang, 2.0)
    _count(counts, capitals, tail_words, lang, 0.5)
    at = item.published
    named = mentions(f"{title}\n{text[:_LEAD]}", at)
    for mention in named:
        if mention.kind is not MentionKind.PLACE:
            actor = "@" + mention.actor.replace(" ", "_")
            counts[actor] = counts.get(actor, 0.0) + 1.0
            capitals.add(actor)
    kinds = _kinds()
    for word in list(filter(kinds.__contains__, counts)):
        counts[kinds[word]] = counts.get(kinds[word], 0.0) + counts[word]
    answering = reply_term(title, named)
    if answering:
        counts[answering] = _WAY_WEIGHT
    flows = tuple(way for way in map(flow, reading.claims) if way is not None)
    for way in _leading(reading.claims):
        counts[way_term(way)] = _WAY_WEIGHT
    return Counted(
        words={word: _damped(times) for word, times in counts.items()},
        names=capitals,
        title=" ".join(title_words).lower(),
        figures=frozenset([word for word in counts if word[0].isdigit()]),
        grams=array("I", sorted(shingles(f"{title}\n{text}"[:_COPY_TEXT]))),
        flows=flows,
        at=at.timestamp() if at else None,
        publisher=item.publisher,
        length=min(len(title_words) + len(lead_words) + len(tail_words), 65535),
    )


def _leading(claims: Sequence[Claim]) -> tuple[tuple[str, str, str], ...]:
    """The first claim of the headline and the first of the lead: a sentence's further claims are its details."""
    first: dict[Field, tuple[str, str, str]] = {}
    for claim in claims:
        way = flow(claim)
        if way is not None and claim.span is not None:
            first.setdefault(claim.span.where, way)
    return tuple(first.values())


def way_term(way: tuple[str, str, str]) -> str:
    """The word that stands for a claim's direction (">supply:Russia:Taliban")."""
    return ">" + ":".join(way).replace(" ", "_")


@lru_cache(maxsize=4096)
def _damped(times: float) -> float:
    return 1.0 + math.log(times + 0.5)


def _count(
    counts: dict[str, float], capitals: set[str], words: Iterable[str], lang: str, weight: float
) -> None:
    known, held = terms(lang), counts.get
    for word in words:
        if key := known[word]:
            counts[key] = held(key, 0.0) + weight
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

"""A text's words of content, by their stems: how the words of a claim, a statement and a story meet."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain

from stories.acts import acts
from stories.lexicon import load

CACHED = 1 << 12
"""Sentences kept with what was read from them, some 3 kB each in all: a story is told again and again while it grows."""
GOODS = "#goods"
"""Stands for every word of `stories.acts` for what is given or taken: "arms", "equipment" and "weapons" meet."""
WORD = re.compile(r"[^\W\d_]{3,}")
"""A word long enough to carry something."""


@lru_cache(maxsize=1 << 14)
def stem(word: str) -> str:
    """A word's beginning, enough to meet its other forms ("supplying", "supplies" → "suppl")."""
    low = word.lower()
    for ending in ("ing", "ies", "ied", "es", "ed", "s", "y"):
        if low.endswith(ending) and len(low) - len(ending) >= 3:
            low = low[: -len(ending)]
            break
    if len(low) > 3 and low[-1] == low[-2]:
        low = low[:-1]  # "cutting" and "cut", "selling" and "sell"
    return low[:6]


def _stopped() -> frozenset[str]:
    grammar = load("grammar_en")
    return frozenset(
        " ".join(
            grammar[part]
            for part in (
                "determiners",
                "pronouns",
                "prepositions",
                "conjunctions",
                "auxiliaries",
                "adverbs",
                "time",
                "say",
                "roles",
            )
        ).split()
    )


_STOPPED = _stopped()


@lru_cache(maxsize=CACHED // 4)
def keywords(text: str) -> frozenset[str]:
    """The stems of a text's words of content."""
    return frozenset(chain.from_iterable(map(_counted_under, {word.lower() for word in WORD.findall(text)})))


@lru_cache(maxsize=CACHED)
def head_words(head: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What an item's head holds, each once: its `keywords`, and the stems of its words in lower case, which no name is."""
    words = set(WORD.findall(head))
    counted = set(chain.from_iterable(map(_counted_under, {word.lower() for word in words})))
    return tuple(counted), tuple(
        {stem(word) for word in words if word.islower()}
    )  # a set takes four times as much


@lru_cache(maxsize=1 << 14)
def _counted_under(low: str) -> tuple[str, ...]:
    """What a word in lower case is counted under: its stem, and goods or the family of the act it tells of."""
    if low in _STOPPED:
        return ()
    known = acts()
    found = [stem(low)]
    if low in known.goods:
        found.append(GOODS)
    for sense in known.verbs.get(low, ()):
        if not sense.frame.needs_goods and not sense.particle:
            found.append(f"#{sense.frame.family}")
    return tuple(found)


def names_of(actors: Iterable[str]) -> set[str]:
    """The stems of actors' names."""
    return {stem(word) for actor in actors for word in WORD.findall(actor)}


def goods_among(stems: frozenset[str]) -> set[str]:
    """Those of the stems that only name what is given or taken."""
    things = {stem(word) for word in acts().goods}
    return {one for one in stems if one == GOODS or one in things}

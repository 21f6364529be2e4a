"""Whether a headline carries a claim, stands against it, or only tells that it is made.

A softmax model over the kinds of words by which a headline keeps its distance (`lexicon/leaning.toml`),
where they stand, how much of the claim it repeats, and its own words; fitted by
`benchmarks/fit_leaning.py`, its weights in `lexicon/leaning_weights.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache

from stories.cues import called, find, plain
from stories.item import Item
from stories.keywords import stem
from stories.lexicon import load
from stories.speakers import grammar

_TOKEN = re.compile(r"[a-z0-9']+|[?!:\"]|\.\.\.")
_NUMBER = re.compile(r"\d[\d,.]*")
_WORD = re.compile(r"[A-Za-z]{3,}")
_OWN = 0.5
"""What a headline's own word counts beside a kind: words alone are learnt from few headlines each."""
_STEPS = (0.2, 0.4, 0.6, 0.8)


class Leaning(StrEnum):
    """A headline's side towards a claim; it says nothing about truth."""

    FOR = "for"
    AGAINST = "against"
    OBSERVING = "observing"
    """Tells that others claim it, or asks."""


def lean(headline: str, claim: str) -> Leaning:
    """The side a headline takes towards a claim in plain words."""
    scores = dict.fromkeys(Leaning, 0.0)
    for feature, value in features(headline, claim).items():
        held = _weights().get(feature)
        if held is not None:
            for side, weight in zip(Leaning, held, strict=True):
                scores[side] += weight * value
    return max(scores, key=lambda side: scores[side])


def leanings(claim: str, items: Sequence[Item]) -> Mapping[int, Leaning]:
    """How each item's headline leans towards a story's claim, by the item's number.

    ``claim`` is taken where an analyst wrote it as a sentence; else the first headline stands for it, which
    then has no leaning of its own. Items without a headline have none.
    """
    first = next((item.id for item in items if item.title), 0)
    words = claim if claim and "→" not in claim else ""
    asked = words or next((item.title for item in items if item.title), "")
    return {
        item.id: lean(item.title, asked)
        for item in items
        if item.title and asked and (words or item.id != first)
    }


@cache
def _weights() -> dict[str, tuple[float, ...]]:
    return {name: tuple(held) for name, held in load("leaning_weights")["weights"].items()}


def features(headline: str, claim: str) -> dict[str, float]:
    """What the model looks at, by name."""
    low = plain(headline)
    row, of = _TOKEN.findall(low), _TOKEN.findall(plain(claim))
    wanted = {stem(word) for word in _telling(of)}
    held = {stem(word) for word in _telling(row)}
    share = len(wanted & held) / max(1, len(wanted))
    found: dict[str, float] = {"bias": 1.0, "share": share}
    found.update({f"share over {step}": 1.0 for step in _STEPS if share > step})
    found.update(_kinds(row, frozenset(of)))
    found.update({f"word:{word}": _OWN for word in row})
    found.update(_figures(headline, claim))
    distant, against, asks = "distance" in found, "against" in found, "?" in row
    found["plain"] = float(not (distant or against or asks))
    found["plain share"] = found["plain"] * share
    found["against share"] = found.get("against", 0.0) * share
    found["negated otherwise"] = float(("not" in _held(row)) != ("not" in _held(of)))
    found["asks"] = float(asks)
    found["ends asking"] = float(low.rstrip(" \"'").endswith("?"))
    found["asks against"] = float(asks and against)
    found["opens asking"] = float(bool(row) and row[0] in grammar("auxiliaries"))
    for mark, name in (("!", "exclaims"), ("...", "trails off"), ('"', "quotes"), (":", "colon")):
        found[name] = float(mark in row)
    found["length"] = len(row) / 20
    found["short"], found["long"] = float(len(row) <= 5), float(len(row) > 20)
    for cue in find(low, 0, len(low), called(low, "en")):
        found[f"cue:{cue.stance.value}"] = 1.0
    return found


def _kinds(row: list[str], of: frozenset[str]) -> dict[str, float]:
    """The kinds of words a headline has besides the claim's own, and whether they open, end or label it."""
    found: dict[str, float] = {}
    for at, word in enumerate(row):
        kind = _kind(word)
        if kind is None or word in of:
            continue
        group, name = kind
        found[name] = found.get(name, 0.0) + 1.0
        found[group] = min(3.0, found.get(group, 0.0) + 1.0)
        found[f"kind's {word}"] = 1.0
        places = {
            "first": at == 0,
            "last": at >= len(row) - 2,
            "labels": row[at + 1 : at + 2] == [":"],
            "labelled": at > 0 and row[at - 1] == ":",
        }
        found.update({f"{place} {name}": 1.0 for place, there in places.items() if there})
    return found


def _figures(headline: str, claim: str) -> dict[str, float]:
    """Whether both give figures, and the same; and how much of the headline is shouted."""
    ours = {each.strip(".,") for each in _NUMBER.findall(headline)}
    theirs = {each.strip(".,") for each in _NUMBER.findall(claim)}
    words = _WORD.findall(headline)
    shouted = sum(word.isupper() for word in words)
    loud = sum(word.isupper() and len(word) > 3 for word in words)
    return {
        "same figure": float(bool(ours & theirs)),
        "other figure": float(bool(ours and theirs and not ours & theirs)),
        "figure": float(bool(ours)),
        "in capitals": float(bool(words) and shouted > len(words) / 2),
        "words in capitals": float(bool(loud) and loud < len(words) / 2),
    }


def _telling(row: list[str]) -> list[str]:
    """The words that say what it is about: no function words, marks, or words of distance."""
    return [word for word in row if word[0].isalnum() and word not in _small() and _kind(word) is None]


def _held(row: list[str]) -> set[str]:
    return {kind[1] for kind in map(_kind, row) if kind is not None}


def _kind(word: str) -> tuple[str, str] | None:
    return ("against", "not") if word.endswith("n't") else _classes().get(word)


@cache
def _classes() -> dict[str, tuple[str, str]]:
    return {
        word: (group, name)
        for group, kinds in load("leaning").items()
        for name, words in kinds.items()
        for word in words.split()
    }


@cache
def _small() -> frozenset[str]:
    return (
        grammar("determiners")
        | grammar("prepositions")
        | grammar("pronouns")
        | grammar("auxiliaries")
        | {"and", "or"}
    )

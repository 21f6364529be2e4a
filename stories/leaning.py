"""Whether a headline carries a claim, stands against it, or only reports that it is made.

A small softmax model over words, cues of stance and the overlap of headline and claim; fitted by
`benchmarks/fit_leaning.py`, its weights in `lexicon/leaning_weights.toml`.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache

from stories.cues import called, find, plain
from stories.lexicon import load
from stories.targets import stem

_TOKEN = re.compile(r"[a-z0-9']+|[?!:\"]")


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


@cache
def _weights() -> dict[str, tuple[float, ...]]:
    return {name: tuple(held) for name, held in load("leaning_weights")["weights"].items()}


def features(headline: str, claim: str) -> dict[str, float]:
    """What the model looks at, by name."""
    low = plain(headline)
    row, of = _TOKEN.findall(low), _TOKEN.findall(plain(claim))
    found: dict[str, float] = {"bias": 1.0}
    for word in row:
        found[f"h:{word}"] = 1.0
    for one, other in zip(["^", *row], [*row, "$"], strict=True):
        found[f"b:{one} {other}"] = 0.5
    stems = {stem(word) for word in row if len(word) > 2}
    wanted = {stem(word) for word in of if len(word) > 2}
    both = len(stems & wanted)
    share = both / max(1, len(wanted))
    found["overlap"] = share
    found["overlap of headline"] = both / max(1, len(stems))
    found[f"overlap:{'low' if share < 0.2 else 'high' if share > 0.6 else 'middle'}"] = 1.0
    hedges, doubts = _words("hedges"), _words("negations")
    negated = sum(word in doubts for word in row) + low.count("n't")
    negated_claim = sum(word in doubts for word in of)
    hedged = sum(word in hedges for word in row)
    found["negated"] = float(min(2, negated))
    found["negated otherwise"] = float((negated > 0) != (negated_claim > 0))
    found["hedged"] = float(min(3, hedged))
    found["unhedged"] = float(not hedged)
    found["asks"] = float("?" in low)
    found["quotes"] = float('"' in low or "'" in low)
    found["length"] = len(row) / 20
    found["claim of the future"] = float("will" in of)
    for word in of:
        found[f"c:{word}"] = 0.2
    for cue in find(low, 0, len(low), called(low, "en")):
        found[f"cue:{cue.stance.value}"] = 1.0
    for at, word in enumerate(row):
        if word in hedges or word in doubts:
            if any(stem(near) in wanted for near in row[at + 1 : at + 6]):
                found[f"before:{word}"] = 1.0
            if at and stem(row[at - 1]) in wanted:
                found[f"behind:{word}"] = 1.0
    return found


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(load("grammar_en")[name].split())

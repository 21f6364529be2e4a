"""Which side of a story an item leads with: the claim, its denial, the counter-claim, or none.

Mirror claims ("Ukraine sent drones at the Kremlin" / "Russia staged it") are one event with two sides, so
their items share a story and differ by side. Opposite directions of one act at different times (arms from
Russia to the Taliban, arms from the Taliban to Russia) are two stories: see `stories.claims`.
"""

from __future__ import annotations

import re
import tomllib
from enum import StrEnum
from functools import cache
from importlib import resources

from stories.claims import Direction, direction
from stories.evidence import Claim, Reading, Stance
from stories.item import Field, Item


class Side(StrEnum):
    """What an item's headline leads with."""

    CLAIM = "claim"
    DENIAL = "denial"
    """The accused's no, or evidence against the claim."""
    COUNTER = "counter"
    """Another account of the same event, usually that the accuser did it."""
    NEUTRAL = "neutral"
    """Neither: questions, background, aftermath."""


_ACCUSING = re.compile(r"\b(accuses?|blames?|claims?|says|alleges?|reports?)\b")
_QUESTION = re.compile(r"\?[\s\W]*$")
_ORDER = (Side.COUNTER, Side.DENIAL, Side.NEUTRAL)
_BY_STANCE = {
    Stance.DENY: Side.DENIAL,
    Stance.CANNOT_CONFIRM: Side.NEUTRAL,
    Stance.NO_COMMENT: Side.NEUTRAL,
    Stance.DOUBT: Side.NEUTRAL,
}


def side(item: Item, reading: Reading, claim: Claim | None = None) -> Side:
    """The side an item leads with, by its headline; by the start of its text where it has no headline.

    ``claim`` is the story's own: a headline that makes a claim the other way round is the counter side.
    A question ("Did Ukraine try to kill Putin?") leads with neither.
    """
    lead = item.title or (item.summary or item.body)[:160]
    where = Field.TITLE if item.title else Field.SUMMARY
    words = lead.lower().replace("’", "'")
    first = re.split(r"[,;] | [-–—] ", words, maxsplit=1)[0]
    if first != words and _ACCUSING.search(first) and not _pattern(Side.DENIAL).search(first):
        words = (
            first  # "Russia blames US for the attack, White House calls it ludicrous" leads with the claim
        )
    if _pattern(Side.COUNTER).search(words):
        return Side.COUNTER
    for stance, found in _BY_STANCE.items():
        if found is Side.DENIAL and any(
            each.stance is stance and each.span.where is where for each in reading.statements
        ):
            return found
    for found in _ORDER[1:]:
        if _pattern(found).search(words):
            return found
    if _QUESTION.search(lead):
        return Side.NEUTRAL
    if claim is not None and direction(reading.claims[:1], (claim,)) is Direction.OPPOSITE:
        return Side.COUNTER
    return Side.CLAIM


@cache
def _pattern(wanted: Side) -> re.Pattern[str]:
    path = resources.files("stories") / "lexicon" / "sides.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    parts = [re.escape(phrase).replace("…", r"(?:\S+ ){0,6}?\S+") for phrase in data[wanted]["words"]]
    return re.compile(r"(?<!\w)(?:" + "|".join(sorted(parts, key=len, reverse=True)) + r")(?!\w)")

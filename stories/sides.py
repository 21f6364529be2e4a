"""Which side of a story an item leads with: the claim, its denial, the counter-claim, or none.

Mirror claims ("Ukraine sent drones at the Kremlin" / "Russia staged it") are one event with two sides, so
their items share a story and differ by side. Opposite directions of one act at different times (arms from
Russia to the Taliban, arms from the Taliban to Russia) are two stories: see `stories.claims`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache, partial

from stories.actors import mentions
from stories.beside import blames_another
from stories.claims import Direction, direction
from stories.evidence import Claim, Reading, Stance, Target, leading_stance
from stories.item import Field, Item
from stories.kept import Kept
from stories.lexicon import load, pattern
from stories.story import PlacedStatement, Side

_ACCUSING = re.compile(r"\b(accuses?|blames?|claims?|says|alleges?|reports?)\b")
_QUESTION = re.compile(r"\?[\s\W]*$")
_ORDER = (Side.COUNTER, Side.DENIAL, Side.NEUTRAL)
_BY_STANCE = {
    Stance.DENY: Side.DENIAL,
    Stance.CANNOT_CONFIRM: Side.NEUTRAL,
    Stance.NO_COMMENT: Side.NEUTRAL,
    Stance.DOUBT: Side.NEUTRAL,
}


def sides(
    items: Sequence[tuple[Item, Reading]],
    placed: Sequence[PlacedStatement],
    claim: Claim | None,
    *,
    charged: bool,
    kept: Kept,
) -> Mapping[int, Side]:
    """The side each item leads with, where a story has two; empty where it hasn't.

    Two sides need something to be for or against: an accusation (``charged``) or a denial on the story's
    claim; and an item that leads against it. What an item denies of another matter is no side of this one.
    """
    if not charged and all(
        each.target is not Target.CLAIM or each.statement.stance is not Stance.DENY for each in placed
    ):
        return {}
    beside = {
        (each.item, each.statement.cue.where, each.statement.cue.start)
        for each in placed
        if each.target is Target.OTHER
    }
    found = {}
    for item, reading in items:
        on_it = tuple(
            each for each in reading.statements if (item.id, each.cue.where, each.cue.start) not in beside
        )
        made_of = (item, reading, on_it, claim)
        found[item.id] = kept.sides.of(
            item.id, made_of, partial(side, item, replace(reading, statements=on_it), claim)
        )
    against = {Side.DENIAL, Side.COUNTER}
    return found if against & set(found.values()) else {}


def side(item: Item, reading: Reading, claim: Claim | None = None) -> Side:
    """The side an item leads with, by its headline; by the start of its text where it has no headline.

    ``claim`` is the story's own: a headline that makes a claim the other way round is the counter side.
    A question ("Did Ukraine try to kill Putin?") leads with neither.
    """
    lead = item.title or (item.summary or item.body)[:160]
    where = Field.TITLE if item.title else Field.SUMMARY
    words = lead.lower().replace("’", "'")
    first = re.split(r"[,;] | [-–—] ", words, maxsplit=1)[0]
    made = [
        each
        for each in reading.claims
        if each.span and each.span.where is where and each.span.end <= len(first)
    ]
    claiming = _ACCUSING.search(first) or (claim is not None and direction(made, (claim,)) is Direction.SAME)
    if first != words and claiming and not _pattern(Side.DENIAL).search(first):
        # "Russia blames US for the attack, White House calls it ludicrous" leads with the claim
        words = first
    if _pattern(Side.COUNTER).search(words):
        return Side.COUNTER
    if claim is not None and claim.recipient and _blames_another(lead[: len(words)], claim, item.effective):
        return Side.COUNTER
    if leading_stance(each for each in reading.statements if each.span.where is where) is Stance.CONFIRM:
        return Side.CLAIM  # "Oslo admits it after denial"
    for stance, found in _BY_STANCE.items():
        if found is Side.DENIAL and any(
            each.stance is stance and each.span.where is where and each.cue.start < len(words)
            for each in reading.statements
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


def _blames_another(words: str, claim: Claim, at: datetime | None) -> bool:
    """Whether a headline lays a claim's deed to somebody else ("blast likely Chile air defence"), its actor unnamed."""
    named = {each.actor for each in mentions(words, at)}
    return claim.actor not in named and blames_another(words, named - {claim.recipient})


@cache
def _pattern(wanted: Side) -> re.Pattern[str]:
    return pattern(load("sides")[wanted]["words"])

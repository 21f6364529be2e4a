"""What one item alone is read to say of its story, where nothing else bears it out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from stories.evidence import Stance, Statement, Target
from stories.item import Field
from stories.story import PlacedStatement

_SHARE = 0.25
"""Of a few items one is share enough."""
_MANY = 40
"""Items of a story in which even a headline by itself may be about anything."""
_OUTNUMBERED = 3
"""Items that say the contrary of one that stands by itself: then that one was misread, or miswritten."""
_OPPOSED = {Stance.DENY: Stance.CONFIRM, Stance.CONFIRM: Stance.DENY}


def unborne(placed: Sequence[PlacedStatement], items: int, *, claimed: bool) -> list[PlacedStatement]:
    """The statements, of which those that a lone item brings are unclear where nothing bears them out.

    Where no claim could be read (not ``claimed``) nothing says what an answer is to: there a headline tells it, a plea
    in court, a second item, or a quarter of a story's few items. Anywhere, one text against three items that say the
    contrary of the same party is no change of mind.
    """
    kinds: dict[tuple[str, Stance], set[int]] = defaultdict(set)
    headed: Counter[tuple[str, Stance]] = Counter()
    for each in placed:
        if each.target is Target.CLAIM:
            kinds[_kind(each)].add(each.item)
    for each in placed:  # the headline may say it in too few words to be placed
        if each.target is not Target.OTHER and each.item in kinds.get(_kind(each), ()):
            headed[_kind(each)] += each.statement.span.where is Field.TITLE
    told = []
    for each in placed:
        kind = _kind(each)
        alone = len(kinds[kind]) == 1
        if each.target is Target.CLAIM and alone:
            said = kind[1]
            contrary = kinds.get((kind[0], _OPPOSED[said]), set()) if said in _OPPOSED else set()
            outnumbered = not headed[kind] and len(contrary) >= _OUTNUMBERED
            told_plainly = (headed[kind] or _pleads(each.statement)) and items < _MANY
            if outnumbered or not (claimed or told_plainly or _SHARE * items <= 1):
                each = replace(each, target=Target.UNCLEAR)
        told.append(each)
    return told


def _kind(each: PlacedStatement) -> tuple[str, Stance]:
    return each.statement.party or each.statement.speaker, each.statement.stance


def _pleads(statement: Statement) -> bool:
    """Whether somebody pleads in court, which is to what they are charged with."""
    start = statement.cue.start - statement.span.start
    return statement.words[start : start + 4].lower() in ("plea", "pled")

"""What one item alone is read to say of its story, where nothing else bears it out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
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
    placed = _without_lesser(placed, claimed=claimed)
    kinds: dict[_Kind, set[int]] = defaultdict(set)
    headed: Counter[_Kind] = Counter()
    for each in placed:
        if each.target is Target.CLAIM:
            kinds[_kind(each)].add(each.item)
    for each in placed:  # the headline may say it in too few words to be placed
        if each.target is not Target.OTHER and each.item in kinds.get(_kind(each), ()):
            headed[_kind(each)] += each.statement.span.where is Field.TITLE
    return [
        replace(each, target=Target.UNCLEAR)
        if each.target is Target.CLAIM
        and len(kinds[_kind(each)]) == 1
        and not _borne_out(each, kinds, headed, items, claimed=claimed)
        else each
        for each in placed
    ]


def _without_lesser(placed: Sequence[PlacedStatement], *, claimed: bool) -> list[PlacedStatement]:
    """The statements, of which what is admitted beside a denial in the same sentence is unclear."""
    denied = {
        (each.item, each.statement.span): each.statement
        for each in placed
        if (each.target is Target.CLAIM or not claimed) and each.statement.stance is Stance.DENY
    }
    return [
        replace(each, target=Target.UNCLEAR)
        if each.target is Target.CLAIM
        and _lesser(each.statement, denied.get((each.item, each.statement.span)))
        else each
        for each in placed
    ]


def _lesser(said: Statement, denial: Statement | None) -> bool:
    """Whether something less is admitted beside a denial ("admits lying but denies killing", or the other way round)."""
    if denial is None or said.stance is not Stance.CONFIRM or said.speaker != denial.speaker:
        return False
    first, second = sorted((said.cue, denial.cue), key=lambda cue: cue.start)
    return " but " in said.words[first.end - said.span.start : second.start - said.span.start]


def _borne_out(
    each: PlacedStatement,
    kinds: Mapping[_Kind, set[int]],
    headed: Mapping[_Kind, int],
    items: int,
    *,
    claimed: bool,
) -> bool:
    """Whether something besides its text speaks for what a lone item brings, and three items don't say the contrary."""
    who, said = kind = _kind(each)
    contrary = kinds.get((who, _OPPOSED[said]), ()) if said in _OPPOSED else ()
    if len(contrary) >= _OUTNUMBERED and not headed.get(kind):
        return False
    told_plainly = (headed.get(kind) or _pleads(each.statement)) and items < _MANY
    return claimed or bool(told_plainly) or _SHARE * items <= 1


_Kind = tuple[str, Stance]
"""Who, and what they are read to say."""


def _kind(each: PlacedStatement) -> _Kind:
    return each.statement.party or each.statement.speaker, each.statement.stance


def _pleads(statement: Statement) -> bool:
    """Whether somebody pleads in court, which is to what they are charged with."""
    start = statement.cue.start - statement.span.start
    return statement.words[start : start + 4].lower() in ("plea", "pled")

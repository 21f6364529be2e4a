"""What items say once the analyst's corrections of their statements are heeded; the readings themselves stay."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from store import evidence
from store.database import Store
from store.overrides import overrides_of
from store.telling import items_at
from stories.decision import Act, Decision
from stories.evidence import Reading, Stance, Statement, Target, leading_stance
from stories.item import Span
from stories.story import PlacedStatement

_NO_TIME = datetime(1970, 1, 1, tzinfo=UTC)
_PLACE = frozenset({"where", "start", "end"})


def readings(store: Store, items: Sequence[int], at: int | None = None) -> dict[int, Reading]:
    """Each item's reading as the analyst has corrected it, as of ``at`` (ms) where given."""
    read = evidence.readings(store, items, at)
    made = overrides_of(store, items, at)
    named = {number for one in made for number in one.items} & read.keys()
    if not named:
        return read
    # Imported here: a screen that shows an item nobody corrected need not load it, which takes 90 ms.
    from stories.correcting import corrected

    held = items_at(store, sorted(named), at)
    placed = [
        PlacedStatement(item.id, item.guid, item.publisher, _NO_TIME, said, Target.CLAIM)
        for item in held
        for said in read[item.id].statements
    ]
    said: dict[int, list[Statement]] = defaultdict(list)
    for each in corrected(placed, [(item, read[item.id]) for item in held], made):
        said[each.item].append(each.statement)
    return read | {item.id: replace(read[item.id], statements=tuple(said.get(item.id, ()))) for item in held}


@dataclass(frozen=True, slots=True)
class Own:
    """What of an item's statements is the analyst's."""

    cues: frozenset[Span] = frozenset()
    """Of those that are as the analyst reads them, not as they were read."""
    left_out: tuple[Statement, ...] = ()
    """Those the analyst said are wrong, as they were read."""


NONE_OWN = Own()


def own(store: Store, item: int, at: int | None = None) -> Own:
    """What the analyst changed of an item's statements and left out of them, as of ``at`` (ms) where given."""
    made = {_place(one) for one in overrides_of(store, [item], at)}
    if not made:
        return NONE_OWN
    said = readings(store, [item], at)[item].statements
    held = {_cue(one) for one in said}
    read = evidence.readings(store, [item], at)[item].statements
    return Own(
        frozenset(one.cue for one in said if _cue(one) in made),
        tuple(one for one in read if _cue(one) not in held),
    )


def restate(store: Store, items: Sequence[int]) -> None:
    """Keep each item's overall stance, after it was read anew or corrected, in the caller's transaction."""
    store.write_all(
        "UPDATE items SET stance = ? WHERE id = ?",
        [(reading.stance, item) for item, reading in readings(store, items).items()],
    )


def next_stance(store: Store, item: int) -> dict[str, str] | None:
    """The details of a STANCE decision that turns the item's statement one on; None when it makes none.

    The statement is the one corrected last, so that turning goes on with it, else the first with the stance that
    the item's line shows.
    """
    said = readings(store, [item])[item].statements
    if not said:
        return None
    order = list(Stance)
    leading = leading_stance(said)
    subject = next((one for one in said if one.stance is leading), said[0])
    for made in overrides_of(store, [item]):
        subject = next((one for one in said if _cue(one) == _place(made)), subject)
    where, start = _cue(subject)
    stance = order[(order.index(subject.stance) + 1) % len(order)]
    return {"where": where, "start": start, "stance": stance.value}


def standing(made: Iterable[Decision], read: Mapping[int, Reading]) -> list[Decision]:
    """The decisions without those STANCE ones that change nothing that is shown.

    Such are about words that were not read as a statement, or say what a later one says otherwise.
    """
    decided = list(made)
    said = {(item, *_cue(one)) for item, reading in read.items() for one in reading.statements}
    said |= {(item, *_place(one)) for one in decided for item in one.items if one.details.get("add") == "yes"}
    settled: set[tuple[int, str, str, str]] = set()
    kept: list[Decision] = []
    for one in sorted(decided, key=lambda each: each.id, reverse=True):
        if one.act is not Act.STANCE:
            kept.append(one)
            continue
        places = [(item, *_place(one)) for item in one.items if item in read]
        sets = {
            (*place, name) for place in places if place in said for name in one.details.keys() - _PLACE
        } - settled
        if sets:
            kept.append(one)
        settled |= sets
    return kept[::-1]


def _cue(said: Statement) -> tuple[str, str]:
    return said.cue.where.value, str(said.cue.start)


def _place(made: Decision) -> tuple[str, str]:
    return made.details.get("where", ""), made.details.get("start", "")

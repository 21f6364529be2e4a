"""What a story's items leave open, so that a brief never reads more settled than it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from snapshots.wording import counted, one_line, span, stamp
from stories.difference import Difference
from stories.evidence import Stance, Target, Voice
from stories.item import DateFlag
from stories.sources import canonical, host_name, is_vague
from stories.story import OriginState, Party, PartyStance, PlacedStatement, Role, StoryDetail
from stories.variants import variants

_ARTICLE = re.compile(r"^(?:the|an?) ", re.IGNORECASE)
_SHOWN = 5
"""Names listed in one question before "and N more": a brief is read, not scrolled."""


def questions(detail: StoryDetail) -> tuple[str, ...]:
    """The open questions of a story, most pressing first; each follows from what the items have or lack."""
    found = (
        *_answers(detail),
        *_origin(detail),
        *_denials(detail),
        *_counted(detail),
        *_unclear(detail),
        *_dates(detail),
    )
    return tuple(dict.fromkeys(found))


def aside(detail: StoryDetail) -> list[PlacedStatement]:
    """Statements that take a stance on something else, or don't say on what: shown, never counted."""
    return [
        placed
        for placed in detail.statements
        if placed.target is not Target.CLAIM and placed.statement.stance is not Stance.ASSERT
    ]


def _answers(detail: StoryDetail) -> Iterator[str]:
    there = {party.name for party in detail.parties}
    for party in detail.parties:
        yield from _answer(party)
    yield from _confirming(detail)
    for name in _claimed(detail):
        if name not in there:
            yield f"What does {name} say? No statement by {name} on the claim is in the items."
    yield from _denied_what(detail)
    if not detail.story.claim and not any(party.role is Role.ACCUSED for party in detail.parties):
        yield "Who is said to have done it? No item says so in a form we can read."


def _answer(party: Party) -> Iterator[str]:
    name = party.name
    if party.stance is PartyStance.SILENT:
        clock = "" if party.clock is None else f", in the {span(party.clock)} that they cover"
        yield f"Has {name} answered? No statement by {name} on the claim is in the items{clock}."
    elif party.stance is PartyStance.NO_COMMENT:
        yield f"What does {name} say? No comment so far, by {_outlets(party.evidence)}."
    elif party.stance is PartyStance.PUSHES_BACK and party.role is Role.ACCUSED:
        yield f"Does {name} deny it? It pushes back, but in no words that deny the claim."
    elif party.stance is PartyStance.CONFLICTING:
        yield f"What does {name} say? Reports disagree: {_outlets(party.evidence)}."
    elif party.stance is PartyStance.CONFIRMED:
        denied = _first(party.evidence, Stance.DENY)
        if denied is not None:
            yield (
                f"Which of {name}'s words stands? It denied on {stamp(denied.at)} and confirmed on "
                f"{stamp(party.since)}; is it the same that was denied and confirmed?"
            )


def _confirming(detail: StoryDetail) -> Iterator[str]:
    if any(party.stance is PartyStance.CONFIRMED for party in detail.parties):
        return
    unable = [party.name for party in detail.parties if party.stance is PartyStance.CANNOT_CONFIRM]
    unverified = [
        placed
        for placed in detail.statements
        if placed.target is Target.CLAIM
        and placed.statement.stance is Stance.CANNOT_CONFIRM
        and not placed.statement.party
    ]
    told = [f"{_and(unable)} cannot"] if unable else []
    told += [f"it was unconfirmed in {_outlets(unverified)}"] if unverified else []
    if told:
        words = "; ".join(told)
        yield f"Can anybody confirm it? {words[0].upper()}{words[1:]}."


def _denied_what(detail: StoryDetail) -> Iterator[str]:
    """A denial that names nothing may be the answer everybody waits for, or of something else."""
    denied = {party.name for party in detail.parties if party.stance is PartyStance.DENIED}
    sides = {party.name for party in detail.parties if party.role is not Role.OTHER} | set(_claimed(detail))
    told: set[str] = set()
    for placed in aside(detail):
        name = placed.statement.party
        unclear = placed.target is Target.UNCLEAR and placed.statement.stance is Stance.DENY
        if unclear and name in sides - denied - told:
            told.add(name)
            yield (
                f"Did {name} deny this? The words don't say what is denied: "
                f"“{one_line(placed.statement.words)}” ({placed.publisher})."
            )


def _claimed(detail: StoryDetail) -> list[str]:
    """Actor and recipient of the claim, by its own words ("Norland → send drones → Westmark")."""
    parts = [part.strip() for part in detail.story.claim.split("→")]
    return list(dict.fromkeys((parts[0], *parts[2:]))) if len(parts) > 1 else []


def _origin(detail: StoryDetail) -> Iterator[str]:
    origin = detail.origin
    ends = list(dict.fromkeys(chain[0] for chain in origin.chains if chain))
    if origin.state is OriginState.UNKNOWN:
        yield "Where does it come from? No item names a source; the earliest item is only first seen by us."
    elif origin.state is OriginState.DISPUTED:
        yield f"Where does it come from? The items name different sources: {_quoted(ends)}."
    else:
        held = {canonical(host_name(item.publisher)) for item in detail.items}
        unread = [end for end in ends if end not in held]
        if unread:
            yield f"What exactly did {_quoted(unread)} say? It is named as the source; none of the items is its own."


def _denials(detail: StoryDetail) -> Iterator[str]:
    for party in detail.parties:
        if party.stance is PartyStance.DENIED and party.independent == 1:
            heard = list(
                dict.fromkeys(placed.statement.via[0] for placed in party.evidence if placed.statement.via)
            )
            count = len({placed.publisher for placed in party.evidence})
            through = f" ({_named(heard)})" if heard else ""
            carried = f", carried by {counted(count, 'publisher')}" if count > 1 else ""
            yield f"Did anybody else hear {party.name}'s denial? It comes from one source{through}{carried}."
    unnamed: dict[str, str] = {}
    for placed in detail.statements:
        said = placed.statement
        asserts = said.stance in (Stance.ASSERT, Stance.CONFIRM) and placed.target is Target.CLAIM
        # "reports" and "the media" are no persons: what they are is the question of the origin.
        if said.voice is Voice.UNNAMED and asserts and said.speaker and not is_vague(said.speaker):
            bare = _ARTICLE.sub("", said.speaker)
            unnamed.setdefault(bare.casefold().replace(".", ""), bare)
    if unnamed:
        yield f"Who are the unnamed sources? {_quoted(list(unnamed.values()))}."


def _counted(detail: StoryDetail) -> Iterator[str]:
    """Figures that disagree, each pair of words once."""
    told: set[frozenset[str]] = set()
    for variant in variants(detail):
        one, other = variant.one, variant.other
        pair = frozenset((one.words, other.words))
        if variant.kind is Difference.FIGURE and pair not in told and len(told) < _SHOWN:
            told.add(pair)
            yield f"Which figure is right, “{one.words}” ({one.publisher}) or “{other.words}” ({other.publisher})?"


def _unclear(detail: StoryDetail) -> Iterator[str]:
    # A sentence that an outlet took over word for word is one.
    unclear = len({placed.statement.words for placed in aside(detail) if placed.target is Target.UNCLEAR})
    if unclear:
        one = unclear == 1
        yield (
            f"What {'is' if one else 'are'} {counted(unclear, 'statement')} about? "
            f"The words do not say; {'it is' if one else 'they are'} listed as not counted."
        )


def _dates(detail: StoryDetail) -> Iterator[str]:
    for flag, question in (
        (DateFlag.UNDATED, "When was it published? Undated in the feed"),
        (DateFlag.FUTURE, "Is the date right? Dated after we read it"),
    ):
        flagged = sorted({item.publisher for item in detail.items if flag in item.flags})
        if flagged:
            yield f"{question}: {_named(flagged)}."


def _first(evidence: Iterable[PlacedStatement], stance: Stance) -> PlacedStatement | None:
    return next((placed for placed in evidence if placed.statement.stance is stance), None)


def _outlets(evidence: Iterable[PlacedStatement]) -> str:
    return _named(sorted({placed.publisher for placed in evidence}))


def _quoted(names: Sequence[str]) -> str:
    return _named([f"“{name}”" for name in names])


def _and(names: Sequence[str]) -> str:
    return _named(names) if len(names) < 2 else f"{', '.join(names[:-1])} and {names[-1]}"


def _named(names: Sequence[str]) -> str:
    more = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" and {more} more" if more > 0 else "")

"""What a story's items leave open, so that a brief never reads more settled than it is."""

from __future__ import annotations

from collections.abc import Iterator

from snapshots.wording import counted, span
from stories.evidence import Stance, Target, Voice
from stories.item import DateFlag
from stories.story import OriginState, Party, PartyStance, Role, StoryDetail

_SHOWN = 5
"""Names listed in one question before "and N more": a brief is read, not scrolled."""


def questions(detail: StoryDetail) -> tuple[str, ...]:
    """The open questions of a story, most pressing first; each follows from what the items lack."""
    return (
        *_answers(detail),
        *_origin(detail),
        *_denials(detail),
        *_unclear(detail),
        *_dates(detail),
    )


def _answers(detail: StoryDetail) -> Iterator[str]:
    for party in detail.parties:
        if party.stance is PartyStance.SILENT:
            since = f" ({span(party.clock)} since the claim)" if party.clock is not None else ""
            yield f"Has {party.name} answered? No statement by {party.name} on the claim is in the items{since}."
        elif party.stance is PartyStance.CONFLICTING:
            outlets = _named(sorted({placed.publisher for placed in party.evidence}))
            yield f"What does {party.name} say? Reports disagree: {outlets}."
        elif party.stance is PartyStance.CANNOT_CONFIRM:
            yield f"Can anybody confirm it? {party.name} says that it can't."
    if any(party.role is Role.ACCUSED for party in detail.parties):
        return
    yield "Who is accused? No item says in a form we can read who is said to have done it."


def _origin(detail: StoryDetail) -> Iterator[str]:
    origin = detail.origin
    if origin.state is OriginState.UNKNOWN:
        yield "Where does it come from? No item names a source; the earliest item is only first seen by us."
    elif origin.state is OriginState.DISPUTED:
        sources = _named(list(dict.fromkeys(chain[0] for chain in origin.chains if chain)))
        yield f"Where does it come from? The items name different sources: {sources}."
    else:
        sources = _named(list(dict.fromkeys(chain[0] for chain in origin.chains if chain)))
        yield f"What did the source say exactly? The story goes back to {sources}, which we have not read ourselves."


def _denials(detail: StoryDetail) -> Iterator[str]:
    for party in detail.parties:
        if party.stance is PartyStance.DENIED and party.independent == 1 and _publishers(party) > 1:
            yield (
                f"Did {party.name} deny it to anybody else? "
                f"{counted(_publishers(party), 'publisher')} carry the denial, from one source."
            )
    unnamed = {
        placed.statement.speaker
        for placed in detail.statements
        if placed.statement.voice is Voice.UNNAMED
        and placed.target is Target.CLAIM
        and placed.statement.stance in (Stance.ASSERT, Stance.CONFIRM)
        and placed.statement.speaker
    }
    if unnamed:
        yield f"Who are the unnamed sources? {_named(sorted(unnamed))}."


def _unclear(detail: StoryDetail) -> Iterator[str]:
    unclear = sum(placed.target is Target.UNCLEAR for placed in detail.statements)
    if unclear:
        verb = "is" if unclear == 1 else "are"
        yield f"What {verb} {counted(unclear, 'statement')} about? The words do not say; not counted here."


def _dates(detail: StoryDetail) -> Iterator[str]:
    for flag, question in (
        (DateFlag.UNDATED, "When was it published? Undated in the feed"),
        (DateFlag.FUTURE, "Is the date right? Dated after we read it"),
    ):
        flagged = sorted({item.publisher for item in detail.items if flag in item.flags})
        if flagged:
            yield f"{question}: {_named(flagged)}."


def _publishers(party: Party) -> int:
    return len({placed.publisher for placed in party.evidence})


def _named(names: list[str]) -> str:
    more = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" and {more} more" if more > 0 else "")

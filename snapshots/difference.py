"""What changed in a story between two times: "+4 publishers, Russia SILENT → DENIED"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from snapshots.errors import SnapshotError
from snapshots.wording import counted, stamp
from stories.evidence import Stance
from stories.story import PartyStance, PlacedStatement, Role, StoryDetail

_SHOWN = 5
"""Names listed before "and N more"."""


class ChangeKind(StrEnum):
    """What of a story changed."""

    NAME = "name"
    CLAIM = "claim"
    STATUS = "status"
    PARTY = "party"
    ORIGIN = "origin"
    PUBLISHERS = "publishers"
    ITEMS = "items"
    TITLES = "titles"
    STATEMENT = "statement"


@dataclass(frozen=True, slots=True)
class Change:
    """One change, as a person reads it and with where it can be checked."""

    kind: ChangeKind
    said: str
    """"Russia SILENT → DENIED", "+2 publishers: a.example; b.example"; without the words that prove it."""
    words: str = ""
    """The sentence behind it, exactly as it stands in its item; empty where it has none."""
    item: int = 0
    """The item that holds ``words``, by its number in the later story; 0 without words."""

    def __str__(self) -> str:
        return f"{self.said}: “{self.words}”" if self.words else self.said


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed in one story between two times."""

    name: str
    before: datetime
    after: datetime
    headline: str
    """"+4 publishers, Russia SILENT → DENIED"; "nothing changed" when nothing did."""
    changes: tuple[Change, ...]

    def lines(self) -> tuple[str, ...]:
        """The headline with both times, then one line for each change."""
        head = f"{self.name}, from {stamp(self.before)} to {stamp(self.after)}: {self.headline}"
        return (head, *map(str, self.changes))


def difference(one: StoryDetail, other: StoryDetail) -> Difference:
    """What changed from the earlier to the later; SnapshotError when they are of two stories.

    Two stories are one when they share items: a story's number and name may change.
    """
    before, after = (one, other) if one.as_of <= other.as_of else (other, one)
    known = {(item.publisher, item.guid) for item in before.items}
    if known and after.items and not any((item.publisher, item.guid) in known for item in after.items):
        raise SnapshotError(
            f"“{before.story.name}” and “{after.story.name}” share no item.",
            remedy="Compare two snapshots of one story.",
        )
    changes = tuple(_changes(before, after))
    headline = _headline(before, after) or ("changed" if changes else "nothing changed")
    return Difference(after.story.name, before.as_of, after.as_of, headline, changes)


def _headline(before: StoryDetail, after: StoryDetail) -> str:
    gained = len(_publishers(after)) - len(_publishers(before))
    sign = "+" if gained > 0 else "−"
    parts = [f"{sign}{counted(abs(gained), 'publisher')}"] if gained else []
    return ", ".join(parts + [change for _, change in _stances(before, after)])


def _changes(before: StoryDetail, after: StoryDetail) -> Iterator[Change]:
    if before.story.name != after.story.name:
        yield Change(ChangeKind.NAME, f"Name: {before.story.name} → {after.story.name}")
    if before.story.claim != after.story.claim:
        yield Change(
            ChangeKind.CLAIM,
            f"Claim now: {after.story.claim or 'none'}; before: {before.story.claim or 'none'}",
        )
    if before.status is not after.status:
        yield Change(
            ChangeKind.STATUS, f"Status: {before.status.value} → {after.status.value} ({after.because})"
        )
    shown = set()
    for name, change in _stances(before, after):
        party = next((one for one in after.parties if one.name == name), None)
        evidence = party.evidence[0] if party and party.evidence else None
        words, item = (evidence.statement.words, evidence.item) if evidence else ("", 0)
        shown.add((item, words))
        yield Change(ChangeKind.PARTY, f"Party: {change}", words, item)
    if before.origin.chains != after.origin.chains or before.origin.state is not after.origin.state:
        yield Change(ChangeKind.ORIGIN, f"Origin: {_origin(before)} → {_origin(after)}")
    yield from _names(ChangeKind.PUBLISHERS, "publisher", _publishers(before), _publishers(after))
    titles, newer = _titles(before), _titles(after)
    yield from _names(ChangeKind.ITEMS, "item", titles, newer)
    edited = [newer[key] for key in newer if key in titles and titles[key] != newer[key]]
    if edited:
        yield Change(ChangeKind.TITLES, f"{counted(len(edited), 'title')} edited: {_some(edited)}")
    said = {_said(placed) for placed in before.statements}
    for placed in after.statements:
        told = (placed.item, placed.statement.words) in shown or placed.statement.stance is Stance.ASSERT
        if _said(placed) not in said and not told:
            who = placed.statement.speaker or placed.statement.party or "nobody named"
            stance = placed.statement.stance.value.replace("_", " ")
            yield Change(
                ChangeKind.STATEMENT,
                f"New statement: {who}, {stance} ({placed.target.value})",
                placed.statement.words,
                placed.item,
            )


def _stances(before: StoryDetail, after: StoryDetail) -> list[tuple[str, str]]:
    """Each party whose stance changed, with the change."""
    then = {party.name: party.stance for party in before.parties}
    now = {party.name: party.stance for party in after.parties}
    # Whom the claim named already was asked and had not answered; others had no place on the board.
    asked = {
        party.name
        for party in after.parties
        if party.role in (Role.ACCUSED, Role.RECIPIENT) and party.name in before.story.claim
    }
    changed = []
    for name in dict.fromkeys([*now, *then]):
        was, is_ = then.get(name, PartyStance.SILENT if name in asked else None), now.get(name)
        if is_ is None:
            changed.append((name, f"{name} {was} → no party any more"))
        elif was is None and is_ is PartyStance.SILENT:
            continue  # who is only now asked, and hasn't answered, has done nothing
        elif was is None:
            changed.append((name, f"{name} {is_.value}, not on the board before"))
        elif was is not is_:
            changed.append((name, f"{name} {was.value} → {is_.value}"))
    return changed


def _names(
    kind: ChangeKind, noun: str, before: dict[tuple[str, str], str], after: dict[tuple[str, str], str]
) -> Iterator[Change]:
    came = [after[key] for key in after if key not in before]
    went = [before[key] for key in before if key not in after]
    if came:
        yield Change(kind, f"+{counted(len(came), noun)}: {_some(came)}")
    if went:
        yield Change(kind, f"−{counted(len(went), noun)}: {_some(went)}")


def _titles(detail: StoryDetail) -> dict[tuple[str, str], str]:
    return {(item.publisher, item.guid): f"{item.title} ({item.publisher})" for item in detail.items}


def _publishers(detail: StoryDetail) -> dict[tuple[str, str], str]:
    return {(item.publisher, ""): item.publisher for item in detail.items}


def _said(placed: PlacedStatement) -> tuple[str, str, str, str]:
    return (placed.publisher, placed.guid, placed.statement.words, placed.statement.stance.value)


def _origin(detail: StoryDetail) -> str:
    chains = "; ".join(" → ".join(chain) for chain in detail.origin.chains[:_SHOWN])
    return f"{detail.origin.state.value}{f' ({chains})' if chains else ''}"


def _some(names: list[str]) -> str:
    more = len(names) - _SHOWN
    return "; ".join(names[:_SHOWN]) + (f" and {more} more" if more > 0 else "")

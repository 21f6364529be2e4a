"""What changed between two snapshots of a story: "+4 publishers, Russia SILENT → DENIED"."""

from __future__ import annotations

from collections.abc import Iterator

from snapshots.errors import SnapshotError
from snapshots.snapshot import Snapshot
from snapshots.wording import counted, stamp
from stories.evidence import Stance
from stories.story import PartyStance, PlacedStatement, StoryDetail

_SHOWN = 5
"""Names listed before "and N more"."""


def difference(old: Snapshot, new: Snapshot) -> tuple[str, ...]:
    """One line for each change, the headline first; SnapshotError when they are of two stories.

    Two stories are one when they share items: a story's number and name may change.
    """
    before, after = old.detail, new.detail
    if before.as_of > after.as_of:
        before, after = after, before
    known = {(item.publisher, item.guid) for item in before.items}
    if known and after.items and not any((item.publisher, item.guid) in known for item in after.items):
        raise SnapshotError(
            f"“{before.story.name}” and “{after.story.name}” share no item.",
            remedy="Compare two snapshots of one story.",
        )
    changes = tuple(_changes(before, after))
    head = f"{after.story.name}, from {stamp(before.as_of)} to {stamp(after.as_of)}"
    return (f"{head}: {_headline(before, after) or ('changed' if changes else 'nothing changed')}", *changes)


def _headline(before: StoryDetail, after: StoryDetail) -> str:
    gained = len(_publishers(after)) - len(_publishers(before))
    parts = [f"{gained:+d} publisher{'s' * (abs(gained) != 1)}"] if gained else []
    return ", ".join(parts + [change for _, change in _stances(before, after)])


def _changes(before: StoryDetail, after: StoryDetail) -> Iterator[str]:
    if before.story.name != after.story.name:
        yield f"Name: {before.story.name} → {after.story.name}"
    if before.story.claim != after.story.claim:
        yield f"Claim: {before.story.claim or 'none'} → {after.story.claim or 'none'}"
    if before.status is not after.status:
        yield f"Status: {before.status.value} → {after.status.value} ({after.because})"
    for name, change in _stances(before, after):
        party = next((one for one in after.parties if one.name == name), None)
        words = f": “{party.evidence[0].statement.words}”" if party and party.evidence else ""
        yield f"Party: {change}{words}"
    if before.origin.chains != after.origin.chains or before.origin.state is not after.origin.state:
        yield f"Origin: {_origin(before)} → {_origin(after)}"
    yield from _names("publisher", _publishers(before), _publishers(after))
    titles = {(item.publisher, item.guid): f"{item.title} ({item.publisher})" for item in before.items}
    newer = {(item.publisher, item.guid): f"{item.title} ({item.publisher})" for item in after.items}
    yield from _names("item", titles, newer)
    edited = [newer[key] for key in newer if key in titles and titles[key] != newer[key]]
    if edited:
        yield f"{counted(len(edited), 'title')} edited: {_some(edited)}"
    said = {_said(placed) for placed in before.statements}
    for placed in after.statements:
        if _said(placed) not in said and placed.statement.stance is not Stance.ASSERT:
            who = placed.statement.speaker or placed.statement.party or "nobody named"
            stance = placed.statement.stance.value.replace("_", " ")
            yield f"New statement: {who}, {stance} ({placed.target.value}): “{placed.statement.words}”"


def _stances(before: StoryDetail, after: StoryDetail) -> list[tuple[str, str]]:
    """Each party whose stance changed, with the change."""
    then = {party.name: party.stance for party in before.parties}
    now = {party.name: party.stance for party in after.parties}
    changed = []
    for name in dict.fromkeys([*now, *then]):
        was, is_ = then.get(name, PartyStance.SILENT), now.get(name)
        if is_ is None:
            changed.append((name, f"{name} {was.value} → no party any more"))
        elif was is not is_:
            changed.append((name, f"{name} {was.value} → {is_.value}"))
    return changed


def _names(kind: str, before: dict[tuple[str, str], str], after: dict[tuple[str, str], str]) -> Iterator[str]:
    came = [after[key] for key in after if key not in before]
    went = [before[key] for key in before if key not in after]
    if came:
        yield f"+{counted(len(came), kind)}: {_some(came)}"
    if went:
        yield f"−{counted(len(went), kind)}: {_some(went)}"


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

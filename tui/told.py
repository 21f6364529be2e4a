"""All that the story pane shows of a story, as the reading thread brings it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.sheet import ToChanges

if TYPE_CHECKING:
    from datetime import datetime

    from store.database import Store
    from stories.story import StoryDetail
    from tui.since_picker import Since

ROUTED = 500
"""Waiting items that a story names as led to it by rules; Triage has them all."""


@dataclass(frozen=True, slots=True)
class Split:
    """A story that another one may hold: its items, and what it would be called."""

    items: tuple[int, ...]
    name: str


@dataclass(frozen=True, slots=True)
class Told:
    """A story's detail, and what only the screen adds to it."""

    detail: StoryDetail
    opposite_name: str
    routed: tuple[int, ...] = ()
    """Items that wait elsewhere and that a rule of the analyst's leads here."""
    split: Split | None = None
    """The story it may hold besides; None while it holds together."""
    coming: str = ""
    """What comes to it by itself while it is watched, in words; empty for nothing."""
    polled: frozenset[str] = frozenset()
    """The outlets that are polled, as others cite them."""
    changed: tuple[datetime, ...] = ()
    """When what is known of it changed, earliest first: the steps back in time."""


def read_told(store: Store, story: int, as_of: datetime | None, now: datetime) -> Told:
    """The story at ``now``, or as it was known at ``as_of``; what waits and what is suggested only now."""
    from store import stories

    detail = stories.detail(store, story, as_of=as_of, now=now)
    opposite = detail.story.opposite_of
    other = None if opposite is None else stories.story(store, opposite)
    name = other.name if other else ""
    if as_of is not None:
        return Told(detail, name)
    return Told(
        detail,
        name,
        _routed(store, story, now),
        _split(store, detail),
        _coming(store, detail) if detail.story.watched else "",
        _polled(store),
        stories.changed(store, story),
    )


def compared(store: Store, detail: StoryDetail, since: Since, now: datetime) -> ToChanges:
    """What changed up to what is shown since a time or a snapshot; SnapshotError when that is another story's."""
    from snapshots.difference import difference
    from store import stories

    if since.snapshot is None:
        before = stories.detail(store, detail.story.id, as_of=since.at, now=now)
    else:
        from snapshots.json_export import load

        before = load(since.snapshot).detail
    known = {(item.publisher, item.guid) for item in before.items}
    fresh = tuple(item.id for item in reversed(detail.items) if (item.publisher, item.guid) not in known)
    return ToChanges(difference(before, detail), fresh)


def _coming(store: Store, detail: StoryDetail) -> str:
    """What the watch calls."""
    from store.watched import watched
    from stories.watching import coming

    held = next((one for one in watched(store) if one.id == detail.story.id), None)
    return "" if held is None else coming(held.name, held.claim, held.terms)


def _polled(store: Store) -> frozenset[str]:
    """The outlets of the feeds that are polled, so that a source outside the items is known for what it is."""
    from store import feeds
    from stories.sources import canonical, host_name

    polled = {feed.publisher for feed in feeds.rows(store) if feed.publisher and not feed.muted}
    return frozenset(canonical(host_name(publisher)) for publisher in polled)


def _routed(store: Store, story: int, now: datetime) -> tuple[int, ...]:
    """The waiting items that rules lead to the story."""
    from store import setups

    rules = [rule for rule in setups.rules(store) if rule.story == story]
    if not rules:
        return ()
    from tui.narrowing import routed_to

    return tuple(routed_to(store, story, rules, now, ROUTED))


def _split(store: Store, detail: StoryDetail) -> Split | None:
    """What is suggested as a story of its own, called as naming would call it."""
    from store import splits

    held = splits.of_story(store, detail.story.id)
    if not held:
        return None
    from store import corrections
    from store.refreshing import TakenNames
    from stories.naming import name

    read = corrections.readings(store, held)
    inside = [item for item in detail.items if item.id in held]
    called = name(inside, [read[item.id] for item in inside], TakenNames(store, but=0))
    return Split(held, called or inside[0].title)

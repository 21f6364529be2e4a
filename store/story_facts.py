"""A story's own facts, now or as they were at a time: its names, claim, marks, rating and opposite."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from store import log
from store.database import Store
from store.overrides import unlinked
from store.times import to_ms
from stories.decision import Act
from stories.story import Story


def story(store: Store, number: int, as_of: datetime | None = None) -> Story | None:
    """The story's own facts, with the names it had; None when there was none at that time."""
    if as_of is None:
        return next(iter(stories_now(store, [number])), None)
    at = to_ms(as_of)
    found = _lines(store, [number])
    if not found or found[0][8] > at:
        return None
    row = found[0]
    names = names_until(store, number, at)
    told = _at(store, _story(row), at, linked_since=row[9])
    told = replace(told, name=names[-1] if names else _first_name(store, number, at, told.name))
    if told.opposite_of is not None and (number, told.opposite_of) in unlinked(store, at):
        told = replace(told, opposite_of=None)
    return replace(told, old_names=tuple(dict.fromkeys(name for name in names if name != told.name)))


def stories_now(store: Store, numbers: Collection[int]) -> list[Story]:
    """The facts of each of these stories with the names it had; without those that are gone."""
    names: dict[int, dict[str, None]] = defaultdict(dict)
    asked = json.dumps(list(numbers))
    for number, name in store.rows(
        "SELECT n.story, n.name FROM json_each(?) w JOIN story_names n ON n.story = w.value ORDER BY n.since",
        (asked,),
    ):
        names[number][name] = None
    told = [_story(row) for row in _lines(store, numbers)]
    apart = unlinked(store) if any(one.opposite_of is not None for one in told) else frozenset()
    return [
        replace(
            one,
            opposite_of=None if (one.id, one.opposite_of) in apart else one.opposite_of,
            old_names=tuple(name for name in names[one.id] if name != one.name),
        )
        for one in told
    ]


def _lines(store: Store, numbers: Collection[int]) -> list[Any]:
    return store.rows(
        "SELECT s.id, s.name, s.claim, s.watched, s.starred, s.opposite_of, s.rated, s.note, s.created, "
        "s.opposite_since FROM json_each(?) w JOIN stories s ON s.id = w.value",
        (json.dumps(list(numbers)),),
    )


def _story(row: Sequence[Any]) -> Story:
    return Story(
        id=row[0],
        name=row[1],
        claim=row[2],
        watched=bool(row[3]),
        starred=bool(row[4]),
        opposite_of=row[5],
        rated=row[6],
        note=row[7],
    )


def names_until(store: Store, number: int, at: int) -> list[str]:
    """The names a story has had until a time (ms), earliest first."""
    found = store.rows(
        "SELECT name FROM story_names WHERE story = ? AND since <= ? ORDER BY since", (number, at)
    )
    return [name for (name,) in found]


def name_until(store: Store, number: int, at: int, now: str) -> str:
    """What a story was called at a time (ms); ``now`` is its present name."""
    names = names_until(store, number, at)
    return names[-1] if names else _first_name(store, number, at, now)


def _first_name(store: Store, number: int, at: int, now: str) -> str:
    """What a story was called at a time (ms) at which it had no name of its own yet: by its first item.

    What an archive gave first may have been known only later: then it is called by the item that was known first.
    """
    first = store.rows("SELECT name FROM story_names WHERE story = ? ORDER BY since LIMIT 1", (number,))
    called = str(first[0][0]) if first else now
    titles = store.rows(
        "SELECT i.title, m.since FROM memberships m JOIN items i ON i.id = m.item WHERE m.story = ? ORDER BY m.since",
        (number,),
    )
    since = next((since for title, since in titles if title == called), at)
    return str(titles[0][0]) if since > at else called


def _at(store: Store, told: Story, at: int, *, linked_since: int | None) -> Story:
    """The story with the claim, marks, rating and link it had at a time (ms)."""
    claim = store.value(
        "SELECT claim FROM story_claims WHERE story = ? AND since <= ? ORDER BY since DESC LIMIT 1",
        (told.id, at),
    )
    marks = {"watched": False, "starred": False}
    words = {"rating": "", "note": ""}
    for made in log.of_story(store, told.id, at):
        if made.act in _MARKS:
            name, on = _MARKS[made.act]
            marks[name] = on
        elif made.act is Act.STATUS:
            words |= {name: made.details[name] for name in words if name in made.details}
    return replace(
        told,
        claim=claim or "",
        watched=marks["watched"],
        starred=marks["starred"],
        rated=words["rating"],
        note=words["note"],
        opposite_of=told.opposite_of if linked_since is not None and linked_since <= at else None,
    )


_MARKS = {
    Act.WATCH: ("watched", True),
    Act.UNWATCH: ("watched", False),
    Act.STAR: ("starred", True),
    Act.UNSTAR: ("starred", False),
}

"""A story in full, now or as it was known at a time; and the columns and events that follow from telling it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from store import evidence, items
from store.database import Store
from store.errors import StoreError
from store.overrides import overrides_of, status_of
from store.state import moment
from store.times import to_ms
from stories.item import Item
from stories.story import Status, Story, StoryDetail


def story(store: Store, number: int, as_of: datetime | None = None) -> Story | None:
    """The story's own facts, with the names it had; None when there was none at that time."""
    found = store.rows(
        "SELECT id, name, claim, watched, starred, opposite_of, rated, note, created, opposite_since "
        "FROM stories WHERE id = ?",
        (number,),
    )
    if not found or (as_of is not None and found[0][8] > to_ms(as_of)):
        return None
    row = found[0]
    names = store.rows(
        "SELECT name FROM story_names WHERE story = ? AND since <= ? ORDER BY since",
        (number, (1 << 62) if as_of is None else to_ms(as_of)),
    )
    called = names[-1][0] if as_of is not None and names else row[1]
    linked = as_of is None or (row[9] is not None and row[9] <= to_ms(as_of))
    return Story(
        id=row[0],
        name=called,
        claim=row[2],
        watched=bool(row[3]),
        starred=bool(row[4]),
        opposite_of=row[5] if linked else None,
        rated=row[6],
        note=row[7],
        old_names=tuple(dict.fromkeys(name for (name,) in names if name != called)),
    )


def detail(
    store: Store, story_id: int, *, as_of: datetime | None = None, now: datetime | None = None
) -> StoryDetail:
    """Everything of a story: as it is at ``now`` (default: the store's time), or as it was known at ``as_of``.

    Raises StoreError when there is, or was then, no such story.
    """
    with store.reading():
        told = story(store, story_id, as_of)
        if told is None:
            when = "" if as_of is None else f" at {as_of:%Y-%m-%d %H:%M} UTC"
            raise StoreError(
                f"There is no story {story_id}{when}.", remedy="`spreadwatch stories` lists them."
            )
        at = None if as_of is None else to_ms(as_of)
        numbers = members(store, story_id, at)
        found = items_at(store, numbers, at)
        read = evidence.readings(store, numbers, at)
        copies = evidence.copies_of(store, numbers)
        corrections = overrides_of(store, numbers, at)
        own = status_of(store, story_id, at)
        when_told = as_of or now or moment(store)
    try:
        from stories.detail import tell  # type: ignore[import-not-found,unused-ignore]
    except ImportError:  # being written in its own room at this hour
        return StoryDetail(told, when_told, Status.SINGLE, "", None, None, tuple(found))
    made: StoryDetail = tell(told, [(item, read[item.id]) for item in found], copies, when_told, corrections)
    return made if own is None else replace(made, status=own.status, because=own.because)


def members(store: Store, story_id: int, at: int | None = None) -> list[int]:
    """Ids of a story's items, by when they joined; ``at`` (ms) for an earlier moment."""
    if at is None:
        found = store.rows("SELECT item FROM memberships WHERE story = ? AND until IS NULL", (story_id,))
    else:
        found = store.rows(
            "SELECT item FROM memberships WHERE story = ? AND since <= ? AND (until IS NULL OR until > ?)",
            (story_id, at, at),
        )
    return [row[0] for row in found]


def refresh(store: Store, stories: Iterable[int], now: datetime) -> list[int]:
    """Tell these stories anew and keep status, reason and origins; gives those whose status changed.

    A change of status is appended to the log of what was shown. Each story is its own short transaction,
    so that a screen's decision never waits for more than one.
    """
    return [number for number in stories if _refreshed(store, number, now)]


def stale(store: Store, limit: int = 1_000) -> list[int]:
    """Stories whose items changed since they were last told, the most active shown ones first."""
    found = store.rows("SELECT id FROM stories WHERE stale = 1 ORDER BY shown DESC, id LIMIT ?", (limit,))
    return [row[0] for row in found]


def _refreshed(store: Store, number: int, now: datetime) -> bool:
    found = store.rows(
        "SELECT status, because, items, publishers, name, joined_into FROM stories WHERE id = ?", (number,)
    )
    if not found:
        return False
    status, because, count, publishers, name, joined = found[0]
    if joined is not None or count == 0:
        store.write("UPDATE stories SET stale = 0 WHERE id = ?", (number,))
        return False
    made = detail(store, number, now=now)
    origins = 0 if made.measures is None else made.measures.origins
    changed = (made.status.value, made.because) != (status, because)
    with store.transaction():
        store.write(
            "UPDATE stories SET status = ?, because = ?, origins = ?, told_items = ?, stale = 0 WHERE id = ?",
            (made.status.value, made.because, origins, count, number),
        )
        if made.status.value != status:
            last = made.timeline[-1] if made.timeline else None
            store.write(
                "INSERT INTO status_events (story, at, status, because, item, name, items, publishers) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    number,
                    to_ms(now),
                    made.status.value,
                    made.because,
                    last.item if last else 0,
                    name,
                    count,
                    publishers,
                ),
            )
    return changed


def items_at(store: Store, numbers: Sequence[int], at: int | None) -> list[Item]:
    """Whole items by effective time, with the texts they had at a time (ms)."""
    found = items.get(store, numbers)
    if at is not None:
        earlier = _texts_at(store, numbers, at)
        found = [replace(item, **earlier[item.id]) if item.id in earlier else item for item in found]
    return sorted(found, key=_moment)


def _moment(item: Item) -> tuple[int, int]:
    effective = item.effective
    return (0 if effective is None else to_ms(effective), item.id)


def _texts_at(store: Store, numbers: Sequence[int], at: int) -> Mapping[int, Mapping[str, Any]]:
    """The texts that items had at a time, where they differ from the present ones."""
    texts: dict[int, Mapping[str, Any]] = {}
    marks = json.dumps(list(numbers))
    rows = store.rows(
        "SELECT item, title, summary, body FROM revisions WHERE item IN (SELECT value FROM json_each(?)) "
        "AND until > ? ORDER BY item, until DESC",
        (marks, at),
    )
    for item, title, summary, body in rows:
        texts[item] = {"title": title, "summary": summary, "body": body}
    return texts

"""Which item is in which story, with its history, and the story columns that follow from it.

Sort key "most active first": forward decay (Cormode, Shkapenyuk, Srivastava, Xu 2009, "Forward decay: a
practical time decay model for streaming systems"). Each item weighs 2^(t / half-life) and a story's key is
the logarithm of its items' sum, so the order changes with no recount as time goes by, and adding an item
needs only the old key.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from store.database import Store
from store.times import to_ms

_HALF_LIFE_MS = 24 * 3600 * 1000
"""A story that stops loses half its weight a day: yesterday's news sinks below today's."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A new item's place: what the story's columns need to know of it."""

    item: int
    story: int
    publisher: int
    """The publisher's number in the file."""
    effective: datetime
    since: datetime


def next_story(store: Store) -> int:
    """The number the next story gets; only in a transaction, or for the one collector, may it be relied on."""
    return int(store.value("SELECT coalesce(max(id), 0) + 1 FROM stories"))


def found_story(store: Store, number: int, created: datetime, *, name: str = "", claim: str = "") -> None:
    """A new story without items, in the caller's transaction; one that is there already stays as it is."""
    found_stories(store, [(number, created, name)])
    if claim:
        keep_claim(store, number, claim, created)


def found_stories(store: Store, founded: Sequence[tuple[int, datetime, str]]) -> None:
    """As `found_story`, for many: each one's number, when it is first known of and its first name."""
    store.write_all(
        "INSERT OR IGNORE INTO stories (id, name, created) VALUES (?, ?, ?)",
        [(number, name, to_ms(created)) for number, created, name in founded],
    )


def keep_name(store: Store, story: int, name: str, since: datetime) -> None:
    """The story is called this from now on; its earlier names are kept, the first from its founding."""
    store.write(
        "INSERT INTO story_names (story, since, name) "
        "SELECT id, coalesce((SELECT min(m.since) FROM memberships m JOIN items i ON i.id = m.item "
        "WHERE m.story = stories.id AND i.title = stories.name), created), name FROM stories "
        "WHERE id = ? AND name <> '' AND NOT EXISTS (SELECT 1 FROM story_names WHERE story = stories.id)",
        (story,),
    )
    store.write("UPDATE stories SET name = ? WHERE id = ?", (name, story))
    store.write(
        "INSERT OR REPLACE INTO story_names (story, since, name) "
        "SELECT ?1, max(?2, coalesce(max(since), 0)), ?3 FROM story_names WHERE story = ?1",
        (story, to_ms(since), name),
    )


def keep_claim(store: Store, story: int, claim: str, since: datetime) -> None:
    """The story's claim is worded so from now on; an earlier moment is told with the earlier one."""
    store.write("UPDATE stories SET claim = ? WHERE id = ?", (claim, story))
    store.write(
        "INSERT OR REPLACE INTO story_claims (story, since, claim) "
        "SELECT ?1, max(?2, coalesce(max(since), 0)), ?3 FROM story_claims WHERE story = ?1",
        (story, to_ms(since), claim),
    )


def place(store: Store, placed: Sequence[Placed]) -> None:
    """Put new items, stored with their story, into it, in the caller's transaction.

    The cost does not depend on a story's length.
    """
    store.write_all(
        "INSERT INTO memberships (story, item, since) VALUES (?, ?, ?)",
        [(one.story, one.item, to_ms(one.since)) for one in placed],
    )
    store.write_all(
        "INSERT INTO story_publishers (story, publisher, items) VALUES (?, ?, 1) "
        "ON CONFLICT DO UPDATE SET items = items + 1",
        [(one.story, one.publisher) for one in placed],
    )
    by_story: dict[int, list[Placed]] = defaultdict(list)
    for one in placed:
        by_story[one.story].append(one)
    active = dict(
        store.rows(
            "SELECT s.id, s.activity FROM json_each(?) w JOIN stories s ON s.id = w.value WHERE s.items > 0",
            (json.dumps(list(by_story)),),
        )
    )
    changes = []
    for story, ones in by_story.items():
        times = [to_ms(one.effective) for one in ones]
        before = active.get(story)
        activity = _joined([_weight(ms) for ms in times] + ([] if before is None else [before]))
        known = min(to_ms(one.since) for one in ones)
        changes.append((len(ones), len(ones), min(times), max(times), activity, known, story))
    store.write_all(
        "UPDATE stories SET items = items + ?1, fresh = fresh + ?2, stale = 1, "
        "first_seen = min(coalesce(first_seen, ?3), ?3), last_seen = max(coalesce(last_seen, ?4), ?4), activity = ?5, "
        # an archive isn't written in the order its items were known: a story began with the first that was
        "created = min(created, ?6), "
        "publishers = (SELECT count(*) FROM story_publishers WHERE story = ?7) WHERE id = ?7",
        changes,
    )
    _show(store, by_story)


def move(
    store: Store, items: Iterable[int], story: int | None, at: datetime, decision: int | None = None
) -> set[int]:
    """Move stored items to a story, or out of all; gives the stories that changed.

    Earlier memberships are closed, not deleted, so that an earlier moment still shows them.
    """
    moment = to_ms(at)
    changed: set[int] = set()
    for item in items:
        row = store.rows("SELECT story FROM items WHERE id = ?", (item,))
        if not row:
            continue
        before = row[0][0]
        if before == story:
            continue
        # A membership that would begin and end at one moment never held.
        store.write("DELETE FROM memberships WHERE item = ? AND until IS NULL AND since >= ?", (item, moment))
        store.write("UPDATE memberships SET until = ? WHERE item = ? AND until IS NULL", (moment, item))
        store.write("UPDATE items SET story = ? WHERE id = ?", (story, item))
        if story is not None:
            store.write(
                "INSERT OR REPLACE INTO memberships (story, item, since, until, decision) VALUES (?, ?, ?, NULL, ?)",
                (story, item, moment, decision),
            )
        changed |= {number for number in (before, story) if number is not None}
    recount(store, changed)
    return changed


def join(store: Store, kept: int, other: int, at: datetime, decision: int | None = None) -> set[int]:
    """All items of ``other`` go to ``kept``; ``other`` remains as an empty story that says where they went."""
    members = [
        row[0]
        for row in store.rows("SELECT item FROM memberships WHERE story = ? AND until IS NULL", (other,))
    ]
    changed = move(store, members, kept, at, decision) | {kept, other}
    store.write(
        "UPDATE stories SET joined_into = ?, joined_at = ?, shown = 0, stale = 0 WHERE id = ?",
        (kept, to_ms(at), other),
    )
    store.write(
        "UPDATE stories SET opposite_of = ? WHERE opposite_of = ? AND id <> ?",
        (kept, other, kept),
    )
    return changed


def resolved(store: Store, story: int) -> int:
    """The story that stands for this one now: itself, or what it was joined into."""
    for _ in range(100):  # chains are short; the bound only guards against a damaged file
        into = store.value("SELECT joined_into FROM stories WHERE id = ?", (story,))
        if into is None:
            return story
        story = int(into)
    return story


def link_opposites(store: Store, a: int, b: int, since: datetime) -> None:
    """The two stories claim the reverse of each other; an older link of either stays."""
    for one, other in ((a, b), (b, a)):
        store.write(
            "UPDATE stories SET opposite_of = ?, opposite_since = ? WHERE id = ? AND opposite_of IS NULL",
            (other, to_ms(since), one),
        )


def touch(store: Store, items: Iterable[int]) -> set[int]:
    """The words of these items changed: their stories are to be told anew; gives those."""
    changed: set[int] = set()
    for item in items:
        changed |= {row[0] for row in store.rows("SELECT story FROM items WHERE id = ?", (item,)) if row[0]}
    store.write_all(
        "UPDATE stories SET stale = 1, told_items = 0 WHERE id = ?", [(story,) for story in changed]
    )
    return changed


def recount(store: Store, stories: Iterable[int]) -> None:
    """Work the cheap columns out of the memberships anew, after items were moved."""
    numbers = list(stories)
    for story in numbers:
        store.write("DELETE FROM story_publishers WHERE story = ?", (story,))
        store.write(
            "INSERT INTO story_publishers (story, publisher, items) "
            "SELECT m.story, i.publisher, count(*) FROM memberships m JOIN items i ON i.id = m.item "
            "WHERE m.story = ? AND m.until IS NULL GROUP BY i.publisher",
            (story,),
        )
        times = [
            row[0]
            for row in store.rows(
                "SELECT i.effective FROM memberships m JOIN items i ON i.id = m.item "
                "WHERE m.story = ? AND m.until IS NULL",
                (story,),
            )
        ]
        store.write(
            "UPDATE stories SET items = ?, first_seen = ?, last_seen = ?, activity = ?, fresh = min(fresh, ?), "
            "stale = 1, publishers = (SELECT count(*) FROM story_publishers WHERE story = ?) WHERE id = ?",
            (
                len(times),
                min(times, default=None),
                max(times, default=None),
                _joined([_weight(ms) for ms in times]),
                len(times),
                story,
                story,
            ),
        )
    _show(store, numbers)


def _show(store: Store, stories: Iterable[int]) -> None:
    store.write_all(
        "UPDATE stories SET shown = (joined_into IS NULL AND (publishers >= 2 OR watched = 1)) "
        "WHERE id = ? AND shown <> (joined_into IS NULL AND (publishers >= 2 OR watched = 1))",
        [(story,) for story in stories],
    )


def _weight(ms: int) -> float:
    return ms / _HALF_LIFE_MS


def _joined(weights: Sequence[float]) -> float:
    if not weights:
        return 0.0
    top = max(weights)
    return top + math.log2(sum(2.0 ** (weight - top) for weight in weights))

"""The queue of new items, and why each was proposed for its story."""

from __future__ import annotations

import json
from array import array
from dataclasses import dataclass

from store import corrections
from store.database import Store
from store.items import ItemFilter, get, ids
from store.narrowing import Hidden, rule_test
from store.proposals import FOUNDED
from stories.evidence import Statement
from stories.item import Item

WAITING = ItemFilter(waiting=True)
_ELSEWHERE = "started a story of its own, and was put here since"


@dataclass(frozen=True, slots=True)
class RunnerUp:
    """Another story the item might belong to."""

    story_id: int
    story_name: str
    score: float


@dataclass(frozen=True, slots=True)
class Proposal:
    """One waiting item, where grouping put it, and on what grounds."""

    item: Item
    story_id: int | None
    """None when the item was dismissed or belongs to no story."""
    story_name: str
    story_items: int
    """How many items the story has; 1 when this one started it."""
    score: float
    """Grouping's similarity, 0..1; 0 for an item that started its story."""
    why: tuple[str, ...]
    """Plain phrases: matched names and words, similarity, time."""
    runners_up: tuple[RunnerUp, ...]
    statements: tuple[Statement, ...]
    """As the analyst has corrected them."""


def queue(store: Store, *, before: int | None = None, limit: int | None = None) -> array[int]:
    """Ids of the items that wait for a decision, newest first."""
    return ids(store, WAITING, before=before, limit=limit)


def waiting(store: Store, hidden: Hidden = ()) -> int:
    """How many items wait and are not hidden by these rules; a tally, less what the rules' own indexes find.

    The same number as the queue's length under a narrowing with the same rules.
    """
    tally = int(store.value("SELECT n FROM tallies WHERE name = 'waiting'"))
    found = [test for rule in hidden if (test := rule_test(*rule)) is not None]
    if not found or not tally:
        return tally
    unseen = store.value(
        f"SELECT count(*) FROM items i WHERE i.id IN ({' UNION '.join(sql for sql, _ in found)}) "
        "AND i.decided = 0 AND i.read = 0 AND i.dismissed = 0",
        [value for _, values in found for value in values],
    )
    return tally - int(unseen)


def proposal(store: Store, item_id: int) -> Proposal | None:
    """What Triage shows of one item; None when it is gone."""
    with store.reading():
        found = get(store, [item_id])
        if not found:
            return None
        story = store.rows(
            "SELECT s.id, s.name, s.items FROM items i JOIN stories s ON s.id = i.story WHERE i.id = ?",
            (item_id,),
        )
        grounds = store.rows("SELECT score, why, runners_up FROM proposals WHERE item = ?", (item_id,))
        score, why, others = grounds[0] if grounds else (0.0, "[]", "")
        story_id, name, items = story[0] if story else (None, "", 0)
        return Proposal(
            item=found[0],
            story_id=story_id,
            story_name=name,
            story_items=items,
            score=score,
            why=_told(store, json.loads(why), item_id, story_id),
            runners_up=tuple(
                RunnerUp(number, _name(store, number), points)
                for number, points in json.loads(others or "[]")
            ),
            statements=corrections.readings(store, [item_id])[item_id].statements,
        )


def _told(store: Store, why: list[str], item: int, story: int | None) -> tuple[str, ...]:
    """The reasons as they are true now: a story's first item may have come to another story since."""
    if why == [FOUNDED] and story is not None:
        first = store.value("SELECT min(item) FROM memberships WHERE story = ?", (story,))
        return (FOUNDED,) if first == item else (_ELSEWHERE,)
    return tuple(why)


def _name(store: Store, story: int) -> str:
    return str(store.value("SELECT name FROM stories WHERE id = ?", (story,)) or "")

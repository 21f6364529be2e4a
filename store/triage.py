"""The queue of new items, and why each was proposed for its story."""

from __future__ import annotations

import json
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace

from store import corrections, placing
from store.database import Store
from store.filters import WAITING as WAITING
from store.filters import ItemFilter, hidden_anywhere, hidden_waiting
from store.items import get, ids
from store.proposals import FOUNDED
from stories.evidence import Statement
from stories.item import Item

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
    ruled: bool = False
    """A rule of the analyst's leads it there, whatever grouping thought."""

    @property
    def alone(self) -> bool:
        """Whether accepting leaves it in a story of its own."""
        return self.story_items <= 1 and not self.ruled


def queue(store: Store, *, before: int | None = None, limit: int | None = None) -> array[int]:
    """Ids of the items that wait for a decision, newest first."""
    return ids(store, WAITING, before=before, limit=limit)


def waiting(store: Store) -> int:
    """How many items wait: a tally, the same number as the queue's length."""
    return int(store.value("SELECT n FROM tallies WHERE name = 'waiting'"))


def left_out(store: Store, hidden: Sequence[ItemFilter]) -> int:
    """How many of those that wait one of these rules matches: as many as the queue is shorter by."""
    if not hidden:
        return 0
    sql, values = hidden_waiting(hidden)
    return int(store.value(sql, values))


def left_out_of_all(store: Store, hidden: Sequence[ItemFilter]) -> int:
    """How many of all items these rules match, as far as an index finds them: as many as Wire is shorter by."""
    if not hidden:
        return 0
    sql, values = hidden_anywhere(hidden)
    return int(store.value(sql, values))


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


def led(store: Store, made: Proposal, story: int, query: str) -> Proposal:
    """The proposal as a rule makes it; where grouping put the item comes first among the others."""
    story = placing.resolved(store, story)
    found = store.rows("SELECT name, items FROM stories WHERE id = ?", (story,))
    if story == made.story_id or not found:
        return made
    others = list(made.runners_up)
    if made.story_id is not None and not made.alone:
        others.insert(0, RunnerUp(made.story_id, made.story_name, made.score))
    return replace(
        made,
        story_id=story,
        story_name=found[0][0],
        story_items=found[0][1],
        score=0.0,
        why=(f"your rule: {query}",),
        runners_up=tuple(other for other in others if other.story_id != story),
        ruled=True,
    )


def _told(store: Store, why: list[str], item: int, story: int | None) -> tuple[str, ...]:
    """The reasons as they are true now: a story's first item may have come to another story since."""
    if why == [FOUNDED] and story is not None:
        first = store.value("SELECT min(item) FROM memberships WHERE story = ?", (story,))
        return (FOUNDED,) if first == item else (_ELSEWHERE,)
    return tuple(why)


def _name(store: Store, story: int) -> str:
    return str(store.value("SELECT name FROM stories WHERE id = ?", (story,)) or "")

"""What the decisions in force demand of grouping: must-link and cannot-link, item by item."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from store.database import Store
from store.log import IN_FORCE, ORDER_OF
from stories.decision import Act

_MUST = frozenset({Act.ACCEPT, Act.MOVE, Act.NEW_STORY, Act.SPLIT, Act.JOIN})
_CANNOT = frozenset({Act.MOVE, Act.NEW_STORY, Act.SPLIT, Act.DISMISS})
PLACING = _MUST | _CANNOT


@dataclass(frozen=True, slots=True)
class Constraint:
    """One demand of a decision in force."""

    item: int
    story: int
    must: bool
    """True: the item belongs to the story; False: it must never be in it."""
    decision: int


def rebuild(store: Store, items: Sequence[int]) -> None:
    """Work out these items' constraints anew from the decisions in force, in the caller's transaction."""
    for item in items:
        store.write("DELETE FROM constraints WHERE item = ?", (item,))
        found = store.rows(
            "SELECT d.id, d.act, d.story, d.before FROM decision_items l JOIN decisions d ON d.id = l.decision "
            f"WHERE l.item = ?2 AND {IN_FORCE} ORDER BY {ORDER_OF}",
            (None, item),
        )
        must: tuple[int, int] | None = None
        never: dict[int, int] = {}
        for number, act, story, before in found:
            left = next((row[1] for row in json.loads(before)["items"] if row[0] == item), None)
            if Act(act) is Act.ACCEPT and story is None:
                story = left  # accepted where it is
            if Act(act) in _CANNOT and left is not None and left != story:
                never[left] = number
            if Act(act) in _MUST and story is not None:
                must = (story, number)
            elif Act(act) is Act.DISMISS:
                must = None
        rows = [
            (item, story, 0, number) for story, number in never.items() if must is None or story != must[0]
        ]
        if must is not None:
            rows.append((item, must[0], 1, must[1]))
        store.write_all("INSERT INTO constraints (item, story, must, decision) VALUES (?, ?, ?, ?)", rows)


def of_items(store: Store, items: Iterable[int]) -> list[Constraint]:
    """What is demanded of these items."""
    found = store.rows(
        "SELECT item, story, must, decision FROM constraints WHERE item IN (SELECT value FROM json_each(?)) "
        "ORDER BY item, story",
        (json.dumps(list(items)),),
    )
    return [Constraint(item, story, bool(must), number) for item, story, must, number in found]


def all_of(store: Store) -> list[Constraint]:
    """Everything the analyst's decisions demand."""
    found = store.rows("SELECT item, story, must, decision FROM constraints ORDER BY item, story")
    return [Constraint(item, story, bool(must), number) for item, story, must, number in found]


def may_join(store: Store, kept: int, other: int) -> bool:
    """Whether grouping may join two stories: not if an analyst holds them apart.

    They are held apart when an item that must be in one must never be in the other, when both hold
    items an analyst placed, or when a JOIN of the two was undone.
    """
    placed = store.rows(
        "SELECT DISTINCT story FROM constraints WHERE must = 1 AND story IN (?, ?)", (kept, other)
    )
    if len(placed) == 2:
        return False
    for one, two in ((kept, other), (other, kept)):
        if store.rows(
            "SELECT 1 FROM constraints c JOIN memberships m ON m.item = c.item AND m.until IS NULL "
            "WHERE c.story = ? AND c.must = 0 AND m.story = ? LIMIT 1",
            (one, two),
        ):
            return False
    undone = store.rows(
        "SELECT 1 FROM decisions d WHERE d.act = 'join' AND ((d.story = ?2 AND json_extract(d.details, '$.other') = ?3) "
        f"OR (d.story = ?4 AND json_extract(d.details, '$.other') = ?5)) AND NOT {IN_FORCE} LIMIT 1",
        (None, kept, str(other), other, str(kept)),
    )
    return not undone

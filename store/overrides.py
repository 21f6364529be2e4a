"""What the analyst says against the tool: a story's status or opposite, a statement's reading; now or as of a time."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from store.database import Store
from store.log import IN_FORCE, decision
from stories.decision import Act, Decision
from stories.story import Status


@dataclass(frozen=True, slots=True)
class OwnStatus:
    """A status that the analyst set."""

    status: Status
    because: str
    """Says who set it, and their note."""


def overrides_of(store: Store, items: Sequence[int], at: int | None = None) -> tuple[Decision, ...]:
    """The analyst's corrections of these items' statements in force at ``at`` (ms, default now), oldest first."""
    found = store.rows(
        f"SELECT d.* FROM decisions d WHERE d.act = '{Act.STANCE.value}' AND (?1 IS NULL OR coalesce(d.applied, d.at) <= ?1) "
        "AND EXISTS (SELECT 1 FROM json_each(d.items) j JOIN json_each(?2) w ON w.value = j.value) "
        f"AND {IN_FORCE} ORDER BY d.id",
        (at, json.dumps(list(items))),
    )
    return tuple(decision(row) for row in found)


def unlinked(store: Store, at: int | None = None) -> frozenset[tuple[int, int]]:
    """Pairs of stories, each both ways round, that for the analyst are not each other's opposite, at ``at`` (ms)."""
    found = store.rows(
        "SELECT d.story, CAST(json_extract(d.details, '$.other') AS INTEGER) FROM decisions d "
        f"WHERE d.act = '{Act.STATUS.value}' AND json_extract(d.details, '$.opposite') = 'no' "
        f"AND (?1 IS NULL OR coalesce(d.applied, d.at) <= ?1) AND {IN_FORCE}",
        (at,),
    )
    return frozenset(pair for one, other in found for pair in ((one, other), (other, one)))


def with_own_status(store: Store, stories: Collection[int]) -> frozenset[int]:
    """Those of some stories on which an analyst ever set anything, for which `status_of` is worth asking."""
    found = store.rows(
        f"SELECT DISTINCT d.story FROM decisions d WHERE d.act = '{Act.STATUS.value}' "
        "AND d.story IN (SELECT value FROM json_each(?))",
        (json.dumps(list(stories)),),
    )
    return frozenset(story for (story,) in found)


def status_of(store: Store, story: int, at: int | None = None) -> OwnStatus | None:
    """The status the analyst set on a story, in force at ``at`` (ms, default now)."""
    found = store.rows(
        f"SELECT d.* FROM decisions d WHERE d.act = '{Act.STATUS.value}' AND d.story = ?2 "
        f"AND (?1 IS NULL OR coalesce(d.applied, d.at) <= ?1) AND {IN_FORCE} ORDER BY d.id DESC",
        (at, story),
    )
    for row in found:
        made = decision(row)
        if "status" not in made.details:
            continue
        if not made.details["status"]:  # handed back to the tool
            return None
        status = Status(made.details["status"])
        note = made.details.get("note", "")
        return OwnStatus(
            status, f"{status.value} by {made.by}'s own judgement" + (f": {note}" if note else "")
        )
    return None

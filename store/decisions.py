"""The analyst's decisions: recorded, applied and synced to disk in one transaction; undone, redone, repeated."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from store import acts, placing
from store.acts import Before
from store.constraints import PLACING, rebuild
from store.database import Store
from store.errors import StoreFull, StoreLocked
from store.log import FLAGS_ONLY, get, in_force, last, since
from store.refreshing import refresh
from store.times import to_ms
from stories.decision import Act, Decision


@dataclass(frozen=True, slots=True)
class Foreign:
    """Where a decision of another database comes from."""

    uid: str
    applied: datetime
    """When it is taken over here."""
    outdated: frozenset[int] = frozenset()
    """Items about which something newer was decided here: for these it is only kept on record."""


_REFRESH_AT_ONCE = 300
"""Longer stories than this are told anew by the collector, so that a key press stays quick."""

__all__ = ["Foreign", "get", "in_force", "last", "record", "redo", "since", "take_over", "undo"]


def record(
    store: Store,
    act: Act,
    *,
    items: Sequence[int] = (),
    story: int | None = None,
    details: Mapping[str, str] | None = None,
    by: str,
    at: datetime,
    batch: str = "",
    foreign: Foreign | None = None,
) -> Decision:
    """Decide: when this returns, the decision and what it changes are on the disk.

    NEW_STORY and SPLIT (and WATCH without a story) make a story; the decision given back names it.
    Decisions of one ``batch`` are undone and redone together. ``foreign``: it was made in another database. Raises StoreError when there is nothing to act on,
    StoreLocked, StoreFull or StoreReadOnly when it can't be kept.
    """
    details = dict(details or {})
    if act is Act.ACCEPT and story is not None:
        story = placing.resolved(store, story)
    acts.needs(act, items, story, details)
    with store.transaction(durable=True):
        before = replace(acts.found_before(store, act, items, story, details), batch=batch)
        if act in acts.MAKES_STORY or (act is Act.WATCH and story is None):
            story = placing.next_story(store)
            before = replace(before, made=story)
        made = _append(store, act, items, story, details, by, at, None, before, foreign)
        changed = acts.apply(store, _in_force_here(made, foreign))
        if act not in FLAGS_ONLY:
            rebuild(store, made.items)
    _refresh_small(store, changed, at if foreign is None else foreign.applied)
    return made


def undo(store: Store, by: str, at: datetime) -> Decision | None:
    """Take back this analyst's newest decision in force, with those of its batch; None when there is none.

    Gives that decision, with the items of all that were taken back.
    """
    with store.transaction(durable=True):
        target = newest = last(store, by)
        if newest is None:
            return None
        changed: set[int] = set()
        about: list[int] = []
        batch = _batch_of(store, newest)
        while target is not None and (target.id == newest.id or batch == _batch_of(store, target) != ""):
            changed |= _take_back(store, target, by, at)
            about += target.items
            target = last(store, by)
    _refresh_small(store, changed, at)
    return replace(newest, items=tuple(dict.fromkeys(about)))


def redo(store: Store, by: str, at: datetime) -> Decision | None:
    """Do again what was undone last, with its batch, unless something else was decided since; gives it, or None."""
    with store.transaction(durable=True):
        undone = first = _redoable(store, by)
        if first is None:
            return None
        changed: set[int] = set()
        batch = _batch_of(store, first[1])
        while undone is not None and (undone == first or batch == _batch_of(store, undone[1]) != ""):
            undo_id, target = undone
            appended = _append(store, Act.REDO, (), None, {}, by, at, undo_id, Before([], []))
            changed |= acts.apply(store, _as_of_now(target, at, appended.id))
            rebuild(store, target.items)
            undone = _redoable(store, by)
    _refresh_small(store, changed, at)
    return first[1]


def _batch_of(store: Store, made: Decision) -> str:
    return Before.from_json(store.value("SELECT before FROM decisions WHERE id = ?", (made.id,))).batch


def take_over(store: Store, act: Act, target: Decision, by: str, at: datetime, foreign: Foreign) -> None:
    """An UNDO or REDO of another database, of a decision that is known here."""
    with store.transaction(durable=True):
        if act is Act.UNDO:
            changed = _take_back(store, target, by, at, foreign)
        else:
            undone = store.value(
                "SELECT max(id) FROM decisions WHERE undoes = ? AND act = 'undo'", (target.id,)
            )
            appended = _append(store, Act.REDO, (), None, {}, by, at, undone, Before([], []), foreign)
            changed = acts.apply(store, _as_of_now(target, foreign.applied, appended.id))
            rebuild(store, target.items)
    _refresh_small(store, changed, foreign.applied)


def _take_back(
    store: Store, target: Decision, by: str, at: datetime, foreign: Foreign | None = None
) -> set[int]:
    before = Before.from_json(store.value("SELECT before FROM decisions WHERE id = ?", (target.id,)))
    appended = _append(store, Act.UNDO, (), None, {}, by, at, target.id, Before([], []), foreign)
    moment = at if foreign is None else foreign.applied
    changed = acts.put_back(store, target, before, moment, appended.id)
    rebuild(store, sorted({*target.items, *(row[0] for row in before.items)}))
    if target.act is Act.STANCE:
        changed |= acts.restate(store, target.items)
    return changed


def _redoable(store: Store, by: str) -> tuple[int, Decision] | None:
    found = store.rows(
        "SELECT u.id, u.undoes FROM decisions u WHERE u.act = 'undo' AND u.by = ?1 "
        "AND NOT EXISTS (SELECT 1 FROM decisions r WHERE r.undoes = u.id AND r.act = 'redo') "
        "AND NOT EXISTS (SELECT 1 FROM decisions d WHERE d.id > u.id AND d.by = ?1 AND d.act NOT IN ('undo', 'redo')) "
        "ORDER BY u.id DESC LIMIT 1",
        (by,),
    )
    if not found:
        return None
    target = get(store, found[0][1])
    return None if target is None else (found[0][0], target)


def _as_of_now(target: Decision, at: datetime, number: int) -> Decision:
    return Decision(number, at, target.by, target.act, target.items, target.story, target.details)


def _in_force_here(made: Decision, foreign: Foreign | None) -> Decision:
    """The decision as it is applied: at the moment it becomes known here, to the items it is not too late for."""
    if foreign is None:
        return made
    items = tuple(item for item in made.items if item not in foreign.outdated)
    return replace(made, at=foreign.applied, items=items)


def _append(
    store: Store,
    act: Act,
    items: Sequence[int],
    story: int | None,
    details: Mapping[str, str],
    by: str,
    at: datetime,
    undoes: int | None,
    before: Before,
    foreign: Foreign | None = None,
) -> Decision:
    if act is Act.JOIN:
        # A join is about every item of both stories: regrouping must not take them apart again.
        members = store.rows("SELECT item FROM memberships WHERE story = ? AND until IS NULL", (story,))
        items = sorted({row[0] for row in members} | {row[0] for row in before.items})
    cursor = store.write(
        "INSERT INTO decisions (uid, at, by, act, items, story, details, undoes, before, applied) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            uuid.uuid4().hex if foreign is None else foreign.uid,
            to_ms(at),
            by,
            act.value,
            json.dumps(list(items)),
            story,
            json.dumps(dict(details), ensure_ascii=False),
            undoes,
            before.to_json(),
            None if foreign is None else to_ms(foreign.applied),
        ),
    )
    number = int(cursor.lastrowid or 0)
    if act in PLACING:
        store.write_all(
            "INSERT OR IGNORE INTO decision_items (item, decision) VALUES (?, ?)",
            [(item, number) for item in items if foreign is None or item not in foreign.outdated],
        )
    return Decision(number, at, by, act, tuple(items), story, details, undoes)


def _refresh_small(store: Store, stories: set[int], now: datetime) -> None:
    """Tell the changed stories anew, so that the row changes under the analyst's hand."""
    found = store.rows(
        "SELECT id FROM stories WHERE id IN (SELECT value FROM json_each(?)) AND items <= ?",
        (json.dumps(sorted(stories)), _REFRESH_AT_ONCE),
    )
    # The decision is on the disk: a writer that keeps the lock, or a disk that is full now, only leaves the
    # telling to the collector, for the stories stay marked. To say "failed" would be wrong.
    with suppress(StoreLocked, StoreFull):
        refresh(store, [row[0] for row in found], now)

"""Decisions out of one database and into another, one JSON object a line, so that analysts can merge their work.

Numbers mean nothing elsewhere: an item is named by its keys (`feeds.identity`), a story by its name and the
keys of its items, a decision by its uid.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from store import log, placing
from store.database import Store
from store.decisions import Foreign, record, take_over
from store.errors import StoreDamaged, StoreError, StoreFull, StoreLocked, StoreReadOnly
from store.foreign_line import SCHEMA, ForeignLine, ForeignStory, read
from store.intake import split_keys
from store.times import from_ms, to_ms
from stories.decision import Act

_OF_NEWS = """
d.act <> 'rule' AND NOT EXISTS (
    SELECT 1 FROM decisions u LEFT JOIN decisions r ON r.id = u.undoes
    WHERE u.id = d.undoes AND (u.act = 'rule' OR r.act = 'rule'))
"""
"""SQL: decision ``d`` is neither a rule nor the undo or redo of one."""
_SAMPLE = 50
"""Items that name a story: enough to find it where the other database has only some of them."""


@dataclass(slots=True)
class Merged:
    """What came of taking over a log."""

    applied: int = 0
    known: int = 0
    """Decisions that were here already."""
    unplaced: list[tuple[int, str]] = field(default_factory=list)
    """Lines that could not be taken over, and why."""


def export(store: Store) -> Iterator[str]:
    """Every decision about the news, oldest first, a line each; rules are about one's own screens."""
    number = 0
    while page := store.rows(
        "SELECT id, uid, at, by, act, items, story, details, undoes, before FROM decisions d WHERE id > ? "
        f"AND {_OF_NEWS} ORDER BY id LIMIT 500",
        (number,),
    ):
        for row in page:
            yield json.dumps(_line(store, row), ensure_ascii=False, separators=(",", ":"))
        number = page[-1][0]


def merge(store: Store, lines: Iterable[str], now: datetime) -> Merged:
    """Take over another log's decisions, oldest first; each is applied once, however often it is offered.

    Where something newer was decided here about an item, that stands. A bad line is reported and skipped.
    Raises StoreReadOnly, StoreFull, StoreLocked or StoreDamaged; what was taken over before it stays.
    """
    merged = Merged()
    found: list[tuple[int, ForeignLine]] = []
    for number, text in enumerate(lines, start=1):
        if not text.strip():
            continue
        try:
            found.append((number, read(text, now)))
        except ValueError as error:
            merged.unplaced.append((number, f"It can't be read: {error}."))
    for number, line in sorted(found, key=lambda each: (each[1].at, each[0])):
        if store.rows("SELECT 1 FROM decisions WHERE uid = ?", (line.uid,)):
            merged.known += 1
            continue
        try:
            _take_in(store, line, now)
            merged.applied += 1
        except (StoreReadOnly, StoreFull, StoreLocked, StoreDamaged):
            raise  # so it is with every other line, too
        except StoreError as error:
            merged.unplaced.append((number, str(error)))
    return merged


def _line(store: Store, row: Sequence[Any]) -> dict[str, Any]:
    _, uid, at, by, act, items, story, details, undoes, before = row
    told = json.loads(details)
    line: dict[str, Any] = {
        "schema": SCHEMA,
        "uid": uid,
        "at": from_ms(at).isoformat(),
        "by": by,
        "act": act,
        "items": [_item(store, item) for item in json.loads(items)],
        "story": None if story is None else _story(store, story),
        "makes": json.loads(before).get("made") is not None,
        "details": {key: value for key, value in told.items() if key != "other"},
        "undoes": None
        if undoes is None
        else store.value("SELECT uid FROM decisions WHERE id = ?", (undoes,)),
    }
    if "other" in told:
        line["other"] = _story(store, int(told["other"]))
    return line


def _item(store: Store, number: int) -> dict[str, Any]:
    found = store.rows("SELECT guid, keys FROM items WHERE id = ?", (number,))
    guid, keys = found[0] if found else ("", b"")
    return {"guid": guid, "keys": [key.hex() for key in split_keys(keys)]}


def _story(store: Store, number: int) -> dict[str, Any]:
    members = store.rows(
        "SELECT i.keys FROM memberships m JOIN items i ON i.id = m.item WHERE m.story = ? ORDER BY m.item LIMIT ?",
        (number, _SAMPLE),
    )
    made = store.value(
        "SELECT uid FROM decisions WHERE story = ? AND json_extract(before, '$.made') = story ORDER BY id LIMIT 1",
        (number,),
    )
    return {
        "name": store.value("SELECT name FROM stories WHERE id = ?", (number,)) or "",
        "made_by": made or "",
        "items": [split_keys(keys)[0].hex() for (keys,) in members if keys],
    }


def _take_in(store: Store, line: ForeignLine, now: datetime) -> None:
    if line.undoes:
        target = _undone(store, line.undoes)
        if target is None:
            raise StoreError("What it undoes or redoes is not known here.")
        take_over(store, line.act, target, line.by, line.at, Foreign(line.uid, now))
        return
    items = [number for keys in line.items if (number := _local_item(store, keys)) is not None]
    if line.items and not items and line.act is not Act.JOIN:
        raise StoreError("None of its items is known here.")
    story = None if line.makes or line.story is None else _local_story(store, line.story)
    details = dict(line.details)
    if line.other is not None:
        details["other"] = str(_local_story(store, line.other))
    foreign = Foreign(line.uid, now, _outdated(store, items, line.at))
    record(
        store, line.act, items=items, story=story, details=details, by=line.by, at=line.at, foreign=foreign
    )


def _undone(store: Store, uid: str) -> Any:
    """The decision that an undo, or a redo of an undo, is about in the end."""
    number = store.value("SELECT id FROM decisions WHERE uid = ?", (uid,))
    found = None if number is None else log.get(store, number)
    while found is not None and found.undoes is not None:
        found = log.get(store, found.undoes)
    return found


def _local_item(store: Store, keys: Sequence[bytes]) -> int | None:
    for key in keys:
        found = store.value("SELECT item FROM item_keys WHERE key = ?", (key,))
        if found is not None:
            return int(found)
    return None


def _local_story(store: Store, named: ForeignStory) -> int:
    """The story here that holds most of the items the other one had."""
    if named.made_by:
        made = store.value("SELECT story FROM decisions WHERE uid = ?", (named.made_by,))
        if made is not None:
            return placing.resolved(store, int(made))
    held: Counter[int] = Counter()
    for key in named.items:
        story = store.value(
            "SELECT i.story FROM item_keys k JOIN items i ON i.id = k.item WHERE k.key = ?", (key,)
        )
        if story is not None:
            held[int(story)] += 1
    if not held:
        raise StoreError(f"The story “{named.name}” has no item that is known here.")
    return min(held, key=lambda story: (-held[story], story))


def _outdated(store: Store, items: Sequence[int], at: datetime) -> frozenset[int]:
    """Items about whose place something newer was decided here."""
    found = store.rows(
        "SELECT DISTINCT l.item FROM decision_items l JOIN decisions d ON d.id = l.decision "
        f"WHERE l.item IN (SELECT value FROM json_each(?2)) AND d.at > ?3 AND {log.IN_FORCE}",
        (None, json.dumps(list(items)), to_ms(at)),
    )
    return frozenset(row[0] for row in found)

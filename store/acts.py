"""What each act of the analyst changes in the file, and how it is put back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from store import corrections, placing, setups
from store.database import Store
from store.errors import StoreError
from store.log import IN_FORCE, ORDER_OF
from stories.decision import Act, Decision

PLACES = frozenset({Act.ACCEPT, Act.MOVE, Act.NEW_STORY, Act.SPLIT, Act.DISMISS, Act.JOIN})
"""Acts that say where items belong."""

_ITEM_STATE = ("id", "story", "read", "starred", "dismissed", "decided")
_STORY_STATE = (
    "id",
    "name",
    "claim",
    "watched",
    "starred",
    "named_by",
    "rated",
    "note",
    "status_by_analyst",
    "joined_into",
    "joined_at",
    "terms",
    "claim_by_analyst",
)
# What each kind of act changes, and so what undoing one puts back.
_ITEM_COLUMNS: dict[Act, tuple[str, ...]] = {
    **dict.fromkeys((Act.ACCEPT, Act.MOVE, Act.NEW_STORY, Act.SPLIT), ("decided", "dismissed")),
    Act.DISMISS: ("decided", "dismissed", "read"),
    **dict.fromkeys((Act.STAR, Act.UNSTAR), ("starred",)),
    **dict.fromkeys((Act.READ, Act.UNREAD), ("read",)),
}
_STORY_COLUMNS: dict[Act, tuple[str, ...]] = {
    Act.JOIN: ("joined_into", "joined_at"),
    Act.RENAME: ("named_by",),
    **dict.fromkeys((Act.WATCH, Act.UNWATCH), ("watched", "claim", "claim_by_analyst", "terms")),
    **dict.fromkeys((Act.STAR, Act.UNSTAR), ("starred",)),
    Act.STATUS: ("rated", "note", "status_by_analyst"),
}
_CLAIM = ("claim", "claim_by_analyst")
"""What an own claim changes; any other word on a story leaves the claim to the tool, which may have found another since."""


@dataclass(frozen=True, slots=True)
class Before:
    """What a decision found, so that it can be put back."""

    items: list[list[Any]]
    stories: list[list[Any]]
    made: int | None = None
    """The story the decision itself made; emptied, it is not shown."""
    rule: str = ""
    """What the rule was that the decision turned: a `setups.RuleState`; empty in logs of before that was kept."""
    batch: str = ""
    """What decisions made with one key share, so that one key takes all of them back; else empty."""

    def to_json(self) -> str:
        """For the log."""
        return json.dumps({name: getattr(self, name) for name in self.__slots__}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Before:
        """From the log."""
        held = json.loads(text)
        return cls(
            held.get("items", []),
            held.get("stories", []),
            held.get("made"),
            held.get("rule", ""),
            held.get("batch", ""),
        )


def needs(act: Act, items: Sequence[int], story: int | None, details: Mapping[str, str]) -> None:
    """Raise StoreError when the act lacks what it acts on."""
    if act in _ON_ITEMS and not items:
        raise StoreError(f"Nothing is selected to {act.value.replace('_', ' ')}.")
    if act in _ON_STORY and story is None:
        raise StoreError(f"Choose a story to {act.value.replace('_', ' ')}.")
    if act is Act.JOIN and "other" not in details:
        raise StoreError("Choose the other story to join.")
    if act is Act.RENAME and not details.get("name", "").strip():
        raise StoreError("A story needs a name.")
    if act is Act.RULE and not {"kind", "query", "on"} <= details.keys():
        raise StoreError("A rule needs its kind and its filter.")
    if act is Act.STANCE and not {"where", "start"} <= details.keys():
        raise StoreError("Choose a statement to correct.")


def found_before(
    store: Store, act: Act, items: Sequence[int], story: int | None, details: Mapping[str, str]
) -> Before:
    """The state that the act is about to change."""
    numbers = list(items)
    other = int(details["other"]) if act is Act.JOIN else None
    if act is Act.JOIN and other is not None:
        numbers += [
            row[0]
            for row in store.rows("SELECT item FROM memberships WHERE story = ? AND until IS NULL", (other,))
        ]
    stories = {number for number in (story, other) if number is not None}
    return Before(
        [list(row) for row in _select(store, ", ".join(_ITEM_STATE), "items", numbers)],
        [list(row) for row in _select(store, ", ".join(_STORY_STATE), "stories", sorted(stories))],
        rule=_rule_state(store, details) if act is Act.RULE else "",
    )


def apply(store: Store, made: Decision) -> set[int]:
    """Do what the decision says, in the caller's transaction; gives the stories that changed."""
    return _APPLY[made.act](store, made)


def put_back(store: Store, undone: Decision, before: Before, at: datetime, decision: int) -> set[int]:
    """Restore what an act of this kind changes, as the decision found it; gives the stories that changed.

    What has been decided since about an item or story by somebody else stays.
    """
    if before.made is not None:
        store.write("UPDATE stories SET watched = 0 WHERE id = ?", (before.made,))
    if undone.act is Act.RULE:
        turned = "no" if undone.details["on"] == "yes" else "yes"
        setups.set_rule(store, setups.Rule.named(undone.details), setups.RuleState(before.rule or turned))
    changed = {number for number in (before.made, undone.story) if number is not None}
    for row in before.stories:
        changed.add(row[0])
        held = dict(zip(_STORY_STATE, row, strict=True))
        claimed = undone.act in (Act.WATCH, Act.UNWATCH) or "claim" in undone.details
        for column in _CLAIM if undone.act is Act.STATUS and claimed else _STORY_COLUMNS.get(undone.act, ()):
            store.write(f"UPDATE stories SET {column} = ? WHERE id = ?", (held[column], row[0]))
        if undone.act is Act.RENAME:
            placing.keep_name(store, row[0], held["name"], at)
        if claimed:
            placing.keep_claim(store, row[0], held["claim"], at)
    later = _decided_since(store, undone)
    for row in before.items:
        held = dict(zip(_ITEM_STATE, row, strict=True))
        if held["id"] in later:
            continue
        if undone.act in PLACES:
            target = None if held["story"] is None else placing.resolved(store, held["story"])
            changed |= placing.move(store, [held["id"]], target, at, decision)
        for column in _ITEM_COLUMNS.get(undone.act, ()):
            store.write(f"UPDATE items SET {column} = ? WHERE id = ?", (held[column], held["id"]))
    placing.recount(store, changed)
    return changed


def restate(store: Store, items: Sequence[int]) -> set[int]:
    """The analyst corrected statements of these items, or took that back; gives the stories to be told anew."""
    corrections.restate(store, items)
    return placing.touch(store, items)


def _decided_since(store: Store, undone: Decision) -> set[int]:
    """Items of a placing decision that a later one, still in force, has placed again."""
    if undone.act not in PLACES:
        return set()
    found = store.rows(
        "SELECT DISTINCT l.item FROM decision_items w JOIN decision_items l ON l.item = w.item "
        f"JOIN decisions d ON d.id = l.decision WHERE w.decision = ?2 AND {ORDER_OF} > "
        f"(SELECT {ORDER_OF} FROM decisions d WHERE d.id = ?2) AND {IN_FORCE}",
        (None, undone.id),
    )
    return {row[0] for row in found}


def _accept(store: Store, made: Decision) -> set[int]:
    changed = (
        placing.move(store, made.items, made.story, made.at, made.id) if made.story is not None else set()
    )
    _mark_decided(store, made.items)
    return changed


def _to_story(store: Store, made: Decision) -> set[int]:
    if made.story is None:
        raise StoreError("Choose a story to move to.")
    changed = placing.move(store, made.items, placing.resolved(store, made.story), made.at, made.id)
    _mark_decided(store, made.items)
    return changed


def _new_story(store: Store, made: Decision) -> set[int]:
    if made.story is None:
        raise StoreError("A new story needs its number.")
    name = made.details.get("name", "") or str(
        store.value("SELECT title FROM items WHERE id = ?", made.items[:1]) or ""
    )
    placing.found_story(store, made.story, made.at, name=name, claim=made.details.get("claim", ""))
    if made.details.get("name"):
        store.write("UPDATE stories SET named_by = 'analyst' WHERE id = ?", (made.story,))
    return _to_story(store, made)


def _dismiss(store: Store, made: Decision) -> set[int]:
    changed = placing.move(store, made.items, None, made.at, made.id)
    store.write_all(
        "UPDATE items SET dismissed = 1, decided = 1, read = 1 WHERE id = ?", [(item,) for item in made.items]
    )
    return changed


def _join(store: Store, made: Decision) -> set[int]:
    if made.story is None:
        return set()
    return placing.join(store, made.story, int(made.details["other"]), made.at, made.id)


def _rename(store: Store, made: Decision) -> set[int]:
    if made.story is not None:
        placing.keep_name(store, made.story, made.details["name"].strip(), made.at)
        store.write("UPDATE stories SET named_by = 'analyst' WHERE id = ?", (made.story,))
    return _on_story(made)


def _watch(store: Store, made: Decision) -> set[int]:
    if made.story is None:
        return set()
    if not store.rows("SELECT 1 FROM stories WHERE id = ?", (made.story,)):
        placing.found_story(
            store, made.story, made.at, name=made.details.get("name", ""), claim=made.details.get("claim", "")
        )
        if made.details.get("name"):
            store.write("UPDATE stories SET named_by = 'analyst' WHERE id = ?", (made.story,))
    on = made.act is Act.WATCH
    store.write("UPDATE stories SET watched = ? WHERE id = ?", (on, made.story))
    if on and made.details.get("terms"):
        store.write("UPDATE stories SET terms = ? WHERE id = ?", (made.details["terms"], made.story))
    if on and made.details.get("claim"):
        placing.keep_claim(store, made.story, made.details["claim"], made.at)
        store.write("UPDATE stories SET claim_by_analyst = 1 WHERE id = ?", (made.story,))
    placing.recount(store, [made.story])
    return _on_story(made)


def _flag(column: str, value: int) -> Callable[[Store, Decision], set[int]]:
    def apply_flag(store: Store, made: Decision) -> set[int]:
        store.write_all(f"UPDATE items SET {column} = ? WHERE id = ?", [(value, item) for item in made.items])
        if column == "starred" and made.story is not None:
            store.write("UPDATE stories SET starred = ? WHERE id = ?", (value, made.story))
        return set()

    return apply_flag


def _status(store: Store, made: Decision) -> set[int]:
    for column, name in (("rated", "rating"), ("note", "note")):
        if name in made.details:
            store.write(f"UPDATE stories SET {column} = ? WHERE id = ?", (made.details[name], made.story))
    if "claim" in made.details and made.story is not None:
        own = made.details["claim"]
        if own:
            placing.keep_claim(store, made.story, own, made.at)
        # without words the tool reads the claim again, from the items, as it next tells the story
        store.write("UPDATE stories SET claim_by_analyst = ? WHERE id = ?", (bool(own), made.story))
    if "status" in made.details:
        store.write(
            "UPDATE stories SET status_by_analyst = ? WHERE id = ?",
            (bool(made.details["status"]), made.story),
        )
    return _on_story(made)


def _stance(store: Store, made: Decision) -> set[int]:
    return restate(store, made.items)


def _rule(store: Store, made: Decision) -> set[int]:
    setups.set_rule(store, setups.Rule.named(made.details), setups.RuleState(made.details["on"]))
    return set()


def _rule_state(store: Store, details: Mapping[str, str]) -> str:
    return setups.all_rules(store).get(setups.Rule.named(details), setups.RuleState.GONE).value


def _on_story(made: Decision) -> set[int]:
    return set() if made.story is None else {made.story}


def _mark_decided(store: Store, items: Iterable[int]) -> None:
    store.write_all("UPDATE items SET decided = 1, dismissed = 0 WHERE id = ?", [(item,) for item in items])


def _select(store: Store, columns: str, table: str, numbers: Sequence[int]) -> list[Any]:
    return store.rows(
        f"SELECT {columns} FROM {table} WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id",
        (json.dumps(list(numbers)),),
    )


_APPLY: dict[Act, Callable[[Store, Decision], set[int]]] = {
    Act.ACCEPT: _accept,
    Act.MOVE: _to_story,
    Act.NEW_STORY: _new_story,
    Act.SPLIT: _new_story,
    Act.DISMISS: _dismiss,
    Act.JOIN: _join,
    Act.RENAME: _rename,
    Act.WATCH: _watch,
    Act.UNWATCH: _watch,
    Act.STAR: _flag("starred", 1),
    Act.UNSTAR: _flag("starred", 0),
    Act.READ: _flag("read", 1),
    Act.UNREAD: _flag("read", 0),
    Act.STATUS: _status,
    Act.STANCE: _stance,
    Act.RULE: _rule,
}
_ON_ITEMS = {Act.ACCEPT, Act.MOVE, Act.NEW_STORY, Act.DISMISS, Act.SPLIT, Act.READ, Act.UNREAD, Act.STANCE}
_ON_STORY = {Act.MOVE, Act.JOIN, Act.RENAME, Act.UNWATCH, Act.STATUS}
MAKES_STORY = frozenset({Act.NEW_STORY, Act.SPLIT})

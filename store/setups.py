"""What analysts set up for themselves: saved views and rules; kept beside the news, so they travel with it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from store import state
from store.database import Store


class RuleKind(StrEnum):
    """What a rule does to what matches it; only on the screen, so taking it away brings everything back."""

    HIDE = "hide"
    """Matching items are left out of Wire and Triage."""
    FLAG = "flag"
    """Matching items are marked."""
    ALERT = "alert"
    """A story that comes to match rings the bell and says so."""
    ROUTE = "route"
    """Matching items that wait are proposed for a story of the analyst's choice."""


class RuleState(StrEnum):
    """Whether a rule is in force."""

    ON = "yes"
    OFF = "off"
    """Kept, and does nothing."""
    GONE = "no"


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind and a filter in the filter's language."""

    kind: RuleKind
    query: str
    story: int | None = None
    """Where a route leads."""

    @property
    def details(self) -> dict[str, str]:
        """What a decision about this rule says of it."""
        told = {"kind": self.kind.value, "query": self.query}
        return told if self.story is None else told | {"story": str(self.story)}

    @classmethod
    def named(cls, details: Mapping[str, str]) -> Rule:
        """The rule that a decision is about."""
        story = details.get("story")
        return cls(RuleKind(details["kind"]), details["query"], None if story is None else int(story))


def views(store: Store) -> Mapping[str, str]:
    """Saved filters by name."""
    held: Mapping[str, str] = json.loads(state.get(store, "views") or "{}")
    return held


def save_view(store: Store, name: str, query: str) -> None:
    """Keep a filter under a name; an empty filter takes the name away."""
    with store.transaction():
        held = dict(views(store)) | {name: query}
        state.put(
            store, views=json.dumps({key: text for key, text in held.items() if text}, ensure_ascii=False)
        )


def rules(store: Store) -> tuple[Rule, ...]:
    """The rules in force, oldest first."""
    return tuple(rule for rule, state in all_rules(store).items() if state is RuleState.ON)


def all_rules(store: Store) -> Mapping[Rule, RuleState]:
    """Every rule that is kept, oldest first, and whether it is on."""
    held: list[tuple[Any, ...]] = json.loads(state.get(store, "rules") or "[]")
    found = {}
    for kind, query, *more in held:  # a rule without more is on and leads nowhere
        story, off = more or (None, False)
        found[Rule(RuleKind(kind), query, story)] = RuleState.OFF if off else RuleState.ON
    return found


def set_rule(store: Store, rule: Rule, wanted: RuleState) -> None:
    """Turn a rule on or off in its place, keep a new one last, or take it away."""
    with store.transaction():
        held = dict(all_rules(store)) | {rule: wanted}
        kept = [
            [each.kind.value, each.query, each.story, stands is RuleState.OFF]
            for each, stands in held.items()
            if stands is not RuleState.GONE
        ]
        state.put(store, rules=json.dumps(kept, ensure_ascii=False))

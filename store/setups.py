"""What analysts set up for themselves: saved views and rules; kept beside the news, so they travel with it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

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


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind and a filter in the filter's language."""

    kind: RuleKind
    query: str


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
    """The rules, oldest first."""
    return tuple(Rule(RuleKind(kind), query) for kind, query in json.loads(state.get(store, "rules") or "[]"))


def add_rule(store: Store, rule: Rule) -> None:
    """Keep a rule; one that is there already is kept once."""
    with store.transaction():
        _keep(store, (*(held for held in rules(store) if held != rule), rule))


def drop_rule(store: Store, rule: Rule) -> None:
    """Take a rule away."""
    with store.transaction():
        _keep(store, tuple(held for held in rules(store) if held != rule))


def _keep(store: Store, held: tuple[Rule, ...]) -> None:
    state.put(store, rules=json.dumps([[rule.kind.value, rule.query] for rule in held], ensure_ascii=False))

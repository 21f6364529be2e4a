"""What a person's filter asks of items and stories beyond words: publisher, party, status, time, language."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from store.query import match
from store.times import to_ms
from stories.story import Status


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Every set field must hold; an empty one asks nothing. Names match by any part, whatever the case."""

    source: str = ""
    """Part of a publisher's key."""
    party: str = ""
    """Part of a party's name in some statement."""
    story: str = ""
    """Part of the story's name."""
    lang: str = ""
    status: frozenset[Status] = frozenset()
    """The story's; any of these."""
    since: datetime | None = None
    until: datetime | None = None
    without: tuple[str, ...] = ()
    """Words or phrases that must not stand in the item."""


def item_tests(wanted: Narrowing, *, each: bool = False) -> tuple[list[str], list[Any]]:
    """Conditions on `items i` and their values; ``each``: worded to be tried at each listed item."""
    tests: list[str] = []
    values: list[Any] = []

    def ask(test: str, *bound: Any) -> None:
        tests.append(test)
        values.extend(bound)

    found = _EACH if each else _ALL
    if wanted.source:
        ask(r"i.publisher IN (SELECT id FROM publishers WHERE key LIKE ? ESCAPE '\')", part(wanted.source))
    if wanted.party:
        ask(found["party"], part(wanted.party))
    if wanted.story:
        ask(found["story"], part(wanted.story))
    if wanted.lang:
        ask("i.lang = ?", wanted.lang.lower())
    if wanted.status:
        ask(found["status"], json.dumps(sorted(wanted.status)))
    if wanted.since is not None:
        ask("i.effective >= ?", to_ms(wanted.since))
    if wanted.until is not None:
        ask("i.effective <= ?", to_ms(wanted.until))
    for words in wanted.without:
        if expression := match(f'"{words}"'):
            ask("i.id NOT IN (SELECT rowid FROM items_fts WHERE items_fts MATCH ?)", expression)
    return tests, values


_ALL = {
    "party": r"i.id IN (SELECT item FROM statements WHERE until IS NULL AND party LIKE ? ESCAPE '\')",
    "story": r"i.story IN (SELECT id FROM stories WHERE name LIKE ? ESCAPE '\')",
    "status": "i.story IN (SELECT id FROM stories WHERE status IN (SELECT value FROM json_each(?)))",
}
"""One query finds all that fit, then each item is looked up among them."""
_EACH = {
    "party": r"EXISTS (SELECT 1 FROM statements t WHERE t.item = i.id AND t.until IS NULL AND t.party LIKE ? ESCAPE '\')",
    "story": r"EXISTS (SELECT 1 FROM stories s WHERE s.id = i.story AND s.name LIKE ? ESCAPE '\')",
    "status": "EXISTS (SELECT 1 FROM stories s WHERE s.id = i.story AND s.status IN (SELECT value FROM json_each(?)))",
}
"""The same, tried at one item."""


def part(words: str) -> str:
    """A LIKE pattern for any part of a name; the words are literal."""
    return "%" + words.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_") + "%"

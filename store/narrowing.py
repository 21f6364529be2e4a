"""What a person's filter asks of items and stories beyond words: publisher, party, status, time, language."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from store.database import Store
from store.query import match
from store.times import to_ms
from stories.story import Status

Hidden = Sequence[tuple[str, tuple[str, ...]]]
"""Rules that hide: part of a publisher's key ("" for any) and words; an item that has both is left out."""


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
    hidden: Hidden = ()


def item_tests(wanted: Narrowing) -> tuple[list[str], list[Any]]:
    """Conditions on `items i` and their values."""
    tests: list[str] = []
    values: list[Any] = []

    def ask(test: str, *bound: Any) -> None:
        tests.append(test)
        values.extend(bound)

    if wanted.source:
        ask(r"i.publisher IN (SELECT id FROM publishers WHERE key LIKE ? ESCAPE '\')", _part(wanted.source))
    if wanted.party:
        ask(
            r"i.id IN (SELECT item FROM statements WHERE until IS NULL AND party LIKE ? ESCAPE '\')",
            _part(wanted.party),
        )
    if wanted.story:
        ask(r"i.story IN (SELECT id FROM stories WHERE name LIKE ? ESCAPE '\')", _part(wanted.story))
    if wanted.lang:
        ask("i.lang = ?", wanted.lang.lower())
    if wanted.status:
        ask(
            "i.story IN (SELECT id FROM stories WHERE status IN (SELECT value FROM json_each(?)))",
            json.dumps(sorted(wanted.status)),
        )
    if wanted.since is not None:
        ask("i.effective >= ?", to_ms(wanted.since))
    if wanted.until is not None:
        ask("i.effective <= ?", to_ms(wanted.until))
    for words in wanted.without:
        if expression := match(f'"{words}"'):
            ask("i.id NOT IN (SELECT rowid FROM items_fts WHERE items_fts MATCH ?)", expression)
    for source, parts in wanted.hidden:
        if (matched := rule_test(source, parts)) is not None:
            ask(f"i.id NOT IN ({matched[0]})", *matched[1])
    return tests, values


def rule_test(source: str, words: Sequence[str]) -> tuple[str, list[Any]] | None:
    """The ids that a rule of this publisher and these words matches, as SQL and its values; None: it asks nothing."""
    expression = match(" ".join(f'"{part}"' for part in words))
    publisher = r"i.publisher IN (SELECT id FROM publishers WHERE key LIKE ? ESCAPE '\')"
    if source and expression:
        return (
            f"SELECT i.id FROM items_fts JOIN items i ON i.id = items_fts.rowid WHERE items_fts MATCH ? AND {publisher}",
            [expression, _part(source)],
        )
    if source:
        return f"SELECT i.id FROM items i WHERE {publisher}", [_part(source)]
    return ("SELECT rowid FROM items_fts WHERE items_fts MATCH ?", [expression]) if expression else None


def stories_of(store: Store, stories: Sequence[int], *, source: str = "", party: str = "") -> set[int]:
    """Those of the stories that a publisher carries and in whose items a party speaks."""
    found = set(stories)
    for column, asked in (("source", source), ("party", party)):
        if asked and found:
            item = (
                r"JOIN publishers p ON p.id = i.publisher AND p.key LIKE ?2 ESCAPE '\'"
                if column == "source"
                else r"JOIN statements t ON t.item = i.id AND t.until IS NULL AND t.party LIKE ?2 ESCAPE '\'"
            )
            rows = store.rows(
                f"SELECT DISTINCT m.story FROM json_each(?1) j JOIN memberships m ON m.story = j.value "
                f"AND m.until IS NULL JOIN items i ON i.id = m.item {item}",
                (json.dumps(sorted(found)), _part(asked)),
            )
            found &= {row[0] for row in rows}
    return found


def _part(words: str) -> str:
    return "%" + words.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_") + "%"

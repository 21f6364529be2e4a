"""Which stories a filter leaves, looked for among all of a view: by status, party, publisher, time, marks and words."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from store.database import Store
from store.narrowing import part
from store.story_rows import VIEWS, StoriesView
from store.times import to_ms
from stories.story import Status


@dataclass(frozen=True, slots=True)
class StoryFilter:
    """Every set field must hold; an empty one asks nothing. Names and words match by any part, whatever the case."""

    words: tuple[str, ...] = ()
    """Each must stand in the story's name, claim or reason."""
    without: tuple[str, ...] = ()
    status: frozenset[Status] = frozenset()
    party: str = ""
    """Somebody who speaks in one of its items."""
    source: str = ""
    """A publisher that carries it."""
    story: str = ""
    """Part of its name."""
    since: datetime | None = None
    """Something came since then."""
    until: datetime | None = None
    """It had begun by then."""
    starred: bool = False
    watched: bool = False
    unread: bool = False
    """Something came since the analyst last opened it."""
    unless: tuple[StoryFilter, ...] = ()
    """A story that one of these matches is left out; each asks one thing."""


@dataclass(frozen=True, slots=True)
class FoundStory:
    """A story that matches."""

    id: int
    name: str
    status: Status
    because: str


_SPOKEN = r"""
EXISTS (SELECT 1 FROM memberships m JOIN statements t ON t.item = m.item AND t.until IS NULL
        WHERE m.story = s.id AND m.until IS NULL AND t.party LIKE ? ESCAPE '\')
"""
_CARRIED = r"""
EXISTS (SELECT 1 FROM story_publishers c JOIN publishers p ON p.id = c.publisher
        WHERE c.story = s.id AND c.items > 0 AND p.key LIKE ? ESCAPE '\')
"""


def matching(store: Store, wanted: StoryFilter, view: StoriesView, limit: int) -> list[FoundStory]:
    """The stories of a view that match, the most active first."""
    tests, values = _tests(wanted)
    by_text = any((one.words or one.without or one.story) for one in (wanted, *wanted.unless))
    found = store.rows(
        f"SELECT s.id, s.name, s.status, s.because, s.claim FROM stories s WHERE {' AND '.join([VIEWS[view], *tests])} "
        "ORDER BY s.activity DESC LIMIT ?",
        # Words are compared here: SQLite's LIKE knows the case of ASCII letters only.
        (*values, -1 if by_text else limit),
    )
    kept = (row for row in found if not by_text or _says(wanted, row[1], f"{row[1]} {row[4]} {row[3]}"))
    return [FoundStory(row[0], row[1], Status(row[2]), row[3]) for row in islice(kept, limit)]


def _tests(wanted: StoryFilter) -> tuple[list[str], list[Any]]:
    tests: list[str] = []
    values: list[Any] = []

    def ask(test: str, *bound: Any) -> None:
        tests.append(test)
        values.extend(bound)

    if wanted.status:
        ask("s.status IN (SELECT value FROM json_each(?))", json.dumps(sorted(wanted.status)))
    if wanted.since is not None:
        ask("s.last_seen >= ?", to_ms(wanted.since))
    if wanted.until is not None:
        ask("s.first_seen <= ?", to_ms(wanted.until))
    for asked, test in (
        (wanted.starred, "s.starred = 1"),
        (wanted.watched, "s.watched = 1"),
        (wanted.unread, "s.fresh > 0"),
    ):
        if asked:
            ask(test)
    if wanted.source:
        ask(_CARRIED, part(wanted.source))
    if wanted.party:
        ask(_SPOKEN, part(wanted.party))
    for one in wanted.unless:
        denied, bound = _tests(one)
        if denied:
            ask(f"({' AND '.join(denied)}) IS NOT TRUE", *bound)
    return tests, values


def _says(wanted: StoryFilter, name: str, text: str) -> bool:
    text = text.casefold()
    return (
        all(word.casefold() in text for word in wanted.words)
        and not any(word.casefold() in text for word in wanted.without)
        and wanted.story.casefold() in name.casefold()
        and not any(one.story and one.story.casefold() in name.casefold() for one in wanted.unless)
    )

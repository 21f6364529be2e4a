"""Alerts: a story that comes to match a rule, or whose status changes while it does, is told once."""

from __future__ import annotations

import shutil
import subprocess
from datetime import datetime

from store import narrowing, setups, stories
from store.database import Store
from store.setups import RuleKind
from store.stories import StoriesView, StoryRow
from stories.story import Status
from tui.query import Query, parse

LOOKED_AT = 500
"""Stories looked at, most active first: what changed lately is among them."""


class AlertWatch:
    """Knows what matched before; used by the reading thread alone."""

    def __init__(self) -> None:
        self._known: dict[str, dict[int, Status]] = {}

    def look(self, store: Store, now: datetime) -> list[str]:
        """What is to be told since the last look; the first look of a rule only remembers."""
        told: list[str] = []
        asked = [rule.query for rule in setups.rules(store) if rule.kind is RuleKind.ALERT]
        if not asked:
            self._known.clear()
            return told
        rows = stories.rows(store, view=StoriesView.ACTIVE, limit=LOOKED_AT, now=now)
        for text in asked:
            found = {row.id: row for row in matching(store, rows, parse(text, now))}
            known = self._known.get(text)
            if known is not None:
                told += [
                    f"{row.name}: {row.because or row.status}"
                    for row in found.values()
                    if known.get(row.id) is not row.status
                ]
            self._known[text] = {row.id: row.status for row in found.values()}
        return told


def matching(store: Store, rows: list[StoryRow], query: Query) -> list[StoryRow]:
    """The stories that fit a filter; publisher and party are looked up in their items."""
    found = [row for row in rows if fits_line(row, query)]
    if query.source or query.party:
        inside = narrowing.stories_of(
            store, [row.id for row in found], source=query.source, party=query.party
        )
        found = [row for row in found if row.id in inside]
    return found


def fits_line(row: StoryRow, query: Query) -> bool:
    """Whether a story's line fits what the line shows: words, status, times, stars."""
    text = f"{row.name} {row.claim} {row.because}".casefold()
    return (
        all(word.casefold() in text for word in query.words)
        and not any(word.casefold() in text for word in query.without)
        and (not query.status or row.status in query.status)
        and query.story.casefold() in row.name.casefold()
        and (query.since is None or (row.last_seen is not None and row.last_seen >= query.since))
        and (query.until is None or (row.first_seen is not None and row.first_seen <= query.until))
        and ("starred" not in query.flags or row.starred)
        and ("watched" not in query.flags or row.watched)
        and ("unread" not in query.flags or row.new > 0)
    )


def to_desktop(text: str) -> None:
    """A desktop notification where the system has `notify-send`; over ssh the bell must do."""
    program = shutil.which("notify-send")
    if program is not None:
        # No shell, and "--" so that a story's name can't be an option.
        subprocess.Popen(
            [program, "--app-name=spreadwatch", "--", "spreadwatch", text],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

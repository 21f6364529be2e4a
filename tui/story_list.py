"""Which stories the Stories screen lists, and the lines of those that may be seen soon; read in the background."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from store import story_rows
from store.database import Store
from store.story_rows import StoriesView, StoryRow

MOST = 5_000
"""Stories listed, in the order of activity, besides all that are watched; read by index each time somebody writes."""
AHEAD = 500
"""Lines read with them, more than anybody scrolls through in a moment; others are read when they come in sight."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be listed."""

    text: str
    """The filter."""
    view: StoriesView
    now: datetime
    near: Sequence[int] = ()
    """Stories in sight, or in the pane: their lines are wanted wherever they stand."""


@dataclass(frozen=True, slots=True)
class Listed:
    """Stories in their order, and the lines of some."""

    ids: Sequence[int]
    rows: Sequence[StoryRow]
    cut: str = ""
    """What is left out, in words; empty when nothing is."""


def read(store: Store, asked: Asked, lines: int) -> Listed:
    """The stories, with the first ``lines`` lines."""
    cut = ""
    if asked.text:
        found = _matching(store, asked)
        if len(found) >= MOST:
            cut = f"the first {MOST:,} and those watched"
    else:
        found = story_rows.ids(store, asked.view, MOST)
        if len(found) >= MOST:
            cut = f"of {story_rows.count(store, asked.view):,}, the others by a filter"
    wanted = dict.fromkeys(found[:lines])
    listed = set(found)
    wanted |= dict.fromkeys(story for story in asked.near if story in listed)
    return Listed(found, story_rows.rows_of(store, list(wanted), asked.now), cut)


def _matching(store: Store, asked: Asked) -> list[int]:
    from store.story_filters import matching
    from tui.narrowing import stories_wanted
    from tui.query import parse

    wanted = stories_wanted(parse(asked.text, asked.now))
    found = [story.id for story in matching(store, wanted, asked.view, MOST)]
    if len(found) < MOST:
        return found
    watched = matching(store, replace(wanted, watched=True), asked.view, MOST)
    return list(dict.fromkeys([*found, *(story.id for story in watched)]))

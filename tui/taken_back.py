"""What one decision was about, in words: what an undo or a redo says that it did."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from store import items, story_rows
from stories.decision import Act
from tui import words

if TYPE_CHECKING:
    from datetime import datetime

    from store.database import Store
    from stories.decision import Decision
    from tui.drawing import Glyphs

RECENT = timedelta(minutes=10)
"""A decision older than this bears its time: whoever takes back what was decided before the screen was opened, perhaps
by a command, must see that it is not the key pressed last."""
_TO_STORY = frozenset({Act.ACCEPT, Act.MOVE, Act.NEW_STORY, Act.SPLIT})

_SET = {"stance": "stance of", "speaker": "speaker of", "party": "party of", "target": "claim of"}


def decision_words(store: Store, decision: Decision, now: datetime, glyphs: Glyphs) -> str:
    """Its act, its item or how many, its story, and when it was made if that is not just now."""
    told = decision.act.value.replace("_", " ")
    if decision.act is Act.RULE:
        told = f"rule {decision.details['kind']} {decision.details['query']}"
    elif decision.act is Act.STANCE:
        told = f"{_corrected(decision)} {_items(store, decision, glyphs)}"
    elif decision.act is Act.JOIN:
        # Its items are those of both stories, and of one join of several: nobody joined so many.
        told += f" of stories into {_story(store, decision.story, glyphs)}"
    elif decision.details.get("opposite") == "no":
        told = f"not the opposite of {_story(store, int(decision.details['other']), glyphs)}"
    elif "claim" in decision.details and decision.act is Act.STATUS:
        told = f"claim of {_story(store, decision.story, glyphs)}"
    elif decision.items:
        told += f" of {_items(store, decision, glyphs)}"
        accepted = decision.act is Act.ACCEPT and len(decision.items) > 1  # each to its own story
        if decision.act in _TO_STORY and decision.story is not None and not accepted:
            told += f" to {_story(store, decision.story, glyphs)}"
    elif decision.story is not None:
        told += f" of {_story(store, decision.story, glyphs)}"
    made = "" if now - decision.at < RECENT else f", decided {words.when(decision.at, now)}"
    return told + made


def still_dismissed(store: Store, decision: Decision) -> bool:
    """Whether its items are dismissed though it was taken back: another screen had dismissed them before."""
    rows = items.rows(store, decision.items) if decision.act is Act.DISMISS else []
    return bool(rows) and all(row.dismissed for row in rows)


def _corrected(decision: Decision) -> str:
    """What of a statement was set."""
    details = decision.details
    if details.get("add") == "yes":
        return "statement added to"
    if "wrong" in details:
        return "statement left out of" if details["wrong"] == "yes" else "statement put back in"
    return next((told for name, told in _SET.items() if name in details), "statement of")


def _items(store: Store, decision: Decision, glyphs: Glyphs) -> str:
    if len(decision.items) > 1:
        return words.count(len(decision.items), "item")
    row = next(iter(items.rows(store, decision.items)), None)
    if row is None or not row.title:
        return "1 item"
    return f"{glyphs.open_quote}{glyphs.own(row.title)}{glyphs.close_quote}"


def _story(store: Store, story: int | None, glyphs: Glyphs) -> str:
    rows = [] if story is None else story_rows.rows_of(store, [story])
    return glyphs.own(rows[0].name) if rows and rows[0].name else f"story {story}"

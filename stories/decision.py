"""One act of the analyst: appended, never edited, and undone by another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Act(StrEnum):
    """What an analyst can decide."""

    ACCEPT = "accept"
    """The items belong to the story they were proposed for (must-link)."""
    MOVE = "move"
    """The items belong to another story (must-link there, cannot-link here)."""
    NEW_STORY = "new_story"
    DISMISS = "dismiss"
    """The items belong to no story (cannot-link)."""
    SPLIT = "split"
    JOIN = "join"
    RENAME = "rename"
    WATCH = "watch"
    UNWATCH = "unwatch"
    STAR = "star"
    UNSTAR = "unstar"
    READ = "read"
    UNREAD = "unread"
    STATUS = "status"
    """The analyst's own status, rating, note or claim for a story, or that it is not another's opposite."""
    STANCE = "stance"
    """A statement's stance, speaker or target as the analyst reads it, or that it is wrong."""
    RULE = "rule"
    """A rule of the analyst's screens is set up or taken away; says nothing of items or stories."""
    UNDO = "undo"
    REDO = "redo"


@dataclass(frozen=True, slots=True)
class Decision:
    """One row of the append-only log."""

    id: int
    at: datetime
    by: str
    """Who: the login name, so that two analysts' logs can be merged."""
    act: Act
    items: tuple[int, ...] = ()
    story: int | None = None
    """The story it puts the items into, or acts on."""
    details: Mapping[str, str] = field(default_factory=dict)
    undoes: int | None = None
    """For UNDO and REDO: the decision it reverses or restores."""

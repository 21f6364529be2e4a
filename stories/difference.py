"""What two reports of a story tell differently, as two places to be read side by side."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from stories.item import Span


class Difference(StrEnum):
    """What differs between two places."""

    QUOTE = "quote"
    """The same speaker's words differ between reports."""
    FIGURE = "figure"
    """The same thing is counted differently."""
    DRIFT = "drift"
    """A headline's stance isn't the strongest its own text gives."""
    SPUN = "spun"
    """One report may be the other in other words."""


@dataclass(frozen=True, slots=True)
class Place:
    """Words in an item."""

    item: int
    publisher: str
    words: str
    span: Span


@dataclass(frozen=True, slots=True)
class Variant:
    """Two places to be read side by side, and why."""

    kind: Difference
    about: str
    """Whose words, or what is counted."""
    one: Place
    other: Place

"""The messages between the store's threads, the lists and the screens.

Each message of a thread carries the stamp of the question it answers, so a late answer is dropped.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual.message import Message

if TYPE_CHECKING:
    from stories.decision import Decision
    from stories.errors import SpreadwatchError


class StoreChanged(Message, bubble=False):
    """Somebody committed to the store: the collector, another screen, or this one."""

    def can_replace(self, message: Message) -> bool:
        """One notice stands for any number: each handler reads the store's present state."""
        return isinstance(message, StoreChanged)


@dataclass
class Answered(Message, bubble=False):
    """A question put to the reading thread came back."""

    topic: str
    stamp: int
    value: Any
    error: SpreadwatchError | None = None


@dataclass
class Decided(Message, bubble=False):
    """A decision (or a request) was written, or refused."""

    title: str
    """What was asked for, in words: "Dismiss 3 items"."""
    decision: Decision | None
    error: SpreadwatchError | None = None


@dataclass
class RowHighlighted(Message):
    """The cursor of a list came to rest on a row."""

    list_id: str
    row: int | None
    """The row's id, None when the list is empty."""

    def can_replace(self, message: Message) -> bool:
        """Holding j passes many rows; only the last matters."""
        return isinstance(message, RowHighlighted) and message.list_id == self.list_id


@dataclass
class RowOpened(Message):
    """A row was opened by Enter or a click on the row under the cursor."""

    list_id: str
    row: int


@dataclass
class PaneFollowed(Message):
    """A line of the pane was opened that leads out of it (an item's story, a link)."""

    target: object


class CatalogueChanged(Message):
    """A person changed the catalogue from the screen."""

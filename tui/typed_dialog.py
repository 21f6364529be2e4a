"""A dialog one types into: keys that come before its line is there wait for it."""

from __future__ import annotations

from typing import Generic, TypeVar

from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Input

Result = TypeVar("Result")


class TypedDialog(ModalScreen[Result], Generic[Result]):
    """A dialog with one line to type in."""

    opening = True

    class Opened(Message):
        """The line has the keys."""

    def take_keys(self) -> None:
        """Give the line the keys, and what was typed before it had them."""
        self.query_one(Input).focus()
        self.opening = False
        self.post_message(self.Opened())

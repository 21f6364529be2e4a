"""A dialog one types into: letters that come before its line has the keys reach it all the same."""

from __future__ import annotations

from typing import Generic, TypeVar

from textual.screen import ModalScreen
from textual.widgets import Input

Result = TypeVar("Result")


class TypedDialog(ModalScreen[Result], Generic[Result]):
    """A dialog with one line to type in."""

    _ahead = ""

    def take_keys(self) -> None:
        """Give the line the keys, and what was typed before it had them."""
        line = self.query_one(Input)
        line.focus()
        line.insert_text_at_cursor(self._ahead)

    def type_ahead(self, text: str) -> None:
        """Letters that were typed before the line had the keys."""
        if lines := self.query(Input):
            lines.first().insert_text_at_cursor(text)
        else:
            self._ahead += text

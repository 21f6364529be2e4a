"""The filter: a line to type in below the list, and the chip that says what the list is narrowed to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.containers import Horizontal
from textual.message import Message

if TYPE_CHECKING:
    from textual import events
    from textual.widget import Widget
    from textual.widgets import Input

PLACEHOLDER = 'words  status:denied  party:russia  source:tass  since:2d  -sport  "exact words"'


class FilterLine(Horizontal):
    """Hidden until `/` is pressed; narrows as one types."""

    BINDINGS = [Binding("escape", "leave", "Clear the filter", show=False)]
    DEFAULT_CSS = """
    FilterLine { height: 1; display: none; }
    FilterLine.-typing { display: block; }
    FilterLine > Label { width: auto; padding: 0 1; color: $text-accent; }
    FilterLine > Input { width: 1fr; border: none; height: 1; padding: 0; background: $surface; }
    """

    @dataclass
    class Changed(Message):
        """The filter's text, as it is typed, entered or left."""

        text: str

    def __init__(self) -> None:
        super().__init__(id="filter")
        self._back: Widget | None = None

    def begin(self, text: str, back: Widget) -> None:
        """Show the line with the present filter in it; the next key already goes there, and afterwards ``back``."""
        self.add_class("-typing")
        self._back = back
        line = self._input()
        line.value = text
        line.cursor_position = len(text)
        self.screen.set_focus(line)

    def _input(self) -> Input:
        """The input, made when it is first wanted: the first frame comes 20 ms earlier without it."""

        from textual.widgets import Input, Label

        if not self.children:
            line = Input(compact=True, placeholder=PLACEHOLDER, select_on_focus=False)
            self.mount(Label("Filter"), line)
            return line
        return self.query_one(Input)

    def _end(self, text: str) -> None:
        self.remove_class("-typing")
        clicked_elsewhere = self.screen.focused is not self._input()
        if self._back is not None and not clicked_elsewhere:
            self.screen.set_focus(self._back)
        self.post_message(self.Changed(text))

    def on_input_changed(self, message: Input.Changed) -> None:
        """Narrow while typing."""
        message.stop()
        if self.has_class("-typing"):
            self.post_message(self.Changed(message.value))

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Keep it as a chip."""
        message.stop()
        self._end(message.value)

    def action_leave(self) -> None:
        """Esc clears the filter."""
        self._end("")

    def on_descendant_blur(self, _: events.DescendantBlur) -> None:
        """A click elsewhere keeps the filter."""
        if self.has_class("-typing"):
            self._end(self._input().value)

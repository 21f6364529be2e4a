"""A dialog of several lines to type in: what is known, what it means, and all of it taken with one Enter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Label

from tui.drawing import title
from tui.typed_dialog import TypedDialog


@dataclass(frozen=True, slots=True)
class FormLine:
    """One line of a form."""

    name: str
    label: str
    value: str
    hint: str
    """Shown in the line while it is empty, in brackets, so that without colour nobody takes it for a value."""


class Form(TypedDialog[Mapping[str, str] | None]):
    """Gives every line's text by its name; Esc gives None."""

    BINDINGS = [
        Binding("escape", "leave", "Leave"),
        Binding("down,tab", "app.focus_next", "Next"),
        Binding("up,shift+tab", "app.focus_previous", "Previous"),
    ]
    CSS_PATH = "dialogs.tcss"

    def __init__(self, title: str, lines: Sequence[FormLine], *, note: str = "") -> None:
        super().__init__()
        self._title = title
        self._lines = lines
        self._note = note

    def compose(self) -> ComposeResult:
        """A label and an input for each line."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = title(self._title)
            dialog.border_subtitle = "Tab next line, Enter takes all, Esc leaves"
            if self._note:
                yield Label(self._note, markup=False)
            for line in self._lines:
                with Horizontal(classes="line"):
                    yield Label(line.label, markup=False)
                    yield Input(
                        line.value,
                        placeholder=line.hint and f"({line.hint})",
                        compact=True,
                        name=line.name,
                        select_on_focus=False,
                    )

    def on_mount(self) -> None:
        """The first line has the keys."""
        self.take_keys()

    def on_input_submitted(self, _: Input.Submitted) -> None:
        """Enter in any line."""
        self.dismiss({str(line.name): line.value for line in self.query(Input)})

    def action_leave(self) -> None:
        """Esc."""
        self.dismiss(None)

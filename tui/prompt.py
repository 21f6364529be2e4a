"""A line to type in over the screen: a name, a note, an address."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Label

from tui.drawing import title
from tui.typed_dialog import TypedDialog


class Prompt(TypedDialog[str | None]):
    """Asks for a line of text; Enter gives it, Esc gives None, and so does an empty line unless that means something.

    With ``replace`` the first letter typed takes the place of ``value``, which is a proposal; else it goes on from there.
    """

    BINDINGS = [Binding("escape", "leave", "Leave")]
    CSS_PATH = "dialogs.tcss"

    def __init__(
        self, title: str, value: str = "", *, note: str = "", empty: bool = False, replace: bool = False
    ) -> None:
        super().__init__()
        self._empty = empty
        self._title = title
        self._value = value
        self._note = note
        self._replace = replace

    def compose(self) -> ComposeResult:
        """Title, line, and what the keys do."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = title(self._title)
            dialog.border_subtitle = "Enter takes it, Esc leaves"
            if self._note:
                yield Label(self._note, markup=False)
            yield Input(self._value, compact=True, select_on_focus=self._replace)

    def on_mount(self) -> None:
        """The line has the keys."""
        self.take_keys()

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Enter."""
        self.dismiss(message.value.strip() or ("" if self._empty else None))

    def action_leave(self) -> None:
        """Esc."""
        self.dismiss(None)


class Confirm(ModalScreen[bool]):
    """Asks before an act on a whole view; anything less can be undone and is not asked about."""

    BINDINGS = [Binding("y,enter", "answer(True)", "Yes"), Binding("n,escape,q", "answer(False)", "No")]
    CSS_PATH = "dialogs.tcss"

    def __init__(self, question: str) -> None:
        super().__init__()
        self._question = question

    def compose(self) -> ComposeResult:
        """The question."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = "Sure?"
            dialog.border_subtitle = "y yes, n no"
            yield Label(self._question, markup=False)

    def action_answer(self, yes: bool) -> None:
        """The answer."""
        self.dismiss(yes)

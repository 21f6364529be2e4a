"""A dialog that narrows a list while one types: the story picker, the commands, the help, the saved views."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import Generic, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Input

from tui.abstract import AbstractWidget
from tui.drawing import Pieces, title
from tui.messages import RowOpened
from tui.row_list import RowList
from tui.typed_dialog import TypedDialog

Row = TypeVar("Row")
Result = TypeVar("Result")


class TypedList(TypedDialog[Result], Generic[Row, Result], metaclass=AbstractWidget):
    """An input over a list; arrows move, Enter chooses, Esc leaves."""

    BINDINGS = [
        Binding("escape", "leave", "Leave"),
        Binding("down,ctrl+n", "move(1)", "Down"),
        Binding("up,ctrl+p", "move(-1)", "Up"),
        Binding("pagedown", "move(10)", "Down"),
        Binding("pageup", "move(-10)", "Up"),
    ]
    CSS_PATH = "dialogs.tcss"
    TITLE_TEXT = ""
    HINT = "Up and Down move, Enter chooses, Esc leaves"
    PLACEHOLDER = "type to narrow"

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Row] = []
        self._list: RowList[Row] = RowList(self._rows, self._paint, id="typed-rows", empty=self.nothing)
        self._list.can_focus = False

    def compose(self) -> ComposeResult:
        """The input and what it narrows."""
        with Vertical(classes="dialog -tall") as dialog:
            dialog.border_title = title(self.title_text())
            dialog.border_subtitle = title(self.HINT)
            yield Input(compact=True, placeholder=self.PLACEHOLDER)
            yield self._list

    def on_mount(self) -> None:
        """Everything is listed before anything is typed."""
        self.narrow("")
        self.take_keys()

    # -- to be told by each dialog ---------------------------------------------------------------

    def title_text(self) -> str:
        """What stands in the border."""
        return self.TITLE_TEXT

    @abstractmethod
    def matching(self, typed: str) -> Sequence[Row]:
        """The rows for what was typed, best first."""

    @abstractmethod
    def paint(self, row: Row, width: int) -> Pieces:
        """One row."""

    def nothing(self) -> Sequence[Pieces]:
        """What an empty list says."""
        return ()

    @abstractmethod
    def choose(self, row: Row | None, typed: str) -> None:
        """Enter on a row, or on nothing."""

    # -- frame -------------------------------------------------------------------------------------

    def narrow(self, typed: str) -> None:
        """List what matches."""
        self.found = list(self.matching(typed))
        self._list.forget()
        self._list.show(range(len(self.found)), keep=False)

    def _rows(self, wanted: Sequence[int]) -> Mapping[int, Row]:
        return {place: self.found[place] for place in wanted if place < len(self.found)}

    def _paint(self, row: Row, width: int, *, marked: bool) -> Pieces:
        return self.paint(row, width)

    def on_input_changed(self, message: Input.Changed) -> None:
        """Narrow with every letter."""
        self.narrow(message.value)

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Enter chooses the row under the cursor."""
        self._choose(message.value)

    def on_row_opened(self, message: RowOpened) -> None:
        """A click on the cursor's row chooses it."""
        message.stop()
        self._choose(self.query_one(Input).value)

    def _choose(self, typed: str) -> None:
        place = self._list.cursor_id
        self.choose(None if place is None else self.found[place], typed)

    def action_move(self, by: int) -> None:
        """Move the cursor while the input keeps the keys."""
        self._list.move(by)

    def action_leave(self) -> None:
        """Esc."""
        self.dismiss(None)

"""Without a catalogue: which of the feeds that come with the program shall be polled, if any."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Label

from tui import words
from tui.drawing import UNICODE, Glyphs, Look, Pieces, title
from tui.messages import RowOpened
from tui.row_list import RowList
from tui.sheet import columns

WELCOME = (
    "spreadwatch polls news feeds, groups what they say into stories, and shows for each who said it first, "
    "who repeats it and who denies it, always with the sentence that proves it.\n\n"
    "No feeds are set up yet. These come with the program; add your own later on the Feeds screen (4, then a). "
    "Nothing is polled before you press Enter."
)


class FirstRun(ModalScreen[Sequence[str] | None]):
    """Gives the names of the groups that were chosen; None when it was left, so that nothing is polled."""

    BINDINGS = [
        Binding("space", "choose_row", "Choose"),
        Binding("a", "all", "All or none"),
        Binding("enter", "start", "Start"),
        Binding("escape,q", "leave", "None now"),
        Binding("j,down", "move(1)", "Down"),
        Binding("k,up", "move(-1)", "Up"),
    ]
    CSS_PATH = "dialogs.tcss"

    def __init__(self, groups: Mapping[str, int], glyphs: Glyphs = UNICODE) -> None:
        super().__init__()
        self._groups = list(groups.items())
        self._glyphs = glyphs
        self._list: RowList[tuple[str, int]] = RowList(self._rows, self._paint, id="groups")
        self._list.marked = set(range(len(self._groups)))

    def compose(self) -> ComposeResult:
        """What this is, and the groups."""
        with Vertical(classes="dialog -tall") as dialog:
            dialog.border_title = title("Welcome")
            dialog.border_subtitle = title("Spc chooses, a all or none, Enter starts, Esc polls none")
            yield Label(WELCOME, markup=False)
            yield self._list

    def on_mount(self) -> None:
        """All groups are chosen at first."""
        marked = set(self._list.marked)
        self._list.show(range(len(self._groups)), keep=False)
        self._list.marked = marked
        self._list.focus()

    def _rows(self, wanted: Sequence[int]) -> Mapping[int, tuple[str, int]]:
        return {place: self._groups[place] for place in wanted}

    def _paint(self, row: tuple[str, int], width: int, *, marked: bool) -> Pieces:
        name, feeds = row
        box = f"[{self._glyphs.marked if marked else ' '}]"
        return columns(
            width,
            (box, 3, Look.GOOD if marked else Look.DIM),
            (name, 0, Look.TEXT if marked else Look.DIM),
            (words.count(feeds, "feed"), -10, Look.DIM),
            glyphs=self._glyphs,
        )

    def action_choose_row(self) -> None:
        """Choose the group under the cursor, or not."""
        if self._list.cursor_id is not None:
            self._list.marked ^= {self._list.cursor_id}
            self._list.move(1)
            self._list.forget()

    def action_all(self) -> None:
        """All groups, or none."""
        self._list.marked = set() if self._list.marked else set(range(len(self._groups)))
        self._list.forget()

    def action_move(self, by: int) -> None:
        """Up or down."""
        self._list.move(by)

    def action_start(self) -> None:
        """Take what is chosen; nothing chosen leaves the catalogue for later."""
        self.dismiss([self._groups[place][0] for place in sorted(self._list.marked)])

    def action_leave(self) -> None:
        """None of them, for now."""
        self.dismiss(None)

    def on_row_opened(self, message: RowOpened) -> None:
        """A click on the cursor's row."""
        message.stop()
        self.action_choose_row()

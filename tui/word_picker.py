"""Choose words of an item: the page with one sentence lit, moved and narrowed by keys."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen

from stories.evidence import Statement
from stories.item import Field, Span
from tui.bars import OneLine
from tui.desk import Desk
from tui.drawing import Look, Piece, Pieces, title
from tui.page_item import marked_text
from tui.page_view import PageView
from tui.selection import Selection
from tui.sheet import Sheet


class WordPicker(ModalScreen[Span | None]):
    """Gives the chosen words' place, None when left."""

    BINDINGS = [
        Binding("escape,q", "leave", "Leave"),
        Binding("enter", "take", "Take"),
        Binding("j,down", "sentence(1)", "Next sentence"),
        Binding("k,up", "sentence(-1)", "Sentence before"),
        Binding("h,left", "end(-1)", "End a word earlier"),
        Binding("l,right", "end(1)", "End a word later"),
        Binding("L,shift+right", "begin(1)", "Begin a word later"),
        Binding("H,shift+left", "begin(-1)", "Begin a word earlier"),
    ]
    CSS_PATH = "dialogs.tcss"
    HINT = "j k sentence, h l end, H L beginning, Enter takes, Esc leaves"

    def __init__(self, desk: Desk, chosen: Selection, statements: tuple[Statement, ...] = ()) -> None:
        super().__init__()
        self._desk = desk
        self.chosen = chosen
        self._statements = statements
        self._page = PageView(desk.sheet, id="words")

    def compose(self) -> ComposeResult:
        """The chosen words, and the item's texts with what the program read marked."""
        with Vertical(classes="dialog -tall") as dialog:
            dialog.border_title = "Which words state it?"
            dialog.border_subtitle = title(self.HINT)
            yield OneLine(self._told, id="chosen")
            yield self._page

    def on_mount(self) -> None:
        """The chosen sentence is in sight."""
        self._page.can_focus = False
        self._page.show(self._write)

    def _told(self, width: int) -> Pieces:
        """The chosen words once more, so that they are known without colours: all, or where they begin and end."""
        marks, told = self._desk.glyphs, " ".join(self.chosen.words.split())
        count = f"{len(told.split())} chosen: "
        room = width - len(count) - 3
        if len(told) > room:
            half = room // 2
            told = f"{told[:half]}{marks.ellipsis}{told[-half:]}"
        return (Piece(count, Look.DIM), Piece(f"{marks.open_quote}{told}{marks.close_quote}", Look.STRONG))

    def _write(self, sheet: Sheet) -> None:
        for where in Field:
            if self.chosen.item.text(where).strip():
                if sheet.lines:
                    sheet.gap()
                plain = Look.STRONG if where is Field.TITLE else Look.TEXT
                marked_text(sheet, self.chosen.item, where, self._statements, self.chosen.span, plain)

    def _choose(self, chosen: Selection) -> None:
        self.chosen = chosen
        self._page.show(self._write)
        self.query_one("#chosen", OneLine).look_again()

    def action_sentence(self, by: int) -> None:
        """Another whole sentence."""
        self._choose(self.chosen.turned(by))

    def action_end(self, by: int) -> None:
        """Fewer or more words at the end."""
        self._choose(self.chosen.ended(by))

    def action_begin(self, by: int) -> None:
        """Fewer or more words at the beginning."""
        self._choose(self.chosen.begun(by))

    def action_take(self) -> None:
        """These words."""
        self.dismiss(self.chosen.span)

    def action_leave(self) -> None:
        """None."""
        self.dismiss(None)

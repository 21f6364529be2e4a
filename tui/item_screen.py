"""One item over the whole screen: reached from search or from another story's evidence."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widget import Widget

from store import corrections, items
from store.items import ItemRow
from tui.actions import DEFAULT_KEYS, Where
from tui.bars import KeyLine, OneLine, mode_line
from tui.deciding import ItemDecisions
from tui.desk import Desk
from tui.page_item import item_page
from tui.page_view import PageView
from tui.row_list import RowList
from tui.sheet import Sheet, To, ToItem

_PLACES = (Where.EVERYWHERE, Where.LIST, Where.ROW, Where.TRIAGE)


class ItemScreen(ItemDecisions):
    """An item's page alone; Esc goes back to where one came from."""

    MODE = "item"
    PLACES = _PLACES
    BINDINGS = DEFAULT_KEYS.bindings(*_PLACES)
    PANE_KEYS = ("open", "back", "star", "browser", "pager", "move", "dismiss", "undo")

    def __init__(self, desk: Desk, target: ToItem) -> None:
        super().__init__(desk)
        self._target = target
        self.page = PageView(desk.sheet, id="detail")
        self._none: RowList[ItemRow] = RowList(lambda _: {}, desk.painter.item, id="no-list")

    def compose(self) -> ComposeResult:
        """Status, screens, the page, the keys."""
        yield OneLine(self._status, id="status")
        yield OneLine(lambda width: mode_line(self.standing, self.MODE, width), id="modes")
        with Horizontal(id="panes"):
            yield self.page
        yield KeyLine(self._keys, id="keys")

    def begin(self) -> None:
        """Show the item."""
        self.add_class("-detail")
        self.page.border_title = "Item"
        self.page.show(self._write)
        self.page.focus()

    def _write(self, sheet: Sheet) -> None:
        number = self._target.item
        for item in items.get(self.desk.store, [number]):
            read = corrections.readings(self.desk.store, [number])[number]
            item_page(sheet, item, self.item_row(), read.statements, read.citations, self._target.span)

    @property
    def row_list(self) -> RowList[ItemRow]:
        """None is shown beside the page: an empty one."""
        return self._none

    @property
    def detail(self) -> Widget:
        """The page."""
        return self.page

    @property
    def inner(self) -> PageView | RowList[ItemRow]:
        """The page."""
        return self.page

    @property
    def on_list(self) -> bool:
        """There is no list."""
        return False

    def titles(self) -> None:
        """The page has its own."""
        self.look_at("keys")

    def reload(self) -> None:
        """The item may have been edited, starred, moved."""
        self.page.show(self._write, keep=True)

    def items_here(self) -> Sequence[int]:
        """The item."""
        return (self._target.item,)

    def item_row(self) -> ItemRow | None:
        """The item's row."""
        return next(iter(items.rows(self.desk.store, [self._target.item])), None)

    def proposed(self, item: int) -> int | None:
        """The story it is in."""
        row = self.item_row()
        return None if row is None else row.story_id

    def why_not(self, name: str) -> str:
        """A single item has no list."""
        if name in (
            "filter",
            "pane",
            "zoom",
            "follow",
            "mark",
            "mark-all",
            "views",
            "read-above",
            "next-new",
            "previous-new",
        ):
            return "this is one item over the whole screen."
        return super().why_not(name)

    def follow(self, target: To) -> None:
        """A statement leads to its words in the text above."""
        if isinstance(target, ToItem) and target.item == self._target.item:
            self._target = target
            self.page.show(self._write)
        else:
            super().follow(target)

    def do_back(self) -> None:
        """Back to where one came from."""
        self.dismiss(None)

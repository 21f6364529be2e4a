"""One item over the whole screen: reached from search or from another story's evidence."""

from __future__ import annotations

from collections.abc import Sequence

from store import corrections, items
from store.items import ItemRow
from tui.actions import DEFAULT_KEYS, Where
from tui.alone import Alone
from tui.deciding import ItemDecisions
from tui.desk import Desk
from tui.page_beside import PageBeside
from tui.page_item import item_page
from tui.row_list import RowList
from tui.sheet import Sheet, To, ToItem

_PLACES = (Where.EVERYWHERE, Where.LIST, Where.ROW, Where.TRIAGE)


class ItemScreen(Alone, PageBeside, ItemDecisions):
    """An item's page alone; Esc goes back to where one came from."""

    MODE = "item"
    PLACES = _PLACES
    BINDINGS = DEFAULT_KEYS.bindings(*_PLACES)
    PANE_KEYS = ("open", "back", "correct", "star", "browser", "pager", "move", "dismiss", "undo")
    PAGE_TITLE = "Item"
    SHOWN = "one item"
    MISSED = frozenset({"mark", "mark-all", "read-above", "next-new", "previous-new"})

    def __init__(self, desk: Desk, target: ToItem) -> None:
        super().__init__(desk)
        self._target = target
        self._none: RowList[ItemRow] = RowList(lambda _: {}, desk.painter.item, id="no-list")

    def begin(self) -> None:
        """Show the item."""
        self.page.show(self._write)
        super().begin()

    def _write(self, sheet: Sheet) -> None:
        number = self._target.item
        for item in items.get(self.desk.store, [number]):
            read = corrections.readings(self.desk.store, [number])[number]
            own = corrections.own(self.desk.store, number)
            focus = self._target.span
            item_page(sheet, item, self.item_row(), read.statements, read.citations, focus, own=own)

    @property
    def row_list(self) -> RowList[ItemRow]:
        """None is shown beside the page: an empty one."""
        return self._none

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

    def follow(self, target: To) -> None:
        """A statement leads to its words in the text above."""
        if isinstance(target, ToItem) and target.item == self._target.item:
            self._target = target
            self.page.show(self._write)
        else:
            super().follow(target)

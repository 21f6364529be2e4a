"""Wire: every item as it comes, newest arrival first."""

from __future__ import annotations

from collections.abc import Sequence

from tui.actions import DEFAULT_KEYS, Where
from tui.drawing import Look, Piece, Pieces, wrap
from tui.items_screen import ItemsScreen

_PLACES = (Where.EVERYWHERE, Where.LIST, Where.ROW, Where.TRIAGE)


class WireScreen(ItemsScreen):
    """Every item, and the one under the cursor with its statements marked."""

    MODE = "wire"
    LIST_ID = "wire-list"
    PLACES = _PLACES
    BINDINGS = DEFAULT_KEYS.bindings(*_PLACES)
    CSS_PATH = ["wire_screen.tcss"]
    KEY_LINE = ("open", "next-new", "mark", "star", "browser", "filter", "pause", "move", "dismiss", "undo")

    def list_title(self) -> str:
        """What is listed, and the filter's chip."""
        told = "Wire, as they came, newest first"
        return f"{told} [{self.filter_text}]" if self.filter_text else told

    def nothing(self) -> Sequence[Pieces]:
        """What an empty wire says to do next."""
        keys = self.desk.keys
        told = (
            self.no_match("item")
            if self.filter_text
            else f"No items yet. {keys.first('poll')} polls all feeds now; {keys.first('feeds')} shows them."
        )
        return wrap((Piece(told, Look.DIM),), max(20, self.row_list.size.width - 2))

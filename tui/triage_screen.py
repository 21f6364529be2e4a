"""Triage: the items that wait for a decision; at the right where each would go, and why. One key each."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence

from store import corrections, evidence, triage
from store.database import IDS
from store.items import ItemFilter, ItemRow
from store.triage import Proposal
from tui.actions import DEFAULT_KEYS, Where
from tui.bars import OneLine
from tui.desk import Desk
from tui.drawing import Look, Piece, Pieces, wrap
from tui.items_screen import ItemsScreen
from tui.messages import Decided, RowHighlighted
from tui.page_proposal import foot, proposal_page
from tui.sheet import Sheet

_PLACES = (Where.EVERYWHERE, Where.LIST, Where.ROW, Where.TRIAGE)


class TriageScreen(ItemsScreen):
    """The queue. Each key acts at once and moves on; the store is written behind it."""

    MODE = "triage"
    LIST_ID = "triage-list"
    PAGE_TITLE = "Where it would go, and why"
    PLACES = _PLACES
    BINDINGS = DEFAULT_KEYS.bindings(*_PLACES)
    CSS_PATH = ["triage_screen.tcss"]
    KEY_LINE = ("accept", "move", "new-story", "dismiss", "star", "undo", "mark", "browser", "filter")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._returned: int | None = None
        """An item that an undo brought back: the cursor goes to it, for it is what one wants to decide anew."""
        self._gone: set[int] = set()
        """Decided here, perhaps not yet written: the store's queue may still name them for a moment."""

    def wanted(self) -> ItemFilter:
        """What waits."""
        return triage.WAITING

    def list_title(self) -> str:
        """What is listed, and the filter's chip."""
        return f"Waiting for you [{self.filter_text}]" if self.filter_text else "Waiting for you"

    def nothing(self) -> Sequence[Pieces]:
        """What an empty queue says."""
        keys = self.desk.keys
        if self.filter_text:
            told = self.no_match("waiting item")
        else:
            told = f"Nothing waits. New items come here as feeds are polled; {keys.first('stories')} shows the stories."
        return wrap((Piece(told, Look.DIM),), max(20, self.row_list.size.width - 2))

    def write_page(self, sheet: Sheet, row: ItemRow) -> None:
        """The proposal and its reasons, then the item."""
        found = self._proposal(row.id)
        if found is None:
            sheet.add(Piece("This item is no longer in the store.", Look.WARN))
            return
        cited = evidence.readings(self.desk.store, [row.id])[row.id].citations
        focus = self.focus_words.span if self.focus_words else None
        own = corrections.own(self.desk.store, row.id)
        proposal_page(sheet, found, row, cited, focus, own)

    def below(self) -> Iterable[OneLine]:
        """What accepting would do: always in sight, also where the pane has no room."""
        yield OneLine(self._foot, id="foot")

    def _proposal(self, item: int) -> Proposal | None:
        """Where the item would go: by a rule, else as grouping proposes."""
        found = triage.proposal(self.desk.store, item)
        rule = self._routed.get(item)
        if found is None or rule is None or rule.story is None:
            return found
        return triage.led(self.desk.store, found, rule.story, rule.query)

    def _foot(self, _: int) -> Pieces:
        item = self.row_list.cursor_id
        if item is None:
            return ()
        found = self._proposal(item)
        line = () if found is None else foot(found, self.desk.glyphs, self.desk.keys.first("accept"))
        if count := len(self.row_list.marked_here):
            return (Piece(f"{count:,} marked, each to its own; the cursor's: ", Look.WARN), *line)
        return line

    def titles(self) -> None:
        """The foot tells of the row under the cursor."""
        super().titles()
        self.look_at("foot")

    def on_row_highlighted(self, message: RowHighlighted) -> None:
        """At once: nothing may be accepted unseen."""
        super().on_row_highlighted(message)
        self.look_at("foot")

    def took(self, items: Sequence[int]) -> None:
        """Out of the queue at once; the cursor is on the next one."""
        self._gone.update(items)
        self.row_list.take_out(items)
        self.titles()
        if not self.on_list:
            self._show(self.row_list.cursor_id)

    def reconcile(self, found: array[int]) -> None:
        """The store's queue without what is decided already."""
        if self._gone and (late := self._gone.intersection(found)):
            found = array(IDS, (item for item in found if item not in late))
        super().reconcile(found)
        if self._returned is not None and self._returned in self.row_list.ids:
            self.row_list.go(self.row_list.ids.index(self._returned))
            self._returned = None

    def decided(self, told: Decided) -> None:
        """Written: the store's queue is right again. Undone items come back under the cursor."""
        items = () if told.decision is None else told.decision.items
        if told.error is not None:
            self._gone.clear()
        else:
            self._gone.difference_update(items)
        if told.title == "Undo" and items:
            self._returned = max(items)
        super().decided(told)
        if told.decision is not None and self._shown is not None and self._shown not in items:
            # The story that the next item would go to has got or lost some just now.
            self.page.show(self._writer(self._shown), keep=True)
            self.look_at("foot")

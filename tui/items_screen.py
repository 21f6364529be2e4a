"""What Wire and Triage share: a live list of items by id, and the item under the cursor at the right."""

from __future__ import annotations

import time
from array import array
from collections.abc import Callable, Mapping, Sequence
from enum import IntEnum

from store import corrections, items, looks, setups
from store.items import ItemFilter, ItemRow
from store.setups import Rule
from tui.deciding import ItemDecisions
from tui.desk import Desk
from tui.drawing import Pieces
from tui.listing import FIRST, Asked, Fetched, Listing, fetch, read, settle
from tui.messages import Answered, Decided, RowHighlighted
from tui.narrowing import Ruling, narrowed
from tui.page_beside import PageBeside
from tui.page_item import item_page
from tui.page_proposal import by_rule
from tui.query import parse
from tui.row_list import RowList
from tui.sheet import Sheet, To, ToItem, ToStory

WHOLE = 60.0
"""Seconds after which it is looked whether the ids are still right, for what another screen or retention took away."""
REST = 0.08
"""Seconds the cursor must rest before an item is shown: keys held down come every 33 to 40 ms, and some late."""


class Awaited(IntEnum):
    """What the next answer of ids may bring."""

    NEW = 0
    """Only what came."""
    CHECK = 1
    """All of them, where what is listed is not what the store has."""
    WHOLE = 2
    """All of them; nothing less will do."""


class ItemsScreen(PageBeside, ItemDecisions):
    """A list of items by id, newest arrival first."""

    LIST_ID = "items-list"
    PAGE_TITLE = "Item"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.new_above = 0
        """Items with greater ids came since this screen was last looked at."""
        self._list: RowList[ItemRow] = RowList(self._fetch, self._paint, id=self.LIST_ID, empty=self.nothing)
        self._shown: int | None = None
        self.focus_words: ToItem | None = None
        self._whole_at = time.monotonic()
        self._awaited = Awaited.WHOLE
        """Of the first answer, and of one that was asked for and is not here yet."""
        self._seen_to = 0
        self._listed = ""
        """The filter of the ids that are listed: with another one, nothing has "arrived"."""
        self._fetching = False
        """Rows ahead of the cursor were asked for and are not here yet."""
        self._rules: tuple[Rule, ...] = ()
        self._ruling = Ruling()
        self._flagged: set[int] = set()
        self._routed: dict[int, Rule] = {}
        """Items on the screen that a rule leads to a story, and by which rule."""

    @property
    def row_list(self) -> RowList[ItemRow]:
        """The items."""
        return self._list

    def begin(self) -> None:
        """What came since the last look is new; before any look, nothing is."""
        last = looks.last(self.desk.store, self.MODE)
        self.new_above = items.newest_id(self.desk.store) if last is None else last.item
        super().begin()

    # -- to be told by each screen --------------------------------------------------------------------

    def wanted(self) -> ItemFilter:
        """Which items are listed."""
        return items.EVERYTHING

    def nothing(self) -> Sequence[Pieces]:
        """What an empty list says to do next."""
        return ()

    def write_page(self, sheet: Sheet, row: ItemRow) -> None:
        """The page of the item under the cursor."""
        found = items.get(self.desk.store, [row.id])
        if found:
            read = corrections.readings(self.desk.store, [row.id])[row.id]
            focus = self.focus_words.span if self.focus_words and self.focus_words.item == row.id else None
            if (rule := self._routed.get(row.id)) is not None and rule.story is not None:
                sheet.labelled("Rule", *by_rule(rule, self.story_called(rule.story)), to=ToStory(rule.story))
            own = corrections.own(self.desk.store, row.id)
            item_page(sheet, found[0], row, read.statements, read.citations, focus, own=own)

    # -- rows -------------------------------------------------------------------------------------------

    def _fetch(self, wanted: Sequence[int]) -> Mapping[int, ItemRow]:
        return self._noted(fetch(self.desk.store, wanted, self._ruling))

    def _noted(self, fetched: Fetched) -> Mapping[int, ItemRow]:
        self._flagged = self._flagged.difference(fetched.asked) | fetched.flagged
        for item in fetched.asked:
            self._routed.pop(item, None)
        self._routed |= fetched.routed
        return fetched.rows

    def _paint(self, row: ItemRow, width: int, *, marked: bool) -> Pieces:
        flagged = row.id in self._flagged
        return self.desk.painter.item(row, width, marked=marked, new=row.id > self.new_above, flagged=flagged)

    def item_filter(self) -> ItemFilter:
        """Which items are listed, with the typed filter."""
        return narrowed(self.wanted(), parse(self.filter_text, self.desk.clock()), self._ruling.hidden)

    # -- live -------------------------------------------------------------------------------------------

    def reload(self, *, whole: bool = False) -> None:
        """First a screenful at once, then everything; later what came, and now and then everything again."""
        if not self._seen_to:  # not when it is empty: what was just decided may not be written yet
            self._rules = setups.rules(self.desk.store)
            self._ruling = Ruling.of(self._rules, self.desk.clock())
            self.row_list.show(items.ids(self.desk.store, self.item_filter(), limit=FIRST), keep=False)
            self._newest()  # else what is decided before the first answer would arrive once more
        self._fetching = False  # an answer that came while another screen was shown is lost
        if whole:
            self.row_list.forget()
        self._ask(whole=whole)
        self.titles_soon()

    def apply_filter(self, text: str) -> None:
        """Narrow the list."""
        self.set_filter(text)
        self._ask(whole=True, over=True)
        self.titles()

    def _ask(self, *, whole: bool, over: bool = False) -> None:
        """Have ids read: all of them, or only those that came since; a million take the thread 200 ms."""
        held = None
        if (due := time.monotonic()) > self._whole_at + WHOLE or whole:
            self._whole_at, held = due, (self.row_list.ids, self.row_list.waiting)
            self._awaited = max(self._awaited, Awaited.WHOLE if whole else Awaited.CHECK)
        since = 0 if self._awaited is Awaited.WHOLE else self._newest()
        seen = self.row_list.in_sight()
        asked = Asked(self.wanted(), self.filter_text, self.desk.clock(), self._rules, since, held, seen)
        self.desk.reads.ask(f"ids {self.MODE}", lambda store: read(store, asked), over=over)

    def _newest(self) -> int:
        """The greatest id ever listed or waiting: an item that was taken out is not new when it is read once more."""
        self._seen_to = max([self._seen_to, *self.row_list.ids[:1], *self.row_list.waiting[:1]])
        return self._seen_to

    def answered(self, answer: Answered) -> None:
        """Ids: new ones arrive on top, gone ones go, the reader stays where they are."""
        if answer.topic == f"rows {self.MODE}":
            self._fetching = False
            if answer.error is None:
                self.row_list.take(self._noted(answer.value))
        if answer.topic != f"ids {self.MODE}" or not self.desk.reads.current(answer):
            return
        if answer.error is not None:
            self.say(str(answer.error), warn=True)
            return
        listing: Listing = answer.value
        asked = listing.asked
        if asked.text != self.filter_text:
            return
        if listing.rules != self._rules:
            self.row_list.forget()
        self._rules, self._ruling = listing.rules, listing.ruling
        self.row_list.renew(asked.seen, self._noted(listing.fetched))
        if not listing.since or self._awaited is Awaited.CHECK:
            self._awaited = Awaited.NEW
        if asked.text != self._listed:
            self._listed = asked.text
            self.row_list.show(listing.ids, filtered=bool(asked.text))
        elif listing.since:
            newest = self._newest()
            self.row_list.arrive([item for item in listing.ids if item > newest])
        else:
            self.reconcile(listing.ids)
        self.titles()

    def reconcile(self, found: array[int]) -> None:
        """Bring the list to what the store has: gone ones go, come-back ones come, new ones arrive on top."""
        part = settle(found, self.row_list.ids, self.row_list.waiting, self._newest())
        if part.listed != self.row_list.ids:
            self.row_list.show(part.listed, filtered=bool(self.filter_text))
            self.row_list.waiting = part.waiting
        self.row_list.arrive(part.arrived)

    def on_row_highlighted(self, message: RowHighlighted) -> None:
        """Rows that scrolling on will show are fetched before they are needed, so that no key waits for them."""
        super().on_row_highlighted(message)
        if not self._fetching and (ahead := self.row_list.ahead()):
            self._fetching, ruling = True, self._ruling
            self.desk.reads.ask(f"rows {self.MODE}", lambda store: fetch(store, ahead, ruling))

    def row_rested(self, row_id: int | None) -> None:
        """Show the item once the cursor has rested."""
        if row_id == self._shown and self._shown is not None:
            return
        if self._shown is None:
            self._show(row_id)
        else:
            self.rest.after(REST, lambda: self._show(self.row_list.cursor_id))

    def _show(self, row_id: int | None) -> None:
        self._shown = row_id
        self.focus_words = None
        self.page.show(None if row_id is None else self._writer(row_id))

    def _writer(self, row_id: int) -> Callable[[Sheet], None]:
        def write(sheet: Sheet) -> None:
            row = self.row_list.row(row_id)
            if row is not None:
                self.write_page(sheet, row)

        return write

    def show_detail(self) -> None:
        """Give the page the keys, at once."""
        self._show(self.row_list.cursor_id)
        super().show_detail()

    def follow(self, target: To) -> None:
        """A statement of the page leads to its words in the text above."""
        if isinstance(target, ToItem) and target.item == self._shown:
            self.focus_words = target
            self.page.show(self._writer(target.item))
        else:
            super().follow(target)

    # -- what the keys are about --------------------------------------------------------------------------

    def items_here(self) -> Sequence[int]:
        """The marked items that are listed, else the one under the cursor."""
        if marked := self.row_list.marked_here:
            return sorted(marked, reverse=True)
        return () if self.row_list.cursor_id is None else (self.row_list.cursor_id,)

    def item_row(self) -> ItemRow | None:
        """The item under the cursor."""
        return None if self.row_list.cursor_id is None else self.row_list.row(self.row_list.cursor_id)

    def proposed(self, item: int) -> int | None:
        """The story a rule leads the item to, else the one grouping put it in."""
        row = self.row_list.row(item)
        if (rule := self._routed.get(item)) is not None:
            return rule.story
        return None if row is None else row.story_id

    def decided(self, told: Decided) -> None:
        """A decision may take items out of the list or bring them back: read it whole."""
        super().decided(told)
        if self._awaited is not Awaited.NEW and told.decision is not None:
            self._ask(whole=True)  # what is being read may be from before this was written
        if told.title in ("Undo", "Redo") or told.error is not None or told.title == "Rule":
            self.reload(whole=True)
        if self._shown is not None and told.decision is not None and self._shown in told.decision.items:
            self.page.show(self._writer(self._shown), keep=True)

    def stepped(self) -> None:
        """On to the next row."""
        if not self.row_list.marked_here:
            self.row_list.move(1)

    def do_next_new(self) -> None:
        """What waits comes in and has the cursor; else the next item below that came since the last look."""
        if self.row_list.waiting:
            self.row_list.let_in()
            self.row_list.go(0)
            self.titles()
        else:
            self._to_new(1)

    def do_previous_new(self) -> None:
        """The nearest item above that came since the last look."""
        self._to_new(-1)

    def _to_new(self, way: int) -> None:
        places = range(self.row_list.cursor + way, len(self.row_list.ids) if way > 0 else -1, way)
        place = next((place for place in places if self.row_list.ids[place] > self.new_above), None)
        if place is None:
            self.say("No new item " + ("below." if way > 0 else "above."))
        else:
            self.row_list.go(place)

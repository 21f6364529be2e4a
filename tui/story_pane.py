"""The detail pane of a story: six tabs, and a way from every line to the words behind it and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical

from tui import words
from tui.bars import OneLine
from tui.drawing import Look, Piece, Pieces, title
from tui.messages import Answered, PaneFollowed
from tui.page_view import PageView, Write
from tui.row_list import Place, RowList
from tui.sheet import Sheet, To, ToChanges, ToItem, ToItems, ToStatements, ToTab, ToVariant
from tui.told import Told, compared, read_told

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from textual.app import ComposeResult

    from store.database import Store
    from store.items import ItemRow
    from stories.difference import Variant
    from stories.story import StoryDetail
    from tui.desk import Desk
    from tui.since_picker import Since

TABS = ("overview", "timeline", "statements", "spread", "items", "publishers")


class StoryPane(Vertical):
    """Shows one story; the screen tells it which, and asks it what its cursor stands on."""

    DEFAULT_CSS = """
    StoryPane.-items > #story-page { display: none; }
    StoryPane > #story-items { display: none; }
    StoryPane.-items > #story-items { display: block; }
    """

    def __init__(self, desk: Desk, *, id: str) -> None:
        super().__init__(id=id)
        self.desk = desk
        self.story_id: int | None = None
        self.told: Told | None = None
        self.tab = "overview"
        self.trail: list[To] = []
        """What was opened from the tab, innermost last; Esc goes back along it."""
        self._places: list[Place] = []
        """Where the reader was when each of the trail was opened, so that Esc goes back there too."""
        self.as_of: datetime | None = None
        """The time the story is shown at; None is live."""
        self._trouble = ""
        """Why the story can't be shown at that time: what is known now must not stand there instead."""
        self._changes: tuple[datetime, ...] = ()
        self._compared: tuple[StoryDetail, tuple[Variant, ...]] | None = None
        """The detail whose reports were compared, and how they differ."""
        self.page = PageView(desk.sheet, id="story-page")
        self.row_list: RowList[ItemRow] = RowList(self._rows, self._paint, id="story-items")

    def compose(self) -> ComposeResult:
        """Tabs over the page or the list of items."""
        yield OneLine(self._tabs, id="story-tabs")
        yield self.page
        yield self.row_list

    # -- what is shown ----------------------------------------------------------------------------

    @property
    def inner(self) -> PageView | RowList[ItemRow]:
        """The part that has the keys."""
        return self.row_list if self.has_class("-items") else self.page

    @property
    def item_id(self) -> int | None:
        """The item that the cursor is about: opened, listed, or led to by its line; None for the story itself."""
        if self.has_class("-items"):
            return self.row_list.cursor_id
        if self.trail and isinstance(self.trail[-1], ToItem):
            return self.trail[-1].item
        target = self.page.target()
        return target.item if isinstance(target, ToItem) else None

    def show_story(self, story_id: int | None, *, fresh: bool = False) -> None:
        """Show a story; the same one again only brings it up to date, where the reader is."""
        if story_id != self.story_id or fresh:
            self.story_id, self.told, self.as_of = story_id, None, None
            self._leave_trail()
            self.border_title = ""
            self.border_subtitle = ""
            if self.screen.has_class("-narrow"):
                self._redraw(
                    keep=False
                )  # it was opened to be read, so nothing else may stand there meanwhile
        if story_id is None:
            self._redraw(keep=False)
            return
        self.ask()

    def ask(self) -> None:
        """Have the story read again, at the time it is shown at."""
        story_id, as_of, now = self.story_id, self.as_of, self.desk.clock()
        if story_id is None:
            return
        self._trouble = ""

        self.desk.reads.ask(f"detail {self.id}", lambda store: read_told(store, story_id, as_of, now))

    def _differing(self, detail: StoryDetail) -> tuple[Variant, ...]:
        """How the reports differ; asked for when it is first wanted, and then the page is written once more."""
        if self._compared is not None and self._compared[0] is detail:
            return self._compared[1]
        from stories.variants import COMPARED

        if len(detail.items) <= COMPARED:

            def compare(_: Store) -> tuple[StoryDetail, tuple[Variant, ...]]:
                from stories.variants import variants

                return detail, variants(detail)

            self.desk.reads.ask(f"variants {self.id}", compare)
        return ()

    def compare(self, since: Since) -> None:
        """Have what is shown compared with an earlier time or a snapshot."""
        told, story_id, now = self.told, self.story_id, self.desk.clock()
        if told is None or story_id is None:
            return

        self.desk.reads.ask(
            f"changes {self.id}", lambda store: (story_id, compared(store, told.detail, since, now))
        )

    @property
    def changes(self) -> tuple[datetime, ...]:
        """The times at which the story changed, earliest first, for steps in time."""
        return self._changes

    def show_as_of(self, at: datetime | None) -> None:
        """Show the story as it was known at a time; None is live."""
        self.as_of = at
        self.ask()

    def answered(self, answer: Answered) -> bool:
        """Take the story if the answer is this pane's; says whether it was."""
        if answer.topic == f"variants {self.id}":
            self._compared = answer.value
            if self.tab in ("statements", "spread") and not self.trail:
                self._redraw(keep=True)
            return True
        if answer.topic == f"changes {self.id}":
            if answer.value is not None and answer.value[0] == self.story_id:
                self.follow(answer.value[1])
            return True
        if answer.topic != f"detail {self.id}":
            return False
        if self.desk.reads.current(answer) and (answer.error is None or self.as_of is not None):
            first = self.told is None
            self.told = answer.value if answer.error is None else None
            self._trouble = "" if answer.error is None else str(answer.error)
            if self.as_of is None and self.told is not None:
                self._changes = self.told.changed
            self._redraw(keep=not first)
        return True

    def _redraw(self, *, keep: bool) -> None:
        told = self.told
        on_items = told is not None and self._lists_items()
        self.set_class(on_items, "-items")
        if told is not None:
            detail = told.detail
            past = f"AS OF {words.moment(self.as_of)}: " if self.as_of else ""
            mark = f"{self.desk.glyphs.watched} " if detail.story.watched else ""
            self.border_title = title(past + mark + (self.desk.glyphs.own(detail.story.name) or "Story"))
            self.set_class(self.as_of is not None, "-past")
            as_of = f"{self.desk.keys.first('live')} back to live" if self.as_of else ""
            self.border_subtitle = title(as_of)
            if on_items:
                ids = self._item_ids(detail)
                if not keep or list(self.row_list.ids) != ids:
                    self.row_list.show(ids, keep=keep)
                self.row_list.forget()
        if not on_items:
            self.page.show(self._writer(), keep=keep)
        self.query_one("#story-tabs").refresh()

    def _lists_items(self) -> bool:
        if self.trail:
            return isinstance(self.trail[-1], ToItems)
        return self.tab == "items"

    def _item_ids(self, detail: StoryDetail) -> list[int]:
        if self.trail and isinstance(self.trail[-1], ToItems):
            return list(self.trail[-1].items)
        return [item.id for item in reversed(detail.items)]

    def _rows(self, wanted: Sequence[int]) -> Mapping[int, ItemRow]:
        from store import items

        return {row.id: row for row in items.rows(self.desk.store, wanted)}

    def _paint(self, row: ItemRow, width: int, *, marked: bool) -> Pieces:
        sides = {} if self.told is None else self.told.detail.sides
        return self.desk.painter.item(row, width, marked=marked, side=sides.get(row.id))

    def _tabs(self, width: int) -> Pieces:
        if self.told is None:
            return ()
        if self.trail:
            return (Piece(self._crumbs(), Look.HEAD), Piece("  Esc back", Look.DIM))
        detail = self.told.detail
        counts = {"statements": len(detail.statements), "items": len(detail.items)}
        names = [tab.capitalize() for tab in TABS]
        counted = [
            f"{name} {counts[tab]}" if counts.get(tab) else name
            for name, tab in zip(names, TABS, strict=True)
        ]
        if sum(len(name) + 1 for name in counted) + 1 <= width:
            names = counted
        apart = sum(len(name) + 2 for name in names) + 1 <= width
        here = TABS.index(self.tab)
        pieces: list[Piece] = []
        for place, name in enumerate(names):
            before = "[" if place == here else "]" if place == here + 1 else " "
            if apart and place:
                before = f"{before} " if before == "]" else f" {before}"
            pieces.append(Piece(before, Look.HEAD if before.strip() else Look.DIM))
            pieces.append(Piece(name, Look.HEAD if place == here else Look.DIM))
        pieces.append(Piece("]" if here == len(names) - 1 else " ", Look.HEAD))
        return tuple(pieces)

    def _crumbs(self) -> str:
        names = {
            ToItem: "Item",
            ToItems: "Items",
            ToStatements: "Statements",
            ToVariant: "Differs",
            ToChanges: "Changes",
        }
        steps = [self.tab.capitalize(), *(names.get(type(to), "") for to in self.trail)]
        return f" {self.desk.glyphs.arrow} ".join(steps)

    def _writer(self) -> Write | None:
        told = self.told
        if told is None:
            story_id = self.story_id
            says = Piece(self._trouble or "Reading the story", Look.WARN if self._trouble else Look.DIM)
            return None if story_id is None else lambda sheet: sheet.add(says)
        detail = told.detail
        if self.trail:
            from tui.opened import opened

            return opened(self.desk, detail, self.trail[-1], self.as_of)

        def write(sheet: Sheet) -> None:
            from tui.pages_story import overview, publishers, statements, timeline
            from tui.pictures import histogram

            if self.tab == "overview":
                overview(sheet, told, self.desk.keys, live=self.as_of is None)
                histogram(sheet, detail)
            elif self.tab == "timeline":
                timeline(sheet, detail)
                histogram(sheet, detail)
            elif self.tab == "statements":
                from tui.page_differences import differences

                statements(sheet, detail, self.desk.keys, live=self.as_of is None)
                differences(sheet, self._differing(detail))
            elif self.tab == "spread":
                from tui.page_spread import spread

                spread(sheet, detail, told.polled, self._differing(detail))
            else:
                publishers(sheet, detail)

        return write

    # -- moving about -----------------------------------------------------------------------------

    def turn(self, by: int) -> None:
        """To the next tab or the one before."""
        self.go_to(TABS[(TABS.index(self.tab) + by) % len(TABS)])

    def go_to(self, tab: str) -> None:
        """To a tab by its name."""
        had_focus = self.inner.has_focus
        self.tab = tab
        self._leave_trail()
        self._redraw(keep=False)
        if had_focus:
            self.inner.focus()

    def _leave_trail(self) -> None:
        self.trail.clear()
        self._places.clear()

    def open(self) -> None:
        """Follow the line under the cursor."""
        if self.has_class("-items"):
            if self.row_list.cursor_id is not None:
                self.follow(ToItem(self.row_list.cursor_id))
        elif (target := self.page.target()) is not None:
            self.follow(target)

    def follow(self, target: To) -> None:
        """Follow a line: within the pane where it can, else the screen does it."""
        if isinstance(target, ToTab):
            self.go_to(target.tab)
        elif isinstance(target, ToStatements | ToItems | ToItem | ToVariant | ToChanges):
            if self.trail and self.trail[-1] == target:
                return
            if isinstance(target, ToItem) and self._is_open(target):
                self.trail[-1] = (
                    target  # its own words: shown where they stand, nothing new to come back from
                )
            else:
                self._places.append(self.inner.place)
                self.trail.append(target)
            self._redraw(keep=False)
            self.inner.focus()
        else:
            self.post_message(PaneFollowed(target))

    def _is_open(self, target: ToItem) -> bool:
        opened = self.trail[-1] if self.trail else None
        return isinstance(opened, ToItem) and opened.item == target.item

    def back(self) -> bool:
        """One step back along the trail; False when it is at a tab already."""
        if not self.trail:
            return False
        self.trail.pop()
        place = self._places.pop()
        self._redraw(keep=False)
        self.inner.return_to(place)
        self.inner.focus()
        return True

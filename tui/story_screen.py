"""One story over the whole screen: reached from an item, from search, or from its opposite."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widget import Widget

from store import items, looks
from store.database import Store
from store.items import ItemRow
from tui.actions import DEFAULT_KEYS, Where
from tui.bars import KeyLine, OneLine, mode_line
from tui.desk import Desk
from tui.page_view import PageView
from tui.row_list import RowList
from tui.story_acts import StoryDecisions
from tui.story_pane import StoryPane

_PLACES = (Where.EVERYWHERE, Where.LIST, Where.ROW, Where.TRIAGE, Where.STORY)


class StoryScreen(StoryDecisions):
    """The story pane alone; Esc at a tab goes back to where one came from."""

    MODE = "story"
    PLACES = _PLACES
    BINDINGS = DEFAULT_KEYS.bindings(*_PLACES)
    PANE_KEYS = ("open", "back", "next-tab", "export", "earlier", "star", "browser", "pager", "undo")

    def __init__(self, desk: Desk, story: int) -> None:
        super().__init__(desk, StoryPane(desk, id="detail"))
        self._story = story

    def compose(self) -> ComposeResult:
        """Status, screens, the story, the keys."""
        yield OneLine(self._status, id="status")
        yield OneLine(lambda width: mode_line(self.standing, self.MODE, width), id="modes")
        with Horizontal(id="panes"):
            yield self.pane
        yield KeyLine(self._keys, id="keys")

    def begin(self) -> None:
        """Ask for the story; opening it means that nothing in it is new any more."""
        self.add_class("-detail")
        self.pane.show_story(self._story)
        self.pane.inner.focus()
        story = self._story

        def opened(store: Store) -> None:
            looks.open_story(store, story)

        self.desk.writes.order("Opened a story", opened)

    @property
    def detail(self) -> Widget:
        """The story pane."""
        return self.pane

    @property
    def row_list(self) -> RowList[ItemRow]:
        """The pane's list of items."""
        return self.pane.row_list

    @property
    def inner(self) -> PageView | RowList[ItemRow]:
        """The pane's page or list."""
        return self.pane.inner

    @property
    def on_list(self) -> bool:
        """There is no list beside the pane."""
        return False

    def titles(self) -> None:
        """The pane has its own."""
        self.look_at("keys")

    def reload(self) -> None:
        """Read the story again."""
        if not self.paused:
            self.pane.ask()

    def items_here(self) -> Sequence[int]:
        """The marked items, else the one the cursor is about."""
        if self.pane.has_class("-items") and self.pane.row_list.marked:
            return sorted(self.pane.row_list.marked)
        return () if self.pane.item_id is None else (self.pane.item_id,)

    def item_row(self) -> ItemRow | None:
        """The item under the cursor."""
        item = self.pane.item_id
        return None if item is None else next(iter(items.rows(self.desk.store, [item])), None)

    def why_not(self, name: str) -> str:
        """A single story has no list to filter, no other pane."""
        if name in ("filter", "pane", "zoom", "follow", "singles", "views"):
            return "this is one story over the whole screen."
        return super().why_not(name)

    def do_back(self) -> None:
        """A step back in the pane, else back to where one came from."""
        if not self.pane.back():
            self.dismiss(None)

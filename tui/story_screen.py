"""One story over the whole screen: reached from an item, from search, or from its opposite."""

from __future__ import annotations

from collections.abc import Sequence

from store import items, looks
from store.database import Store
from store.items import ItemRow
from tui.actions import DEFAULT_KEYS
from tui.alone import Alone
from tui.desk import Desk
from tui.row_list import RowList
from tui.story_acts import STORY_KEYS, STORY_PLACES, StoryDecisions
from tui.story_pane import StoryPane


class StoryScreen(Alone, StoryDecisions):
    """The story pane alone; Esc at a tab goes back to where one came from."""

    MODE = "story"
    PLACES = STORY_PLACES
    BINDINGS = DEFAULT_KEYS.bindings(*STORY_PLACES)
    PANE_KEYS = STORY_KEYS
    SHOWN = "one story"
    MISSED = frozenset({"singles"})

    def __init__(self, desk: Desk, story: int) -> None:
        super().__init__(desk, StoryPane(desk, id="detail"))
        self._story = story

    def begin(self) -> None:
        """Ask for the story; opening it means that nothing in it is new any more."""
        self.pane.show_story(self._story)
        super().begin()
        story = self._story

        def opened(store: Store) -> None:
            looks.open_story(store, story)

        self.desk.writes.order("Opened a story", opened)

    @property
    def row_list(self) -> RowList[ItemRow]:
        """The pane's list of items."""
        return self.pane.row_list

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

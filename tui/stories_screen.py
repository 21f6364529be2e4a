"""Stories: what is being told, most active first, and at the right who says so, who denies it, on what words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store import looks, story_rows
from store.story_rows import StoriesView, StoryRow
from stories.decision import Act
from tui.actions import DEFAULT_KEYS
from tui.drawing import Look, Piece, Pieces, wrap
from tui.list_then import TOPIC, ListThen
from tui.rest import Rest
from tui.row_list import RowList
from tui.story_acts import STORY_KEYS, STORY_PLACES
from tui.story_list import AHEAD, Asked, Listed, read
from tui.story_pane import StoryPane
from tui.whole_view import WholeView

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from store.database import Store
    from store.items import ItemRow
    from stories.story import Status
    from tui.desk import Desk
    from tui.messages import Answered, Decided, RowHighlighted

REST = 0.12
"""Seconds the cursor must rest before a story is read for the pane: holding j reads none of those passed."""
COUNT = 0.3
"""Seconds after the last letter of a filter until what `i` would add is counted: every story there is, is read."""
FLASH = 1.5


class StoriesScreen(WholeView):
    """The list of stories and the detail of one."""

    MODE = "stories"
    PLACES = STORY_PLACES
    BINDINGS = DEFAULT_KEYS.bindings(*STORY_PLACES)
    PANE_KEYS = (*STORY_KEYS, "zoom")
    KEY_LINE = (
        "next-new",
        "mark",
        "star",
        "browser",
        "undo",
        "filter",
        "pause",
        "export",
        "next-tab",
        "pane",
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, StoryPane(desk, id="detail"))
        self._rows: dict[int, StoryRow] = {}
        self._listed_for: tuple[str, bool] | None = None
        self.changed: dict[int, Status] = {}
        """Stories whose status changed since they were last opened, and what it was."""
        self._flashing: set[int] = set()
        self.singles = False
        self._beyond = 0
        """Stories of one publisher that match the filter and are not listed."""
        self._cut = ""
        """What the list leaves out, in words."""
        self._made = 0
        """A story that was just made here: the cursor goes to it once it is listed."""
        self._counting = Rest(self)
        self._then = ListThen(desk.reads)
        self._list: RowList[StoryRow] = RowList(
            self._fetch, self._paint, id="stories-list", empty=self._nothing
        )

    @property
    def row_list(self) -> RowList[StoryRow]:
        """The stories."""
        return self._list

    def list_title(self) -> str:
        """What is listed, and the filter's chip."""
        title = "All stories, most active first" if self.singles else "Stories, most active first"
        return f"{title} [{self.filter_text}]" if self.filter_text else title

    def chips(self) -> Iterable[str]:
        """That the list tells what was known at the time that the pane shows, and how many matches `i` would add."""
        if self._then.at is not None:
            yield f"as known then, in the order{' and by the filter' if self.filter_text else ''} of now"
        if self._cut:
            yield self._cut
        if self._beyond:
            yield f"+{self._beyond:,} single-publisher hidden: {self.desk.keys.first('singles')}"

    def heads(self, width: int) -> Pieces | None:
        """Names of the columns."""
        return self.desk.painter.story_heads(width)

    def _fetch(self, wanted: Sequence[int]) -> Mapping[int, StoryRow]:
        missing = [story for story in wanted if story not in self._rows]
        if missing:
            rows = story_rows.rows_of(self.desk.store, missing, self.desk.clock())
            self._rows.update({row.id: row for row in rows})
        return {story: self._rows[story] for story in wanted if story in self._rows}

    def _paint(self, row: StoryRow, width: int, *, marked: bool) -> Pieces:
        if self._then.at is not None:
            was = self._then.row(row.id)
            if was is not None:
                return self.desk.painter.story(was, width, marked=marked)
            return self.desk.painter.unknown(row, width, marked=marked, read=self._then.told(row.id))
        pieces = self.desk.painter.story(row, width, marked=marked, changed=row.id in self.changed)
        if row.id in self._flashing:
            return (*pieces[:-1], Piece(pieces[-1].text, Look.FLASH))
        return pieces

    def _nothing(self) -> Sequence[Pieces]:
        keys = self.desk.keys
        if self.filter_text:
            told = self.no_match("story")
        elif self.standing.items:
            told = (
                "No story is carried by two publishers yet. "
                f"{keys.first('singles')} shows those with one; {keys.first('wire')} shows every item."
            )
        else:
            told = (
                "No items yet. They come as soon as feeds are polled: "
                f"{keys.first('poll')} polls now, {keys.first('feeds')} shows the feeds."
            )
        return wrap((Piece(told, Look.DIM),), max(20, self.row_list.size.width - 2))

    # -- live ----------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Have the rows read again; before anything is listed, as many as the screen has lines at once."""
        if self._holds(self._asked_for):
            return
        asked = self._asked_for
        wanted = Asked(self.filter_text, self.view, self.desk.clock(), self._near())
        if not self._rows and not self.filter_text:
            self._list_rows(read(self.desk.store, wanted, self.app.size.height))
        self.desk.reads.ask("stories", lambda store: (asked, read(store, wanted, AHEAD)))

    def _near(self) -> list[int]:
        shown = self.pane.story_id
        return [*self.row_list.in_sight(), *([] if shown is None else [shown])]

    @property
    def _asked_for(self) -> tuple[str, bool]:
        """What decides which stories are listed."""
        return self.filter_text, self.singles

    def _holds(self, asked: tuple[str, bool]) -> bool:
        """Whether the list stays as it is: paused, or at a past time, in which nothing changes. A filter narrows it too."""
        return (self.paused or self._then.at is not None) and asked == self._listed_for

    @property
    def view(self) -> StoriesView:
        """Whether stories with one publisher are listed too."""
        return StoriesView.ALL if self.singles else StoriesView.ACTIVE

    @property
    def narrows(self) -> tuple[frozenset[str], str]:
        """Fields of stories."""
        from tui.query import OF_STORIES

        return OF_STORIES, "stories"

    def apply_filter(self, text: str) -> None:
        """Narrow the list to what matches; once nobody types, count what it leaves out."""
        super().apply_filter(text)
        self._count_beyond()

    def _count_beyond(self) -> None:
        self._beyond = 0
        if self.filter_text and not self.singles:
            self._counting.after(COUNT, lambda: self.desk.reads.ask("beyond", self._read_beyond))
        else:
            self._counting.stop()

    def _read_beyond(self, store: Store) -> tuple[str, int]:
        text = self.filter_text
        beyond = {*self.matches(store, StoriesView.ALL)} - {*self.matches(store, StoriesView.ACTIVE)}
        return text, len(beyond)

    @property
    def resting(self) -> bool:
        """Whether nothing of what it shows has been put off for a moment."""
        return super().resting and not self._counting.due

    def answered(self, answer: Answered) -> None:
        """The rows, what the filter leaves out, or the pane's story."""
        if answer.topic == "beyond" and answer.error is None:
            if answer.value[0] == self.filter_text and not self.singles:
                self._beyond = answer.value[1]
                self.titles()
        elif answer.topic == TOPIC and answer.error is None:
            if self._then.take(answer.value):
                self._tell_then()
        elif answer.topic != "stories":
            super().answered(answer)
            if self._then.turn_to(self.shown_as_of()):
                self._tell_then()
                if self._then.at is None:
                    self.reload()
        elif answer.error is not None:
            self.say(str(answer.error), warn=True)
        elif self.desk.reads.current(answer) and not self._holds(answer.value[0]):
            self._listed_for, listed = answer.value
            self._list_rows(listed)

    def _tell_then(self) -> None:
        """Draw what is known of the time that is shown, and have more of what is in sight told."""
        self.row_list.forget()
        self._then.ask(self.row_list.in_sight())
        self.titles_soon()

    def on_row_highlighted(self, message: RowHighlighted) -> None:
        """What comes in sight is told, too."""
        super().on_row_highlighted(message)
        self._then.ask(self.row_list.in_sight())

    def _list_rows(self, listed: Listed) -> None:
        """Changed rows flash; the order moves only where nobody reads."""
        self._note_changes(listed.rows)
        self._cut = listed.cut
        shown = self.pane.story_id
        before = None if shown is None else self._rows.get(shown)
        self._rows = {row.id: row for row in listed.rows}
        self.row_list.look_again()
        if list(self.row_list.ids) != listed.ids:
            self.row_list.show(listed.ids, filtered=bool(self.filter_text))
        if self._made in listed.ids:
            self.row_list.go(listed.ids.index(self._made))
        self._made = 0
        if shown is not None and self._rows.get(shown) != before:
            self.pane.ask()  # a story of thousands of items takes half a second to tell: not without need
        self.titles()

    def decided(self, told: Decided) -> None:
        """A decision may change the story that is shown without changing its line."""
        super().decided(told)
        if told.decision is not None:
            self.pane.ask()
        made = told.decision
        if made is not None and made.act is Act.WATCH and "name" in made.details and told.title != "Undo":
            self._made = made.story or 0
            self.reload()

    def _note_changes(self, rows: Sequence[StoryRow]) -> None:
        for row in rows:
            before = self._rows.get(row.id)
            if before is not None and before.status is not row.status:
                self.changed.setdefault(row.id, before.status)
                self._flashing.add(row.id)
                self.set_timer(FLASH, lambda story=row.id: self._flashed(story))

    def _flashed(self, story: int) -> None:
        self._flashing.discard(story)
        self.row_list.forget()

    def row_rested(self, row_id: int | None) -> None:
        """Show the story once the cursor has rested; what somebody reads stays, also when its row leaves the list."""
        if row_id == self.pane.story_id or (self.pane.story_id is not None and not self.on_list):
            return
        if self.pane.story_id is None:
            self.pane.show_story(row_id)
        else:
            self.rest.after(REST, self._show_rested)

    def _show_rested(self) -> None:
        if self.on_list:
            self.pane.show_story(self.row_list.cursor_id)

    def on_descendant_focus(self) -> None:
        """Back on the list the pane shows what its cursor is on, which may have changed meanwhile."""
        if self.row_list.has_focus:
            self.row_rested(self.row_list.cursor_id)

    def show_detail(self) -> None:
        """Open the story: nothing in it is new any more."""
        super().show_detail()
        story = self.row_list.cursor_id
        if story is None:
            return
        self.pane.show_story(story)
        self.changed.pop(story, None)

        def opened(store: Store) -> None:
            looks.open_story(store, story)

        self.desk.writes.order("Remember that the story was opened", opened)

    def why_grey(self, name: str) -> str:
        """A story's newest item and its link are looked for when a key wants them, not for each key line's sake."""
        return "" if self.on_list and name == "browser" and self.row_list.ids else super().why_grey(name)

    # -- what the keys are about ----------------------------------------------------------------------

    def joinable(self) -> list[int]:
        """The marked stories, in the order they are listed."""
        return self.row_list.marked_here

    def story_here(self) -> int | None:
        """The story under the cursor."""
        return self.row_list.cursor_id if self.on_list else self.pane.story_id

    def story_name(self) -> str:
        """Its name."""
        story = self.story_here()
        row = None if story is None else self.row_list.row(story)
        return row.name if row else ""

    def items_here(self) -> Sequence[int]:
        """The pane's marked items, or the one its cursor is about; none while keys go to the stories."""
        if self.on_list:
            return ()
        if self.pane.has_class("-items") and self.pane.row_list.marked:
            return sorted(self.pane.row_list.marked)
        return () if self.pane.item_id is None else (self.pane.item_id,)

    def item_row(self) -> ItemRow | None:
        """The item under the cursor; on the list, the story's newest."""
        from store import items

        story = self.story_here()
        if (
            self.on_list and story is not None and story != self.pane.story_id
        ):  # narrow: the pane shows none yet
            wanted = items.ItemFilter(story=story)
            return next(iter(items.newest(self.desk.store, limit=1, wanted=wanted)), None)
        item = None if self.on_list else self.pane.item_id
        if item is None and self.pane.told is not None and self.pane.told.detail.items:
            item = self.pane.told.detail.items[-1].id
        return None if item is None else next(iter(items.rows(self.desk.store, [item])), None)

    def took(self, items: Sequence[int]) -> None:
        """Marks are done with."""
        self.pane.row_list.marked.clear()

    def do_singles(self) -> None:
        """Show stories with one publisher too, or hide them."""
        self.singles = not self.singles
        self._count_beyond()
        self.reload()
        self.row_list.go(0)

    def do_next_new(self) -> None:
        """The next story with something new."""
        self._to_new(1)

    def do_previous_new(self) -> None:
        """The story with something new before this one."""
        self._to_new(-1)

    def _to_new(self, way: int) -> None:
        places = range(self.row_list.cursor + way, len(self.row_list.ids) if way > 0 else -1, way)
        for place in places:
            row = self.row_list.row(self.row_list.ids[place])
            if row is not None and (row.new or row.id in self.changed):
                self.row_list.move(place - self.row_list.cursor)
                return
        self.say("No new story " + ("below." if way > 0 else "above."))

"""The frame of every screen: the lines around its panes, how things stand, and running actions by name."""

from __future__ import annotations

from abc import abstractmethod
from time import monotonic
from typing import TYPE_CHECKING, Any, ClassVar, cast

from rich.cells import cell_len
from textual.containers import Horizontal

from tui.abstract import AbstractWidget
from tui.actions import BY_NAME, Where
from tui.bars import KeyLine, OneLine, Standing, key_line, mode_line, status_line
from tui.drawing import Look, Piece, Pieces, fit
from tui.filter_line import FilterLine
from tui.link import LinkActions
from tui.page_view import PageView
from tui.pane import Pane
from tui.rest import Rest
from tui.row_list import RowList
from tui.sheet import To, ToItem, ToLink, ToStory, plain_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from textual.app import ComposeResult
    from textual.widget import Widget

    from tui.desk import Desk
    from tui.messages import Answered, Decided, PaneFollowed, RowHighlighted

TITLES = 0.2
"""Seconds between two looks at the borders while the cursor moves, and after it rests. Looked at by a timer of its own
pace, the borders' frame came just before every fifth key's, which had to wait for the next: 13 ms, not 5."""
SAID = 6.0
"""Seconds that what was done stands in the key line: read by then, and the keys are seen again."""
NARROW = 100
"""Below this many columns one pane shows at a time (SCREENS.md)."""


class Frame(LinkActions, metaclass=AbstractWidget):
    """A list on the left and what its cursor stands on at the right; one of them below 100 columns."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (NARROW, "-wide")]
    MODE: ClassVar[str] = ""
    PLACES: ClassVar[tuple[Where, ...]] = (Where.EVERYWHERE, Where.LIST)
    KEY_LINE: ClassVar[tuple[str, ...]] = ()
    """What the key line names, most wanted first, while keys go to the list."""
    PANE_KEYS: ClassVar[tuple[str, ...]] = (
        "open",
        "back",
        "star",
        "browser",
        "pager",
        "undo",
        "pane",
        "zoom",
    )
    """The same while they go to the pane."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.standing = Standing()
        self.paused = False
        self.filter_text = ""
        self.trouble = ""
        """What of the filter could not be read, in words."""
        self._was_shown = False
        self.rest = Rest(self)
        """What the row under the cursor makes the pane do."""
        self._titles = Rest(self)
        self._titled_at = 0.0
        self._said: Pieces = ()
        self._silent = Rest(self)

    # -- to be told by each screen ------------------------------------------------------------------

    @property
    @abstractmethod
    def row_list(self) -> RowList[Any]:
        """The list at the left; an empty one where a page stands alone."""

    @property
    @abstractmethod
    def detail(self) -> Widget:
        """The pane at the right."""

    @property
    @abstractmethod
    def inner(self) -> PageView | RowList[Any]:
        """The part of the right pane that takes keys."""

    @abstractmethod
    def reload(self) -> None:
        """The store changed: bring list and pane up to date without moving what is read."""

    @abstractmethod
    def apply_filter(self, text: str) -> None:
        """Narrow the list to what matches; the screen says how."""

    def list_title(self) -> str:
        """What stands in the border of the list."""
        return ""

    def chips(self) -> Iterable[str]:
        """What else the list's border says, before how far down the cursor is."""
        return ()

    def heads(self, width: int) -> Pieces | None:
        """The line above the list that names its columns, where there is one."""
        return None

    def row_rested(self, row_id: int | None) -> None:
        """The cursor came to rest on a row: show it at the right."""

    def why_not(self, name: str) -> str:
        """Why an action can't be done here now, in words; empty when it can."""
        return ""

    def why_grey(self, name: str) -> str:
        """Why the key line shows a key as one that does nothing now."""
        return self.why_not(name)

    # -- frame ----------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Status, screens, the panes, the filter and the keys."""
        self.at_width()
        yield OneLine(self._status, id="status")
        yield OneLine(lambda width: mode_line(self.standing, self.MODE, width), id="modes")
        with Horizontal(id="panes"):
            with Pane(id="left"):
                if self.heads(40) is not None:
                    yield OneLine(lambda width: self.heads(width) or (), id="heads")
                yield self.row_list
                yield from self.below()
            yield self.detail
        yield FilterLine()
        yield KeyLine(self._keys, id="keys")

    def at_width(self) -> None:
        """Be narrow or wide from the beginning: told by Textual once it is there, it would be styled twice."""
        self.add_class("-wide" if self.app.size.width >= NARROW else "-narrow", update=False)

    def below(self) -> Iterable[OneLine]:
        """Lines under the list."""
        return ()

    def _compositor_refresh(self) -> None:
        """Draw, but not in a batch: Textual 8.2.8 throws that frame away, and its first is one of them."""
        if not self.app._batch_count:
            super()._compositor_refresh()

    def on_mount(self) -> None:
        """Textual runs this of every class of a screen, so a screen's own beginning is `begin`."""
        self.begin()

    def begin(self) -> None:
        """Everything is read from the store before the first frame."""
        self.reload()
        self.row_list.focus()
        self.titles()

    def _status(self, width: int) -> Pieces:
        return status_line(
            self.standing,
            self.desk.clock(),
            width,
            paused=self.paused,
            as_of=self.shown_as_of(),
            note=self.desk.note(),
        )

    def shown_as_of(self) -> datetime | None:
        """The past time that the pane is shown at; None is live."""
        return None

    def _keys(self, width: int) -> Pieces:
        if self._said:
            return self._said
        names = self.KEY_LINE if self.on_list else self.PANE_KEYS
        off = {name: why for name in names if (why := self.why_grey(name))}
        return key_line(self.desk.keys, names, off, width)

    @property
    def ready(self) -> bool:
        """Whether its lines and panes are there: a screen is current a moment before that."""
        return bool(self.query("#keys"))

    def stand(self, standing: Standing) -> None:
        """Say how things stand; called by the app whenever it knows anew."""
        came = bool(standing.items) != bool(self.standing.items)
        self.standing = standing
        if not self.ready:
            return
        if came and not self.row_list.ids:
            self.row_list.refresh()  # what an empty list says depends on whether there are items
        for line in self.query(OneLine):
            line.look_again()

    def titles_soon(self) -> None:
        """The same, a few times a second while j is held and then always with a key, and once it has rested."""
        if monotonic() > self._titled_at + TITLES:
            self.titles()
        else:
            self._titles.after(TITLES, self.titles)

    def titles(self) -> None:
        """Borders: what the list is, how far down the cursor is, what waits."""
        self._titles.stop()
        self._titled_at = monotonic()
        shown, waiting = len(self.row_list.ids), len(self.row_list.waiting)
        position = f"{self.row_list.cursor + 1:,} of {shown:,}" if shown else "empty"
        chips = [*self.chips()]
        if waiting:
            chips.append(f"+{waiting:,} new: {self.desk.keys.first('top')}")
        if marked := len(self.row_list.marked):
            hidden = marked - len(self.row_list.marked_here)
            chips.append(f"{marked:,} marked" + (f", {hidden:,} not listed" if hidden else ""))
        if self.row_list.following:
            chips.append("FOLLOW")
        if self.trouble:
            chips = [self.trouble]
        self.query_one("#left", Pane).tell(
            self.list_title(), f" {self.desk.glyphs.dot} ".join([*chips, position])
        )
        self.look_at("keys")

    def look_at(self, line: str) -> None:
        """Draw one of the lines around the panes if it says something else now."""
        self.query_one(f"#{line}", OneLine).look_again()

    @property
    def resting(self) -> bool:
        """Whether nothing of what it shows has been put off for a moment."""
        return not (self.rest.due or self._titles.due)

    # -- actions ---------------------------------------------------------------------------------------

    def action_do(self, name: str) -> None:
        """Run an action of the table, or say why it can't be."""
        if isinstance(self.moving, RowList):
            self.moving.touched = True
        if why := self.why_not(name):
            self.say(f"{self.desk.keys.first(name)}: {why}", warn=True)
            return
        method = cast("Callable[[], None] | None", getattr(self, BY_NAME[name].method, None))
        if method is None:
            self.say(f"{self.desk.keys.first(name)}: not on this screen.", warn=True)
            return
        method()

    def say(self, text: str, *, warn: bool = False) -> None:
        """A word in place of the keys, until the next one or some seconds have passed; a longer one at the corner."""
        if cell_len(text) > self.size.width - 2 or not self.ready:
            super().say(text, warn=warn)
            return
        self._said = (Piece(text, Look.WARN if warn else Look.GOOD),)
        self._silent.after(SAID, self.hush)
        self.look_at("keys")

    def acted(self, text: str, back: str = "undo", *, whole: bool = False) -> None:
        """What an act did, and the key that takes it back, which is never cut off; nor is a text that is wanted whole."""
        undo = f" {self.desk.glyphs.dot} {self.desk.keys.first(back)} {back}"
        if whole:
            self.say(text + undo)
            return
        self.say(fit(text, self.size.width - 2 - cell_len(undo), self.desk.glyphs).rstrip() + undo)

    def hush(self) -> None:
        """The keys again, in place of what was said."""
        self._said = ()
        self.look_at("keys")

    @property
    def on_list(self) -> bool:
        """Whether keys go to the list at the left."""
        return self.row_list.has_focus or not self.inner.has_focus

    @property
    def moving(self) -> PageView | RowList[Any]:
        """Where j and k move."""
        return self.row_list if self.on_list else self.inner

    # -- messages ----------------------------------------------------------------------------------

    def on_row_highlighted(self, message: RowHighlighted) -> None:
        """The list's cursor rests: tell the pane."""
        if message.list_id == self.row_list.id:
            self.titles_soon()
            if self.has_class("-wide") or self.has_class("-detail"):
                self.row_rested(message.row)

    def on_pane_followed(self, message: PaneFollowed) -> None:
        """A line that leads out of the pane."""
        self.follow(cast("To", message.target))

    def follow(self, target: To) -> None:
        """Follow a line of a pane."""
        if isinstance(target, ToLink):
            self.open_link(target.href)
        elif isinstance(target, ToStory):
            from tui.story_screen import StoryScreen

            self.app.push_screen(StoryScreen(self.desk, target.story))
        elif isinstance(target, ToItem):
            from tui.item_screen import ItemScreen

            self.app.push_screen(ItemScreen(self.desk, target))

    def answered(self, answer: Answered) -> None:
        """An answer of the reading thread that this screen asked for."""

    def decided(self, told: Decided) -> None:
        """A decision was written, or refused: then why, and what, stand in place of the keys until more is said.

        A full disk refuses every act; at the corner, for some seconds, a newcomer who looked at the list saw none of it.
        """
        if told.error is not None:
            why = f"Not done: {told.error}"
            room = self.size.width - 3 - cell_len(why)
            what = fit(f"({told.title})", room, self.desk.glyphs).rstrip() if room > 3 else ""
            self.say(f"{why} {what}".rstrip(), warn=True)
            self._silent.stop()

    def page_text(self) -> str:
        """The right pane's page as text."""
        inner = self.inner
        return plain_text(inner.sheet.lines) if isinstance(inner, PageView) else ""

    def commands(self) -> Mapping[str, str]:
        """The actions of this screen and why some can't be done now, for palette and help."""
        return {
            action.name: self.why_not(action.name)
            for action in BY_NAME.values()
            if action.where in self.PLACES and hasattr(self, action.method)
        }

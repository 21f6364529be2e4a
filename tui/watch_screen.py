"""What the four screens share: the lines around them, two panes or one by width, and running actions by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual.containers import Horizontal, Vertical

from store import looks, setups
from tui.actions import BY_NAME, Where
from tui.bars import KeyLine, OneLine, Standing, key_line, mode_line, status_line
from tui.drawing import Pieces, title
from tui.filter_line import FilterLine
from tui.link import LinkActions
from tui.page_view import PageView
from tui.row_list import RowList
from tui.sheet import To, ToItem, ToLink, ToStory, plain_text
from tui.theme import THEMES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from textual.app import ComposeResult
    from textual.timer import Timer
    from textual.widget import Widget

    from store.database import Store
    from store.items import ItemRow
    from tui.desk import Desk
    from tui.messages import Answered, Decided, PaneFollowed, RowHighlighted, RowOpened

TITLES = 0.2
"""Seconds between two looks at the borders while the cursor moves."""
NARROW = 100
"""Below this many columns one pane shows at a time (SCREENS.md)."""


class WatchScreen(LinkActions):
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
        self._was_shown = False
        self._titles_due: Timer | None = None
        self._told_titles = ("", "")

    # -- to be told by each screen ------------------------------------------------------------------

    @property
    def row_list(self) -> RowList[Any]:
        """The list at the left."""
        raise NotImplementedError

    @property
    def detail(self) -> Widget:
        """The pane at the right."""
        raise NotImplementedError

    @property
    def inner(self) -> PageView | RowList[Any]:
        """The part of the right pane that takes keys."""
        raise NotImplementedError

    def list_title(self) -> str:
        """What stands in the border of the list."""
        raise NotImplementedError

    def heads(self, width: int) -> Pieces | None:
        """The line above the list that names its columns, where there is one."""
        return None

    def reload(self) -> None:
        """The store changed: bring list and pane up to date without moving what is read."""
        raise NotImplementedError

    def row_rested(self, row_id: int | None) -> None:
        """The cursor came to rest on a row: show it at the right."""

    def why_not(self, name: str) -> str:
        """Why an action can't be done here now, in words; empty when it can."""
        return ""

    # -- frame ----------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Status, screens, the panes, the filter and the keys."""
        yield OneLine(self._status, id="status")
        yield OneLine(lambda width: mode_line(self.standing, self.MODE, width), id="modes")
        with Horizontal(id="panes"):
            with Vertical(id="left"):
                if self.heads(40) is not None:
                    yield OneLine(lambda width: self.heads(width) or (), id="heads")
                yield self.row_list
            yield self.detail
        yield FilterLine()
        yield KeyLine(self._keys, id="keys")

    def on_mount(self) -> None:
        """Everything is read from the store before the first frame."""
        self.reload()
        self.row_list.focus()
        self.titles()

    def _status(self, width: int) -> Pieces:
        return status_line(
            self.standing, self.desk.clock(), width, paused=self.paused, glyph_dot=self.desk.glyphs.dot
        )

    def _keys(self, width: int) -> Pieces:
        names = self.KEY_LINE if self.on_list else self.PANE_KEYS
        off = {name: why for name in names if (why := self.why_not(name))}
        return key_line(self.desk.keys, names, off, width)

    @property
    def ready(self) -> bool:
        """Whether its lines and panes are there: a screen is current a moment before that."""
        return bool(self.query("#keys"))

    def stand(self, standing: Standing) -> None:
        """Say how things stand; called by the app whenever it knows anew."""
        self.standing = standing
        if not self.ready:
            return
        for line in ("#status", "#modes", "#keys"):
            self.query_one(line).refresh()

    def titles_soon(self) -> None:
        """The same, a few times a second while j is held: a border's new text redraws its whole pane."""
        if self._titles_due is None:
            self._titles_due = self.set_timer(TITLES, self.titles)

    def titles(self) -> None:
        """Borders: what the list is, how far down the cursor is, what waits."""
        if self._titles_due is not None:
            self._titles_due.stop()
            self._titles_due = None
        left = self.query_one("#left")
        shown, waiting = len(self.row_list.ids), len(self.row_list.waiting)
        position = f"{self.row_list.cursor + 1:,} of {shown:,}" if shown else "empty"
        chips = []
        if waiting:
            chips.append(f"+{waiting:,} new: {self.desk.keys.first('top')}")
        if self.row_list.marked:
            chips.append(f"{len(self.row_list.marked):,} marked")
        if self.row_list.following:
            chips.append("FOLLOW")
        told = (self.list_title(), f" {self.desk.glyphs.dot} ".join([*chips, position]))
        if told != self._told_titles:
            self._told_titles = told
            left.border_title, left.border_subtitle = title(told[0]), title(told[1])
        self.query_one("#keys").refresh()

    # -- actions ---------------------------------------------------------------------------------------

    def action_do(self, name: str) -> None:
        """Run an action of the table, or say why it can't be."""
        if self.on_list:
            self.row_list.touched = True
        if why := self.why_not(name):
            self.say(f"{BY_NAME[name].title}: {why}", warn=True)
            return
        method = cast("Callable[[], None] | None", getattr(self, BY_NAME[name].method, None))
        if method is None:
            self.say(f"{BY_NAME[name].title}: not on this screen.", warn=True)
            return
        method()

    def say(self, text: str, *, warn: bool = False) -> None:
        """A word at the corner; feeds' text in it is literal."""
        self.notify(text, severity="warning" if warn else "information", timeout=4, markup=False)

    @property
    def on_list(self) -> bool:
        """Whether keys go to the list at the left."""
        return self.row_list.has_focus or not self.inner.has_focus

    @property
    def moving(self) -> PageView | RowList[Any]:
        """Where j and k move."""
        return self.row_list if self.on_list else self.inner

    def do_down(self) -> None:
        """One row down."""
        self.moving.move(1)

    def do_up(self) -> None:
        """One row up."""
        self.moving.move(-1)

    def do_half_down(self) -> None:
        """Half a page down."""
        self._by_half(1)

    def do_half_up(self) -> None:
        """Half a page up."""
        self._by_half(-1)

    def _by_half(self, way: int) -> None:
        part = self.moving
        if isinstance(part, PageView):
            part.scroll_lines(way * part.half_page())
        else:
            part.move(way * part.half_page())

    def do_top(self) -> None:
        """To the top; what waited comes in."""
        part = self.moving
        if isinstance(part, PageView):
            part.to_end(top=True)
        else:
            part.let_in()
            part.go(0)
            self.titles()

    def do_bottom(self) -> None:
        """To the bottom."""
        part = self.moving
        if isinstance(part, PageView):
            part.to_end(top=False)
        else:
            part.move(len(part.ids))

    def do_open(self) -> None:
        """Show the pane of the row under the cursor, or follow the line under it."""
        if self.on_list:
            if self.row_list.cursor_id is not None:
                self.show_detail()
        else:
            self.open_inside()

    def open_inside(self) -> None:
        """Follow the line under the pane's cursor."""
        inner = self.inner
        if isinstance(inner, PageView) and (target := inner.target()) is not None:
            self.follow(target)

    def show_detail(self) -> None:
        """Give the right pane the keys; below 100 columns it takes the left one's place."""
        self.add_class("-detail")
        self.row_rested(self.row_list.cursor_id)
        self.inner.focus()

    def do_back(self) -> None:
        """Close what was opened last: a step in the pane, the pane, marks, then the filter."""
        if not self.on_list and self.back_inside():
            return
        if self.has_class("-zoom"):
            self.remove_class("-zoom")
        elif not self.on_list or self.has_class("-detail"):
            self.remove_class("-detail")
            self.row_list.focus()
        elif self.row_list.marked:
            self.row_list.marked.clear()
            self.row_list.forget()
        elif self.filter_text:
            self.apply_filter("")
        self.titles()

    def back_inside(self) -> bool:
        """One step back inside the right pane; False when there is none."""
        return False

    def do_pane(self) -> None:
        """The keys to the other pane."""
        if self.on_list:
            self.show_detail()
        else:
            self.remove_class("-detail")
            self.row_list.focus()

    def do_zoom(self) -> None:
        """The pane with the keys over the whole width, and back."""
        self.set_class(not self.on_list, "-detail")
        self.toggle_class("-zoom")

    def do_mark(self) -> None:
        """Mark the row and go on to the next."""
        part = self.moving
        if isinstance(part, RowList) and part.cursor_id is not None:
            part.marked ^= {part.cursor_id}
            part.move(1)
            self.titles()

    def do_mark_all(self) -> None:
        """Mark every row that is listed, or none."""
        part = self.moving
        if isinstance(part, RowList):
            part.marked = set() if part.marked else set(part.ids)
            part.forget()
            self.titles()

    def do_follow(self) -> None:
        """Keep the newest row in sight until the cursor is moved."""
        self.row_list.following = not self.row_list.following
        if self.row_list.following:
            self.row_list.let_in()
            self.row_list.go(0)
        self.titles()

    def do_pause(self) -> None:
        """Freeze this view, or let it go on with what came meanwhile."""
        self.paused = self.row_list.held = not self.paused
        self.query_one("#status").refresh()
        if not self.paused:
            self.row_list.offer()
            self.reload()
        self.titles()

    def do_filter(self) -> None:
        """Type a filter; it stays as a chip."""
        self.query_one(FilterLine).begin(self.filter_text)

    def type_ahead(self, text: str) -> None:
        """Letters of the filter that came before its line had the keys."""
        self.query_one(FilterLine).type_ahead(text)

    def apply_filter(self, text: str) -> None:
        """Narrow the list to what matches; the screen says how."""
        self.filter_text = text
        self.reload()
        self.row_list.go(0)
        self.titles()

    def on_filter_line_changed(self, message: FilterLine.Changed) -> None:
        """The filter is typed: narrow as it grows; when it is entered or left, the list has the keys again."""
        if message.text != self.filter_text:
            self.apply_filter(message.text)
        if message.done:
            self.row_list.focus()

    # -- everywhere ----------------------------------------------------------------------------------

    def do_stories(self) -> None:
        """The Stories screen."""
        self.go_to("stories")

    def do_triage(self) -> None:
        """The Triage screen."""
        self.go_to("triage")

    def do_wire(self) -> None:
        """The Wire."""
        self.go_to("wire")

    def do_feeds(self) -> None:
        """The Feeds screen."""
        self.go_to("feeds")

    def go_to(self, mode: str) -> None:
        """Another screen; on the present one nothing happens."""
        if mode != self.app.current_mode:
            self.looked()
            self.app.switch_mode(mode)

    def looked(self) -> None:
        """Leaving: what is here now is not new next time."""
        mode, at = self.MODE, self.desk.clock()

        def order(store: Store) -> None:
            looks.look(store, mode, at)

        self.desk.writes.order("Looked", order)

    def on_screen_resume(self) -> None:
        """Shown again: the store may have changed meanwhile. The first time `on_mount` has just read it."""
        if self._was_shown:
            self.reload()
        self._was_shown = True

    def do_quit(self) -> None:
        """Leave; what was decided is written first."""
        self.looked()
        self.app.exit()

    def do_theme(self) -> None:
        """The next theme."""
        names = [one.name for one in THEMES]
        place = names.index(self.app.theme) if self.app.theme in names else -1
        self.app.theme = names[(place + 1) % len(names)]
        self.say(f"Theme: {self.app.theme}")

    def do_poll(self) -> None:
        """Poll all feeds now."""
        self.desk.poll_now()
        self.say("Polling all feeds")

    def do_help(self) -> None:
        """Every key, narrowed by typing."""
        self._actions("Help: every key", everything=True)

    def do_commands(self) -> None:
        """Everything that can be done here, by name."""
        self._actions("Commands", everything=False)

    def _actions(self, heading: str, *, everything: bool) -> None:
        from tui.help import Actions

        def chosen(name: str | None) -> None:
            if name is not None:
                self.action_do(name)

        dialog = Actions(heading, self.desk.keys, self.commands(), self.desk.glyphs, everything=everything)
        self.app.push_screen(dialog, chosen)

    def do_search(self) -> None:
        """Full-text search over every item."""
        from tui.search import SearchScreen

        def chosen(item: int | None) -> None:
            if item is not None:
                self.follow(ToItem(item))

        self.app.push_screen(SearchScreen(self.desk), chosen)

    def do_views(self) -> None:
        """Show a saved view, or save the present filter under a name."""
        from tui.views import View, Views

        def chosen(view: View | None) -> None:
            if view is None:
                return
            if view.new:
                self.desk.write(
                    "Saved the view", lambda store: setups.save_view(store, view.name, view.query)
                )
                self.say(f"Saved as {view.name}")
            else:
                self.apply_filter(view.query)

        saved = setups.views(self.desk.store)
        self.app.push_screen(Views(saved, self.filter_text, self.desk.glyphs), chosen)

    def do_alerts(self) -> None:
        """All rules: add one by typing a filter, take one away by choosing it."""
        self.choose_rule(None)

    def choose_rule(self, row: ItemRow | None) -> None:
        """Add a rule made from an item or typed, or take one away."""
        from tui.rules import Choice, Rules

        def chosen(choice: Choice | None) -> None:
            if choice is None:
                return
            change = setups.drop_rule if choice.there else setups.add_rule
            self.desk.write("Rule", lambda store: change(store, choice.rule))
            self.say(f"{'Taken away' if choice.there else 'On'}: {choice.rule.kind} {choice.rule.query}")

        held = setups.rules(self.desk.store)
        self.app.push_screen(Rules(held, row, self.desk.glyphs), chosen)

    # -- messages ------------------------------------------------------------------------------------

    def on_row_highlighted(self, message: RowHighlighted) -> None:
        """The list's cursor rests: tell the pane."""
        if message.list_id == self.row_list.id:
            self.titles_soon()
            if self.has_class("-wide") or self.has_class("-detail"):
                self.row_rested(message.row)

    def on_row_opened(self, message: RowOpened) -> None:
        """A click on the cursor's row."""
        self.do_open()

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
        """A decision was written, or refused."""

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

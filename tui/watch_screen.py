"""A list and a pane beside it, or one of them when it is narrow: how one moves, opens, marks, filters, pauses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tui.everywhere import Everywhere
from tui.filter_line import FilterLine
from tui.page_view import PageView
from tui.row_list import RowList

if TYPE_CHECKING:
    from tui.messages import RowOpened


class WatchScreen(Everywhere):
    """A list on the left and what its cursor stands on at the right; one of them below 100 columns."""

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
        """Close what was opened last: a step in the pane, the pane, a filter that hides marks, marks, the filter."""
        if not self.on_list and self.back_inside():
            return
        if self.has_class("-zoom"):
            self.remove_class("-zoom")
        elif not self.on_list or self.has_class("-detail"):
            self.remove_class("-detail")
            self.row_list.focus()
        elif self.filter_text and len(self.row_list.marked) > len(self.row_list.marked_here):
            self.apply_filter("")
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
            self._tell_marked(part)

    def do_mark_all(self) -> None:
        """Mark every row that is listed, or none of them when all are."""
        part = self.moving
        if isinstance(part, RowList):
            listed = set(part.ids)
            part.marked = part.marked - listed if listed <= part.marked else part.marked | listed
            part.forget()
            self._tell_marked(part)

    def _tell_marked(self, part: RowList[Any]) -> None:
        """How many are marked: in the list's border; the border of a story's own list has no room for it."""
        self.titles()
        if part is not self.row_list:
            self.say(f"{len(part.marked):,} marked")

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
        self.look_at("status")
        if not self.paused:
            self.row_list.offer()
            self.reload()
        self.titles()

    def do_filter(self) -> None:
        """Type a filter; it stays as a chip."""
        self.query_one(FilterLine).begin(self.filter_text, self.row_list)

    @property
    def narrows(self) -> tuple[frozenset[str], str]:
        """Which fields of a filter say something of what is listed, and what that is."""
        from tui.query import OF_ITEMS

        return OF_ITEMS, "items"

    def set_filter(self, text: str) -> None:
        """Take a filter, and say what of it can't be read."""
        from tui.query import parse, unfit

        self.filter_text = text
        query = parse(text, self.desk.clock())
        self.trouble = query.trouble or unfit(query, *self.narrows)
        self.query_one("#left").set_class(bool(self.trouble), "-trouble")

    def no_match(self, what: str) -> str:
        """What a list says that a filter leaves empty: also why, where the filter can't be read."""
        why = f"{self.trouble} " if self.trouble else ""
        return f"No {what} matches. {why}{self.desk.keys.first('back')} clears the filter."

    def apply_filter(self, text: str) -> None:
        """Narrow the list to what matches; the screen says how."""
        self.set_filter(text)
        self.reload()
        self.row_list.go(0)
        self.titles()

    def on_filter_line_changed(self, message: FilterLine.Changed) -> None:
        """The filter is typed: narrow as it grows."""
        if message.text != self.filter_text:
            self.apply_filter(message.text)

    def on_row_opened(self, message: RowOpened) -> None:
        """A click on the cursor's row."""
        self.do_open()

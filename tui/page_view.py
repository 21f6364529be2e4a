"""A pane that shows a page: scrolled line by line, with a cursor over the lines that lead on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.geometry import Size
from textual.strip import Strip

from tui.drawing import strip_of
from tui.lines import Lines
from tui.messages import PaneFollowed
from tui.row_list import Place
from tui.sheet import Sheet, To

if TYPE_CHECKING:
    from textual import events

Write = Callable[[Sheet], None]


class PageView(Lines):
    """Shows what a function writes on a sheet of the pane's width."""

    DEFAULT_CSS = "PageView { padding: 0 1; }"

    def __init__(self, blank: Callable[[int], Sheet], *, id: str) -> None:
        super().__init__(id=id)
        self._blank = blank
        self._write: Write | None = None
        self.sheet = blank(40)
        self.stop = -1
        """The opening under the cursor, an index into the sheet's `opens`; -1 for none."""

    def show(self, write: Write | None, *, keep: bool = False) -> None:
        """Show another page, or with ``keep`` the same one with newer contents, where the reader is."""
        self._write = write
        line = self.scroll_offset.y
        self._rewrite()
        if keep:
            self.stop = min(self.stop, len(self.sheet.opens) - 1)
            line = min(line, max(0, len(self.sheet.lines) - self.size.height))
        else:
            self.stop = 0 if self.sheet.opens else -1
            line = max(0, self.sheet.anchor - 2) if self.sheet.anchor >= 0 else 0
        self.scroll_to(y=line, animate=False, immediate=True, force=True)
        self.refresh()

    def _rewrite(self) -> None:
        self.sheet = self._blank(max(20, self.scrollable_content_region.width))
        if self._write is not None:
            self._write(self.sheet)
        self.virtual_size = Size(self.scrollable_content_region.width, len(self.sheet.lines))

    def on_resize(self, _: events.Resize) -> None:
        """The page is written to the width."""
        self.show(self._write, keep=True)

    # -- moving -----------------------------------------------------------------------------------

    def move(self, by: int) -> None:
        """To the next line that leads on when it is near, else scroll: no text is jumped over unseen."""
        height = max(1, self.size.height)
        top = self.scroll_offset.y
        wanted = self.stop + by
        if 0 <= wanted < len(self.sheet.opens):
            first, last = self._lines_of(wanted)
            if first >= top - 1 and first < top + height + 1:
                self.stop = wanted
                if first < top:
                    self._to(first)
                elif last >= top + height:
                    self._to(min(first, last - height + 1))
                self.refresh()
                return
        self._to(top + by)

    def half_page(self) -> int:
        """Lines in half the height."""
        return max(1, self.size.height // 2)

    def scroll_lines(self, by: int) -> None:
        """Scroll, and take the cursor along to what is in sight."""
        self._to(self.scroll_offset.y + by)
        top, height = self.scroll_offset.y, self.size.height
        seen = [line.stop for line in self.sheet.lines[top : top + height] if line.stop >= 0]
        if seen and self.stop not in seen:
            self.stop = seen[0] if by > 0 else seen[-1]
            self.refresh()

    def to_end(self, *, top: bool) -> None:
        """To the first or last line."""
        self.stop = (0 if top else len(self.sheet.opens) - 1) if self.sheet.opens else -1
        self._to(0 if top else len(self.sheet.lines))
        self.refresh()

    @property
    def place(self) -> Place:
        """Where the reader is: the opening under the cursor and the topmost line."""
        return Place(self.stop, self.scroll_offset.y)

    def return_to(self, place: Place) -> None:
        """Back where the reader was."""
        self.stop = min(place.at, len(self.sheet.opens) - 1)
        self._to(place.top)
        self.refresh()

    def target(self) -> To | None:
        """Where the line under the cursor leads."""
        return self.sheet.opens[self.stop] if 0 <= self.stop < len(self.sheet.opens) else None

    def _lines_of(self, stop: int) -> tuple[int, int]:
        places = [number for number, line in enumerate(self.sheet.lines) if line.stop == stop]
        return (places[0], places[-1]) if places else (0, 0)

    def _to(self, line: int) -> None:
        last = max(0, len(self.sheet.lines) - self.size.height)
        self.scroll_to(y=max(0, min(line, last)), animate=False, immediate=True, force=True)

    # -- drawing ----------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """One line of the page."""
        width, number = self.scrollable_content_region.width, y + self.scroll_offset.y
        if number >= len(self.sheet.lines):
            return Strip.blank(width, self.base)
        line = self.sheet.lines[number]
        base, palette = self.base, self.palette
        if line.stop >= 0 and line.stop == self.stop and self.has_focus:
            base = palette.cursor
        return strip_of(line.pieces, palette.looks, base, width)

    def watch_has_focus(self, value: bool) -> None:
        """The cursor is only drawn where keys go."""
        super().watch_has_focus(value)
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """A click puts the cursor on a line that leads on; on the cursor it opens."""
        number = event.y + self.scroll_offset.y
        if number >= len(self.sheet.lines) or (stop := self.sheet.lines[number].stop) < 0:
            return
        if stop == self.stop:
            self.post_message(PaneFollowed(self.sheet.opens[stop]))
        self.stop = stop
        self.refresh()

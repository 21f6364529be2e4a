"""A list of any length, drawn line by line: ids in an array, rows fetched by id a screenful at a time.

The cursor sticks to its row's id. New rows wait in `waiting` while a reader is in the list; they are let in
by `let_in`, or by themselves while the list follows. A million rows cost 4 MB and no layout (SCREENS.md).
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Generic, NamedTuple, Protocol, TypeVar

from textual.geometry import Region, Size
from textual.strip import Strip

from store.database import IDS
from tui.drawing import Pieces, strip_of
from tui.lines import Lines
from tui.messages import RowHighlighted, RowOpened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from textual import events

R = TypeVar("R")
Drawn = TypeVar("Drawn", contravariant=True)


class Place(NamedTuple):
    """Where a reader is in a list or on a page."""

    at: int
    """A list: the row's id under the cursor, -1 for none. A page: the opening under the cursor."""
    top: int
    """The line at the top of the pane."""


class RowPainter(Protocol[Drawn]):
    """Draws one row of a list."""

    def __call__(self, row: Drawn, width: int, *, marked: bool) -> Pieces:
        """The row as pieces of exactly ``width`` cells."""


KEPT_ROWS = 600
"""Rows kept once fetched; rows that a cursor comes near are fetched ahead of it anyway."""
MOST_DRAWN = 60
"""Lines kept as drawn, twice as many at times. Textual keeps seven caches with each: two lists of 2,000 took 12 MB."""
AHEAD = 3
"""Screenfuls of rows above and below the one that is seen which are fetched ahead, and outlast a clearing."""


class RowList(Lines, Generic[R]):
    """Rows of one kind by id, with a cursor, marks, and new rows waiting."""

    def __init__(
        self,
        fetch: Callable[[Sequence[int]], Mapping[int, R]],
        paint: RowPainter[R],
        *,
        id: str,
        empty: Callable[[], Sequence[Pieces]] = tuple,
    ) -> None:
        super().__init__(id=id)
        self._fetch = fetch
        self._paint = paint
        self._empty = empty
        self.ids: array[int] = array(IDS)
        self.waiting: array[int] = array(IDS)
        """New ids, newest first, that are not let in yet."""
        self.cursor = 0
        self.marked: set[int] = set()
        self.following = False
        """The newest row is kept under the cursor, as `tail -f` does."""
        self.touched = False
        """A key was pressed here. Until then nobody reads a row, so the cursor stays on the topmost one."""
        self.held = False
        """The view is paused: new rows wait whatever happens."""
        self._rows: dict[int, R] = {}
        self._strips: dict[tuple[int, bool], Strip] = {}

    # -- what is listed -------------------------------------------------------------------------

    @property
    def cursor_id(self) -> int | None:
        """The id under the cursor, None when the list is empty."""
        return self.ids[self.cursor] if self.cursor < len(self.ids) else None

    @property
    def at_rest(self) -> bool:
        """Whether the reader is at the very top, where new rows may come in without moving what is read."""
        return self.scroll_offset.y == 0

    @property
    def marked_here(self) -> list[int]:
        """The marked rows that are listed, in their order: nothing is done to what a filter keeps out of sight."""
        return [row_id for row_id in self.ids if row_id in self.marked] if self.marked else []

    def row(self, row_id: int) -> R | None:
        """The row of an id, fetched if it must be; None when it is gone."""
        if row_id not in self._rows:
            self._load([row_id])
        return self._rows.get(row_id)

    def show(self, ids: Iterable[int], *, keep: bool = True, filtered: bool = False) -> None:
        """List these ids. With ``keep`` the cursor stays on its id, and on its line unless the list is at rest.

        ``filtered``: rows that are not listed may only be out of sight, and keep their marks.
        """
        before, cursor = self.cursor_id, self.cursor
        self.ids = ids if isinstance(ids, array) else array(IDS, ids)
        self.waiting = array(IDS)
        if self.marked and not filtered:
            self.marked &= set(self.ids)
        if not keep or before is None or not self.touched:
            self._place(0, top=0)
        else:
            self._keep(cursor, self._index_of(before, cursor))

    def arrive(self, ids: Sequence[int]) -> None:
        """New ids, newest first. They come in at once when the cursor's row stays in sight, else they wait."""
        if not ids:
            return
        self.waiting = array(IDS, ids) + self.waiting
        self.offer()

    def offer(self) -> None:
        """Let the waiting rows in where that moves nothing that is read."""
        if self.held or not self.waiting:
            return
        in_sight = self.at_rest and self.cursor + len(self.waiting) < self.size.height
        if self.following or not self.ids or not self.touched or in_sight:
            self.let_in()

    def let_in(self) -> None:
        """Put the waiting rows on top; the cursor stays on its item unless the list follows."""
        count = len(self.waiting)
        if not count:
            return
        first = not self.ids
        self.ids[:0] = self.waiting  # in place: a million ids are 4 MB
        self.waiting = array(IDS)
        if self.following or first or not self.touched:
            self._place(0, top=0)
        else:
            self._keep(self.cursor, self.cursor + count)

    def _keep(self, before: int, after: int) -> None:
        """The cursor's row went from one place to another: hold its line, or the top when that is at rest."""
        top = self.scroll_offset.y
        held_at_top = top == 0 and after < self.size.height
        self._place(after, top=0 if held_at_top else after - (before - top))

    def _place(self, cursor: int, *, top: int) -> None:
        self._resized()
        self.cursor = max(0, min(cursor, len(self.ids) - 1))
        self.scroll_to(y=max(0, top), animate=False, immediate=True, force=True)
        self.refresh()
        self.post_message(RowHighlighted(self.id or "", self.cursor_id))

    @property
    def place(self) -> Place:
        """Where the reader is."""
        return Place(-1 if self.cursor_id is None else self.cursor_id, self.scroll_offset.y)

    def return_to(self, place: Place) -> None:
        """Back where the reader was; the top when that row is gone."""
        self._place(self._index_of(place.at, 0), top=place.top)

    def take_out(self, row_ids: Iterable[int]) -> None:
        """Take rows out; the cursor goes to the row after its own."""
        gone = set(row_ids)
        at = self.cursor - sum(1 for row_id in self.ids[: self.cursor] if row_id in gone)
        line = min(self.cursor - self.scroll_offset.y, at)
        if len(gone) == 1 and self.cursor_id in gone:
            del self.ids[self.cursor]  # the usual case in triage: no copy of a long queue
        else:
            self.ids = array(IDS, (row_id for row_id in self.ids if row_id not in gone))
        self.waiting = array(IDS, (row_id for row_id in self.waiting if row_id not in gone))
        self.marked -= gone
        self._place(at, top=at - line)

    def forget(self) -> None:
        """Rows may have changed: fetch those on the screen again, the others when they are needed."""
        self._rows.clear()
        self._strips.clear()
        self.refresh()

    def in_sight(self) -> array[int]:
        """The ids on the screen."""
        top = self.scroll_offset.y
        return self.ids[top : top + self.size.height]

    def look_again(self) -> None:
        """Fetch the rows on the screen again and draw those that changed; the others when they are needed."""
        seen = self.in_sight()
        self.renew(seen, self._fetch(seen) if seen else {})

    def renew(self, asked: Sequence[int], fresh: Mapping[int, R]) -> None:
        """Take rows as they are now and draw those in sight that changed; others are fetched when they are needed.

        ``asked`` of which there is no fresh row are gone. Rows that came in sight since they were asked stay.
        """
        seen = self.in_sight()
        before, self._rows = self._rows, dict(fresh)
        for row_id in set(seen).difference(asked, fresh):
            if row_id in before:
                self._rows[row_id] = before[row_id]
        same = {row_id for row_id, row in self._rows.items() if before.get(row_id) == row}
        self._strips = {key: strip for key, strip in self._strips.items() if key[0] in same}
        for place, row_id in enumerate(seen):
            if row_id not in same and (row_id in before or row_id in asked):
                self.refresh(Region(0, place, self.size.width, 1))

    def take(self, rows: Mapping[int, R]) -> None:
        """Keep rows that were fetched ahead."""
        self._make_room()
        self._rows.update(rows)

    def ahead(self) -> Sequence[int]:
        """The ids of rows that scrolling on will need, once some of a screenful beyond the screen are not here."""
        top, height = self.scroll_offset.y, self.size.height
        near = self.ids[max(0, top - height) : top + 2 * height]
        if all(row_id in self._rows for row_id in near):
            return ()
        return [row_id for row_id in self._around() if row_id not in self._rows]

    def _around(self) -> array[int]:
        """The ids on the screen and on some screens above and below."""
        top, height = self.scroll_offset.y, self.size.height
        return self.ids[max(0, top - AHEAD * height) : top + (AHEAD + 1) * height]

    def _index_of(self, row_id: int, otherwise: int) -> int:
        try:
            return self.ids.index(row_id)
        except ValueError:
            return otherwise

    # -- moving -----------------------------------------------------------------------------------

    def move(self, by: int) -> None:
        """Move the cursor; moving ends following."""
        self.following = False
        self.go(self.cursor + by)

    def go(self, to: int) -> None:
        """Put the cursor on a row by its place, clamped to the list, and scroll as far as needed."""
        before = self.cursor
        self.cursor = max(0, min(to, len(self.ids) - 1))
        height, top = max(1, self.size.height), self.scroll_offset.y
        wanted = min(self.cursor, max(top, self.cursor - height + 1))
        if wanted != top:
            self.scroll_to(y=wanted, animate=False, immediate=True, force=True)
        else:
            for index in {before, self.cursor}:
                self.refresh(Region(0, index - top, self.scrollable_content_region.width, 1))
        self.post_message(RowHighlighted(self.id or "", self.cursor_id))

    def half_page(self) -> int:
        """Rows in half the height."""
        return max(1, self.size.height // 2)

    # -- drawing ----------------------------------------------------------------------------------

    def _resized(self) -> None:
        self.virtual_size = Size(self.scrollable_content_region.width, len(self.ids))

    def on_resize(self, _: events.Resize) -> None:
        """Rows are drawn to the width: draw them anew and keep the cursor in sight."""
        self._strips.clear()
        self._resized()
        self.call_after_refresh(self._keep_in_sight)

    def _keep_in_sight(self) -> None:
        if self.ids:
            self.go(self.cursor)

    def notify_style_update(self) -> None:
        """The theme changed: strips hold colours."""
        super().notify_style_update()
        self._strips.clear()

    def _load(self, wanted: Sequence[int]) -> None:
        missing = [row_id for row_id in wanted if row_id not in self._rows]
        if missing:
            fetched = self._fetch(missing)
            self._make_room()
            self._rows.update(fetched)

    def _make_room(self) -> None:
        """Forget the rows far from the screen when there are too many."""
        if len(self._rows) <= KEPT_ROWS:
            return
        near = set(self._around())
        self._rows = {row_id: row for row_id, row in self._rows.items() if row_id in near}
        self._strips = {key: strip for key, strip in self._strips.items() if key[0] in near}

    def render_line(self, y: int) -> Strip:
        """One line of the screen, from the cache where the row was drawn before."""
        width, top = self.scrollable_content_region.width, self.scroll_offset.y
        index = y + top
        if index >= len(self.ids):
            return self._blank(index, width)
        row_id = self.ids[index]
        if row_id not in self._rows:
            # One query for the whole screen and the next one, whichever way it scrolls.
            height = self.size.height
            self._load(self.ids[max(0, top - height) : top + 2 * height])
        row = self._rows.get(row_id)
        marked = row_id in self.marked
        under_cursor = index == self.cursor
        key = (row_id, marked)
        strip = self._strips.get(key)
        if strip is None or under_cursor:
            palette, base = self.palette, self.base
            if under_cursor:
                base = palette.cursor if self.has_focus else palette.blurred
            elif marked:
                base = base + palette.marked
            pieces = () if row is None else self._paint(row, width, marked=marked)
            strip = strip_of(pieces, palette.looks, base, width)
            if not under_cursor:
                self._keep_drawn(key, strip)
        return strip

    def _keep_drawn(self, key: tuple[int, bool], strip: Strip) -> None:
        """Keep a drawn line while it is on the screen; of those that were, some more than a screenful."""
        if len(self._strips) > 2 * max(MOST_DRAWN, self.size.height):
            seen = set(self.in_sight())
            self._strips = {kept: drawn for kept, drawn in self._strips.items() if kept[0] in seen}
        self._strips[key] = strip

    def _blank(self, index: int, width: int) -> Strip:
        if not self.ids and (lines := self._empty()) and index < len(lines):
            return strip_of(lines[index], self.palette.looks, self.base, width)
        return Strip.blank(width, self.base)

    def watch_has_focus(self, value: bool) -> None:
        """The cursor looks different where keys go."""
        super().watch_has_focus(value)
        self.refresh(Region(0, self.cursor - self.scroll_offset.y, self.scrollable_content_region.width, 1))

    # -- mouse, which is never needed ---------------------------------------------------------------

    def on_click(self, event: events.Click) -> None:
        """A click puts the cursor; on the cursor it opens."""
        index = event.y + self.scroll_offset.y
        if index >= len(self.ids):
            return
        if index == self.cursor:
            self.post_message(RowOpened(self.id or "", self.ids[index]))
        else:
            self.move(index - self.cursor)

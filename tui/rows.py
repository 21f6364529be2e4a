"""One line of each list: what stands in which column, at every width."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len

from stories.logins import bare
from stories.states import DateFlag
from tui import words
from tui.drawing import Glyphs, Look, Piece, Pieces, fit, pad, spark
from tui.sheet import columns

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from store.feeds import FeedState
    from store.items import ItemRow
    from store.story_rows import StoryRow
    from stories.story import Side

COUNTED = 68
"""Cells from which a story's row has room for how many items are new; below, the dot says that some are."""
BOTH = 70
"""Cells from which an item's row has room for what it says beside the side it leads with."""
STATUS_CELLS = 13
"""A mark, a space and UNCONFIRMED, the longest status."""
_END = re.compile(r"(?: \d{4})?(?: (?:⇄|<>))?$")
"""A name's year (`stories.naming`) and the mark of a story that has an opposite."""


@dataclass(frozen=True, slots=True)
class Painter:
    """Draws rows; ``now`` is asked at each row, ``new_above`` is the newest id seen at the last look."""

    glyphs: Glyphs
    now: Callable[[], datetime]

    def story(self, row: StoryRow, width: int, *, marked: bool, changed: bool = False) -> Pieces:
        """Trend, name, new items, sparkline, publishers, items, status."""
        glyphs = self.glyphs
        trend = glyphs.up if row.trend > 0 else glyphs.down if row.trend < 0 else glyphs.level
        if row.last_seen is None or not any(row.spark):
            trend = glyphs.dot
        first = glyphs.marked if marked else glyphs.new if changed or row.new else " "
        name = row.name or row.claim or "(no name yet)"
        name = glyphs.own(name)
        name = f"{glyphs.star} {name}" if row.starred else name
        name = f"{glyphs.watched} {name}" if row.watched else name
        name = f"{name} {glyphs.opposite}" if row.opposite_of else name
        bars = 12 if width >= 84 else 6
        cells = [
            (first, 1, Look.NEW),
            (trend, 1, Look.DIM),
        ]
        if width >= COUNTED:
            cells.append((f"+{row.new}" if row.new else "", -4, Look.NEW))
        if width >= 48:
            cells.append((spark(row.spark, bars, glyphs), bars, Look.SPARK))
        cells += [
            (f"{row.publishers:,}", -3, Look.TEXT),
            (f"{row.items:,}", -5, Look.DIM),
            (
                f"{words.status_mark(row.status, glyphs)} {row.status}",
                STATUS_CELLS,
                words.status_look(row.status),
            ),
        ]
        room = width - sum(abs(size) + 1 for _, size, _ in cells)
        look = Look.NAME if row.watched else Look.STRONG if row.new else Look.TEXT
        cells.insert(2, (_whole_end(name, room, glyphs), 0, look))
        return columns(width, *cells, glyphs=glyphs)

    def unknown(self, row: StoryRow, width: int, *, marked: bool, read: bool) -> Pieces:
        """A story of which nothing was known at the time that is shown, or whose line of then is being ``read``."""
        glyphs = self.glyphs
        return columns(
            width,
            (glyphs.marked if marked else " ", 1, Look.NEW),
            (glyphs.dot, 1, Look.DIM),
            (glyphs.own(row.name or row.claim), 0, Look.OFF),
            ("not there yet" if read else glyphs.ellipsis, STATUS_CELLS, Look.DIM),
            glyphs=glyphs,
        )

    def story_heads(self, width: int) -> Pieces:
        """The line above the stories that says what the columns are."""
        bars = 12 if width >= 84 else 6
        cells = [("", 1, Look.DIM), ("", 1, Look.DIM), ("story", 0, Look.DIM)]
        if width >= COUNTED:
            cells.append(("new", -4, Look.DIM))
        if width >= 48:
            cells.append(("24 h", -bars, Look.DIM))
        cells += [("pub", -3, Look.DIM), ("items", -5, Look.DIM), ("status", STATUS_CELLS, Look.DIM)]
        return columns(width, *cells, glyphs=self.glyphs)

    def item(
        self,
        row: ItemRow,
        width: int,
        *,
        marked: bool,
        new: bool = False,
        flagged: bool = False,
        side: Side | None = None,
    ) -> Pieces:
        """Time, publisher, title, what the item says, and in a story of two sides the one it leads with."""
        glyphs = self.glyphs
        first = glyphs.marked if marked else glyphs.new if new else " "
        title = f"{glyphs.star} {row.title}" if row.starred else row.title
        look = Look.DIM if row.read or row.dismissed else Look.TEXT
        wide = width >= 90
        cells = 9 if wide else 7
        said, said_look = "", Look.TEXT
        if row.dismissed:
            said, said_look = "dismissed" if wide else "gone", Look.DIM
        elif row.stance is not None:
            word = words.stance_word(row.stance) if wide else words.stance_short(row.stance)
            said, said_look = f"{words.stance_mark(row.stance, glyphs)} {word}", words.stance_look(row.stance)
        return columns(
            width,
            (first, 1, Look.NEW),
            (words.when(row.effective, self.now(), cells), cells, Look.DIM),
            ("#" if flagged else _flags(row), 1, Look.WARN),
            (row.publisher, publisher_cells(width), Look.NAME if look is Look.TEXT else Look.DIM),
            (title or "(no title)", 0, look),
            *([(said, 16 if wide else 8, said_look)] if said and (side is None or width >= BOTH) else []),
            *([(str(side), 7, words.side_look(side))] if side is not None else []),
            glyphs=glyphs,
        )

    def feed(self, row: FeedState, width: int, *, marked: bool) -> Pieces:
        """Health, name, last fetch, next poll, items an hour, and the error in words."""
        glyphs, now = self.glyphs, self.now()
        state, look = health(row)
        mark = (
            glyphs.marked
            if marked
            else {"ok": glyphs.confirmed, "failing": glyphs.denied}.get(state, glyphs.dot)
        )
        due = "" if row.next_due is None or row.muted else words.seconds(row.next_due - now)
        last = "never" if row.last_fetched is None else words.span(now - row.last_fetched)
        cells = [
            (mark, 1, look),
            (called(row), 0, Look.DIM if row.muted else Look.TEXT),
            (state, 8, look),
            (last, -6, Look.DIM),
            (due, -6, Look.DIM),
            (f"{row.items_per_hour:.1f}" if row.items_per_hour >= 0.05 else "", -6, Look.TEXT),
        ]
        return columns(width, *cells, glyphs=glyphs)

    def feed_heads(self, width: int) -> Pieces:
        """The line above the feeds that says what the columns are."""
        heads = [("", 1), ("feed", 0), ("health", 8), ("polled", -6), ("next", -6), ("item/h", -6)]
        return columns(width, *((text, size, Look.DIM) for text, size in heads), glyphs=self.glyphs)

    def line(self, *pieces: Piece, width: int) -> Pieces:
        """Any pieces as one row."""
        return pad(pieces, width, self.glyphs)


def publisher_cells(width: int) -> int:
    """Room for a publisher in a list of this width: a headline says more, so it gives way first."""
    return 18 if width >= 90 else 13 if width >= 74 else 9


def _whole_end(name: str, room: int, glyphs: Glyphs) -> str:
    """A name too long for its cells, with the year or mark at its end: they tell it from the story of the same name."""
    end = "".join(_END.findall(name))
    if not end or cell_len(name) <= room or cell_len(end) * 2 > room:
        return name
    return fit(name.removesuffix(end), room - cell_len(end), glyphs).rstrip() + end


def called(state: FeedState) -> str:
    """A feed's title; of one that gave none its address, for several feeds of a publisher may fail at once."""
    return state.title or bare(state.url)


def health(state: FeedState) -> tuple[str, Look]:
    """A feed's health in one word."""
    if state.muted:
        return "muted", Look.DIM
    if state.failures:
        return "failing", Look.BAD
    if state.last_fetched is None:
        return "waiting", Look.DIM
    # As `feeds check` calls what is read, but not as it is written: cut off, not well-formed, with a clock that is off.
    return ("repaired", Look.WARN) if state.warnings else ("ok", Look.GOOD)


def _flags(row: ItemRow) -> str:
    """What is odd about the item's time or text: ? undated, ! future, c corrected, ~ edited since."""
    if DateFlag.UNDATED in row.flags:
        return "?"
    if DateFlag.FUTURE in row.flags:
        return "!"
    if row.revised:
        return "~"
    return "c" if DateFlag.CORRECTED in row.flags else ""

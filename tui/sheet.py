"""A page of text as lines of pieces, some of which lead on to their evidence when opened."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rich.cells import cell_len

from tui.drawing import UNICODE, Glyphs, Look, Piece, Pieces, fit, pad, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable

    from snapshots.difference import Difference
    from stories.difference import Variant
    from stories.item import Span


@dataclass(frozen=True, slots=True)
class ToStatements:
    """Leads to the statements behind a status, each by its item and its cue: their places in the story's list change."""

    title: str
    said: tuple[tuple[int, Span], ...]


@dataclass(frozen=True, slots=True)
class ToItem:
    """Leads to an item, with these words of it in sight."""

    item: int
    span: Span | None = None
    cue: Span | None = None
    """Of the statement that it is about, where it is about one."""


@dataclass(frozen=True, slots=True)
class ToStory:
    """Leads to another story."""

    story: int


@dataclass(frozen=True, slots=True)
class ToTab:
    """Leads to another tab of the story."""

    tab: str


@dataclass(frozen=True, slots=True)
class ToItems:
    """Leads to a list of items (a publisher's)."""

    title: str
    items: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ToLink:
    """Leads out to the browser."""

    href: str


@dataclass(frozen=True, slots=True)
class ToVariant:
    """Leads to two places that differ, side by side."""

    variant: Variant


@dataclass(frozen=True, slots=True)
class ToChanges:
    """Leads to what changed in the story since a time."""

    found: Difference
    items: tuple[int, ...]
    """Those that came since."""


To = ToChanges | ToVariant | ToStatements | ToItem | ToStory | ToTab | ToItems | ToLink


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page."""

    pieces: Pieces
    stop: int = -1
    """Which opening it belongs to, as an index into the page's `opens`; -1 for none."""


@dataclass(slots=True)
class Sheet:
    """A page being written at a given width."""

    width: int
    glyphs: Glyphs = UNICODE
    lines: list[Line] = field(default_factory=list)
    opens: list[To] = field(default_factory=list)
    anchor: int = -1
    """The line that should be in sight when the page is first shown; -1 for the top."""

    def add(self, *pieces: Piece | str, to: To | None = None, indent: int = 0) -> None:
        """A paragraph, wrapped; lines after its first are indented."""
        stop = self._stop(to)
        told = [piece if isinstance(piece, Piece) else Piece(piece) for piece in pieces]
        self.lines += [Line(line, stop) for line in wrap(told, self.width, indent=indent)]

    def add_line(self, *pieces: Piece, to: To | None = None) -> None:
        """One line as it stands, cut to the width."""
        self.lines.append(Line(pad(pieces, self.width, self.glyphs), self._stop(to)))

    def under(self, *pieces: Piece | str, indent: int) -> None:
        """A paragraph that belongs to the opening before it, wholly indented."""
        stop = len(self.opens) - 1 if self.lines and self.lines[-1].stop >= 0 else -1
        told = [piece if isinstance(piece, Piece) else Piece(piece) for piece in pieces]
        space = Piece(" " * indent)
        self.lines += [Line((space, *line), stop) for line in wrap(told, self.width - indent)]

    def head(self, title: str, note: str = "") -> None:
        """A heading, with a blank line before it."""
        if self.lines:
            self.gap()
        beside = cell_len(title) + 1 + cell_len(note) <= self.width
        self.add(Piece(title, Look.HEAD), *([Piece(f" {note}", Look.DIM)] if note and beside else []))
        if note and not beside:
            self.add(Piece(note, Look.DIM))

    def gap(self) -> None:
        """A blank line."""
        self.lines.append(Line(()))

    def labelled(self, label: str, *pieces: Piece | str, to: To | None = None) -> None:
        """A label in a column of its own, and a paragraph beside it."""
        room = LABEL
        stop = self._stop(to)
        told = [piece if isinstance(piece, Piece) else Piece(piece) for piece in pieces]
        for number, line in enumerate(wrap(told, self.width - room)):
            left = Piece(fit(label if number == 0 else "", room, self.glyphs), Look.DIM)
            self.lines.append(Line((left, *line), stop))

    def _stop(self, to: To | None) -> int:
        if to is None:
            return -1
        self.opens.append(to)
        return len(self.opens) - 1


LABEL = 10
"""Width of the label column: "Publisher " is the longest."""


def columns(width: int, *cells: tuple[str, int, Look], glyphs: Glyphs, gap: int = 1) -> Pieces:
    """Cells side by side; a width of 0 takes what is left, a negative one is set to the right."""
    fixed = sum(abs(size) for _, size, _ in cells) + gap * (len(cells) - 1)
    free = max(0, width - fixed)
    pieces: list[Piece] = []
    for number, (text, size, look) in enumerate(cells):
        if number:
            pieces.append(Piece(" " * gap))
        pieces.append(Piece(fit(text, abs(size) or free, glyphs, right=size < 0), look))
    return tuple(pieces)


def plain_text(lines: Iterable[Line]) -> str:
    """The page as text, for tests, `$PAGER` and the clipboard."""
    return "\n".join("".join(piece.text for piece in line.pieces).rstrip() for line in lines)

"""Choose what a snapshot is written as; the format used last stands first."""

from __future__ import annotations

from collections.abc import Sequence

from snapshots.formats import FORMATS, Format
from tui.desk import Desk
from tui.drawing import Look, Piece, Pieces
from tui.sheet import columns
from tui.typed_list import TypedList


class FormatPicker(TypedList[Format, str | None]):
    """Gives the chosen format's name, None when left."""

    TITLE_TEXT = "Export as"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._formats = sorted(FORMATS.values(), key=lambda form: form.name != desk.last_format)

    def matching(self, typed: str) -> Sequence[Format]:
        """Formats whose name or purpose holds what was typed."""
        words = typed.lower().split()
        return [
            form
            for form in self._formats
            if all(word in f"{form.name} {form.title}".lower() for word in words)
        ]

    def paint(self, row: Format, width: int) -> Pieces:
        """Name and purpose."""
        return columns(
            width,
            (row.name, 12, Look.TEXT),
            (row.title, 0, Look.DIM),
            glyphs=self._desk.glyphs,
        )

    def nothing(self) -> Sequence[Pieces]:
        """No format is called that."""
        return ((Piece("No format is called that.", Look.DIM),),)

    def choose(self, row: Format | None, typed: str) -> None:
        """The format under the cursor."""
        if row is not None:
            self._desk.last_format = row.name
            self.dismiss(row.name)

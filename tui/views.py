"""Saved views: a filter under a name, chosen by typing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tui.drawing import UNICODE, Glyphs, Look, Piece, Pieces
from tui.sheet import columns
from tui.typed_list import TypedList


@dataclass(frozen=True, slots=True)
class View:
    """A name and its filter; ``new`` when choosing it saves it."""

    name: str
    query: str
    new: bool = False


class Views(TypedList[View, "View | None"]):
    """Gives the view that was chosen: one to show, or the present filter to save under what was typed."""

    TITLE_TEXT = "Saved views"
    HINT = "Enter shows it, type a new name to save the filter, Esc leaves"
    PLACEHOLDER = "a view's name"

    def __init__(self, saved: Mapping[str, str], present: str, glyphs: Glyphs = UNICODE) -> None:
        super().__init__()
        self._saved = [View(name, query) for name, query in sorted(saved.items())]
        self._present = present
        self._glyphs = glyphs

    def matching(self, typed: str) -> Sequence[View]:
        """Views by name; and the present filter, to be saved under what was typed."""
        name = typed.strip()
        found = [view for view in self._saved if name.casefold() in f"{view.name} {view.query}".casefold()]
        if name and self._present and name not in {view.name for view in self._saved}:
            found.append(View(name, self._present, new=True))
        return found

    def paint(self, row: View, width: int) -> Pieces:
        """Name and filter."""
        name = f'Save as "{row.name}"' if row.new else row.name
        return columns(width, (name, 26, Look.STRONG), (row.query, 0, Look.DIM), glyphs=self._glyphs)

    def nothing(self) -> Sequence[Pieces]:
        """No view is saved, or none is like that."""
        told = (
            "Filter first (/), then save it here under a name."
            if not self._present
            else "Type a name to save the filter."
        )
        return ((Piece(told, Look.DIM),),)

    def choose(self, row: View | None, typed: str) -> None:
        """Give the view."""
        self.dismiss(row)

"""Choose a story by typing letters of its name, in order but not necessarily together."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz, utils

from store import stories
from store.stories import StoriesView, StoryRow
from tui import words
from tui.desk import Desk
from tui.drawing import Look, Piece, Pieces
from tui.sheet import columns
from tui.typed_list import TypedList

CHOICES = 1_000
"""Stories that can be picked from, most active first."""
ALIKE = 55
"""Least likeness (0..100) of rapidfuzz's partial ratio that still counts as meant; below it chance matches appear."""


class StoryPicker(TypedList[StoryRow, int | None]):
    """Gives the chosen story's id, None when left."""

    def __init__(self, desk: Desk, title: str, *, without: int | None = None) -> None:
        super().__init__()
        self._desk = desk
        self._title = title
        rows = stories.rows(desk.store, view=StoriesView.ALL, limit=CHOICES, now=desk.clock())
        self._stories = [row for row in rows if row.id != without]

    def title_text(self) -> str:
        """What the story is chosen for."""
        return self._title

    def matching(self, typed: str) -> Sequence[StoryRow]:
        """Stories whose name or claim is like what was typed, likest first."""
        if not typed.strip():
            return self._stories
        scored = [(_likeness(typed, row), -place, row) for place, row in enumerate(self._stories)]
        return [
            row
            for likeness, _, row in sorted(scored, key=lambda entry: entry[:2], reverse=True)
            if likeness >= ALIKE
        ]

    def paint(self, row: StoryRow, width: int) -> Pieces:
        """Name, size and status."""
        return columns(
            width,
            (self._desk.glyphs.own(row.name or row.claim) or "(no name yet)", 0, Look.TEXT),
            (words.count(row.items, "item"), -11, Look.DIM),
            (str(row.status), 12, words.status_look(row.status)),
            glyphs=self._desk.glyphs,
        )

    def nothing(self) -> Sequence[Pieces]:
        """No story is like that."""
        return ((Piece("No story is like that. Esc, then c starts a new one.", Look.DIM),),)

    def choose(self, row: StoryRow | None, typed: str) -> None:
        """Give the story."""
        self.dismiss(None if row is None else row.id)


def _likeness(typed: str, row: StoryRow) -> float:
    """How well letters fit a story: words anywhere in name or claim, whole or begun."""
    text = f"{row.name} {row.claim}"
    parts = typed.casefold().split()
    folded = text.casefold()
    if all(part in folded for part in parts):
        return 100.0
    return fuzz.partial_ratio(typed, text, processor=utils.default_process)

"""What changed in a story between two times: each change with the sentence behind it, which leads to its item."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snapshots.difference import Change, ChangeKind
from tui import words
from tui.drawing import Look, Piece
from tui.pages_story import quoted
from tui.sheet import Sheet, To, ToChanges, ToItem, ToItems

if TYPE_CHECKING:
    from stories.item import Span
    from stories.story import StoryDetail

_LOOKS = {
    ChangeKind.STATUS: Look.STRONG,
    ChangeKind.PARTY: Look.STRONG,
    ChangeKind.STATEMENT: Look.TEXT,
}


_TITLES = (ChangeKind.ITEMS, ChangeKind.TITLES)


def changes_page(sheet: Sheet, changes: ToChanges, detail: StoryDetail) -> None:
    """The headline with both times, then every change, in the order that `difference` gives."""
    found = changes.found
    sheet.add(Piece(sheet.glyphs.own(found.headline), Look.STRONG))
    sheet.add(Piece(f"from {words.moment(found.before)} to {words.moment(found.after)} UTC", Look.DIM))
    for change in found.changes:
        sheet.gap()
        leads: To | None = ToItem(change.item, _span(change, detail)) if change.item else None
        if change.kind is ChangeKind.ITEMS and changes.items:
            leads = ToItems("New", changes.items)
        _change(sheet, change, leads)


def _change(sheet: Sheet, change: Change, leads: To | None) -> None:
    # Titles stay as their feeds wrote them.
    said = change.said if change.kind in _TITLES else sheet.glyphs.own(change.said)
    sheet.add(Piece(said, _LOOKS.get(change.kind, Look.TEXT)), to=leads, indent=2)
    if change.words:
        sheet.under(*quoted(sheet, change.words), indent=2)


def _span(change: Change, detail: StoryDetail) -> Span | None:
    """Where the words stand in their item."""
    for placed in detail.statements:
        if placed.item == change.item and placed.statement.words == change.words:
            return placed.statement.span
    return None

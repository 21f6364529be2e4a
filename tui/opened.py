"""The page of whatever was opened from a tab of a story: an item, statements, two reports side by side, changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store import corrections, items
from store.times import to_ms
from tui.drawing import Look, Piece
from tui.sheet import Sheet, To, ToChanges, ToItem, ToStatements, ToVariant

if TYPE_CHECKING:
    from datetime import datetime

    from stories.item import Span
    from stories.story import StoryDetail
    from tui.desk import Desk
    from tui.page_view import Write


def opened(desk: Desk, detail: StoryDetail, target: To, as_of: datetime | None) -> Write:
    """The page of something that was opened from a tab; ``as_of``: of a story that isn't shown live."""
    if isinstance(target, ToStatements):
        from tui.pages_story import statements

        chosen = target
        return lambda sheet: statements(sheet, detail, desk.keys, chosen.said, chosen.title)
    if isinstance(target, ToVariant):
        from tui.page_differences import side_by_side

        variant = target.variant
        return lambda sheet: side_by_side(sheet, variant)
    if isinstance(target, ToChanges):
        from tui.page_changes import changes_page

        changes = target
        return lambda sheet: changes_page(sheet, changes, detail)
    item_id, focus = (target.item, target.span) if isinstance(target, ToItem) else (0, None)
    return lambda sheet: _item(sheet, desk, detail, item_id, focus, as_of)


def _item(
    sheet: Sheet,
    desk: Desk,
    detail: StoryDetail,
    item_id: int,
    focus: Span | None,
    as_of: datetime | None,
) -> None:
    item = next((item for item in detail.items if item.id == item_id), None)
    if item is None:
        found = items.get(desk.store, [item_id])
        if not found:
            sheet.add(Piece("This item is no longer in the store.", Look.WARN))
            return
        item = found[0]
    row = next(iter(items.rows(desk.store, [item_id])), None)
    from stories.leaning import leanings
    from tui.page_item import item_page

    said = tuple(placed.statement for placed in detail.statements if placed.item == item_id)
    own = corrections.own(desk.store, item_id, None if as_of is None else to_ms(as_of))
    cited = tuple(placed.citation for placed in detail.citations if placed.item == item_id)
    lean = leanings(detail.story.claim, detail.items, item_id).get(item_id)
    item_page(sheet, item, row, said, cited, focus, detail.sides.get(item_id), lean, own)

"""A screen whose right pane is a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from tui.page_view import PageView
from tui.watch_screen import WatchScreen

if TYPE_CHECKING:
    from tui.desk import Desk


class PageBeside(WatchScreen):
    """A list, and at the right the page of what its cursor stands on."""

    PAGE_TITLE: ClassVar[str] = ""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.page = PageView(desk.sheet, id="detail")
        self.page.border_title = self.PAGE_TITLE

    @property
    def detail(self) -> PageView:
        """The page."""
        return self.page

    @property
    def inner(self) -> PageView:
        """The page."""
        return self.page

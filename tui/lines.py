"""What lists and pages share: lines drawn one by one, whose number changes without laying the screen out anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.geometry import Size
from textual.reactive import Reactive
from textual.scroll_view import ScrollView

from tui.looks import Palette, palette_of

if TYPE_CHECKING:
    from rich.style import Style

EIGHTHS = 8
"""Steps in which a scrollbar's thumb can be drawn within a cell."""


class Lines(ScrollView, can_focus=True, inherit_bindings=False):
    """A scrolled pane of lines.

    Textual lays the whole screen out when a scrolled pane's length changes: 8 ms of CPU and every widget drawn
    again, at each page that a cursor passes. Our panes have the size their frame gives them whatever their
    length, so only the scrollbar must know.
    """

    DEFAULT_CSS = """
    Lines {
        height: 1fr;
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-gutter: stable;
    }
    """

    virtual_size: Reactive[Size] = Reactive(Size(0, 0), layout=False)

    _palette: Palette | None = None
    _base: Style | None = None

    @property
    def palette(self) -> Palette:
        """The theme's styles."""
        if self._palette is None:
            self._palette = palette_of(self.app.theme_variables)
        return self._palette

    @property
    def base(self) -> Style:
        """The style under every look; reckoned once a theme, since Textual does it for every line."""
        if self._base is None:
            self._base = self.rich_style
        return self._base

    def notify_style_update(self) -> None:
        """The theme changed, or what a style sheet says of this pane."""
        super().notify_style_update()
        self._palette = self._base = None

    def watch_virtual_size(self, size: Size) -> None:
        """The scrollbar shows the new length, and no line past it is scrolled to."""
        self._scroll_update(size)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """The scrollbar is drawn anew where its thumb is seen to move: with many rows that is one key in thousands."""
        if self.show_vertical_scrollbar:
            bar = self.vertical_scrollbar
            if self._thumb(bar.position) != self._thumb(new_value):
                bar.position = new_value
        if round(old_value) != round(new_value):
            self.refresh(self.size.region)

    def _thumb(self, line: float) -> int:
        return int(line * self.size.height * EIGHTHS / max(1, self.virtual_size.height))

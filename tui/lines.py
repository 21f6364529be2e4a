"""What lists and pages share: lines drawn one by one, whose number changes without laying the screen out anew."""

from __future__ import annotations

from textual.geometry import Size
from textual.reactive import Reactive
from textual.scroll_view import ScrollView


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

    def watch_virtual_size(self, size: Size) -> None:
        """The scrollbar shows the new length, and no line past it is scrolled to."""
        self._scroll_update(size)

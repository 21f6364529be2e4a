"""A pane over the whole screen, with no list beside it; Esc goes back to where one came from."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal

from tui.bars import KeyLine, OneLine, mode_line
from tui.watch_screen import WatchScreen

if TYPE_CHECKING:
    from textual.app import ComposeResult

_OF_A_LIST = frozenset({"filter", "pane", "zoom", "follow", "views"})


class Alone(WatchScreen):
    """One thing that was opened from a page, a search or another thing's evidence."""

    SHOWN: ClassVar[str] = ""
    """What is shown, for the reason why a list's key does nothing."""
    MISSED: ClassVar[frozenset[str]] = frozenset()
    """Which other keys want a list."""

    def compose(self) -> ComposeResult:
        """Status, screens, the pane, the keys."""
        yield OneLine(self._status, id="status")
        yield OneLine(lambda width: mode_line(self.standing, self.MODE, width), id="modes")
        with Horizontal(id="panes"):
            yield self.detail
        yield KeyLine(self._keys, id="keys")

    def begin(self) -> None:
        """The pane has the keys."""
        self.add_class("-detail")
        self.inner.focus()

    @property
    def on_list(self) -> bool:
        """There is no list."""
        return False

    def titles(self) -> None:
        """The pane has its own."""
        self.look_at("keys")

    def why_not(self, name: str) -> str:
        """There is no list to filter, and no other pane."""
        if name in _OF_A_LIST or name in self.MISSED:
            return f"this is {self.SHOWN} over the whole screen."
        return super().why_not(name)

    def do_back(self) -> None:
        """A step back in the pane, else back to where one came from."""
        if not self.back_inside():
            self.dismiss(None)

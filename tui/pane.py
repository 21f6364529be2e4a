"""The frame around a list: what its border says changes with every key, what is inside does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.geometry import Region

from tui.drawing import title

if TYPE_CHECKING:
    from textual.widget import Widget


class Pane(Vertical):
    """A box whose border's words are drawn anew without the box: a whole one is 30 lines, a fifth of a frame."""

    def __init__(self, *inside: Widget, id: str) -> None:
        super().__init__(*inside, id=id)
        self._words = ("", "")
        self._edge: Region | None = None
        """The only part that needs drawing, while the border is told; None for all of it."""

    def tell(self, above: str, below: str) -> None:
        """What the border says at its top and at its bottom, as literal words."""
        before, self._words = self._words, (above, below)
        width, height = self.outer_size
        if above != before[0]:
            self._edge = Region(-1, -1, width, 1)
            self.border_title = title(above)
        if below != before[1]:
            self._edge = Region(-1, height - 2, width, 1)
            self.border_subtitle = title(below)
        self._edge = None

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Pane:
        """Draw it anew: all of it, the regions, or the edge that is being told."""
        if self._edge is not None:
            regions = (self._edge,)
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

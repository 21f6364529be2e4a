"""How Python is set for a program that must answer a key at once all day: when it looks for garbage, and who runs."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.app import SpreadwatchApp


SWITCH_SECONDS = 0.0005
"""How long the thread that reads the store may keep the one that draws waiting. Python's own 5 ms are paid again at
each wait for a key, a lock or the terminal: keys took 80 ms while 60 ms of stories were being read."""
YOUNG, YOUNGER, OLD = 5_000, 20, 50
"""Objects made before they are looked through (1.5 ms), and how often the older ones are. A frame makes some 2,000,
almost nothing in cycles; with Python's own 700, 10, 10 every fiftieth key waited 40 ms for the oldest."""
FRAMES = "240"
"""Frames a second at most. A key that falls on the frame after another waits for the next one: 4 ms, not 17."""


def load_app() -> type[SpreadwatchApp]:
    """The app's class; garbage is collected again from its first frame on.

    Textual's and our modules make some 150,000 objects. Looking through them again and again while they are
    made costs 40 of the 300 ms to the first frame, and finds nothing.
    """
    gc.disable()
    os.environ.setdefault("TEXTUAL_FPS", FRAMES)
    from tui.app import SpreadwatchApp

    return SpreadwatchApp


def started() -> None:
    """The first frame stands: what there is now is never looked through again, which also shortens later pauses."""
    gc.freeze()
    gc.set_threshold(YOUNG, YOUNGER, OLD)
    gc.enable()
    sys.setswitchinterval(SWITCH_SECONDS)

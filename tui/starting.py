"""Loads the screen without collecting garbage meanwhile: nearly all that is made while starting stays."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.app import SpreadwatchApp


def load_app() -> type[SpreadwatchApp]:
    """The app's class; garbage is collected again from its first frame on.

    Textual's and our modules make some 150,000 objects. Looking through them again and again while they are
    made costs 40 of the 300 ms to the first frame, and finds nothing.
    """
    gc.disable()
    from tui.app import SpreadwatchApp

    return SpreadwatchApp


def started() -> None:
    """The first frame stands: what there is now is never looked through again, which also shortens later pauses."""
    gc.freeze()
    gc.enable()

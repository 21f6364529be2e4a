"""A closed terminal (an ssh line that dropped) or a `kill` ends the screen as `q` does.

By default a signal ends the process on the spot, and what was ordered by keys but not yet written would be
lost. Raising from a handler is no better: Textual's input thread then outlives the app, finds its terminal
ended at every look, and keeps a third of a processor busy for ever.
"""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Callable

ENDINGS = (signal.SIGTERM, signal.SIGHUP)


def heed_hangup(leave: Callable[[int], None]) -> None:
    """Call ``leave`` with the shell's exit code (128 + the signal) when a signal asks the program to end.

    Only where this is the main thread: nobody else gets signals.
    """
    if threading.current_thread() is threading.main_thread():
        loop = asyncio.get_running_loop()
        for number in ENDINGS:
            loop.add_signal_handler(number, leave, 128 + number)

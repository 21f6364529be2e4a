"""A closed terminal (an ssh line that dropped) or a `kill` ends the screen as `q` does.

By default a signal ends the process on the spot, and what was ordered by keys but not yet written would be
lost. Raising from a handler is no better: Textual's input thread then outlives the app, finds its terminal
ended at every look, and keeps a third of a processor busy for ever.

A terminal that goes away sends SIGCONT behind SIGHUP, on which Textual's driver begins anew with a second
input thread; of the two only one is ended. So a SIGCONT without a terminal is not heeded.
"""

from __future__ import annotations

import asyncio
import signal
import sys
import threading
from collections.abc import Callable
from types import FrameType

ENDINGS = (signal.SIGTERM, signal.SIGHUP)


def heed_hangup(leave: Callable[[int], None]) -> None:
    """Call ``leave`` with the shell's exit code (128 + the signal) when a signal asks the program to end.

    Only where this is the main thread: nobody else gets signals.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    loop = asyncio.get_running_loop()
    for number in ENDINGS:
        loop.add_signal_handler(number, leave, 128 + number)
    resume = signal.getsignal(signal.SIGCONT)

    def resume_in_terminal(number: int, frame: FrameType | None) -> None:
        if callable(resume) and sys.__stdin__ is not None and sys.__stdin__.isatty():
            resume(number, frame)

    signal.signal(signal.SIGCONT, resume_in_terminal)

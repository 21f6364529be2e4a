"""Whether there is a terminal to show the screen in."""

from __future__ import annotations

import os
import sys

from stories.errors import SpreadwatchError


class NoTerminal(SpreadwatchError):  # noqa: N818 - named for the state the reader is told of
    """The screen's keys or its picture would go somewhere else."""


def need_terminal() -> None:
    """Returns where the screen can be shown; raises NoTerminal.

    Textual reads keys from standard input and draws on standard error; from /dev/null it would read for ever, with
    a core to itself and nobody to quit it. A browser's screen (`serve`) brings its own driver.
    """
    if "TEXTUAL_DRIVER" in os.environ:
        return
    streams = {"standard input": sys.__stdin__, "standard error": sys.__stderr__}
    for name, stream in streams.items():
        if stream is None or stream.closed or not stream.isatty():
            raise NoTerminal(
                f"The screen needs a terminal, and {name} is none.",
                remedy="Run it in one (over ssh with -t); without a screen: spreadwatch collect, stories, follow.",
            )

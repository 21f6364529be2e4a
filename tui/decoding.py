"""What a terminal sends that is no UTF-8 (a pasted Latin-1 page, a binary file) becomes U+FFFD; the screen goes on.

Textual 8.2.8 reads the terminal with ``getincrementaldecoder("utf-8")()``, which is strict: one pasted byte 0xff
raised UnicodeDecodeError in its input thread and ended the screen. The decoder is made inside
`LinuxDriver.run_input_thread` and nothing there can be set, so the name it is made by is given another maker: a
driver of our own would have to copy the whole loop.
"""

from __future__ import annotations

from codecs import IncrementalDecoder, getincrementaldecoder
from functools import partial

from textual.drivers import linux_driver


def _forgiving(encoding: str) -> partial[IncrementalDecoder]:
    return partial(getincrementaldecoder(encoding), "replace")


def forgive_bytes() -> None:
    """Have every terminal that is opened from now on read so; a character cut in two is still put together."""
    vars(linux_driver)["getincrementaldecoder"] = _forgiving

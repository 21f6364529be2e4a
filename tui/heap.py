"""The C library's heap, of a program that runs all day: what it frees goes back to the system.

Two lists of a million ids are read anew every minute, and a filter's search holds as many for a moment. The
library keeps such pieces once they are freed, and puts small ones into their place: 47 MB became 100 in twenty
minutes of going from screen to screen, of which Python used 20.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable

_M_MMAP_THRESHOLD = -3
"""`mallopt`'s name in glibc's malloc.h."""
BIG = 256 * 1024
"""Bytes from which a piece is mapped by itself, and so gone as soon as it is freed. Unless it is told, the library
raises this to the size of what it sees freed, up to 32 MB."""


def heap() -> Callable[[], object]:
    """Have big pieces mapped by themselves; gives what returns the other freed ones, half a millisecond a time.

    Where the C library is not glibc it does both by itself, or not at all.
    """
    try:
        library = ctypes.CDLL(None)
        library.mallopt(_M_MMAP_THRESHOLD, BIG)
        trim = library.malloc_trim
    except (OSError, AttributeError):
        return lambda: None
    return lambda: trim(0)

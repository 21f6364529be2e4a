"""A program in a pseudo-terminal, and how long it takes to answer a key, on a busy machine too."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import sys
import termios
import time
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

CURSOR = b"48;2;43;74;111"
"""The cursor row's background in the dark theme (tui/theme.py), as the terminal is told it."""
FRAME_END = b"\x1b[?2026l"


class Stroke(NamedTuple):
    """A key and the frame that answered it, in seconds."""

    took: float
    waited: float
    """Of that, the time in which the program's main thread or we could have run and no processor was free
    (Linux's `schedstat`; 0 elsewhere): other programs' doing, nothing that a faster screen would change."""
    worked: float
    """Processor time of all the program's threads meanwhile: what it would take with a processor to itself."""


class Screen:
    """A program in a pseudo-terminal of 120×36."""

    def __init__(self, code: str, *arguments: str) -> None:
        self.started = time.perf_counter()
        pid, self.fd = pty.fork()
        if pid == 0:
            os.environ.update(TERM="xterm-256color", COLORTERM="truecolor")
            # An installed program is compiled, as Textual here is; ours would be compiled anew at every start.
            os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
            os.execv(sys.executable, [sys.executable, "-c", code, *arguments])
        self.pid = pid
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", 36, 120, 0, 0))

    def _read(self) -> bytes:
        """What came; answers the question whether frames can be marked, as a present-day terminal does."""
        data = os.read(self.fd, 1 << 16)
        if b"\x1b[?2026$p" in data:
            os.write(self.fd, b"\x1b[?2026;2$y")
        return data

    def read_until(self, *words: bytes, seconds: float = 20.0) -> float:
        """Seconds from now until all words came, in order; raises TimeoutError."""
        begin, seen = time.perf_counter(), b""
        while True:
            left = begin + seconds - time.perf_counter()
            if left <= 0 or not select.select([self.fd], [], [], left)[0]:
                raise TimeoutError(f"the terminal was not told {words}")
            seen += self._read()
            if re.search(b".*?".join(re.escape(word) for word in words), seen, re.DOTALL):
                return time.perf_counter() - begin

    def drain(self, seconds: float) -> None:
        """Read what comes for a while."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            if select.select([self.fd], [], [], left)[0]:
                self._read()

    def type(self, keys: bytes, seconds: float) -> None:
        """Send keys, and read what comes for a while."""
        os.write(self.fd, keys)
        self.drain(seconds)

    def press(self, key: bytes) -> Stroke | None:
        """How long until the cursor's row was painted; None when it never was."""
        while select.select([self.fd], [], [], 0)[0]:
            os.read(self.fd, 1 << 16)
        waited, worked, begin = self._waited(), self._worked(), time.perf_counter()
        os.write(self.fd, key)
        try:
            self.read_until(CURSOR, FRAME_END, seconds=2.0)
        except TimeoutError:
            return None
        took = time.perf_counter() - begin
        return Stroke(took, min(took, self._waited() - waited), self._worked() - worked)

    def _waited(self) -> float:
        """Seconds that the program's main thread and we stood ready and had to wait for a processor."""
        try:
            told = [Path(f"/proc/{number}/task/{number}/schedstat") for number in (self.pid, os.getpid())]
            return sum(int(path.read_text().split()[1]) for path in told) / 1e9
        except OSError:
            return 0.0

    def _worked(self) -> float:
        """Seconds of processor time that the program's threads have had, to the nanosecond."""
        threads = Path(f"/proc/{self.pid}/task").glob("*/schedstat")
        return sum(int(path.read_text().split()[0]) for path in threads) / 1e9

    def cpu(self) -> float:
        """Seconds of processor time it has used, in steps of 10 ms: what stays true on a busy machine."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> float:
        """Resident megabytes."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

    def close(self) -> None:
        """Quit, and wait for the end."""
        os.write(self.fd, b"q")
        with suppress(OSError):  # the program closes its terminal
            self.drain(1.5)
        os.close(self.fd)
        os.waitpid(self.pid, 0)

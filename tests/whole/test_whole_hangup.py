"""The terminal goes away: an ssh line drops, a window is closed."""

from __future__ import annotations

import os
import pty
import select
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from store.lock import collector_running

LIMIT = 60.0
"""Seconds for what takes one, on a machine that does much else."""


class Line:
    """The program in a terminal of its own that can be taken away from it."""

    def __init__(self, *arguments: str | Path) -> None:
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.execv(sys.executable, [sys.executable, "-m", "spreadwatch", *map(str, arguments)])

    def until(self, wanted: Callable[[bytes], bool]) -> None:
        """Read what it writes until that is enough."""
        shown, limit = b"", time.monotonic() + LIMIT
        while not wanted(shown):
            assert time.monotonic() < limit, shown[-2_000:]
            if select.select([self.terminal], [], [], 0.1)[0]:
                shown += os.read(self.terminal, 65_536)

    def drop(self) -> None:
        """The line is gone."""
        os.close(self.terminal)

    def ended(self) -> bool:
        """Whether the process is gone within the limit; kills it when not."""
        limit = time.monotonic() + LIMIT
        while time.monotonic() < limit:
            if os.waitpid(self.pid, os.WNOHANG)[0]:
                return True
            time.sleep(0.05)
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        return False


def test_a_demo_whose_terminal_is_closed_ends_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    line = Line("demo")
    line.until(lambda shown: b"Russia" in shown)
    line.drop()
    assert line.ended()
    assert list(tmp_path.iterdir()) == []


def test_a_screen_whose_terminal_is_closed_ends_and_its_collector_with_it(tmp_path: Path) -> None:
    feeds, database = tmp_path / "feeds.toml", tmp_path / "watch.db"
    feeds.write_text('[[feed]]\nurl = "http://127.0.0.1:9/feed.xml"\nname = "Nobody answers"\n')
    line = Line("--feeds", feeds, "--db", database)
    line.until(lambda _: collector_running(database) is not None)
    line.drop()
    assert line.ended()
    limit = time.monotonic() + LIMIT
    while collector_running(database) is not None:
        assert time.monotonic() < limit, "the collector goes on"
        time.sleep(0.05)

"""The screen where there is no terminal: said at once, with what to use instead, and nothing left running."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize("command", [[], ["demo"]])
def test_without_a_terminal_the_screen_says_so_and_leaves_nothing_behind(
    tmp_path: Path, command: list[str]
) -> None:
    database = tmp_path / "news.db"

    done = subprocess.run(
        [sys.executable, "-m", "spreadwatch", *([] if command else ["--db", str(database)]), *command],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert done.returncode == 2
    assert "needs a terminal, and standard input is none" in done.stderr
    assert "spreadwatch collect" in done.stderr
    assert not database.exists()

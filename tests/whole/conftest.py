"""The whole program from outside: its command line, its processes, its screen in a terminal."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from feeds.replay import ReplayServer
from tests.whole.tmux_terminal import Terminal

PROGRAM = (sys.executable, "-m", "spreadwatch")
REPOSITORY = str(Path(__file__).parents[2])

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(autouse=True)
def importable(monkeypatch: pytest.MonkeyPatch) -> None:
    """This tree is the program that runs, whatever is installed and whatever folder it is started in."""
    monkeypatch.setenv("PYTHONPATH", REPOSITORY)


@pytest.fixture
def spreadwatch(tmp_path: Path) -> Run:
    """Run the command line to its end, in a folder of its own, as a user would."""

    def run(
        *arguments: str | Path, seconds: float = 60.0, stdin: str = ""
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*PROGRAM, *map(str, arguments)],
            capture_output=True,
            text=True,
            timeout=seconds,
            cwd=tmp_path,
            input=stdin,
            check=False,
        )

    return run


@pytest.fixture
def answers(spreadwatch: Run) -> Callable[..., Any]:
    """Run a command with ``--json`` and read its answer; fails when the command does."""

    def ask(*arguments: str | Path) -> Any:
        done = spreadwatch(*arguments, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return ask


@pytest.fixture
def started() -> Any:
    """Start the command line in the background; whatever still runs at the end is killed."""
    processes: list[subprocess.Popen[str]] = []

    def start(*arguments: str | Path) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [*PROGRAM, *map(str, arguments)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        processes.append(process)
        return process

    yield start
    for process in processes:
        if process.poll() is None:
            os.killpg(process.pid, 9)
        process.communicate()


@pytest.fixture
def terminal(tmp_path: Path) -> Callable[..., Terminal]:
    """A terminal that runs the program: ``with terminal("demo", width=80, height=24) as screen:``."""
    if shutil.which("tmux") is None:
        pytest.skip("tmux is not installed")

    def open_terminal(*arguments: str | Path, width: int = 120, height: int = 36) -> Terminal:
        command: Sequence[str] = [*PROGRAM, *map(str, arguments)]
        return Terminal(tmp_path, command, width=width, height=height)

    return open_terminal


@pytest.fixture
def loopback() -> Iterator[ReplayServer]:
    """A feed server of this machine, in a thread of its own; add paths to it."""
    loop = asyncio.new_event_loop()
    ready, done = threading.Event(), asyncio.Event()
    server = ReplayServer()

    async def serve() -> None:
        async with server:
            ready.set()
            await done.wait()

    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()))
    thread.start()
    assert ready.wait(10)
    yield server
    loop.call_soon_threadsafe(done.set)
    thread.join(10)
    loop.close()

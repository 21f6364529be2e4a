"""Waiting for another process to have done something, with a limit that only a broken program reaches."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from feeds.replay import ReplayServer
from store.lock import collector_running

LIMIT = 60.0


def until(process: subprocess.Popen[str], condition: Callable[[], bool], otherwise: str) -> None:
    """Wait until something is so while a process runs; its end or the limit fails the test."""
    end = time.monotonic() + LIMIT
    while not condition():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < end, otherwise
        time.sleep(0.02)


def collecting(process: subprocess.Popen[str], database: Path) -> None:
    """Until this process is the database's collector, so that nobody else takes its place meanwhile."""
    until(process, lambda: collector_running(database) == process.pid, "the collector does not start")


def polled(process: subprocess.Popen[str], server: ReplayServer, path: str, times: int) -> None:
    """Until a path was asked for so often."""
    until(process, lambda: len(server.paths[path].requests) >= times, "the collector does not poll")

"""The collector that a screen starts when none runs: a process of its own that ends with the screen."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

_PATIENCE = 10.0
"""Seconds it may take to finish what it is writing."""


def start(database: Path, catalogue: Path) -> Callable[[], None]:
    """Starts a collector on this database; gives what stops it. Its log lies beside the database."""
    log = database.with_name(database.name + "-collector.log")
    command = [sys.executable, "-m", "spreadwatch", "--db", str(database), "--feeds", str(catalogue)]
    with log.open("wb") as written:
        process = subprocess.Popen(
            [*command, "collect", "--tied", "--verbose"],
            stdin=subprocess.PIPE,
            stdout=written,
            stderr=written,
            # Ctrl-C in the terminal is the screen's; it would end the collector in mid-round.
            start_new_session=True,
        )

    def stop() -> None:
        assert process.stdin is not None
        process.stdin.close()
        try:
            process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    return stop


def end_with_stdin() -> None:
    """Asks this process to stop when its standard input ends: so it can't outlive a screen that was killed."""

    def wait() -> None:
        while os.read(sys.stdin.fileno(), 1024):
            continue
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, name="spreadwatch-tied", daemon=True).start()

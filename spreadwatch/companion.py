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
BEHIND = 10
"""How far a screen's own collector stands back (`nice`): a person waits for a key, nobody for a poll."""


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


def serve_a_screen() -> None:
    """Stands back for the screen, and stops when its standard input ends: so it can't outlive one that was killed."""
    os.nice(BEHIND)

    def wait() -> None:
        while os.read(sys.stdin.fileno(), 1024):
            continue
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, name="spreadwatch-tied", daemon=True).start()

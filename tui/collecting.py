"""The collector beside a screen: started when none runs on the database, and again when the one that ran has gone.

A screen's collector ends with its screen, so of two screens on one database the other one is left without. Whoever
sees that starts one; the collector's lock decides between two that do so at once, and the loser's collector leaves.
"""

from __future__ import annotations

import threading
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from store.database import collector_running
from stories.errors import SpreadwatchError

if TYPE_CHECKING:
    from collections.abc import Callable

    Start = Callable[[], Callable[[], object]]

ABSENT = 3.0
"""Seconds without a collector after which one is started: `collect` started anew by its user comes sooner."""
BETWEEN = 20.0
"""Least seconds between two starts: what one may take on a busy machine, and what a broken one may cost."""


class CollectorBeside:
    """Starts one when asked, watches whether there is one, and stops its own.

    Args:
        database: whose collector it is.
        start: starts one and gives what stops it; None where no collector is wanted.
        failed: is told, in the thread that starts, why there is none; then it isn't tried again.
    """

    def __init__(
        self, database: Path, start: Start | None, failed: Callable[[SpreadwatchError], object]
    ) -> None:
        self._database = database
        self._start = start
        self._failed = failed
        self._stop: Callable[[], object] | None = None
        self._begun = False
        self._due = 0.0
        self._gone = False
        self._starting: threading.Thread | None = None

    @property
    def begun(self) -> bool:
        """Whether there shall be a collector, or none can be started from here."""
        return self._begun or self._start is None

    def begin(self) -> None:
        """Start one unless one runs; from now on there shall be one."""
        self._begun = self._start is not None
        if self._begun and collector_running(self._database) is None:
            self._try()

    def look(self, running: bool) -> None:
        """Whether one runs, as the screen was just told; asked every second."""
        now = monotonic()
        if running or not self._begun:
            self._gone = False
        elif not self._gone:
            self._gone, self._due = True, max(self._due, now + ABSENT)
        elif now >= self._due and (self._starting is None or not self._starting.is_alive()):
            self._try()

    def end(self) -> None:
        """Stop the one that was started here; no other follows."""
        self._begun = False
        if self._stop is not None:
            self._stop()

    def _try(self) -> None:
        self._due = monotonic() + BETWEEN
        self._starting = threading.Thread(target=self._run, name="spreadwatch-collector-start", daemon=True)
        self._starting.start()

    def _run(self) -> None:
        assert self._start is not None
        if self._stop is not None:
            self._stop()  # it has ended, or never got the lock: no process is left behind
        try:
            self._stop = self._start()
        except SpreadwatchError as error:
            self._begun = False
            self._failed(error)
        except OSError as error:  # its log can't be written, or there is no room for a process
            self._begun = False
            self._failed(SpreadwatchError(f"{error.strerror}.", remedy="`spreadwatch collect` starts one."))

"""Playing the demo: a store of its own, a collector of its own, the screen, and nothing left behind."""

from __future__ import annotations

import math
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from types import FrameType

from spreadwatch.demo import serving
from spreadwatch.demo.clock import ReplayedClock
from spreadwatch.terminal import need_terminal
from store.database import open_store
from stories.errors import SpreadwatchError

_PATIENCE = 10.0
"""Seconds the collector may take to finish what it is writing."""

ENDED = "demo ended: everything here stays until you quit; q"
"""What the screen's status line says once both stories are told."""

FAREWELL = """\
That was a replay of July 2017 and January 2023; its database {fate}.{snapshots}
To start for real:
  {program} feeds add https://feeds.bbci.co.uk/news/world/rss.xml
  {program}"""


class DemoError(SpreadwatchError):
    """The demo's collector did not run as it should."""


class Demo:
    """One run of the demo: its folder, its clock, and the process that collects."""

    def __init__(self, folder: Path, seconds: float) -> None:
        self.database = folder / "demo.db"
        self.clock: ReplayedClock = serving.clock(math.inf, seconds)
        self._seconds = seconds
        self._log = folder / "collector.log"
        self._process: subprocess.Popen[bytes] | None = None
        self._ended = False

    def collect(self) -> Callable[[], None]:
        """Start the collector's process and, with it, the clock; gives what stops it.

        DemoError when the process ends before it is ready, or has ended once: a story half told isn't begun again.
        """
        self.check()
        command = [sys.executable, "-m", "spreadwatch.demo.collecting", str(self.database)]
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [*command, repr(self._seconds)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log
            )
        assert self._process.stdout is not None
        started = self._process.stdout.readline()
        if not started:
            self._process.wait(_PATIENCE)
            self.check()
        self.clock.started = float(started)
        return self.stop

    def check(self) -> None:
        """DemoError when the collector has ended by itself, with its last words."""
        if self._process is not None and self._process.poll() is not None:
            self._ended = True
        if self._ended:
            words = self._log.read_text("utf-8", "replace").strip().splitlines()
            raise DemoError(f"The demo's collector ended: {words[-1] if words else 'it said nothing'}")

    def stop(self) -> None:
        """Let the collector finish its writing and end."""
        process, self._process = self._process, None
        if process is None:
            return
        self._ended = process.poll() is not None
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()
        try:
            process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def run(
    *,
    headless: bool = False,
    keep: bool = False,
    seconds: float = serving.SECONDS,
    plain: bool = False,
    by: str = "",
    exports: Path | None = None,
    say: Callable[[str], object] = print,
) -> int:
    """Play the demo to a screen, or ``headless`` as lines of what changed; gives the exit code.

    Args:
        keep: leave the database behind and say where it is.
        seconds: how long telling both stories takes.
        plain: ASCII only on the screen.
        by: who decides, as decisions and snapshots name it.
        exports: where the screen writes snapshots; by default a temporary folder, which is named at the end and
            stays if there is anything in it.
        say: writes a line for the user, before and after the screen.
    """
    with _ended_by_signals(), _folder(keep=keep) as folder, _exports(exports) as snapshots:
        demo = Demo(folder, seconds)
        open_store(demo.database, create=True).close()
        try:
            code = _told(demo, say) if headless else _shown(demo, plain=plain, by=by, exports=snapshots)
        finally:
            demo.stop()
        fate = f"is {demo.database}" if keep else "is gone"
        written = f"\nWhat you exported is in {snapshots}." if any(snapshots.glob("*")) else ""
    say(FAREWELL.format(fate=fate, snapshots=written, program=program(sys.argv[0])))
    return code


def program(called: str) -> str:
    """How the program can be called again: by its name where the shell finds that, else as it was called."""
    found = shutil.which("spreadwatch")
    here = Path(called)
    known = found is not None and here.exists() and here.resolve() == Path(found).resolve()
    return "spreadwatch" if known or here.name != "spreadwatch" else called


def _shown(demo: Demo, *, plain: bool, by: str, exports: Path) -> int:
    """The screen, until the user quits; DemoError when the collector had ended behind it."""
    from tui.starting import load_app  # only here: a headless demo loads no Textual

    need_terminal()
    app = load_app()(
        demo.database,
        start_collector=demo.collect,
        now=demo.clock.now,
        plain=plain,
        by=by,
        exports=exports,
        note=lambda: ENDED if demo.clock.played else "",
    )
    app.run()
    demo.check()
    return app.return_code or 0


def _told(demo: Demo, say: Callable[[str], object]) -> int:
    """Every story's status as it changes, until both stories are told."""
    from store.stories import StoriesView, rows

    told: dict[int, str] = {}
    demo.collect()
    with open_store(demo.database, read_only=True) as store:
        for now in _moments(demo):
            for row in rows(store, view=StoriesView.ACTIVE, limit=100):
                if told.get(row.id) != row.because:
                    told[row.id] = row.because
                    say(f"{now:%Y-%m-%d %H:%M}  {row.name}: {row.because}")
    return 0


def _moments(demo: Demo) -> Iterator[datetime]:
    while not demo.clock.played:
        demo.check()
        yield demo.clock.now()
        time.sleep(0.2)
    # What the collector was writing when the story's time was over.
    demo.stop()
    yield demo.clock.now()


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """A closed terminal or a `kill` ends the demo as `q` does: with nothing left behind."""

    def leave(number: int, _: FrameType | None) -> None:
        raise SystemExit(128 + number)

    wanted = (signal.SIGTERM, signal.SIGHUP)
    # Only the main thread may handle signals, and a demo played elsewhere (a test) is ended by its caller.
    main = threading.current_thread() is threading.main_thread()
    before = {number: signal.signal(number, leave) for number in wanted} if main else {}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _exports(chosen: Path | None) -> Iterator[Path]:
    """Where snapshots go: into the reader's own folders only when they said so."""
    folder = chosen or Path(tempfile.mkdtemp(prefix="spreadwatch-snapshots-"))
    try:
        yield folder
    finally:
        if chosen is None:
            with suppress(OSError):  # something was exported
                folder.rmdir()


@contextmanager
def _folder(*, keep: bool) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="spreadwatch-demo-"))
    try:
        yield folder
    finally:
        if not keep:
            shutil.rmtree(folder, ignore_errors=True)

"""Writes every story of a view in a thread of its own, telling how far it is, until it is done or told to stop."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from textual.message import Message

from stories.errors import SpreadwatchError
from tui.export import export_each

if TYPE_CHECKING:
    from tui.desk import Desk


@dataclass
class Exported(Message, bubble=False):
    """How far the export of a view is."""

    done: int
    total: int
    name: str = ""
    """The story written last."""
    left_out: Sequence[str] = ()
    """Why stories have no file, a sentence each."""
    ended: bool = False
    error: SpreadwatchError | None = None


class ViewExport:
    """One export; made anew for each."""

    def __init__(
        self,
        desk: Desk,
        stories: Sequence[int],
        form: str,
        post: Callable[[Message], Any],
        failed: Callable[[BaseException], Any],
        as_of: datetime | None = None,
    ) -> None:
        self._desk = desk
        self._stories = stories
        self._form = form
        self._post = post
        self._failed = failed
        self._as_of = as_of
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="spreadwatch-export", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """No further story is begun; the one that is being written is finished, for a second at most."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(1.0)

    @property
    def running(self) -> bool:
        """Whether it still writes."""
        return self._thread.is_alive()

    def _run(self) -> None:
        desk, total = self._desk, len(self._stories)
        done, left_out = 0, list[str]()
        error: SpreadwatchError | None = None
        steps = export_each(
            desk.store,
            self._stories,
            desk.exports,
            taken_at=desk.clock(),
            by=desk.by,
            formats=(self._form,),
            as_of=self._as_of,
        )
        try:
            for saved in steps:
                done += 1
                if saved.left_out:
                    left_out.append(f"{saved.name}: {saved.left_out}")
                if self._stop.is_set():
                    break
                self._post(Exported(done, total, saved.name))
        except SpreadwatchError as found:
            error = found
        except BaseException as bug:  # noqa: BLE001 - the app shows it and ends; a thread's error must not vanish
            self._failed(bug)
            return
        self._post(Exported(done, total, left_out=left_out, ended=True, error=error))

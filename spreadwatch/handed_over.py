"""An import handed to the running collector: its command asks and shows, the collector takes in between its polls.

Only the collector adds items. The request's row is all that the two share: its subject is the file, its
outcome how far it has come. It waits until the whole file is in, so a collector that starts anew begins anew;
what was taken in before is recognised. Whoever withdraws the request ends the import after the batch in hand.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Generator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from feeds.catalogue import Catalogue
from spreadwatch.imported import Imported
from spreadwatch.importing import take_batch, tell_grown, tell_rest
from spreadwatch.pipeline import Pipeline, TakenIn
from spreadwatch.reading_ahead import Batch, batches
from store import requests
from store.database import Store
from store.lock import collector_says
from store.requests import Ask, Request
from stories.errors import SpreadwatchError

log = logging.getLogger("spreadwatch.import")

_LOOK = 0.2
"""Seconds between two looks at how far the collector has come; a batch takes it half a second."""

Written = Callable[[Callable[[], None]], Awaitable[None]]


def handed_over(store: Store, file: Path) -> Generator[Imported, None, bool]:
    """Have the collector take a file in: how far it has come, again and again; False when it ended before the file did.

    Closed early (Ctrl-C), it withdraws the request; when this process is killed, the collector goes on alone.
    Raises SpreadwatchError when the file can't be read further.
    """
    number = requests.ask(store, Ask.IMPORT, datetime.now(UTC), str(file.resolve()))
    try:
        while True:
            says = collector_says(store.path)  # before the outcome, which may be its last act
            outcome, over = requests.outcome(store, number)
            sofar = Imported.unpacked(outcome)
            sofar.waiting = says[1] if says else ""
            yield sofar
            if over and sofar.trouble:
                raise SpreadwatchError(sofar.trouble, remedy=sofar.remedy)
            if over or says is None:
                return over
            time.sleep(_LOOK)
    finally:
        requests.withdraw(store, number, datetime.now(UTC))


class HandedOver:
    """The imports handed to one collector: one after the other, a batch at a time."""

    def __init__(self, pipeline: Pipeline, clock: Callable[[], datetime], written: Written) -> None:
        """``written`` does a write as soon as the store allows it."""
        self._pipeline = pipeline
        self._store = pipeline.store
        self._clock = clock
        self._written = written
        self._request: Request | None = None
        self._batches: Generator[Batch] = _none()
        self._sofar = Imported()
        self._taken = TakenIn()

    @property
    def doing(self) -> str:
        """What the screens say of it; empty when there is none."""
        if self._request is None:
            return ""
        share = self._sofar.done / max(self._sofar.total, 1)
        return f"importing {Path(self._request.subject).name} {share:.0%}"

    def wanted(self) -> list[Request]:
        """The imports that wait or are under way, oldest first."""
        return [one for one in requests.waiting(self._store) if one.act is Ask.IMPORT]

    async def step(self, catalogue: Catalogue) -> bool:
        """Take the next batch of the oldest import; False when none is wanted."""
        wanted = self.wanted()
        if self._request is not None and self._request not in wanted:
            log.info("no longer asked to import %s: %s", self._request.subject, self._sofar)
            await self._written(self._end)
        if self._request is None and wanted:
            self._request, self._sofar = wanted[0], Imported()
            self._batches = batches(Path(wanted[0].subject), catalogue, self._clock())
        if self._request is None:
            return False
        batch = None
        try:
            # Mostly it is ready; of a slow disk nothing else must wait.
            batch = await asyncio.to_thread(next, self._batches, None)
        except SpreadwatchError as error:
            self._sofar.trouble, self._sofar.remedy = error.message, error.remedy
        if batch is None:
            await self._written(self._end)
        else:
            await self._written(partial(self._take, batch))
            await self._written(partial(self._tell, self._request))
        return True

    def leave(self) -> None:
        """End the process that reads ahead; who collects next begins the file anew."""
        self._batches.close()
        self._request = None

    def _take(self, batch: Batch) -> None:
        self._taken = take_batch(self._pipeline, batch, self._clock())
        self._sofar.add(batch, self._taken)

    def _tell(self, request: Request) -> None:
        # Done again where it can't be written yet, so the batch is counted where it was taken in.
        tell_grown(self._pipeline, self._taken, self._clock())
        requests.note(self._store, request.id, self._sofar.packed())

    def _end(self) -> None:
        assert self._request is not None
        now = self._clock()
        tell_rest(self._pipeline, now)
        requests.take(self._store, self._request.id, now, self._sofar.packed())
        log.info("imported %s: %s", self._request.subject, self._sofar)
        self.leave()


def _none() -> Generator[Batch]:
    yield from ()

"""The collector: polls what is due and takes it in, until it is told to stop. One per database, its own process.

A poll's items and its feed's state are one transaction, so whatever happens the next poll asks for what
is missing. While the store can't be written (disk full, locked, read-only) it holds what it has, polls no
further, says so in the lock's file, and goes on when writing works again.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import threading
import time
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from feeds.catalogue import Catalogue
from feeds.errors import CatalogueError
from feeds.poller import Outcome, Polled, Poller
from feeds.request import Fetcher
from feeds.schedule import Bounds
from spreadwatch.articles import WatchedArticles, keep_with
from spreadwatch.clocks import Clock, SystemClock
from spreadwatch.feed_states import kept, remembered, retrieval, twins
from spreadwatch.handed_over import HandedOver
from spreadwatch.pipeline import Pipeline, TakenIn
from spreadwatch.portions import Part, portions
from spreadwatch.regrouping import regroup
from spreadwatch.splits import Splits
from store import feeds, housekeeping, requests, responses, state, stories
from store.database import Store, open_store
from store.errors import StoreFull, StoreLocked, StoreReadOnly
from store.lock import CollectorLock, collector_lock
from store.requests import Ask, Request
from stories.meaning import EncoderError, Meaning, meaning

log = logging.getLogger("spreadwatch.collector")

_TICK = 0.5
"""Real seconds between looks at requests and decisions: what a person asked for starts within that time."""
_CHUNK = 200
"""Entries taken in at once: some 0.4 s of work, so that other feeds' answers needn't wait long."""
_RETRY = 2.0
"""Real seconds between attempts while the store can't be written."""
_BACKWARDS = timedelta(minutes=5)
"""A clock that goes back more than this was set; every feed is then due, or it would wait for days."""
_HOUSE = timedelta(days=1)
"""Between two rounds of housekeeping."""
_BREATH = timedelta(seconds=10)
"""Between two signs of life in the store."""
_ARTICLES = 60.0
"""Real seconds that a single round (`--once`) reads articles of watched stories."""
_TEND_EVERY = 1.0
"""Real seconds between two tellings of changed stories while a round goes on."""


@dataclass(slots=True)
class Counts:
    """What a collector has done since it started."""

    polls: int = 0
    unchanged: int = 0
    failed: dict[str, int] = field(default_factory=dict)
    """Failed polls by kind of trouble."""
    new: int = 0
    revised: int = 0
    seen: int = 0


@dataclass(frozen=True, slots=True)
class Task:
    """What a collector is to do."""

    catalogue: Callable[[], Catalogue]
    """Loads the catalogue; called again when a screen or command changed it."""
    once: bool = False
    """One round of everything that is due, then leave."""
    duration: timedelta | None = None
    """Leave after this long, by the clock."""
    keep: timedelta | None = None
    """How long items of single-publisher stories are kept; None for ever (`store.housekeeping.retire`)."""
    articles: bool = True
    """Read the articles of watched stories' new items; feeds that ask for articles get them anyway."""
    meaning: str = ""
    """The encoder that finds stories in other languages, by its setting; empty for none."""
    clock: Clock = field(default_factory=SystemClock)
    fetcher: Fetcher | None = None
    bounds: Bounds | None = None
    holder: str = "collect"
    """Who started it, as others are told: "screen", or "collect" from the command line."""
    report: Callable[[Counts], None] | None = None
    """Called after polls that were taken in."""


def run(path: Path, task: Task) -> Counts:
    """Collect into the database at ``path``, made if need be, until the task ends or a signal says so.

    Raises CollectorRunning when another does it already, and StoreError or CatalogueError at the start; a
    store that fails later is waited for.
    """
    with open_store(path, create=True) as store, collector_lock(path, task.holder) as lock:
        return asyncio.run(Collector(store, lock, task).run())


def _meaning(name: str) -> Meaning | None:
    """What the setting asks for; where its package is missing that is said once, and words alone group."""
    try:
        return meaning(name) if name else None
    except EncoderError as error:
        log.warning("%s", error)
        return None


class Collector:
    """Joins poller, pipeline and store; made anew for each run."""

    def __init__(self, store: Store, lock: CollectorLock, task: Task) -> None:
        self.store = store
        self.counts = Counts()
        self._lock = lock
        self._task = task
        self._clock = task.clock
        self._pipeline = Pipeline(store, meaning=_meaning(task.meaning))
        self._splits = Splits(store)
        self._articles = WatchedArticles(store, self._clock.now, self._written)
        self._reading: asyncio.Task[None] | None = None
        self._imports = HandedOver(self._pipeline, self._clock.now, self._written)
        self._stop = asyncio.Event()
        self._changed: set[int] = set()
        self._tended = 0.0
        self._seen_version = 0
        self._breathed: datetime | None = None
        self._said: tuple[datetime | None, str] = (None, "")
        self._kept_house: datetime | None = None
        self._latest: datetime | None = None
        self._last_changed: dict[str, datetime | None] = {}

    def stop(self) -> None:
        """Finish what is being written, then leave."""
        self._stop.set()

    async def run(self) -> Counts:
        """Poll until the task is done."""
        self._heed_signals()
        catalogue = self._task.catalogue()
        rows = feeds.rows(self.store)
        self._last_changed = {row.url: row.last_changed for row in rows}
        states = {row.url: remembered(row) for row in rows}
        started = self._clock.now()
        async with Poller(
            catalogue,
            states,
            clock=self._clock.now,
            fetcher=self._task.fetcher,
            bounds=self._task.bounds,
            twins=partial(twins, self.store),
        ) as poller:
            await self._written(partial(self._follow, catalogue, _gone(poller)))
            if self._task.once:
                poller.hurry()
            log.info("collecting %d feeds into %s", len(catalogue.feeds), self.store.path)
            while not self._stop.is_set():
                await self._round(poller)
                if self._task.once or self._over(started):
                    break
                await self._wait(poller, started)
            await self._read_to_the_end(poller)
        self._imports.leave()
        await self._written(self._tend)
        await self._written(partial(state.breathe, self.store, self._clock.now()))
        log.info("stopped: %s", self.counts)
        return self.counts

    async def _round(self, poller: Poller) -> None:
        """Everything that is due now."""
        self._mind_the_clock(poller)
        async for polls in poller.round():
            await self._taken_in(polls)
            if time.monotonic() - self._tended > _TEND_EVERY:
                await self._written(self._tend)
            if self._stop.is_set():
                return
        await self._written(self._tend)

    async def _wait(self, poller: Poller, started: datetime) -> None:
        """Until the next feed is due, looking at what people ask for meanwhile."""
        while not self._stop.is_set() and not self._over(started):
            due = poller.next_due()
            await self._written(partial(self._look, poller, due))
            await self._written(partial(self._read_on, poller))
            importing = await self._imports.step(poller.catalogue)
            due = poller.next_due()
            self._mind_the_clock(poller)
            left = _TICK if due is None else self._clock.until(due)
            if left <= 0:
                return
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stop.wait(), 0 if importing else min(left, _TICK))

    async def _taken_in(self, polls: Sequence[Polled]) -> None:
        """Some polls' entries and their feeds' states, some entries at a time, a state with the last of them."""
        for parts in portions(polls, _CHUNK):
            await self._written(partial(self._write, parts))
            await asyncio.sleep(0)
        for polled in polls:
            self._count(polled)
        if self._task.report is not None:
            self._task.report(self.counts)

    def _write(self, parts: Sequence[Part]) -> None:
        def changed(polled: Polled, taken: TakenIn) -> datetime | None:
            url = polled.feed.url
            return polled.at if url in taken.by_feed else self._last_changed.get(url)

        def keep_states(taken: TakenIn) -> None:
            for part in parts:
                polled, brought = part.polled, taken.by_feed.get(part.polled.feed.url, ())
                if polled.answer is not None and responses.wanted(self.store, brought):
                    responses.keep(self.store, polled.answer.body, polled.at)
                keep_with(self.store, brought, polled.articles)
                if part.last:
                    row = kept(polled.feed.url, polled.state, polled.publisher.key, changed(polled, taken))
                    feeds.save(self.store, replace(row, title=polled.feed.name or row.title))

        taken = self._pipeline.take_in(
            [entry for part in parts for entry in part.entries],
            max(part.polled.at for part in parts),
            answered={
                part.polled.feed.url: answer
                for part in parts
                if part.entries and (answer := retrieval(part.polled)) is not None
            },
            also=keep_states,
        )
        for part in parts:
            self._last_changed[part.polled.feed.url] = changed(part.polled, taken)
        self._changed |= taken.stories
        self.counts.new += len(taken.new)
        self.counts.revised += len(taken.revised)
        self.counts.seen += taken.seen

    def _count(self, polled: Polled) -> None:
        self.counts.polls += 1
        if polled.outcome is Outcome.UNCHANGED:
            self.counts.unchanged += 1
        if polled.error is not None:
            kind = polled.error.trouble.value
            self.counts.failed[kind] = self.counts.failed.get(kind, 0) + 1
            log.info("%s: %s", polled.feed.url, polled.error)

    def _read_on(self, poller: Poller) -> None:
        """Go on reading articles of watched stories beside the polling, a few at a time."""
        if self._reading is not None and self._reading.done():
            self._reading.result()
            self._reading = None
        if self._articles.changed:
            self._changed |= self._articles.changed
            self._articles.changed.clear()
            self._tend()
        if self._reading is None and self._task.articles and (missing := self._articles.missing()):
            self._reading = asyncio.create_task(self._articles.turn(poller, missing))

    async def _read_to_the_end(self, poller: Poller) -> None:
        """Leave no reading behind: a single round finishes one turn of it, a stop breaks it off."""
        if self._task.once and not self._stop.is_set():
            await self._written(partial(self._read_on, poller))
            if self._reading is not None:
                await asyncio.wait({self._reading}, timeout=_ARTICLES)
        if self._reading is not None and not self._reading.done():
            self._reading.cancel()
            await asyncio.wait({self._reading})
        if self._reading is not None and not self._reading.cancelled():
            self._reading.result()
        self._changed |= self._articles.changed

    def _look(self, poller: Poller, due: datetime | None) -> None:
        """Do what screens and commands asked for since the last look, and say that we live."""
        now = self._clock.now()
        for request in requests.waiting(self.store):
            if request.act is Ask.IMPORT:
                continue  # a batch at a time, see `_wait`
            outcome = self._do(poller, request)
            requests.take(self.store, request.id, now, outcome)
            log.info("asked to %s %s: %s", request.act.value, request.subject, outcome)
        version = self.store.data_version()
        if version != self._seen_version:
            self._pipeline.heed()
            self._tend()
            self._seen_version = version
        self._keep_house(now)
        self._splits.look(self._pipeline.grouper, now)
        said = (due, self._imports.doing)
        if self._breathed is None or abs(now - self._breathed) >= _BREATH or said != self._said:
            state.breathe(self.store, now, next_poll=due, doing=self._imports.doing)
            self._breathed, self._said = now, said

    def _keep_house(self, now: datetime) -> None:
        """Once a day, between polls: let old items go where that is wanted, give free pages back."""
        if self._kept_house is not None and abs(now - self._kept_house) < _HOUSE:
            return
        self._kept_house = now
        if self._task.keep is not None:
            gone = housekeeping.retire(self.store, now - self._task.keep)
            log.info("let %d old items go", gone)
        housekeeping.optimize(self.store)

    def _do(self, poller: Poller, request: Request) -> str:
        if request.act is Ask.POLL_NOW:
            if request.subject and request.subject not in poller.states:
                return "no such feed"
            poller.hurry(request.subject or None)
            return "done"
        if request.act is Ask.ADD_FEED:
            try:
                catalogue = self._task.catalogue()
            except CatalogueError as error:
                return str(error)
            poller.follow(catalogue)
            if request.subject in poller.states:
                poller.hurry(request.subject)  # also one that was muted because it was gone
            self._follow(catalogue, _gone(poller))
            return "done"
        return f"{regroup(self._pipeline, self._clock.now())} items moved"

    def _follow(self, catalogue: Catalogue, gone: Collection[str] = ()) -> None:
        """Give every feed of the catalogue its row as the catalogue has it, and no longer call the others polled.

        ``gone``: feeds that were taken down, which stay muted until the analyst says otherwise.
        """
        with self.store.transaction():
            held = {row.url: row for row in feeds.rows(self.store, polled=False)}
            for feed in catalogue.feeds:
                publisher = catalogue.publisher_of_feed(feed)
                row = held.get(feed.url, feeds.FeedState(feed.url))
                feeds.save(
                    self.store,
                    replace(
                        row,
                        polled=True,
                        muted=feed.muted or feed.url in gone,
                        publisher=publisher if feed.publisher else row.publisher or publisher,
                        title=feed.name or row.title,
                    ),
                )
            feeds.keep_only(self.store, {feed.url for feed in catalogue.feeds})

    def _tend(self) -> None:
        """Tell the changed stories anew, and what a screen left to us."""
        now = self._clock.now()
        # What an import left untold waits: told after each poll, a story of n items would cost n² (`Tending`).
        stale = () if self._imports.wanted() else stories.stale(self.store)
        changed = self._changed.union(stale)
        self._pipeline.tending.live(changed, now)
        self._splits.changed(changed)
        self._changed.clear()
        self._tended = time.monotonic()

    async def _written(self, action: Callable[[], None]) -> None:
        """Do it, however long the store can't be written; only a stop gives up."""
        while True:
            try:
                action()
            except (StoreFull, StoreLocked, StoreReadOnly) as error:
                log.warning("waiting to write: %s", error)
                self._lock.say(str(error))
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._stop.wait(), _RETRY)
                if self._stop.is_set():
                    raise
            else:
                self._lock.say("")
                return

    def _mind_the_clock(self, poller: Poller) -> None:
        now = self._clock.now()
        if self._latest is not None and now < self._latest - _BACKWARDS:
            log.warning("the clock went back from %s to %s: all feeds are due", self._latest, now)
            poller.hurry()
        self._latest = now

    def _over(self, started: datetime) -> bool:
        return self._task.duration is not None and self._clock.now() - started >= self._task.duration

    def _heed_signals(self) -> None:
        if threading.current_thread() is threading.main_thread():
            loop = asyncio.get_running_loop()
            for number in (signal.SIGTERM, signal.SIGINT):
                loop.add_signal_handler(number, self.stop)


def _gone(poller: Poller) -> set[str]:
    return {url for url, state in poller.states.items() if state.muted}

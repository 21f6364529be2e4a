"""An archive's whole way into the store: one process cleans and reads, this one groups and writes.

Reading an item (claims, statements, citations) and counting its words takes as long as all the rest and needs
nothing but the item and what its feed repeats, so it is done ahead, in a process of its own. Batches keep the
archive's order: grouping depends on it.
"""

from __future__ import annotations

import copyreg
import multiprocessing
import os
import queue
import signal
import threading
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field, fields
from datetime import datetime
from multiprocessing.process import BaseProcess
from operator import attrgetter
from pathlib import Path
from typing import Protocol

from feeds.archive import BadLine, Progress, read
from feeds.catalogue import Catalogue
from feeds.entry import Entry
from feeds.errors import FeedError, Trouble
from spreadwatch.arrivals import item_of
from spreadwatch.garbage import seldom
from spreadwatch.pipeline import Pipeline, ReadAhead, TakenIn
from store import items
from store.database import Store
from stories.counting import Counted, count_words
from stories.errors import SpreadwatchError
from stories.evidence import Citation, Claim, Reading, Statement
from stories.item import Item, Span
from stories.reading import read as read_item
from stories.repeats import Repeats

BATCH = 500
"""Items written together: one transaction's cost is spread, and a bar still moves twice a second."""
_AHEAD = 4
"""Batches read ahead at most: enough to keep both processes busy, little memory."""
_REMEMBERED = 25_000
"""Entries of which a mark is kept, twice over: some megabytes."""
_ALIVE_EVERY = 5.0
"""Seconds between looks whether the reading process still lives."""


@dataclass(slots=True)
class Batch:
    """Some lines of an archive, read."""

    entries: list[Entry] = field(default_factory=list)
    read: list[ReadAhead | None] = field(default_factory=list)
    """One for each entry; None for one that came before, which is no new item."""
    bad: list[BadLine] = field(default_factory=list)
    done: int = 0
    """Bytes of the file read so far, of ``total``."""
    total: int = 0
    unread: frozenset[str] = frozenset()
    """Keys met so far that mean nothing to us."""


def _sent_by_values(kind: type) -> None:
    """Have a frozen class sent between processes as its values: its own way looks its fields up for each object."""
    values = attrgetter(*(each.name for each in fields(kind)))
    copyreg.pickle(kind, lambda one: (kind, values(one)))


for _kind in (Entry, Claim, Statement, Citation, Span, Counted, Reading, ReadAhead):
    _sent_by_values(_kind)


class _Queue(Protocol):
    def put(self, one: Batch | SpreadwatchError | None) -> None: ...
    def get(self, block: bool = True, timeout: float | None = None) -> Batch | SpreadwatchError | None: ...


def batches(path: Path, catalogue: Catalogue, now: datetime) -> Generator[Batch]:
    """The archive's lines, cleaned and read in another process, in order.

    Raises FeedError when the file can't be read further; the batches before it are good.
    """
    context = multiprocessing.get_context("forkserver")
    ready: _Queue = context.Queue(_AHEAD)
    reader = context.Process(target=_read_ahead, args=(path, catalogue, now, ready), daemon=True)
    reader.start()
    try:
        while (one := _next(ready, reader, path)) is not None:
            if isinstance(one, SpreadwatchError):
                raise one
            yield one
    finally:
        reader.terminate()
        reader.join()


def take_in(
    pipeline: Pipeline, read_ahead: Iterator[Batch], now: datetime
) -> Iterator[tuple[Batch, TakenIn]]:
    """Store and group an archive, a batch a step; its stories are told as they grow and all at the end."""
    seldom()
    for batch in read_ahead:
        taken = take_batch(pipeline, batch, now)
        tell_grown(pipeline, taken, now)
        yield batch, taken
    tell_rest(pipeline, now)


def take_batch(pipeline: Pipeline, batch: Batch, now: datetime) -> TakenIn:
    """Store and group one batch."""
    return pipeline.take_in(batch.entries, now, imported=True, ahead=batch.read)


def tell_grown(pipeline: Pipeline, taken: TakenIn, now: datetime) -> None:
    """After a batch: tell its stories that have grown enough."""
    pipeline.tending.importing(taken.stories, now, _reached(pipeline.store, now))


def tell_rest(pipeline: Pipeline, now: datetime) -> None:
    """After the last batch: tell what was left, count its words, and let old items go again."""
    pipeline.keep_words()
    pipeline.tending.rest(now, _reached(pipeline.store, now))
    pipeline.archive_at = None


def _reached(store: Store, now: datetime) -> datetime:
    """How far the archive has come by its own time."""
    return min(items.newest_known(store) or now, now)


def _next(ready: _Queue, reader: BaseProcess, path: Path) -> Batch | SpreadwatchError | None:
    while True:
        try:
            return ready.get(timeout=_ALIVE_EVERY)
        except queue.Empty:
            if not reader.is_alive():
                raise FeedError(
                    Trouble.KILLED,
                    f"The process that reads {path} ended early.",
                    remedy="Is there enough memory?",
                ) from None


def _read_ahead(path: Path, catalogue: Catalogue, now: datetime, ready: _Queue) -> None:
    """The other process: put batches, then None; an error instead of None when the file is broken."""
    # A terminal sends Ctrl-C to all its processes; this one is ended by the one that it reads for.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, name="spreadwatch-parent", daemon=True).start()
    seldom()
    try:
        for batch in read_batches(path, catalogue, now):
            ready.put(batch)
    except SpreadwatchError as error:
        ready.put(error)
    else:
        ready.put(None)


def read_batches(path: Path, catalogue: Catalogue, now: datetime) -> Iterator[Batch]:
    """What the other process does: the archive's lines, cleaned and read, in order.

    Raises FeedError when the file can't be read further; the batches before it are good.
    """
    progress, batch = Progress(), Batch()
    repeats, met = Repeats(), _Met()
    try:
        for one in read(path, catalogue, progress=progress, now=now):
            if isinstance(one, BadLine):
                batch.bad.append(one)
            else:
                batch.entries.append(one)
                item = item_of(one, 0, now)
                batch.read.append(None if met.again(one) else look_at(item, repeats))
                repeats.learn(item)
            if len(batch.entries) + len(batch.bad) >= BATCH:
                batch.done, batch.total = progress.done, progress.total
                batch.unread = frozenset(progress.unread)
                yield batch
                batch = Batch()
    except SpreadwatchError:
        yield batch
        raise
    batch.done = batch.total = progress.total
    batch.unread = frozenset(progress.unread)
    yield batch


def _end_with_parent() -> None:
    """Ends this process when the one that it reads for was killed: it would wait for ever to give its next batch."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


def look_at(item: Item, repeats: Repeats) -> ReadAhead:
    """What the other process does for one item; ``repeats`` has learnt from the archive's items before it."""
    reading = read_item(item)
    return ReadAhead(reading, count_words(item, reading, *repeats.strip(item)))


class _Met:
    """Which entries came before, whole and unchanged: an archive of polls holds an item as often as its feed did.

    One in seven entries of 50,000 lines of 2022 did, and reading it anew comes to nothing. A wrong answer
    costs no more than an item's being read by the process that groups.
    """

    def __init__(self) -> None:
        self._young: set[int] = set()
        self._old: set[int] = set()

    def again(self, entry: Entry) -> bool:
        """Whether the entry is the same as one of the last tens of thousands; remembers it."""
        named = (entry.guid, entry.link, entry.publisher, entry.feed, entry.published_raw)
        mark = hash((*named, entry.title, entry.summary, entry.body))
        known = mark in self._young or mark in self._old
        self._young.add(mark)
        if len(self._young) > _REMEMBERED:
            self._old, self._young = self._young, set()
        return known

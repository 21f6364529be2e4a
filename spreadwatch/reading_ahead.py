"""An archive cleaned and read in a process of its own, a batch at a time, in the archive's order.

The process is a plain `python` with a pipe to it and one from it. Python's own `multiprocessing` would keep two more
beside it, at 7 MB each, and load whatever the program's own process began with.
"""

from __future__ import annotations

import copyreg
import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Generator, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, fields
from datetime import datetime
from operator import attrgetter
from pathlib import Path
from typing import IO

from feeds.archive import BadLine, Progress, read
from feeds.catalogue import Catalogue
from feeds.entry import Entry
from feeds.errors import FeedError, Trouble
from spreadwatch.arrivals import item_of
from spreadwatch.garbage import seldom
from stories.counting import Counted, count_words
from stories.errors import SpreadwatchError
from stories.evidence import Citation, Claim, Reading, Statement
from stories.item import Item, Span
from stories.reading import read as read_item
from stories.repeats import Repeats

BATCH = 500
"""Items written together: one transaction's cost is spread, and a bar still moves twice a second."""
_AHEAD = 3
"""Batches read ahead at most, 1 MB each: enough to keep both processes busy."""
_REMEMBERED = 25_000
"""Entries of which a mark is kept, twice over: some megabytes."""
_START = "from spreadwatch.reading_ahead import serve; serve()"


@dataclass(frozen=True, slots=True)
class ReadAhead:
    """What needs nothing but the item, so that it may come from another process."""

    reading: Reading
    counted: Counted | None = None
    """Its words for grouping; None leaves them to the grouper."""


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


def batches(path: Path, catalogue: Catalogue, now: datetime) -> Generator[Batch]:
    """The archive's lines, cleaned and read in another process, in order.

    Raises FeedError when the file can't be read further; the batches before it are good.
    """
    # -P: what happens to lie in the working folder is not loaded in place of a module.
    reader = subprocess.Popen(
        [sys.executable, "-P", "-c", _START],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(map(os.path.abspath, sys.path))},
    )
    assert reader.stdin is not None and reader.stdout is not None
    try:
        with suppress(BrokenPipeError):  # it ended at once: nothing comes from it, which is said below
            pickle.dump((path, catalogue, now), reader.stdin)
            reader.stdin.flush()  # and stays open: it closes with this process, which tells the other
        while (one := _next(reader.stdout, path)) is not None:
            if isinstance(one, SpreadwatchError):
                raise one
            yield one
    finally:
        reader.kill()
        reader.stdout.close()
        with suppress(BrokenPipeError):
            reader.stdin.close()
        reader.wait()


def _next(given: IO[bytes], path: Path) -> Batch | SpreadwatchError | None:
    try:
        found: Batch | SpreadwatchError | None = pickle.load(given)
    except (EOFError, pickle.UnpicklingError):
        raise FeedError(
            Trouble.KILLED,
            f"The process that reads {path} ended early.",
            remedy="Is there enough memory?",
        ) from None
    return found


def serve() -> None:
    """The other process: gives batches, then None; an error instead of None when the file is broken."""
    # A terminal sends Ctrl-C to all its processes; this one is ended by the one that it reads for.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    seldom()
    path, catalogue, now = pickle.load(sys.stdin.buffer)
    ready: queue.Queue[bytes | None] = queue.Queue(_AHEAD)
    giving = threading.Thread(target=_give, args=(ready,), name="spreadwatch-giving")
    giving.start()
    threading.Thread(target=_end_with_parent, name="spreadwatch-parent", daemon=True).start()
    try:
        for batch in read_batches(path, catalogue, now):
            ready.put(pickle.dumps(batch, pickle.HIGHEST_PROTOCOL))
        ready.put(pickle.dumps(None))
    except SpreadwatchError as error:
        ready.put(pickle.dumps(error))
    finally:
        ready.put(None)
        giving.join()


def _give(ready: queue.Queue[bytes | None]) -> None:
    try:
        while (one := ready.get()) is not None:
            sys.stdout.buffer.write(one)
            sys.stdout.buffer.flush()
    except BrokenPipeError:
        os._exit(1)  # nobody is there any more to take it


def _end_with_parent() -> None:
    """Ends this process when the one that it reads for was killed: it would wait for ever to give its next batch."""
    os.read(sys.stdin.fileno(), 1)  # not its buffer, whose lock an ending interpreter would find taken
    os._exit(1)


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

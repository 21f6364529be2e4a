"""An archive's whole way into the store: one process cleans and reads, this one groups and writes.

Reading an item (claims, statements, citations) and counting its words takes as long as all the rest and needs
nothing but the item and what its feed repeats, so it is done ahead, in a process of its own (`spreadwatch.reading_ahead`).
Batches keep the archive's order: grouping depends on it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from spreadwatch.garbage import seldom
from spreadwatch.pipeline import Pipeline, TakenIn
from spreadwatch.reading_ahead import Batch
from store import items
from store.database import Store


def take_in(
    pipeline: Pipeline, read_ahead: Iterator[Batch], now: datetime
) -> Iterator[tuple[Batch, TakenIn]]:
    """Store and group an archive, a batch a step; its stories are told as they grow and all at the end."""
    seldom()
    for batch in read_ahead:
        taken = take_batch(pipeline, batch, now)
        yield batch, taken  # before the telling, which may fail: what is in is counted
        tell_grown(pipeline, taken, now)
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

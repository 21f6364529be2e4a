"""Polls into a database without reading and grouping: identity, items, feed states."""

from __future__ import annotations

from feeds.polled import Polled
from spreadwatch import arrivals
from spreadwatch.feed_states import kept
from store import feeds as rows
from store import intake
from store.database import Store


def keep(store: Store, names: intake.Names, polled: Polled) -> int:
    """Keep one poll's new items and its feed's state in one transaction; returns how many items were new."""
    with store.transaction():
        batch = arrivals.sort(store, polled.entries, polled.at)
        intake.add(store, names, [intake.NewItem(new.item, new.keys, polled.at) for new in batch.new])
        rows.save(store, kept(polled.feed.url, polled.state, polled.publisher.key, polled.at))
    return len(batch.new)

"""Polls into a database without reading and grouping: identity, items, feed states."""

from __future__ import annotations

from collections.abc import Sequence

from feeds.polled import Polled
from spreadwatch import arrivals
from spreadwatch.feed_states import kept
from store import feeds as rows
from store import intake
from store.database import Store


def keep(store: Store, names: intake.Names, polls: Sequence[Polled]) -> int:
    """Keep some polls' new items and their feeds' states in one transaction; returns how many items were new."""
    at = max(polled.at for polled in polls)
    with store.transaction():
        batch = arrivals.sort(store, [entry for polled in polls for entry in polled.entries], at)
        intake.add(store, names, [intake.NewItem(new.item, new.keys, at) for new in batch.new])
        for polled in polls:
            rows.save(store, kept(polled.feed.url, polled.state, polled.publisher.key, polled.at))
    return len(batch.new)

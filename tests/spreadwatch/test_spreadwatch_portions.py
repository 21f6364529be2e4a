from __future__ import annotations

from datetime import UTC, datetime

import pytest

from feeds.catalogue import Feed, Publisher
from feeds.entry import Entry
from feeds.polled import Outcome, Polled
from feeds.schedule import FeedState
from spreadwatch.portions import portions

NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)


def poll(name: str, entries: int) -> Polled:
    found = tuple(Entry(f"{name}{number}", f"{name} {number}") for number in range(entries))
    return Polled(Feed(name), FeedState(name), Outcome.READ, Publisher(name), NOW, found)


@pytest.mark.parametrize("sizes", [(), (0,), (3,), (5, 5), (2, 3, 0, 1), (11, 0, 4), (10,)])
def test_every_entry_is_written_once_in_order_and_a_state_after_its_last(sizes: tuple[int, ...]) -> None:
    polls = [poll("abcd"[number], size) for number, size in enumerate(sizes)]
    written = list(portions(polls, 5))
    assert [entry.guid for parts in written for part in parts for entry in part.entries] == [
        entry.guid for each in polls for entry in each.entries
    ]
    assert all(0 < sum(len(part.entries) for part in parts) <= 5 for parts in written[:-1])
    assert [part.polled.feed.url for parts in written for part in parts if part.last] == [
        each.feed.url for each in polls
    ]

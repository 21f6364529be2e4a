"""What one poll of one feed came to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from feeds.article import Article
from feeds.catalogue import Feed, Publisher
from feeds.entry import Entry
from feeds.errors import FeedError
from feeds.request import Answer
from feeds.schedule import FeedState


class Outcome(Enum):
    """What one poll came to."""

    READ = "read"
    """A document that could be read; its entries, known or new, are given."""
    UNCHANGED = "unchanged"
    """304, or the same bytes as before."""
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Polled:
    """One poll of one feed."""

    feed: Feed
    """As in the catalogue, at the address that was asked."""
    state: FeedState
    """From now on; its ``url`` differs from the feed's when permanent redirects were adopted."""
    outcome: Outcome
    publisher: Publisher
    """The feed's; an aggregator's entries each name their own."""
    at: datetime
    """When the answer was complete, by the poller's clock; the entries' `first_seen`."""
    entries: tuple[Entry, ...] = ()
    """With `feed` and `publisher` set, in the document's order."""
    error: FeedError | None = None
    answer: Answer | None = None
    """What the server said, when it was read."""
    format: str = ""
    """The document's kind ("rss20"), when it was read."""
    articles: Mapping[str, Article] = field(default_factory=dict)
    """What was read behind entries' links, where the feed asks for it, by link; the entries have its text."""

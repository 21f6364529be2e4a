"""Reading the articles behind items: of feeds that ask for it, and of watched stories, one after the other.

Statements stand mostly in the body, and feeds carry only its beginning: a watched story's board is empty
without it. What robots.txt forbids or a site refuses is noted and tried again a day later.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from importlib.util import find_spec

from feeds.article import Article
from feeds.errors import FeedError
from feeds.poller import Poller
from store import articles, corrections, evidence, items, placing
from store.articles import Missing, Read
from store.database import Store
from store.times import to_ms
from stories.reading import read

log = logging.getLogger("spreadwatch.articles")

RECENT = timedelta(days=14)
"""Older items of a watched story are left as they are: an imported archive must not set off a crawl."""
AGAIN = timedelta(days=1)
"""After which an article that could not be had is asked for once more."""
AT_ONCE = 10
"""Articles of one turn; other work comes between two turns."""

Written = Callable[[Callable[[], None]], Awaitable[None]]


class WatchedArticles:
    """Gives the items of watched stories their articles' text; one per collector."""

    def __init__(self, store: Store, clock: Callable[[], datetime], written: Written) -> None:
        """``written`` does a write as soon as the store allows it."""
        self._store = store
        self._clock = clock
        self._written = written
        self.changed: set[int] = set()
        """Stories whose items got a text; whoever tells stories takes them out."""

    def missing(self) -> list[Missing]:
        """What a turn would read; nothing without trafilatura, which takes the text out of a page."""
        if find_spec("trafilatura") is None:
            return []
        now = self._clock()
        return articles.missing(self._store, now - RECENT, now - AGAIN, AT_ONCE)

    async def turn(self, poller: Poller, missing: Sequence[Missing]) -> None:
        """Ask for these items' articles, one after the other."""
        for one in missing:
            try:
                article = await poller.article(one.link, one.feed)
            except FeedError as error:
                log.info("no article at %s: %s", one.link, error)
                note = Read(one.item, self._clock(), one.link, trouble=str(error))
                await self._written(partial(articles.keep, self._store, note))
            else:
                await self._written(partial(self._fill, one.item, article))

    def _fill(self, number: int, article: Article) -> None:
        with self._store.transaction():
            held = items.get(self._store, [number])
            if not held or held[0].body:
                return  # retired, or its feed gave it a text meanwhile
            item = replace(held[0], body=article.text)
            now = self._clock()
            reading = read(item)
            articles.fill(self._store, item, now, reading.leading)
            evidence.keep(self._store, number, reading, since=to_ms(now))
            corrections.restate(self._store, [number])
            articles.keep(self._store, _kept(number, article))
            self.changed |= placing.touch(self._store, [number])


def keep_with(store: Store, new: Sequence[int], found: Mapping[str, Article]) -> None:
    """Keep the hashes of articles that came with a poll's new items, in the caller's transaction."""
    for item in items.get(store, new) if found else ():
        article = found.get(item.link)
        if article is not None and article.text == item.body:
            articles.keep(store, _kept(item.id, article))


def _kept(item: int, article: Article) -> Read:
    return Read(item, article.retrieved, article.url, article.text_sha256, article.sha256, article.extractor)

"""Polls feeds when they are due: due → request → parse → what it means, one value per poll.

Knows no store: states come in, states go out, and whoever iterates keeps them.
"""

from __future__ import annotations

import asyncio
from array import array
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, suppress
from copy import copy
from dataclasses import replace
from datetime import datetime
from functools import partial

from feeds import clocks, dates, schedule
from feeds.article import Article, Articles
from feeds.catalogue import Catalogue, Feed, Kind, Publisher
from feeds.clocks import ClockHealth, ClockState, Sample, Twin
from feeds.entry import Entry, Parsed
from feeds.errors import FeedError, Trouble
from feeds.guard import is_inside
from feeds.polled import Outcome as Outcome
from feeds.polled import Polled as Polled
from feeds.publisher import host_of
from feeds.request import Answer, Fetcher, refusal
from feeds.schedule import Bounds, FeedState
from feeds.workers import Workers
from stories.item import DateFlag

AT_ONCE = 128
"""Requests under way together; most of a request's time is waiting. With servers 100 ms away 500 unchanged feeds take
0.6 s, with half as many requests 0.9 s; it costs 2 MB."""
PER_HOST = 2
"""Requests under way together at one host."""
WAITING = 16
"""Results that may wait for whoever reads them before no further request is begun; so many are given at once."""
TOGETHER = 0.05
"""Seconds that a result waits for others while more are under way: written together they cost a third less."""
MOST_ARTICLES = 10
"""Articles fetched for one poll of a feed that asks for them; a feed's first poll brings its whole past."""
_AGGREGATORS = frozenset({"news.google.com", "www.bing.com", "bing.com", "news.yahoo.com", "www.reddit.com"})
"""Hosts whose items belong to the outlets they name, whatever the catalogue says of them."""


class Poller:
    """Polls the feeds of a catalogue; one per collector.

    Use it as an asynchronous context manager, iterate `round` again and again, and sleep until
    `next_due` in between.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        states: Mapping[str, FeedState],
        *,
        clock: Callable[[], datetime],
        fetcher: Fetcher | None = None,
        workers: Workers | None = None,
        bounds: Bounds | None = None,
        twins: Callable[[Feed], Sequence[Twin]] | None = None,
        at_once: int = AT_ONCE,
        per_host: int = PER_HOST,
    ) -> None:
        """``twins`` gives what other publishers copied of a feed; asked while its clock isn't known otherwise."""
        self._clock = clock
        self._bounds = bounds or Bounds()
        self._fetcher = fetcher or Fetcher(agent(catalogue.contact))
        self._workers = workers or Workers()
        self._own = AsyncExitStack()
        if fetcher is None:
            self._own.push_async_exit(self._fetcher)
        if workers is None:
            self._own.push_async_exit(self._workers)
        self._articles = Articles(self._fetcher, self._workers, clock)
        self._twins = twins
        self._slots = asyncio.Semaphore(at_once)
        self._room = asyncio.Semaphore(at_once)
        self._hosts: defaultdict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(per_host))
        self.states: dict[str, FeedState] = {}
        self._present: dict[str, array[int]] = {}
        """Marks of the entries each feed had when it was last read in this run; as a set they take ten times the room."""
        self.follow(catalogue, states)

    def follow(self, catalogue: Catalogue, states: Mapping[str, FeedState] | None = None) -> None:
        """Take over a changed catalogue; feeds that stay keep their state."""
        given = {**self.states, **(states or {})}
        # A feed that moved is found again under the address the catalogue still has.
        by_old = {old: state for state in given.values() for old in state.old_urls}
        self.catalogue = catalogue
        self._feeds = {feed.url: feed for feed in catalogue.feeds}
        self.states = {url: given.get(url) or by_old.get(url) or FeedState(url) for url in self._feeds}

    def hurry(self, url: str | None = None) -> None:
        """Make one feed, or all, due now, muted ones only when named."""
        for key, state in self.states.items():
            if url is None or key == url:
                self.states[key] = replace(state, next_due=None, muted=state.muted and url is None)

    def next_due(self) -> datetime | None:
        """When the next feed is due; None when none ever is."""
        waiting = [self.states[url].next_due for url, feed in self._feeds.items() if self._wanted(url, feed)]
        if not waiting:
            return None
        return min(due or self._clock() for due in waiting)

    async def round(self) -> AsyncIterator[Sequence[Polled]]:
        """Poll every feed that is due now, and give the results as they come, those of one moment together."""
        now = self._clock()
        due = [
            feed
            for url, feed in self._feeds.items()
            if self._wanted(url, feed) and schedule.is_due(self.states[url], now)
        ]
        done: asyncio.Queue[Polled | BaseException] = asyncio.Queue(WAITING)
        tasks = [asyncio.create_task(self._into(done, feed)) for feed in self._interleaved(due)]
        left = len(tasks)
        try:
            while left:
                found = [await done.get()]
                with suppress(TimeoutError):
                    async with asyncio.timeout(TOGETHER):
                        while len(found) < min(left, WAITING):
                            found.append(await done.get())
                left -= len(found)
                for result in found:
                    if isinstance(result, BaseException):
                        raise result
                yield [result for result in found if isinstance(result, Polled)]
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def poll(self, feed: Feed) -> Polled:
        """Poll one feed now, whether it is due or not; its new state is kept."""
        state = self.states.get(feed.url) or FeedState(feed.url)
        before = self._had(feed.url)
        async with self._hosts[host_of(state.url)], self._slots:
            polled = await self._polled(feed, state)
        self.states[feed.url] = polled.state
        if feed.articles and polled.entries:
            # After the feed's own slot is free: an article server may be slow, and is asked one by one.
            fresh = [entry for entry in polled.entries if before is None or _mark(entry) not in before]
            found = await self._articles.behind(fresh[:MOST_ARTICLES], partial(_may_be_inside, feed))
            entries = (
                replace(entry, body=found[entry.link].text)
                if entry.link in found and not entry.body
                else entry
                for entry in polled.entries
            )
            polled = replace(polled, entries=tuple(entries), articles=found)
        return polled

    async def article(self, link: str, feed: str) -> Article:
        """The article behind a link of one of our feeds, politely; FeedError when it can't be had."""
        known = self._feeds.get(feed)
        return await self._articles.get(link, inside=known is not None and _may_be_inside(known, link))

    async def __aenter__(self) -> Poller:
        return self

    async def __aexit__(self, *raised: object) -> None:
        await self._own.aclose()

    def _interleaved(self, due: list[Feed]) -> list[Feed]:
        """One feed of each host, then a second of each: no host's queue stands before the others."""
        turns: defaultdict[str, int] = defaultdict(int)
        ordered = []
        for number, feed in enumerate(due):
            host = host_of(self.states[feed.url].url)
            ordered.append((turns[host], number, feed))
            turns[host] += 1
        return [feed for _, _, feed in sorted(ordered, key=lambda each: each[:2])]

    def _wanted(self, url: str, feed: Feed) -> bool:
        return not feed.muted and not self.states[url].muted

    async def _into(self, done: asyncio.Queue[Polled | BaseException], feed: Feed) -> None:
        try:
            # A slow reader of results holds requests back: bodies must not pile up in memory.
            async with self._room:
                await done.put(await self.poll(feed))
        except Exception as bug:  # noqa: BLE001 - not hidden: it is raised again where results are read
            await done.put(bug)

    async def _polled(self, feed: Feed, state: FeedState) -> Polled:
        bounds = replace(self._bounds, fixed=feed.interval) if feed.interval else self._bounds
        etag, last_modified = schedule.validators(state)
        answer: Answer | None = None
        parsed: Parsed | None = None
        try:
            answer = await self._fetcher.get(
                state.url, etag=etag, last_modified=last_modified, inside=feed.inside
            )
            error = refusal(answer)
            if error is None and answer.status == 304 and not (etag or last_modified):
                error = FeedError(
                    Trouble.PROTOCOL, "The server said “not modified” to a plain request.", status=304
                )
            if error is None and answer.status != 304 and schedule.mark_of(answer.body) != state.mark:
                parsed = await self._workers.parse(
                    answer.body,
                    url=answer.url,
                    now=self._clock(),
                    content_type=answer.header("content-type"),
                    country=feed.country,
                    lang=feed.lang,
                )
        except FeedError as caught:
            # A fresh one: the caught one's traceback holds this frame and, until Python looks for such circles,
            # the megabytes of a body that was too big.
            error = copy(caught)
        now = self._clock()
        if error is not None:
            after = schedule.after_failure(state, error, now, bounds, answer)
            return Polled(
                feed, after, Outcome.FAILED, self.catalogue.publisher(feed, state.home), now, error=error
            )
        assert answer is not None
        if parsed is None:
            after = schedule.after_unchanged(state, answer, now, bounds)
            return Polled(feed, after, Outcome.UNCHANGED, self.catalogue.publisher(feed, state.home), now)
        after = schedule.after_feed(state, answer, parsed, now, bounds)
        after = replace(after, clock=self._watched(feed.url, state, parsed, now, delta=answer.status == 226))
        clock = clocks.health(after.clock)
        if clock.state is ClockState.UNKNOWN and self._twins is not None:
            clock = clocks.health(after.clock, self._twins(feed))
        if clock.warning:
            after = replace(after, warnings=(*after.warnings, clock.warning))
        publisher = self.catalogue.publisher(feed, parsed.home)
        mixed = publisher.kind in (Kind.AGGREGATOR, Kind.SEARCH) or host_of(feed.url) in _AGGREGATORS
        entries = tuple(
            replace(
                _on_time(entry, clock, now),
                feed=feed.url,
                publisher=self._outlet(entry, publisher) if mixed else publisher.key,
            )
            for entry in parsed.entries
        )
        return Polled(feed, after, Outcome.READ, publisher, now, entries, answer=answer, format=parsed.format)

    def _had(self, url: str) -> frozenset[int] | None:
        """The marks of the entries a feed had, None when it wasn't read in this run."""
        held = self._present.get(url)
        return None if held is None else frozenset(held)

    def _watched(
        self, url: str, state: FeedState, parsed: Parsed, now: datetime, *, delta: bool
    ) -> tuple[Sample, ...]:
        """The feed's clock samples with the items that came since it was last read; a delta leaves out the others."""
        marks = {_mark(entry): entry for entry in parsed.entries}
        before = self._had(url)
        self._present[url] = array("q", marks.keys() | (before or frozenset() if delta else frozenset()))
        if before is None or state.last_good is None:
            return state.clock
        new = [
            Sample(now, now - entry.published, now - state.last_good)
            for mark, entry in marks.items()
            if mark not in before and entry.published is not None
        ]
        return clocks.sampled(state.clock, new)

    def _outlet(self, entry: Entry, aggregator: Publisher) -> str:
        """Who an aggregator's item belongs to: the outlet it names, or where it leads."""
        if entry.source_url:
            return self.catalogue.publisher_of(entry.source_url)
        if entry.source_name:
            return entry.source_name
        outside = self.catalogue.publisher_of(entry.link) if entry.link else ""
        return outside or aggregator.key


def _mark(entry: Entry) -> int:
    return hash(entry.guid or entry.link or entry.title)


def _may_be_inside(feed: Feed, link: str) -> bool:
    """Whether a feed's link may lead to a private address: to its own host only, and only if it is there itself."""
    host = host_of(feed.url)
    return host == host_of(link) and (is_inside(host) if feed.inside is None else feed.inside)


def _on_time(entry: Entry, clock: ClockHealth, now: datetime) -> Entry:
    """The entry with its date by the right clock; the feed's own words stay beside it."""
    if clock.correction is None or entry.published is None:
        return entry
    published = entry.published + clock.correction
    return replace(entry, published=published, flags=dates.flagged(published, now) | {DateFlag.CORRECTED})


def agent(contact: str) -> str:
    """The User-Agent: the program, its version, and whom to write to."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        release = version("spreadwatch")
    except PackageNotFoundError:
        release = "dev"
    return f"spreadwatch/{release} ({contact})" if contact else f"spreadwatch/{release}"

"""The text of an article, where it is wanted: robots.txt respected, one request at a time per host.

Statements stand mostly in the body, and feeds carry only its beginning. Needs the extra
`spreadwatch[articles]` (trafilatura); nothing here is used unless the analyst asks for it.
"""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from urllib.parse import urljoin, urlsplit

from feeds import clean
from feeds.characters import decoded
from feeds.entry import Entry
from feeds.errors import FeedError, Trouble
from feeds.request import Fetcher, refusal
from feeds.workers import Workers

log = logging.getLogger("feeds.article")

ROBOT = "spreadwatch"
"""The name robots.txt files may address."""
RULES_LAST = timedelta(hours=24)
"""RFC 9309: robots.txt should not be kept longer."""
RULES_SIZE = 512 * 1024
"""Bytes of robots.txt that are read; RFC 9309 asks for 500 KiB at least."""
LONGEST_DELAY = 30.0
"""Seconds of a `Crawl-delay` that are waited; who asks for more gets no request."""
TOGETHER = 60.0
"""Seconds for all articles of one poll; those that take longer stay without their text."""
_ACCEPT = "text/html, application/xhtml+xml"


@dataclass(frozen=True, slots=True)
class Article:
    """An article's text as evidence: what, from where, when."""

    url: str
    """Where the last redirect led."""
    text: str
    """Cleaned, paragraphs by line feeds."""
    sha256: str
    """Of the page's bytes as they were received, so that a kept copy can be compared."""
    retrieved: datetime
    extractor: str = ""
    """What took the text out of the page, with its version."""

    @property
    def text_sha256(self) -> str:
        """SHA-256 of the text as UTF-8, hexadecimal."""
        return sha256(self.text.encode()).hexdigest()


@dataclass(slots=True)
class _Rules:
    """One host's robots.txt."""

    read: datetime
    lines: str | None
    """None: nothing may be asked for now, because robots.txt could not be read."""
    next_allowed: float = 0.0


class Articles:
    """Fetches articles' text politely; one per collector."""

    def __init__(self, fetcher: Fetcher, workers: Workers, clock: Callable[[], datetime]) -> None:
        self._fetcher = fetcher
        self._workers = workers
        self._clock = clock
        self._hosts: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._rules: dict[str, _Rules] = {}

    async def get(self, url: str, *, inside: bool = False) -> Article:
        """The article at an address; FeedError when it may not be asked for, can't be had, or has no text.

        ``inside`` allows a private address: a feed's links are anybody's words, so only for those to the
        host of a feed that itself is inside.
        """
        origin = urljoin(url, "/")
        async with self._hosts[urlsplit(url).netloc.lower()]:
            rules = await self._rules_of(origin, inside)
            delay = _permitted(rules.lines, url)
            loop = asyncio.get_running_loop()
            if rules.next_allowed > loop.time():
                await asyncio.sleep(rules.next_allowed - loop.time())
            try:
                answer = await self._fetcher.get(url, accept=_ACCEPT, inside=inside)
            finally:
                rules.next_allowed = loop.time() + delay
        error = refusal(answer)
        if error is not None:
            raise error
        if "html" not in answer.header("content-type").lower():
            raise FeedError(Trouble.NOT_A_FEED, "The address leads to something that is not a web page.")
        page, _ = decoded(answer.body, answer.header("content-type"))
        text = clean.prose(await self._workers.call(_extracted, page, answer.url), clean.BODY)
        if not text:
            raise FeedError(Trouble.EMPTY, "No article text could be found on the page.")
        return Article(answer.url, text, sha256(answer.body).hexdigest(), self._clock(), _extractor())

    async def behind(self, entries: Sequence[Entry], inside: Callable[[str], bool]) -> dict[str, Article]:
        """The article behind each entry's link, by link, as far as it may and can be had in a minute.

        ``inside`` says of a link whether its host may have a private address.
        """
        found: dict[str, Article] = {}

        async def fill(link: str) -> None:
            try:
                found[link] = await self.get(link, inside=inside(link))
            except FeedError as error:
                log.info("no article at %s: %s", link, error)

        links = {entry.link for entry in entries if entry.link and not entry.body}
        with suppress(TimeoutError):
            async with asyncio.timeout(TOGETHER), asyncio.TaskGroup() as group:
                for link in links:
                    group.create_task(fill(link))
        return found

    async def _rules_of(self, origin: str, inside: bool) -> _Rules:
        known = self._rules.get(origin)
        if known is None or self._clock() - known.read > RULES_LAST:
            known = self._rules[origin] = _Rules(self._clock(), await self._robots(origin, inside))
        return known

    async def _robots(self, origin: str, inside: bool) -> str | None:
        try:
            answer = await self._fetcher.get(
                urljoin(origin, "robots.txt"), accept="text/plain, */*;q=0.5", inside=inside
            )
        except FeedError as error:
            if error.trouble is Trouble.GUARDED:
                raise
            return None
        if answer.status == 200:
            return answer.body[:RULES_SIZE].decode("utf-8", "replace")
        # RFC 9309: a host without the file allows everything, a broken one nothing for now.
        return "" if 400 <= answer.status < 500 and answer.status != 429 else None


def _permitted(lines: str | None, url: str) -> float:
    """Seconds to wait after this request; FeedError when the rules don't permit it."""
    from protego import Protego

    if lines is None:
        raise FeedError(Trouble.STATUS, "The site's robots.txt can't be read now, so nothing is asked for.")
    rules = Protego.parse(lines)
    if not rules.can_fetch(url, ROBOT):
        raise FeedError(Trouble.STATUS, "The site's robots.txt asks programs not to read this page.")
    delay = float(rules.crawl_delay(ROBOT) or 1.0)
    if delay > LONGEST_DELAY:
        raise FeedError(
            Trouble.BUSY, f"The site asks for {delay:.0f} s between requests, too long to read articles."
        )
    return delay


@cache
def _extractor() -> str:
    return f"trafilatura {version('trafilatura')}"


def _extracted(page: str, url: str) -> str:
    """In a worker: the article's text on a page, empty when there is none."""
    try:
        from trafilatura import extract
    except ImportError as error:
        raise FeedError(
            Trouble.BROKEN,
            "Article texts need the package trafilatura.",
            remedy="Install spreadwatch[articles].",
        ) from error
    return extract(page, url=url, include_comments=False, include_tables=False, deduplicate=False) or ""

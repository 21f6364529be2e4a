"""From a page's address to its feeds: what the page names, else the usual places, tried one by one."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from urllib.parse import urljoin

from feeds import clean
from feeds.characters import decoded
from feeds.entry import Parsed
from feeds.errors import FeedError, Trouble
from feeds.request import Fetcher, refusal
from feeds.workers import Workers

Parse = Callable[[bytes, str, str], Awaitable[Parsed]]
"""Body, address and content type to what they hold; raises FeedError (`reading_with` makes one)."""

_TYPES = {
    "application/rss+xml": 3,
    "application/atom+xml": 3,
    "application/feed+json": 2,
    "application/rdf+xml": 2,
    "application/xml": 1,
    "text/xml": 1,
    "application/json": 0,
}
_USUAL = ("feed", "rss", "rss.xml", "feed.xml", "atom.xml", "index.xml", "feed.json")
_LINK = re.compile(r"<(?:link|a)\b([^<>]{0,4000})>", re.IGNORECASE)
_BASE = re.compile(r"<base\b([^<>]{0,4000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([a-zA-Z:-]{1,40})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_COMMENTS = re.compile(r"comments?\b|\bkommentar|/replies", re.IGNORECASE)
PAGE = 1 << 20
"""Characters of a page that are looked at; feeds are named in its head."""


@dataclass(frozen=True, slots=True)
class Found:
    """A feed that a page names, or that was found where feeds usually are."""

    url: str
    title: str = ""
    entries: int | None = None
    """How many items it had when it was tried; None when it was not."""


def reading_with(workers: Workers, now: datetime) -> Parse:
    """The parser of `discover` that reads in worker processes."""

    async def parse(body: bytes, url: str, content_type: str) -> Parsed:
        return await workers.parse(body, url=url, now=now, content_type=content_type)

    return parse


def named(page: str, url: str) -> tuple[Found, ...]:
    """The feeds a page names by `<link rel="alternate">`, best first: articles before comments, RSS and Atom first."""
    page = page[:PAGE]
    base_tag = _BASE.search(page)
    base = urljoin(url, _attributes(base_tag.group(1)).get("href", "")) if base_tag else url
    ranked: dict[str, tuple[int, int, Found]] = {}
    for number, link in enumerate(_LINK.finditer(page)):
        attributes = _attributes(link.group(1))
        rels = attributes.get("rel", "").lower().split()
        kind = attributes.get("type", "").lower().partition(";")[0].strip()
        if "alternate" not in rels or kind not in _TYPES:
            continue
        if kind == "application/json" and "feed" not in attributes.get("href", ""):
            continue
        address = clean.address(attributes.get("href", ""), base)
        title = clean.title(attributes.get("title", ""), 200)
        if address and address not in ranked:
            worth = _TYPES[kind] - (10 if _COMMENTS.search(f"{title} {address}") else 0)
            ranked[address] = (-worth, number, Found(address, title))
    return tuple(found for _, _, found in sorted(ranked.values(), key=lambda each: each[:2]))


async def discover(url: str, fetcher: Fetcher, parse: Parse) -> tuple[Found, ...]:
    """The feeds at an address, best first, each tried: the address itself, what its page names, the usual places.

    FeedError when the address can't be read, or NOT_A_FEED when nothing there is a feed.
    """
    answer = await fetcher.get(url, accept="text/html, application/xhtml+xml, */*;q=0.8")
    error = refusal(answer)
    if error is not None:
        raise error
    content_type = answer.header("content-type")
    try:
        parsed = await parse(answer.body, answer.url, content_type)
    except FeedError as not_a_feed:
        if not_a_feed.trouble not in (Trouble.NOT_A_FEED, Trouble.BROKEN):
            raise
    else:
        return (Found(answer.moved_to or url, parsed.title, len(parsed.entries)),)
    page, _ = decoded(answer.body[: PAGE * 4], content_type)
    tried = [each async for each in _tried(named(page, answer.url), fetcher, parse)]
    if not tried:
        usual = (Found(address) for address in _usual(answer.url))
        async for each in _tried(usual, fetcher, parse):
            tried.append(each)
            break
    if not tried:
        raise FeedError(
            Trouble.NOT_A_FEED,
            f"{url} is a web page that names no feed, and none is where feeds usually are.",
            remedy="Look for the word RSS on the site, and add that address.",
        )
    return tuple(tried)


async def _tried(candidates: Iterable[Found], fetcher: Fetcher, parse: Parse) -> AsyncIterator[Found]:
    for candidate in candidates:
        try:
            answer = await fetcher.get(candidate.url)
            if refusal(answer) is not None:
                continue
            parsed = await parse(answer.body, answer.url, answer.header("content-type"))
        except FeedError:
            # One dead link on a page says nothing of the next.
            continue
        yield Found(candidate.url, candidate.title or parsed.title, len(parsed.entries))


def _usual(url: str) -> Iterator[str]:
    seen: set[str] = set()
    for folder in (url if url.endswith("/") else f"{url}/", urljoin(url, "/")):
        for name in _USUAL:
            address = clean.address(urljoin(folder, name))
            if address and address not in seen:
                seen.add(address)
                yield address


def _attributes(text: str) -> dict[str, str]:
    return {
        name.lower(): unescape(double or single or bare)
        for name, double, single, bare in _ATTRIBUTE.findall(text)
    }

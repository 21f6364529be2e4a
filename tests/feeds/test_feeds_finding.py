from __future__ import annotations

import importlib.util
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest

from feeds.article import Articles
from feeds.catalogue import Catalogue, Feed, Kind
from feeds.clean import address
from feeds.discovery import discover, named, reading_with
from feeds.entry import Parsed
from feeds.errors import FeedError, Trouble
from feeds.parse import parse
from feeds.poller import Poller
from feeds.replay import ReplayServer, Reply
from feeds.request import Fetcher
from feeds.searches import search_feeds
from feeds.workers import Workers
from tests.feeds.nasty_feeds import item, rss

NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)
PAGE = """<html><head><base href="/sub/"><link rel=alternate type="application/rss+xml" title="Comments" href="comments/feed">
<LINK REL="alternate" TYPE="application/atom+xml" TITLE="News &amp; more" HREF="news.atom">
<link rel="stylesheet" href="x.css"><link rel="alternate" type="text/html" hreflang="de" href="/de">
<link rel="alternate" type="application/json" href="/wp-json/wp/v2/posts/1"></head></html>"""


@pytest.fixture
async def server() -> AsyncIterator[ReplayServer]:
    async with ReplayServer() as running:
        yield running


@pytest.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    async with Fetcher(deadline=20) as own:
        yield own


async def parse_here(body: bytes, url: str, content_type: str) -> Parsed:
    return parse(body, url=url, now=NOW, content_type=content_type)


def test_a_pages_feeds_are_found_articles_before_comments() -> None:
    found = named(PAGE, "https://news.example/page")
    assert [(each.url, each.title) for each in found] == [
        ("https://news.example/sub/news.atom", "News & more"),
        ("https://news.example/sub/comments/feed", "Comments"),
    ]


async def test_a_feeds_own_address_is_itself(server: ReplayServer, fetcher: Fetcher) -> None:
    url = server.add("/rss", rss(item("one")).encode())
    [found] = await discover(url, fetcher, parse_here)
    assert (found.url, found.title, found.entries) == (url, "T", 1)


async def test_a_page_gives_the_feeds_it_names_that_can_be_read(
    server: ReplayServer, fetcher: Fetcher
) -> None:
    page = server.add("/page", PAGE.encode(), content_type="text/html")
    server.add("/sub/comments/feed", rss(item("one")).encode())
    server.add("/sub/news.atom", Reply(status=404))
    assert [found.url for found in await discover(page, fetcher, parse_here)] == [
        server.url("/sub/comments/feed")
    ]


async def test_a_page_that_names_none_is_looked_at_in_the_usual_places(
    server: ReplayServer, fetcher: Fetcher
) -> None:
    page = server.add("/about/us", b"<html><body>hello</body></html>", content_type="text/html")
    with pytest.raises(FeedError, match="names no feed"):
        await discover(page, fetcher, parse_here)
    server.add("/feed.xml", rss(item("one") + item("two", 2)).encode())
    [found] = await discover(page, fetcher, parse_here)
    assert (found.url, found.entries) == (server.url("/feed.xml"), 2)


def test_search_feeds_are_built_of_the_terms_and_wait_to_be_switched_on() -> None:
    feeds = search_feeds(["Taliban", "Russia arms"], lang="en", country="GB")
    assert {feed.name.partition(":")[0] for feed in feeds} == {
        "Google News",
        "Bing News",
        "Reddit",
        "Mastodon",
        "YouTube",
    }
    for feed in feeds:
        assert feed.muted and feed.kind is Kind.SEARCH and address(feed.url) == feed.url
        assert "Taliban" in feed.url
    assert "Taliban+%22Russia+arms%22" in feeds[0].url and "ceid=GB:en" in feeds[0].url
    assert feeds[3].url.endswith("/TalibanRussiaArms.rss")
    assert search_feeds(["  "]) == ()


ARTICLE = (
    "<html><head><title>T</title></head><body><nav>Menu</nav><article><h1>Taliban deny</h1><p>"
    + "A spokesman for the ministry denied the report on Monday and called it a lie. " * 6
    + "</p></article></body></html>"
).encode()


class Site:
    """A server with an article, and what its robots.txt says."""

    def __init__(self, server: ReplayServer, robots: Reply | bytes) -> None:
        self.url = server.add("/story", ARTICLE, content_type="text/html; charset=utf-8")
        server.add("/robots.txt", robots, content_type="text/plain")
        self.asked = server.paths["/story"].requests


@pytest.mark.parametrize(
    ("robots", "trouble"),
    [
        (b"User-agent: *\nDisallow: /story", Trouble.STATUS),
        (b"User-agent: spreadwatch\nDisallow: /", Trouble.STATUS),
        (b"User-agent: *\nCrawl-delay: 600", Trouble.BUSY),
        (Reply(status=503), Trouble.STATUS),
    ],
)
async def test_an_article_is_not_asked_for_where_robots_txt_says_no(
    server: ReplayServer, fetcher: Fetcher, robots: Reply | bytes, trouble: Trouble
) -> None:
    site = Site(server, robots)
    with pytest.raises(FeedError) as caught:
        await Articles(fetcher, None, lambda: NOW).get(site.url, inside=True)  # type: ignore[arg-type]
    assert caught.value.trouble is trouble and site.asked == []


async def test_a_feeds_link_into_a_private_network_is_not_followed(
    server: ReplayServer, fetcher: Fetcher
) -> None:
    site = Site(server, b"")
    inside = Feed(server.add("/rss", rss(f"<item><link>{site.url}</link></item>").encode()))
    outside = Feed("https://news.example/rss")
    catalogue = Catalogue((inside, outside))
    async with (
        Workers(1) as workers,
        Poller(catalogue, {}, clock=lambda: NOW, fetcher=fetcher, workers=workers) as poller,
    ):
        for link, feed in (
            (site.url, outside.url),
            (site.url, "https://unknown.example/rss"),
            (site.url.replace("127.0.0.1", "127.0.0.2"), inside.url),
        ):
            with pytest.raises(FeedError) as caught:
                await poller.article(link, feed)
            assert caught.value.trouble is Trouble.GUARDED
    assert site.asked == [] and server.paths["/robots.txt"].requests == []


@pytest.mark.skipif(
    not importlib.util.find_spec("trafilatura"), reason="spreadwatch[articles] is not installed"
)
async def test_an_articles_text_is_found_with_the_hash_of_its_page(
    server: ReplayServer, fetcher: Fetcher
) -> None:
    site = Site(server, Reply(status=404))
    now = NOW
    async with Workers(1, seconds=30) as workers:
        articles = Articles(fetcher, workers, lambda: now)
        article = await articles.get(site.url, inside=True)
        now += timedelta(hours=1)
        assert (await articles.get(site.url, inside=True)).text == article.text
    assert "denied the report" in article.text and "Menu" not in article.text
    assert article.sha256 == sha256(ARTICLE).hexdigest() and article.retrieved == NOW
    assert article.text_sha256 == sha256(article.text.encode()).hexdigest()
    assert article.extractor.startswith("trafilatura ")
    assert len(server.paths["/robots.txt"].requests) == 1


@pytest.mark.skipif(
    not importlib.util.find_spec("trafilatura"), reason="spreadwatch[articles] is not installed"
)
async def test_a_feed_that_asks_for_articles_gives_its_new_items_their_text(
    server: ReplayServer, fetcher: Fetcher
) -> None:
    site = Site(server, Reply(status=404))
    forbidden = server.add("/absent", Reply(status=403))
    links = "".join(
        f"<item><title>{n}</title><link>{url}</link></item>" for n, url in enumerate((site.url, forbidden))
    )
    plain, full = (
        Feed(server.add(path, rss(links).encode()), articles=path == "/full") for path in ("/plain", "/full")
    )
    async with Workers(1, seconds=30) as workers:
        catalogue = Catalogue((plain, full))
        async with Poller(catalogue, {}, clock=lambda: NOW, fetcher=fetcher, workers=workers) as poller:
            assert [entry.body for entry in (await poller.poll(plain)).entries] == ["", ""]
            polled = await poller.poll(full)
    first, second = polled.entries
    assert {link: article.text for link, article in polled.articles.items()} == {first.link: first.body}
    assert "denied the report" in first.body and second.body == ""


async def test_discovery_can_read_in_workers(server: ReplayServer, fetcher: Fetcher) -> None:
    url = server.add("/rss", rss(item("one")).encode())
    async with Workers(1) as workers:
        assert (await discover(url, fetcher, reading_with(workers, NOW)))[0].entries == 1

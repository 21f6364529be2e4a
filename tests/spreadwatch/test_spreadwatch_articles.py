"""Articles of watched stories: asked for politely beside the polling, read for statements, kept with their hashes."""

from __future__ import annotations

import importlib.util
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from feeds.catalogue import Catalogue, Feed
from feeds.replay import ReplayServer, Reply
from snapshots import json_export
from spreadwatch.collector import Collector, Counts, Task
from spreadwatch.reviving import revived
from spreadwatch.taking import taken
from store import articles, decisions, items, retrievals, stories
from store.database import Store, collector_lock, open_store
from stories.decision import Act
from stories.evidence import Stance

pytestmark = pytest.mark.skipif(
    not importlib.util.find_spec("trafilatura"), reason="spreadwatch[articles] is not installed"
)

START = datetime(2024, 3, 1, 12, tzinfo=UTC)
LIE = "“This report is a lie,” said Rufus Holt, a spokesman for Norway."
PAGE = (
    "<html><head><title>Norway</title></head><body><nav>Menu</nav><article><h1>Missiles</h1>"
    + "<p>Reporters asked the government in Oslo about the satellite pictures that a newspaper had shown.</p>"
    * 4
    + f"<p>{LIE}</p></article></body></html>"
).encode()


class Standing:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.time = START

    def now(self) -> datetime:
        return self.time

    def until(self, moment: datetime) -> float:
        return max(0.0, (moment - self.time).total_seconds())


def rss(**links: str) -> bytes:
    entries = "".join(
        f"<item><guid>{title}</guid><title>Norway on the missiles, {title}</title><link>{link}</link>"
        "<pubDate>Fri, 01 Mar 2024 11:00:00 GMT</pubDate></item>"
        for title, link in links.items()
    )
    return f"<rss version='2.0'><channel><title>T</title>{entries}</channel></rss>".encode()


@pytest.fixture
async def server() -> AsyncIterator[ReplayServer]:
    async with ReplayServer() as started:
        started.add("/robots.txt", Reply(status=404))
        yield started


async def collected(store: Store, clock: Standing, feed: Feed, *, articles: bool = True) -> Counts:
    with collector_lock(store.path) as lock:
        task = Task(lambda: Catalogue((feed,)), once=True, clock=clock, articles=articles)
        return await Collector(store, lock, task).run()


def watch(store: Store, item: int) -> int:
    """Watch an item's story, as on the screen; gives the story."""
    (row,) = items.rows(store, [item])
    assert row.story_id is not None
    decisions.record(store, Act.WATCH, story=row.story_id, by="ada", at=START)
    return row.story_id


async def test_a_watched_storys_articles_are_read_and_say_who_denied(
    store: Store, server: ReplayServer, tmp_path: Path
) -> None:
    clock = Standing()
    link = server.add("/story-a-b-c", PAGE, content_type="text/html")
    feed = Feed(server.add("/rss", rss(one=link)))
    await collected(store, clock, feed)
    assert items.get(store, [1])[0].body == "" and server.paths["/story-a-b-c"].requests == []

    story = watch(store, 1)
    clock.time += timedelta(hours=1)
    await collected(store, clock, feed)
    (item,) = items.get(store, [1])
    assert "Rufus Holt" in item.body and "Menu" not in item.body
    kept = articles.of_items(store, [1])[1]
    assert kept.text_sha256 == sha256(item.body.encode()).hexdigest()
    assert kept.page_sha256 == sha256(PAGE).hexdigest()
    assert (kept.url, kept.trouble, kept.at) == (link, "", clock.time)
    told = stories.detail(store, story, now=clock.time)
    assert [each.statement.stance for each in told.statements] == [Stance.DENY]
    assert not items.rows(store, [1])[0].revised, "nobody edited it"
    assert store.value("SELECT status FROM stories WHERE id = ?", (story,)) == told.status.value

    early = START + timedelta(minutes=5)
    before = stories.detail(store, story, as_of=early, now=clock.time)
    assert before.items[0].body == "" and before.statements == ()
    assert retrievals.of_items(store, [1], early)[0].article is None

    snapshot = taken(store, story, "ana")
    page = snapshot.retrievals[0].article
    assert page is not None
    assert (page.page_sha256, page.url) == (kept.page_sha256, link)
    with open_store(tmp_path / "again.db", create=True) as fresh:
        revived(fresh, json_export.read(json_export.write(snapshot)))
        assert taken(fresh, story, "ana").retrievals == snapshot.retrievals

    clock.time += timedelta(days=2)
    await collected(store, clock, feed)
    assert len(server.paths["/story-a-b-c"].requests) == 1, "what was read is not asked for again"


async def test_an_article_that_cannot_be_had_is_asked_for_again_a_day_later(
    store: Store, server: ReplayServer
) -> None:
    clock = Standing()
    link = server.add("/story-a-b-c", [Reply(status=403), PAGE], content_type="text/html")
    feed = Feed(server.add("/rss", rss(one=link)))
    await collected(store, clock, feed)
    watch(store, 1)
    for hours, asked in ((1, 1), (12, 1), (26, 2)):
        clock.time = START + timedelta(hours=hours)
        await collected(store, clock, feed)
        assert len(server.paths["/story-a-b-c"].requests) == asked
        assert bool(articles.of_items(store, [1])[1].trouble) == (asked == 1)
    assert "Rufus Holt" in items.get(store, [1])[0].body


async def test_nothing_is_asked_for_when_articles_are_switched_off_or_old(
    store: Store, server: ReplayServer
) -> None:
    clock = Standing()
    link = server.add("/story-a-b-c", PAGE, content_type="text/html")
    feed = Feed(server.add("/rss", rss(one=link)))
    await collected(store, clock, feed)
    watch(store, 1)
    await collected(store, clock, feed, articles=False)
    clock.time += timedelta(days=30)
    await collected(store, clock, feed)
    assert server.paths["/story-a-b-c"].requests == []


async def test_a_feed_that_asks_for_articles_has_their_hashes_kept_with_its_new_items(
    store: Store, server: ReplayServer
) -> None:
    link = server.add("/story-a-b-c", PAGE, content_type="text/html")
    feed = Feed(
        server.add("/rss", rss(one=link, two=server.add("/none-a-b-c", Reply(status=403)))), articles=True
    )
    await collected(store, Standing(), feed)
    kept = articles.of_items(store, [1, 2])
    (item,) = items.get(store, list(kept))
    assert kept[item.id].text_sha256 == sha256(item.body.encode()).hexdigest()
    assert item.link == link and "Rufus Holt" in item.body

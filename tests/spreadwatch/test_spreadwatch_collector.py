"""The collector through a real socket: polls, takes in, heeds requests, waits out a full disk and a jumping clock."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from feeds.catalogue import Catalogue, Feed
from feeds.replay import ReplayServer, Reply
from spreadwatch.collector import Collector, Task
from store import decisions, feeds, items, requests, state, stories, triage
from store.database import Store, open_store
from store.lock import CollectorLock, collector_says
from store.requests import Ask
from store.retrievals import of_items
from stories.decision import Act

START = datetime(2024, 3, 1, 12, tzinfo=UTC)


class HandClock:
    """A clock that a test sets; an hour passes in a hundredth of a second."""

    def __init__(self) -> None:
        self.time = START

    def now(self) -> datetime:
        return self.time

    def until(self, moment: datetime) -> float:
        return max(0.0, (moment - self.time) / timedelta(hours=1) * 0.01)


def rss(*titles: str) -> bytes:
    entries = "".join(
        f"<item><guid>id-{title[:6]}</guid><title>{title}</title><link>https://p.example/a-b-c-{title[:6]}</link>"
        f"<pubDate>Fri, 01 Mar 2024 11:00:00 GMT</pubDate></item>"
        for title in titles
    )
    return f"<rss version='2.0'><channel><title>News</title>{entries}</channel></rss>".encode()


@pytest.fixture
async def server() -> AsyncIterator[ReplayServer]:
    async with ReplayServer() as started:
        yield started


async def settle(condition: object, seconds: float = 10.0) -> None:
    """Wait until something is so."""
    for _ in range(int(seconds / 0.02)):
        if condition():  # type: ignore[operator]
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it did not happen in time")


async def test_one_round_keeps_items_feed_state_and_evidence_together(
    store: Store, lock: CollectorLock, server: ReplayServer
) -> None:
    url = server.add("/a", [rss("alpha news", "bravo news")])
    bad = server.add("/b", [Reply(b"gone", status=404)])
    counts = await Collector(store, lock, Task(lambda: Catalogue((Feed(url), Feed(bad))), once=True)).run()
    assert (counts.polls, counts.new, counts.failed) == (2, 2, {"status": 1})
    good, failed = sorted(feeds.rows(store), key=lambda row: row.failures)
    assert good.etag and good.last_changed and good.title == "News" and good.next_due is not None
    assert failed.error_kind == "status" and failed.failures == 1
    (first, _) = of_items(store, [1, 2], datetime.now(UTC))
    assert first.http_status == 200 and len(first.response_sha256) == 64
    assert first.published_as_given == "Fri, 01 Mar 2024 11:00:00 GMT" and "feedparser" in first.extractor


async def test_a_restarted_collector_asks_with_what_the_last_one_was_given(
    store: Store, lock: CollectorLock, server: ReplayServer
) -> None:
    url = server.add("/a", [rss("alpha news")])
    for expected in ((1, 0), (0, 1)):
        counts = await Collector(store, lock, Task(lambda: Catalogue((Feed(url),)), once=True)).run()
        assert (counts.new, counts.unchanged) == expected
    assert "if-none-match" in server.paths["/a"].requests[1].headers


async def test_an_item_that_vanishes_and_comes_back_is_the_same_item(
    store: Store, lock: CollectorLock, server: ReplayServer
) -> None:
    both = rss("alpha news", "bravo news")
    url = server.add("/a", [both, rss("bravo news"), both.replace(b"<title>News", b"<title>The news")])
    for new in (2, 0, 0):
        counts = await Collector(store, lock, Task(lambda: Catalogue((Feed(url),)), once=True)).run()
        assert (counts.new, counts.revised, counts.failed) == (new, 0, {})
    assert [item.title for item in items.get(store, [1, 2, 3])] == ["alpha news", "bravo news"]


async def test_it_polls_when_due_and_at_once_when_asked(
    store: Store, lock: CollectorLock, server: ReplayServer
) -> None:
    clock = HandClock()
    url = server.add("/a", [rss("alpha news"), rss("alpha news", "bravo news"), rss("charlie news")])
    collector = Collector(store, lock, Task(lambda: Catalogue((Feed(url),)), clock=clock))
    running = asyncio.create_task(collector.run())
    await settle(lambda: items.count(store) == 1)
    clock.time += timedelta(hours=13)
    await settle(lambda: items.count(store) == 2)
    number = requests.ask(store, Ask.POLL_NOW, clock.now(), url)
    await settle(lambda: items.count(store) == 3)
    assert requests.outcome(store, number) == ("done", True)
    unknown = requests.ask(store, Ask.POLL_NOW, clock.now(), "https://none.example")
    await settle(lambda: requests.outcome(store, unknown) == ("no such feed", True))
    said = state.collector(store)
    assert said.running and said.now == clock.now() and said.next_poll is not None and said.trouble == ""
    collector.stop()
    await running


async def test_a_feed_added_to_the_catalogue_is_polled_without_a_restart(
    store: Store, lock: CollectorLock, server: ReplayServer
) -> None:
    held = [Feed(server.add("/a", [rss("alpha news")]))]
    collector = Collector(store, lock, Task(lambda: Catalogue(tuple(held))))
    running = asyncio.create_task(collector.run())
    await settle(lambda: items.count(store) == 1)
    held.append(Feed(server.add("/b", [rss("bravo news")])))
    requests.ask(store, Ask.ADD_FEED, START, held[1].url)
    await settle(lambda: items.count(store) == 2)
    held.pop(0)
    requests.ask(store, Ask.ADD_FEED, START)
    await settle(lambda: [row.url for row in feeds.rows(store)] == [held[0].url])
    collector.stop()
    await running


async def test_a_full_disk_is_said_waited_for_and_loses_nothing(
    store: Store, lock: CollectorLock, server: ReplayServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("spreadwatch.collector._RETRY", 0.05)
    url = server.add("/a", [rss(*(f"{number:05} " + "news " * 80 for number in range(40)))])
    collector = Collector(store, lock, Task(lambda: Catalogue((Feed(url),)), once=True))
    collector._follow(Catalogue((Feed(url),)))
    store.value(f"PRAGMA max_page_count = {store.value('PRAGMA page_count')}")
    running = asyncio.create_task(collector.run())
    await settle(lambda: "full" in (collector_says(store.path) or (0, ""))[1])
    assert items.count(store) == 0 and not running.done()
    store.value("PRAGMA max_page_count = 1000000")
    counts = await running
    assert counts.new == 40 and items.count(store) == 40
    assert (collector_says(store.path) or (0, "?"))[1] == ""


async def test_a_clock_that_jumps_back_or_ahead_silences_no_feed(
    store: Store, lock: CollectorLock, server: ReplayServer
) -> None:
    clock = HandClock()
    url = server.add("/a", lambda request: Reply(rss(f"{request.turn:05} news")))
    collector = Collector(store, lock, Task(lambda: Catalogue((Feed(url),)), clock=clock))
    running = asyncio.create_task(collector.run())
    await settle(lambda: items.count(store) == 1)
    for jump in (timedelta(days=400), timedelta(days=-800), timedelta(days=30)):
        before = items.count(store)
        clock.time += jump
        await settle(lambda before=before: items.count(store) > before)  # type: ignore[misc]
    collector.stop()
    await running
    titles = [row.title for row in items.newest(store)]
    assert titles == sorted(titles, reverse=True) and len(set(titles)) == len(titles)


async def test_two_screens_triage_while_it_collects(
    store: Store, lock: CollectorLock, server: ReplayServer
) -> None:
    url = server.add("/a", [rss(*(f"{number:05} grain news" for number in range(20)))])
    collector = Collector(store, lock, Task(lambda: Catalogue((Feed(url),))))
    running = asyncio.create_task(collector.run())
    with open_store(store.path) as one, open_store(store.path) as two:
        await settle(lambda: items.count(one) == 20)
        for turn in range(10):
            screen, who = (one, "ada") if turn % 2 else (two, "ben")
            decisions.record(screen, Act.DISMISS, items=[triage.queue(screen, limit=1)[0]], by=who, at=START)
            await asyncio.sleep(0)
        assert triage.waiting(one) == triage.waiting(two) == 10
        assert [row.dismissed for row in items.rows(one, range(11, 21))] == [True] * 10
    collector.stop()
    await running


async def test_a_decision_is_told_to_grouping_and_its_story_told_anew(
    store: Store, lock: CollectorLock, server: ReplayServer
) -> None:
    url = server.add("/a", [rss("alpha says no", "bravo volcano erupts")])
    collector = Collector(store, lock, Task(lambda: Catalogue((Feed(url),))))
    running = asyncio.create_task(collector.run())
    await settle(lambda: items.count(store) == 2)
    with open_store(store.path) as screen:
        story = items.rows(screen, [1])[0].story_id
        decisions.record(screen, Act.MOVE, items=[2], story=story, by="ada", at=START)
    await settle(lambda: not stories.stale(store))
    assert stories.members(store, story or 0) == [1, 2]
    collector.stop()
    await running


async def test_it_lets_old_items_go_where_that_is_wanted_and_they_stay_gone(
    store: Store, lock: CollectorLock, server: ReplayServer
) -> None:
    clock = HandClock()
    url = server.add("/a", lambda request: Reply(rss("alpha news", *["bravo volcano"] * (request.turn > 0))))
    task = Task(lambda: Catalogue((Feed(url),)), clock=clock, keep=timedelta(days=30))
    collector = Collector(store, lock, task)
    running = asyncio.create_task(collector.run())
    await settle(lambda: items.count(store) == 1)
    clock.time += timedelta(days=31)
    await settle(lambda: [row.title for row in items.newest(store)] == ["bravo volcano"])
    polls = collector.counts.polls
    requests.ask(store, Ask.POLL_NOW, clock.now())
    await settle(lambda: collector.counts.polls > polls)
    assert [row.title for row in items.newest(store)] == ["bravo volcano"]
    collector.stop()
    await running


async def test_a_feed_muted_renamed_and_switched_on_again_in_the_catalogue_is_so_on_the_screen(
    store: Store, lock: CollectorLock, server: ReplayServer
) -> None:
    url = server.add("/a", [rss("00001 news")])
    held = [Feed(url)]
    collector = Collector(store, lock, Task(lambda: Catalogue(tuple(held))))
    running = asyncio.create_task(collector.run())
    await settle(lambda: items.count(store) == 1)
    for muted, name in ((True, "Ours"), (False, "Ours still")):
        held[:] = [Feed(url, name=name, muted=muted)]
        requests.ask(store, requests.Ask.ADD_FEED, datetime.now(UTC), url)
        await settle(
            lambda muted=muted, name=name: (
                [(row.muted, row.title) for row in feeds.rows(store)] == [(muted, name)]
            )
        )  # type: ignore[misc]
    collector.stop()
    await running

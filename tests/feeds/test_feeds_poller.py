from __future__ import annotations

import asyncio
import gc
import tracemalloc
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from feeds.catalogue import Catalogue, Feed, Kind, Publisher
from feeds.checking import Verdict, check
from feeds.errors import FeedError, Trouble
from feeds.identity import decide_all
from feeds.poller import WAITING, Outcome, Polled, Poller
from feeds.replay import ReplayServer, Reply, Request
from feeds.request import Fetcher
from feeds.schedule import ADOPT_AFTER, FeedState
from feeds.workers import Workers
from stories.item import DateFlag
from tests.feeds import nasty_feeds
from tests.feeds.nasty_feeds import item, rss


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 1, 5, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
async def server() -> AsyncIterator[ReplayServer]:
    async with ReplayServer(hosts=3) as running:
        yield running


@pytest.fixture(scope="module")
def workers() -> Workers:
    # One set for all tests: starting processes is most of their time. Closed with the module.
    return Workers(2, seconds=60)


@pytest.fixture(scope="module", autouse=True)
def workers_end(workers: Workers) -> AsyncIterator[None]:
    yield
    workers.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    async with Fetcher(deadline=4, largest=8 << 20) as own:
        yield own


def poller_of(
    *feeds: Feed | str,
    clock: Clock,
    fetcher: Fetcher,
    workers: Workers,
    publishers: tuple[Publisher, ...] = (),
) -> Poller:
    all_feeds = tuple(feed if isinstance(feed, Feed) else Feed(feed) for feed in feeds)
    return Poller(Catalogue(all_feeds, publishers), {}, clock=clock, fetcher=fetcher, workers=workers)


async def round_of(poller: Poller) -> dict[str, Polled]:
    return {polled.feed.url: polled async for polls in poller.round() for polled in polls}


WHAT_COMES_OF_IT = {
    "html-page": Trouble.NOT_A_FEED,
    "html-with-feed-link": Trouble.NOT_A_FEED,
    "empty": Trouble.EMPTY,
    "not-json": Trouble.BROKEN,
    "gzip-bomb.gz": Trouble.TOO_BIG,
}


async def test_every_bad_input_over_a_real_server_harms_only_itself(
    server: ReplayServer, clock: Clock, fetcher: Fetcher, workers: Workers
) -> None:
    files = nasty_feeds.files()
    urls = {name: server.add(f"/{name}", body) for name, body in files.items()}
    urls["good"] = server.add("/good", rss(item("good")).encode())
    urls["drip"] = server.add("/drip", Reply(b"<rss" + b" " * 999, drip=0.1))
    urls["endless"] = server.add("/endless", Reply(b"<rss>" * 9_999, endless=True))
    urls["metadata"] = server.add(
        "/metadata", Reply(status=302, headers=(("Location", "http://169.254.169.254/"),))
    )
    poller = poller_of(*urls.values(), clock=clock, fetcher=fetcher, workers=workers)
    found = await round_of(poller)
    assert len(found) == len(urls)
    expected = WHAT_COMES_OF_IT | {
        "drip": Trouble.TIMEOUT,
        "endless": Trouble.TOO_BIG,
        "metadata": Trouble.GUARDED,
    }
    for name, url in urls.items():
        polled = found[url]
        assert (polled.error.trouble if polled.error else None) is expected.get(name), name
        for entry in polled.entries:
            assert not set(entry.title + entry.summary) & set("\x1b\x07\x9b\x00\u202e\u2067"), name
            assert entry.link.startswith("http") or not entry.link
    assert [entry.title for entry in found[urls["good"]].entries] == ["good"]
    assert len(decide_all(found[urls["duplicate-guids"]].entries, [])) == 3


async def test_a_document_that_takes_too_long_is_killed_and_others_go_on(
    clock: Clock, fetcher: Fetcher, server: ReplayServer
) -> None:
    # Not well-formed, so that feedparser reads it: thousands of items keep it busy for many seconds.
    bomb = nasty_feeds.files()["many-items"].replace(b"</title>", b"<b></title>", 1)
    bad = server.add("/bad", bomb)
    good = server.add("/good", rss(item("good")).encode())
    async with Workers(1, seconds=0.5) as own:
        found = await round_of(poller_of(bad, good, clock=clock, fetcher=fetcher, workers=own))
    error = found[bad].error
    assert error is not None and error.trouble is Trouble.KILLED
    assert found[good].outcome is Outcome.READ
    assert found[bad].state.failures == 1


async def test_a_document_that_takes_all_memory_is_killed_and_others_go_on() -> None:
    async with Workers(1, seconds=20) as own:
        with pytest.raises(FeedError) as caught:
            await own.call(_takes_memory)
        assert caught.value.trouble is Trouble.KILLED
        assert await own.call(len, "abc") == 3


def _takes_memory() -> int:
    return len(b"x" * (3 << 30))


async def test_a_body_that_is_too_big_is_let_go_at_once(
    clock: Clock, fetcher: Fetcher, workers: Workers, server: ReplayServer
) -> None:
    endless = server.add("/endless", Reply(b"<rss>" * 9_999, endless=True))
    poller = poller_of(endless, clock=clock, fetcher=fetcher, workers=workers)
    gc.disable()
    tracemalloc.start()
    try:
        polled = await poller.poll(Feed(endless))
        held, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
        gc.enable()
    assert polled.error is not None and polled.error.trouble is Trouble.TOO_BIG
    assert most > 7 << 20 and held < 2 << 20


async def test_an_unchanged_feed_costs_a_304_and_an_edit_is_read(
    server: ReplayServer, clock: Clock, fetcher: Fetcher, workers: Workers
) -> None:
    first, second = rss(item("one")).encode(), rss(item("one, edited")).encode()
    url = server.add("/feed", [first, first, second])
    poller = poller_of(url, clock=clock, fetcher=fetcher, workers=workers)
    polls = [await poller.poll(Feed(url)) for _ in range(3)]
    assert [polled.outcome for polled in polls] == [Outcome.READ, Outcome.UNCHANGED, Outcome.READ]
    assert polls[1].state.last_status == 304
    assert polls[2].entries[0].title == "one, edited"


async def test_the_same_bytes_without_validators_are_not_read_again(
    server: ReplayServer, clock: Clock, fetcher: Fetcher, workers: Workers
) -> None:
    url = server.add("/feed", rss(item("one")).encode(), validators=False)
    poller = poller_of(url, clock=clock, fetcher=fetcher, workers=workers)
    polls = [await poller.poll(Feed(url)) for _ in range(2)]
    assert [polled.outcome for polled in polls] == [Outcome.READ, Outcome.UNCHANGED]


async def test_a_304_to_a_plain_request_is_an_error(
    server: ReplayServer, clock: Clock, fetcher: Fetcher, workers: Workers
) -> None:
    url = server.add("/feed", Reply(status=304))
    polled = await poller_of(url, clock=clock, fetcher=fetcher, workers=workers).poll(Feed(url))
    assert polled.error is not None and polled.error.trouble is Trouble.PROTOCOL


async def test_only_due_feeds_are_asked_and_muted_or_gone_ones_never(
    server: ReplayServer, clock: Clock, fetcher: Fetcher, workers: Workers
) -> None:
    good = server.add("/good", rss(item("one")).encode())
    muted = Feed(server.add("/muted", b""), muted=True)
    gone = server.add("/gone", Reply(status=410))
    poller = poller_of(good, muted, gone, clock=clock, fetcher=fetcher, workers=workers)
    assert set(await round_of(poller)) == {good, gone}
    assert await round_of(poller) == {}
    due = poller.next_due()
    assert due is not None
    clock.now = due
    assert set(await round_of(poller)) == {good}
    poller.hurry(gone)
    assert set(await round_of(poller)) == {gone}


async def test_a_failing_feed_keeps_its_validators_and_recovers(
    server: ReplayServer, clock: Clock, fetcher: Fetcher, workers: Workers
) -> None:
    body = rss(item("one")).encode()
    url = server.add("/feed", [body, Reply(b"", status=500), body])
    poller = poller_of(url, clock=clock, fetcher=fetcher, workers=workers)
    polls = [await poller.poll(Feed(url)) for _ in range(3)]
    assert [polled.outcome for polled in polls] == [Outcome.READ, Outcome.FAILED, Outcome.UNCHANGED]
    assert polls[1].state.failures == 1 and polls[2].state.failures == 0


async def test_a_moved_feed_is_asked_at_its_new_address_under_its_old_name(
    server: ReplayServer, clock: Clock, fetcher: Fetcher, workers: Workers
) -> None:
    new = server.add("/new", [rss(item(f"n{n}")).encode() for n in range(9)])
    old = server.add("/old", Reply(status=301, headers=(("Location", "/new"),)))
    poller = poller_of(old, clock=clock, fetcher=fetcher, workers=workers)
    for _ in range(ADOPT_AFTER):
        polled = await poller.poll(Feed(old))
    assert polled.state.url == new and polled.feed.url == old
    before = len(server.paths["/old"].requests)
    await poller.poll(Feed(old))
    assert len(server.paths["/old"].requests) == before
    again = Poller(
        Catalogue((Feed(old),)), {new: polled.state}, clock=clock, fetcher=fetcher, workers=workers
    )
    assert again.states[old] == polled.state


async def test_a_host_gets_few_requests_at_once(
    server: ReplayServer, clock: Clock, fetcher: Fetcher, workers: Workers
) -> None:
    under_way = most = 0

    def counted(request: Request) -> Reply:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        asyncio.get_running_loop().call_later(0.02, finished)
        return Reply(rss(item(request.path)).encode(), delay=0.02)

    def finished() -> None:
        nonlocal under_way
        under_way -= 1

    urls = [server.add(f"/{n}", counted) for n in range(10)]
    await round_of(poller_of(*urls, clock=clock, fetcher=fetcher, workers=workers))
    assert 1 <= most <= 2


async def test_results_that_nobody_reads_hold_further_requests_back(
    server: ReplayServer, clock: Clock, fetcher: Fetcher, workers: Workers
) -> None:
    urls = [server.add(f"/{n}", rss(item("x")).encode(), host=n) for n in range(60)]
    catalogue = Catalogue(tuple(map(Feed, urls)))
    poller = Poller(catalogue, {}, clock=clock, fetcher=fetcher, workers=workers, at_once=4)
    rounds = poller.round()
    async for _ in rounds:
        await asyncio.sleep(0.5)
        break
    asked = sum(len(path.requests) for path in server.paths.values())
    assert 4 <= asked <= 4 + 2 * WAITING
    await rounds.aclose()


async def test_items_belong_to_the_feeds_publisher_and_an_aggregators_to_their_outlets(
    server: ReplayServer, clock: Clock, fetcher: Fetcher, workers: Workers
) -> None:
    source = '<source url="https://www.voanews.example/">VOA</source>'
    plain = server.add("/plain", rss(item("one", 1, source)).encode())
    mixed = server.add("/mixed", rss(item("one", 1, source) + item("two", 2)).encode())
    bbc = Publisher("bbc.example", domains=("news.example",), kind=Kind.PUBLIC)
    poller = poller_of(
        plain,
        Feed(mixed, kind=Kind.AGGREGATOR),
        clock=clock,
        fetcher=fetcher,
        workers=workers,
        publishers=(bbc,),
    )
    found = await round_of(poller)
    assert [entry.publisher for entry in found[plain].entries] == ["bbc.example"]
    assert found[plain].publisher.kind is Kind.PUBLIC
    assert [entry.publisher for entry in found[mixed].entries] == ["voanews.example", "bbc.example"]


async def test_future_dates_are_flagged_by_the_pollers_clock(
    server: ReplayServer, clock: Clock, fetcher: Fetcher, workers: Workers
) -> None:
    url = server.add("/feed", rss(item("one")).encode())
    clock.now = datetime(2023, 10, 16, 9, tzinfo=UTC)
    polled = await poller_of(url, clock=clock, fetcher=fetcher, workers=workers).poll(Feed(url))
    assert polled.entries[0].flags == {DateFlag.FUTURE}


async def test_states_of_an_earlier_run_are_taken_up(
    server: ReplayServer, clock: Clock, fetcher: Fetcher, workers: Workers
) -> None:
    url = server.add("/feed", rss(item("one")).encode())
    later = FeedState(url, next_due=clock.now + timedelta(hours=1), etag='"kept"')
    poller = Poller(Catalogue((Feed(url),)), {url: later}, clock=clock, fetcher=fetcher, workers=workers)
    assert await round_of(poller) == {}
    assert poller.next_due() == later.next_due
    poller.hurry()
    await round_of(poller)
    assert server.paths["/feed"].requests[0].headers["if-none-match"] == '"kept"'


async def test_leaving_a_round_early_ends_its_requests(
    server: ReplayServer, clock: Clock, fetcher: Fetcher, workers: Workers
) -> None:
    urls = [server.add(f"/{n}", rss(item("x")).encode(), delay=0 if n == 0 else 0.4) for n in range(6)]
    poller = poller_of(*urls, clock=clock, fetcher=fetcher, workers=workers)
    rounds = poller.round()
    async for _ in rounds:
        break
    await rounds.aclose()
    assert len([task for task in asyncio.all_tasks() if "_into" in repr(task)]) == 0


async def test_a_check_gives_each_feed_its_verdict(
    server: ReplayServer, clock: Clock, fetcher: Fetcher, workers: Workers
) -> None:
    today = clock.now.strftime("%a, %d %b %Y %H:%M:%S GMT")
    fresh = rss(item("x").replace("Mon, 16 Oct 2023 10:00:00 GMT", today))
    bodies = {
        Verdict.GOOD: fresh,
        Verdict.REPAIRED: fresh.replace("<title>x", "<title>x & y"),
        Verdict.STALE: rss(item("x")),
        Verdict.EMPTY: rss(""),
        Verdict.UNDATED: rss("<item><title>x</title></item>"),
        Verdict.FAILED: "<html>no</html>",
    }
    urls = {server.add(f"/{verdict}", body.encode()): verdict for verdict, body in bodies.items()}
    server.add("/target", fresh.encode())
    urls[server.add("/moved", Reply(status=301, headers=(("Location", "/target"),)))] = Verdict.MOVED
    poller = poller_of(*urls, clock=clock, fetcher=fetcher, workers=workers)
    found = [health async for health in check(poller)]
    assert {health.url: health.verdict for health in found} == urls
    because = {health.verdict: health.because for health in found}
    assert because[Verdict.REPAIRED] == "Mended unescaped characters."
    assert because[Verdict.GOOD] == ""


async def test_a_check_says_what_was_mended_beside_what_is_worse(
    server: ReplayServer, clock: Clock, fetcher: Fetcher, workers: Workers
) -> None:
    url = server.add("/old", rss(item("x & y")).encode())
    poller = poller_of(url, clock=clock, fetcher=fetcher, workers=workers)
    (health,) = [health async for health in check(poller)]
    assert health.verdict is Verdict.STALE
    assert health.because.startswith("Its newest item is ")
    assert health.because.endswith(" days old. Mended unescaped characters.")

"""Servers that behave oddly, over a real loopback: stale validators, deltas, absurd patience, a login page, crowds."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feeds import network
from feeds.catalogue import Catalogue, Feed
from feeds.errors import Trouble
from feeds.poller import Outcome, Poller
from feeds.replay import ReplayServer, Reply, Request
from feeds.request import Fetcher
from feeds.schedule import ADOPT_AFTER, PATIENCE_CEILING, PLAIN_EVERY, FeedState
from feeds.workers import Workers
from tests.feeds.nasty_feeds import item, rss

NOW = datetime(2024, 3, 1, 12, tzinfo=UTC)
Pollers = tuple[ReplayServer, Fetcher, Workers]


@pytest.fixture
async def around() -> AsyncIterator[Pollers]:
    """A server, and what a poller needs beside a catalogue."""
    async with ReplayServer(hosts=2) as server, Fetcher(deadline=20) as fetcher, Workers(1) as workers:
        yield server, fetcher, workers


def poller(around: Pollers, *urls: str, at_once: int = 8, **states: FeedState) -> Poller:
    _, fetcher, workers = around
    return Poller(
        Catalogue(tuple(map(Feed, urls))),
        {state.url: state for state in states.values()},
        clock=lambda: NOW,
        fetcher=fetcher,
        workers=workers,
        at_once=at_once,
    )


async def test_a_server_that_says_not_modified_for_ever_is_found_out_by_a_plain_request(
    around: Pollers,
) -> None:
    def stuck(request: Request) -> Reply:
        if "if-none-match" in request.headers:
            return Reply(status=304)
        return Reply(rss(item("news it kept back")).encode())

    url = around[0].add("/feed", stuck)
    state = FeedState(url, etag='"stale"', polls=PLAIN_EVERY - 2)
    made = poller(around, url, state=state)
    polls = [await made.poll(Feed(url)) for _ in range(2)]
    assert [polled.outcome for polled in polls] == [Outcome.UNCHANGED, Outcome.READ]
    assert [entry.title for entry in polls[1].entries] == ["news it kept back"]
    assert polls[1].state.etag == "", "a validator that is no longer sent is not kept"


async def test_a_delta_gives_its_entries_and_the_next_validator(around: Pollers) -> None:
    one, two = (
        item(title, n).replace("16 Oct 2023", "01 Mar 2024") for n, title in enumerate(("one", "two"))
    )

    def delta(request: Request) -> Reply:
        held = request.headers.get("if-none-match")
        if held == '"1"' and request.headers.get("a-im") == "feed":
            return Reply(rss(two).encode(), status=226, headers=(("ETag", '"2"'), ("IM", "feed")))
        return Reply(rss(one + two if held else one).encode(), headers=(("ETag", '"3"' if held else '"1"'),))

    url = around[0].add("/feed", delta)
    made = poller(around, url)
    first, second, third = [await made.poll(Feed(url)) for _ in range(3)]
    assert (second.outcome, second.state.etag) == (Outcome.READ, '"2"')
    assert [entry.title for entry in (*first.entries, *second.entries)] == ["one", "two"]
    assert len(second.state.clock) == len(third.state.clock) == 1, "what a delta leaves out hasn't gone"


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("after", ["99999999999999", "Fri, 31 Dec 9999 23:59:59 GMT", "86401"])
async def test_an_absurd_wish_for_patience_is_heeded_for_a_day(
    around: Pollers, status: int, after: str
) -> None:
    url = around[0].add("/feed", Reply(status=status, headers=(("Retry-After", after),)))
    polled = await poller(around, url).poll(Feed(url))
    assert polled.error is not None and polled.error.trouble is Trouble.BUSY
    assert polled.state.next_due == NOW + PATIENCE_CEILING


@pytest.mark.parametrize("after", ["-5", "soon", "", "Fri, 01 Mar 2024 11:00:00 GMT"])
async def test_a_wish_for_patience_that_says_nothing_leaves_the_usual_back_off(
    around: Pollers, after: str
) -> None:
    url = around[0].add("/feed", Reply(status=503, headers=(("Retry-After", after),)))
    due = (await poller(around, url).poll(Feed(url))).state.next_due
    assert due is not None and timedelta(minutes=3) < due - NOW < timedelta(minutes=7)


async def test_a_permanent_redirect_to_a_login_page_is_never_adopted(around: Pollers) -> None:
    server = around[0]
    server.add("/login", b"<!DOCTYPE html><html><title>Sign in</title></html>")
    moved = Reply(status=301, headers=(("Location", "/login"),))
    body = rss(item("one")).encode()
    url = server.add("/feed", [body, *[moved] * (ADOPT_AFTER + 1), body])
    made = poller(around, url)
    polls = [await made.poll(Feed(url)) for _ in range(ADOPT_AFTER + 3)]
    troubles = {polled.error.trouble for polled in polls if polled.error}
    assert troubles == {Trouble.NOT_A_FEED}
    assert (polls[-1].outcome, polls[-1].state.url) == (Outcome.UNCHANGED, url)


async def test_a_host_with_many_feeds_does_not_make_others_wait_behind_them(around: Pollers) -> None:
    asked: list[str] = []

    def noted(request: Request) -> Reply:
        asked.append(request.path)
        return Reply(rss(item(request.path)).encode())

    server = around[0]
    crowd = [server.add(f"/crowd{n}", noted) for n in range(12)]
    alone = server.add("/alone", noted, host=1)
    async for _ in poller(around, *crowd, alone, at_once=2).round():
        pass
    assert len(asked) == 13 and "/alone" in asked[:2]


def test_the_environments_certificates_are_those_that_are_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import certifi

    one = Path(certifi.where()).read_text().split("-----END CERTIFICATE-----")[0]
    (tmp_path / "own.pem").write_text(one[one.index("-----BEGIN") :] + "-----END CERTIFICATE-----\n")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "own.pem"))
    network._certificates.cache_clear()
    try:
        trusted = network._certificates()
    finally:
        network._certificates.cache_clear()
    assert trusted.cert_store_stats()["x509"] == 1
    assert trusted.verify_mode is ssl.CERT_REQUIRED and trusted.check_hostname

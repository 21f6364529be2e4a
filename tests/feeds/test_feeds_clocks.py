from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds import clocks
from feeds.catalogue import Catalogue, Feed
from feeds.clocks import ClockState, Sample, Twin
from feeds.poller import Poller
from feeds.replay import ReplayServer, Reply, Request
from feeds.request import Fetcher
from feeds.workers import Workers
from stories.item import DateFlag
from tests.feeds.nasty_feeds import rss

START = datetime(2026, 1, 5, tzinfo=UTC)
GAP = timedelta(minutes=15)


def watched(
    stamp: Callable[[datetime], datetime], items: int = 40, every: timedelta = timedelta(minutes=53)
) -> list[Sample]:
    """A feed's items, each published some minutes before the poll that saw it, as the feed stamps them."""
    samples = []
    for number in range(items):
        seen = START + number * every
        published = seen - timedelta(minutes=number * 7 % 15)
        samples.append(Sample(seen, seen - stamp(published), GAP))
    return samples


@pytest.mark.parametrize("hours", [5, 4, -2, -3, 3.5])
def test_a_constant_error_of_hours_is_corrected(hours: float) -> None:
    found = clocks.health(watched(lambda at: at - timedelta(hours=hours)))
    assert found.state is (ClockState.BEHIND if hours > 0 else ClockState.AHEAD)
    assert found.correction == timedelta(hours=hours)


def test_an_honest_clock_is_left_alone() -> None:
    found = clocks.health(watched(lambda at: at))
    assert (found.state, found.correction) == (ClockState.GOOD, None)


def test_nothing_is_said_of_few_items_or_of_one_day() -> None:
    late = watched(lambda at: at - timedelta(hours=5))
    assert clocks.health(late[: clocks.ENOUGH - 1]).state is ClockState.UNKNOWN
    assert clocks.health(late[:24]).correction is None


def test_delays_that_vary_are_shown_and_never_corrected() -> None:
    ages = iter(range(0, 100_000, 25))
    found = clocks.health(watched(lambda at: at - timedelta(minutes=90 + next(ages))))
    assert (found.state, found.correction) == (ClockState.UNSTEADY, None)


def test_one_hour_stamped_on_everything_and_lost_afternoons_are_told_apart() -> None:
    noon = clocks.health(watched(lambda at: at.replace(hour=12, minute=0)))
    assert (noon.state, noon.correction) == (ClockState.COARSE, None)
    half = clocks.health(watched(lambda at: at.replace(hour=at.hour % 12)))
    assert (half.state, half.correction) == (ClockState.HALF_DAY, None)


@given(
    st.lists(
        st.builds(Sample, st.just(START), st.timedeltas(), st.timedeltas(timedelta(0), GAP)), max_size=50
    )
)
def test_any_samples_give_a_state_and_only_steady_ones_a_correction(samples: list[Sample]) -> None:
    found = clocks.health(clocks.sampled((), samples))
    assert found.correction is None


def test_a_feed_that_was_not_watched_closely_gives_no_samples() -> None:
    assert (
        clocks.sampled((), [Sample(START, GAP, timedelta(hours=5)), Sample(START, timedelta(days=9), GAP)])
        == ()
    )


def copied(
    hours: float, publishers: int = 4, each: int = 6, late: Callable[[int], int] = lambda number: number % 20
) -> list[Twin]:
    """Copies at other publishers, dated some minutes after the feed's items, which are dated hours too early."""
    return [
        Twin(
            (at := START + number * timedelta(hours=5)) - timedelta(hours=hours),
            at + timedelta(minutes=late(number * 7 + who)),
            f"p{who}.example",
        )
        for who in range(publishers)
        for number in range(each)
    ]


@pytest.mark.parametrize("hours", [5, -3])
def test_copies_dated_hours_away_by_several_publishers_alike_are_shown_and_corrected_once_borne_out(
    hours: float,
) -> None:
    twins = copied(hours)
    shown = clocks.health([], twins)
    assert shown.state is (ClockState.BEHIND if hours > 0 else ClockState.AHEAD)
    assert shown.correction is None and shown.warning.endswith("; nothing is corrected.")
    borne_out = watched(lambda at: at - timedelta(hours=hours), items=6)
    assert clocks.health(borne_out, twins).correction == timedelta(hours=hours)
    contradicted = watched(lambda at: at, items=6)
    assert clocks.health(contradicted, twins).correction is None


def test_copies_by_few_publishers_or_with_a_reprints_delay_or_without_agreement_say_nothing() -> None:
    assert clocks.by_copies(copied(5, publishers=2, each=20)) is None
    assert clocks.by_copies(copied(5, publishers=3, each=2)) is None
    assert clocks.by_copies(copied(0)) is None
    assert clocks.by_copies(copied(0, late=lambda number: number * 97 % 600)) is None
    apart = [twin for who, hours in enumerate((5, 0, -4, 9)) for twin in copied(hours)[who * 6 : who * 6 + 6]]
    assert clocks.by_copies(apart) is None


def test_a_feed_that_was_watched_long_enough_is_judged_by_that_alone() -> None:
    assert clocks.health(watched(lambda at: at), copied(5)).state is ClockState.GOOD


async def test_a_polled_feeds_dates_are_corrected_with_the_raw_words_beside() -> None:
    now = START

    def newest(request: Request) -> Reply:
        # US Eastern time that calls itself UTC.
        stamps = [now - timedelta(hours=5, minutes=3)]
        items = (
            f"<item><title>n</title><guid>http://news.example/{at:%d%H%M}</guid><pubDate>{format_datetime(at)}</pubDate></item>"
            for at in stamps
        )
        return Reply(rss("".join(items)).encode())

    async with ReplayServer() as server, Fetcher() as fetcher, Workers(1) as workers:
        feed = Feed(server.add("/rss", newest))
        async with Poller(
            Catalogue((feed,)), {}, clock=lambda: now, fetcher=fetcher, workers=workers
        ) as poller:
            for _ in range(40):
                polled = await poller.poll(feed)
                now += timedelta(minutes=55)
    assert clocks.health(polled.state.clock).correction == timedelta(hours=5)
    assert polled.state.warnings[-1].startswith("Its clock is 5 h behind: ")
    entry = polled.entries[0]
    assert entry.published == polled.at - timedelta(minutes=3)
    assert DateFlag.CORRECTED in entry.flags
    assert entry.published_raw == format_datetime(entry.published - timedelta(hours=5))

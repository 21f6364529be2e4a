from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from hypothesis import given
from hypothesis import strategies as st

from feeds import schedule
from feeds.entry import Entry, Parsed
from feeds.errors import FeedError, Trouble
from feeds.request import Answer
from feeds.schedule import Bounds, FeedState

NOW = datetime(2026, 1, 5, 12, 30, tzinfo=UTC)
URL = "https://news.example/rss"
BOUNDS = Bounds()
SPANS = st.timedeltas(timedelta(0), timedelta(days=40))


def parsed(*ages: float, **more: object) -> Parsed:
    entries = tuple(Entry(guid=str(age), title="x", published=NOW - timedelta(hours=age)) for age in ages)
    return replace(Parsed(entries, "rss20"), **more)


def answer(status: int = 200, **headers: str) -> Answer:
    return Answer(status, URL, {name.replace("_", "-"): value for name, value in headers.items()}, b"body")


def after(
    found: Parsed, reply: Answer | None = None, bounds: Bounds = BOUNDS, state: FeedState | None = None
) -> FeedState:
    return schedule.after_feed(state or FeedState(URL), reply or answer(), found, NOW, bounds)


def wait(state: FeedState) -> timedelta:
    assert state.next_due is not None
    return state.next_due - NOW


@given(
    ages=st.lists(st.floats(0, 5_000), max_size=30),
    ttl=st.none() | SPANS,
    max_age=st.integers(0, 10**9),
    retry=st.text(max_size=12) | st.integers(0, 10**12).map(str),
    hours=st.frozensets(st.integers(0, 23)),
    days=st.frozensets(st.integers(0, 6)),
)
def test_a_feed_is_never_asked_earlier_than_it_wishes_and_never_starves(
    ages: list[float],
    ttl: timedelta | None,
    max_age: int,
    retry: str,
    hours: frozenset[int],
    days: frozenset[int],
) -> None:
    reply = answer(cache_control=f"public, max-age={max_age}", retry_after=retry)
    state = after(parsed(*ages, ttl=ttl, skip_hours=hours, skip_days=days), reply)
    asked = min(max(timedelta(seconds=max_age), ttl or timedelta(0)), schedule.WISH_CEILING)
    patience = schedule.retry_after(retry, NOW) or timedelta(0)
    assert wait(state) >= max(asked, patience, schedule.FLOOR * 0.9)
    assert wait(state) <= schedule.PATIENCE_CEILING + timedelta(days=7)
    if len(hours) < 24 and len(days) < 7 and state.next_due is not None:
        assert state.next_due.hour not in hours and state.next_due.weekday() not in days


def test_a_busy_feed_is_asked_often_and_a_quiet_one_seldom_within_bounds() -> None:
    busy = wait(after(parsed(*(minute / 60 for minute in range(0, 40, 2)))))
    daily = wait(after(parsed(*range(0, 480, 24))))
    assert schedule.FLOOR * 0.9 <= busy <= schedule.FLOOR * 1.1
    assert schedule.CEILING * 0.9 <= daily <= schedule.CEILING * 1.1


def test_a_feed_that_goes_quiet_slows_down() -> None:
    fresh, _ = schedule.rhythm_of([NOW - timedelta(hours=hour) for hour in range(10)], NOW)
    stale, _ = schedule.rhythm_of([NOW - timedelta(hours=hour + 100) for hour in range(10)], NOW)
    assert fresh is not None and stale is not None and stale > 5 * fresh


def test_the_catalogues_own_interval_outranks_the_feeds_wishes_but_not_retry_after() -> None:
    own = Bounds(fixed=timedelta(minutes=2))
    assert wait(after(parsed(1, 2, ttl=timedelta(hours=9)), bounds=own)) <= timedelta(minutes=2.2)
    assert wait(after(parsed(1, 2), answer(retry_after="3600"), own)) >= timedelta(hours=1)


def test_expires_speaks_where_max_age_does_not_and_by_the_servers_clock() -> None:
    server = NOW - timedelta(days=3)
    headers = {"expires": format_datetime(server + timedelta(hours=6)), "date": format_datetime(server)}
    assert schedule.wish(FeedState(URL), answer(**headers), NOW) == timedelta(hours=6)
    assert schedule.wish(FeedState(URL), answer(**headers, cache_control="no-cache"), NOW) == timedelta(0)
    aged = answer(cache_control="max-age=3600", age="3000", **headers)
    assert schedule.wish(FeedState(URL), aged, NOW) == timedelta(minutes=10)


@given(
    st.integers(0, 10**15).map(str)
    | st.text(max_size=40)
    | st.datetimes().map(lambda at: format_datetime(at.replace(tzinfo=UTC), usegmt=True))
)
def test_retry_after_is_read_as_seconds_or_date_and_capped(text: str) -> None:
    found = schedule.retry_after(text, NOW)
    assert found is None or timedelta(0) <= found <= schedule.PATIENCE_CEILING


def test_an_absurd_retry_after_is_capped_at_a_day() -> None:
    busy = FeedError(Trouble.BUSY, "busy", status=429)
    for text in ("99999999999", format_datetime(NOW + timedelta(days=4000), usegmt=True)):
        state = schedule.after_failure(FeedState(URL), busy, NOW, BOUNDS, answer(429, retry_after=text))
        assert wait(state) == schedule.PATIENCE_CEILING


@given(st.integers(0, 400))
def test_failures_back_off_further_each_time_and_never_for_good(failures: int) -> None:
    error = FeedError(Trouble.TIMEOUT, "slow")
    state = schedule.after_failure(FeedState(URL, failures=failures), error, NOW, BOUNDS)
    assert timedelta(minutes=3) <= wait(state) <= schedule.FAILURE_CEILING
    assert not state.muted and state.failures == failures + 1 and state.trouble is Trouble.TIMEOUT
    if failures >= 8:
        assert wait(state) >= schedule.FAILURE_CEILING * 0.7


def test_feeds_that_fail_together_are_not_asked_again_together() -> None:
    error = FeedError(Trouble.TIMEOUT, "slow")
    states = [FeedState(f"https://news.example/{n}", failures=2) for n in range(9)]
    waits = {wait(schedule.after_failure(state, error, NOW, BOUNDS)) for state in states}
    assert len(waits) == 9 and max(waits) - min(waits) > timedelta(minutes=2)


def test_dates_ahead_of_the_clock_do_not_make_a_feed_a_busy_one() -> None:
    ahead = [NOW + timedelta(days=day) for day in range(1, 30)]
    past = [NOW - timedelta(hours=hour) for hour in (10, 20)]
    assert schedule.rhythm_of(ahead + past, NOW) == schedule.rhythm_of(past, NOW)


def test_a_good_answer_forgets_the_failures() -> None:
    state = after(parsed(1), state=FeedState(URL, failures=5, trouble=Trouble.TIMEOUT, error="slow"))
    assert (state.failures, state.trouble, state.error) == (0, None, "")


def test_gone_mutes_a_feed_and_only_that_does() -> None:
    gone = schedule.after_failure(FeedState(URL), FeedError(Trouble.GONE, "gone", status=410), NOW, BOUNDS)
    assert gone.muted and not schedule.is_due(gone, NOW + timedelta(days=9))


def test_validators_are_dropped_when_the_server_stops_sending_them() -> None:
    held = after(parsed(1), answer(etag='"a"', last_modified="whenever"))
    assert schedule.validators(held) == ('"a"', "whenever")
    assert schedule.validators(after(parsed(1), answer(), state=held)) == ("", "")


def test_a_304_keeps_the_validators_or_takes_newer_ones() -> None:
    held = FeedState(URL, etag='"a"', last_modified="m")
    kept = schedule.after_unchanged(held, answer(304), NOW, BOUNDS)
    assert schedule.validators(kept) == ('"a"', "m")
    assert schedule.after_unchanged(held, answer(304, etag='"b"'), NOW, BOUNDS).etag == '"b"'


def test_now_and_then_a_request_is_plain_against_an_eternal_304() -> None:
    state = FeedState(URL, etag='"a"')
    plain = 0
    for _ in range(schedule.PLAIN_EVERY * 2):
        plain += schedule.validators(state) == ("", "")
        state = schedule.after_unchanged(state, answer(304), NOW, BOUNDS)
    assert plain == 2


def moved(state: FeedState, to: str) -> FeedState:
    return schedule.after_unchanged(state, Answer(304, to, {}, b"", to), NOW, BOUNDS)


def test_a_permanent_redirect_is_adopted_after_repeated_valid_answers_with_the_old_address_kept() -> None:
    state = FeedState("http://news.example/old")
    for turn in range(schedule.ADOPT_AFTER):
        assert state.url == "http://news.example/old", turn
        state = moved(state, "https://news.example/new")
    assert state.url == "https://news.example/new"
    assert state.old_urls == ("http://news.example/old",)


def test_a_redirect_that_fails_in_between_or_gives_up_tls_is_not_adopted() -> None:
    state = FeedState(URL)
    for _ in range(schedule.ADOPT_AFTER - 1):
        state = moved(state, "https://news.example/login")
    state = schedule.after_failure(state, FeedError(Trouble.NOT_A_FEED, "login page"), NOW, BOUNDS)
    assert state.moved_count == 0
    for _ in range(schedule.ADOPT_AFTER * 2):
        state = moved(state, "http://news.example/plain")
    assert state.url == URL


@given(st.sampled_from([f"https://news.example/{n}" for n in range(50)]), st.integers(0, 10**6))
def test_feeds_started_together_do_not_stay_together(url: str, polls: int) -> None:
    waits = {
        schedule.after_unchanged(FeedState(f"{url}/{n}", polls=polls), answer(304), NOW, BOUNDS).next_due
        for n in range(20)
    }
    assert len(waits) == 20

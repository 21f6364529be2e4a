from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds import dates
from stories.item import DateFlag

TEN = datetime(2023, 10, 16, 10, tzinfo=UTC)
MOMENTS = st.integers(0, 4_000_000_000).map(lambda second: datetime.fromtimestamp(second, UTC))
ZONES = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@pytest.mark.parametrize(
    ("words", "hours"),
    [
        ("Mon, 16 Oct 2023 10:00:00 MSK", 3),
        ("Mon, 16 Oct 2023 10:00:00 EET", 2),
        ("Mon, 16 Oct 2023 10:00:00 CET", 1),
        ("Mon, 16 Oct 2023 10:00:00 IST", 5.5),
        ("Mon, 16 Oct 2023 10:00:00 GMT+3", 3),
        ("Mon, 16 Oct 2023 10:00:00 UTC+03:00", 3),
        ("Mon, 16 Oct 2023 10:00:00 +0530 IST", 5.5),
        ("Mon, 16 Oct 2023 10:00:00 EST", -5),
        ("Mon, 16 Oct 2023 10:00:00 -0700 (PDT)", -7),
        ("Пн, 16 окт 2023 10:00:00 +0300", 3),
        ("16 октября 2023, 10:00 МСК", 3),
        ("16 жовтня 2023 10:00 EEST", 3),
        ("16 października 2023 10:00 CEST", 2),
        ("16. Oktober 2023, 10:00 Uhr", 0),
        ("16 de octubre de 2023 10:00 UTC", 0),
        ("October 16, 2023 10:00 AM AFT", 4.5),
        ("Mon Oct 16 10:00:00 2023", 0),
        ("Mon Oct 16 2023 10:00:00 GMT+0300 (Moscow Standard Time)", 3),
        ("2023-10-16T10:00:00+03:00", 3),
        ("2023-10-16 10:00:00 MSK", 3),
        ("20231016T100000Z", 0),
        ("16.10.2023 10:00 MSK", 3),
        ("10/16/2023 10:00 AM EDT", -4),
        ("16/10/2023 10:00", 0),
    ],
)  # fmt: skip
def test_a_zone_is_read_as_people_who_write_it_mean_it(words: str, hours: float) -> None:
    assert dates.read(words) == TEN - timedelta(hours=hours)


def test_letters_of_several_zones_are_settled_by_the_feeds_country() -> None:
    assert dates.read("16 Oct 2023 10:00 IST", "IL") == TEN - timedelta(hours=2)
    assert dates.read("16 Oct 2023 10:00 CST", "CN") == TEN - timedelta(hours=8)
    assert dates.read("16 Oct 2023 10:00 CST", "US") == TEN + timedelta(hours=6)


@pytest.mark.parametrize(
    "words",
    ["", "2", "2023", "yesterday-ish", "03/04/2023", "Mon, 16 Oct 2023 10:00:00 QQT", "29 Feb 2023 00:00 GMT",
     "16 Oct 2023 25:00", "1697450400", "16 Oct", "2023-10", "16 Quux 2023", "x" * 5000, "Oct 16, 2023 13:00 PM"],
)  # fmt: skip
def test_words_that_say_no_date_beyond_doubt_give_none(words: str) -> None:
    assert dates.read(words) is None


@given(MOMENTS, ZONES)
def test_every_moment_written_as_mail_or_as_iso_is_read_back(at: datetime, zone: timezone) -> None:
    local = at.replace(tzinfo=zone)
    assert dates.read(format_datetime(local)) == local
    assert dates.read(local.isoformat()) == local
    assert dates.read(local.strftime("%d %B %Y %I:%M:%S %p %z")) == local


@given(st.text(max_size=120))
def test_any_text_gives_a_utc_date_or_none(text: str) -> None:
    found = dates.read(text)
    assert found is None or found.tzinfo is UTC


@pytest.mark.parametrize("zone", ["MSK", "EET", "CET", "IST"])
def test_feedparser_still_reads_these_zones_wrong_so_our_rule_is_needed(zone: str) -> None:
    words = f"Mon, 16 Oct 2023 10:00:00 {zone}"
    assert feedparser.datetimes._parse_date(words)[3] == 10
    assert dates.read(words) != TEN


def test_missing_and_future_dates_are_flagged_and_never_replaced() -> None:
    assert dates.flagged(None, TEN) == {DateFlag.UNDATED}
    assert dates.flagged(TEN + timedelta(hours=1), TEN) == {DateFlag.FUTURE}
    assert dates.flagged(TEN + timedelta(seconds=30), TEN) == frozenset()

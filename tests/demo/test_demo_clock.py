"""The replayed clock: days in seconds, years in no time."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

from spreadwatch.demo.clock import ReplayedClock, Stretch

FIRST = Stretch(datetime(2017, 7, 25, tzinfo=UTC), datetime(2017, 7, 27, tzinfo=UTC), 10.0)
SECOND = Stretch(datetime(2023, 1, 23, tzinfo=UTC), datetime(2023, 2, 1, tzinfo=UTC), 50.0)


def test_each_stretch_is_played_evenly_and_the_years_between_are_skipped() -> None:
    clock = ReplayedClock([FIRST, SECOND], started=0.0)
    assert clock.at(0) == FIRST.start
    assert clock.at(5) == datetime(2017, 7, 26, tzinfo=UTC)
    assert clock.at(10) == SECOND.start
    assert clock.at(60) == SECOND.end


def test_before_the_start_it_stands_at_the_beginning() -> None:
    assert ReplayedClock([FIRST], started=0.0).at(-3) == FIRST.start


def test_after_the_last_stretch_it_goes_on_at_the_pace_of_real_time() -> None:
    clock = ReplayedClock([FIRST, SECOND], started=0.0)
    assert clock.at(61.5) == SECOND.end + timedelta(seconds=1.5)


def test_it_never_goes_back() -> None:
    clock = ReplayedClock([FIRST, SECOND], started=0.0)
    read = [clock.at(tenth / 10) for tenth in range(-10, 700)]
    assert read == sorted(read)


def test_how_long_until_a_moment_is_told_in_real_seconds() -> None:
    clock = ReplayedClock([FIRST, SECOND], started=time.monotonic())
    assert 4.5 < clock.until(datetime(2017, 7, 26, tzinfo=UTC)) <= 5.0
    assert 9.5 < clock.until(datetime(2020, 1, 1, tzinfo=UTC)) <= 10.0
    assert 59.5 < clock.until(SECOND.end) <= 60.0
    assert 89.5 < clock.until(SECOND.end + timedelta(seconds=30)) <= 90.0
    assert clock.until(FIRST.start - timedelta(days=1)) == 0.0


def test_it_knows_when_the_story_is_told() -> None:
    assert not ReplayedClock([FIRST, SECOND], started=time.monotonic()).played
    assert ReplayedClock([FIRST, SECOND], started=time.monotonic() - 61).played

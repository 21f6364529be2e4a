"""Figures of how a story spreads, each against a case that can be counted by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from stories.evidence import Copy, CopyKind
from stories.spread import burst
from stories.tracing import co_timing, structural_virality

NOW = datetime(2023, 3, 8, 12, tzinfo=UTC)


def hours(*ago: float) -> list[datetime]:
    return sorted(NOW - timedelta(hours=each) for each in ago)


def test_a_star_is_less_viral_than_a_chain_of_the_same_size() -> None:
    star = [("a", "origin"), ("b", "origin"), ("c", "origin")]
    chain = [("c", "b"), ("b", "a"), ("a", "origin"), ("a", "origin")]
    assert structural_virality(star) == pytest.approx(18 / 12)
    assert structural_virality(chain) == pytest.approx(20 / 12)
    assert structural_virality([]) is None and structural_virality([("a", "a")]) is None


def test_pairs_that_nothing_joins_are_left_out_of_the_distance() -> None:
    assert structural_virality([("a", "b"), ("c", "d")]) == 1.0


def test_a_burst_is_measured_against_the_storys_own_week() -> None:
    steady = [6 * window + 7 for window in range(8) for _ in range(1 + window % 2)]
    assert burst(hours(*steady, 1, 1, 1), NOW) == pytest.approx((3 - 1.5) / 0.5, abs=0.4)
    quiet = burst(hours(*steady), NOW)
    assert quiet is not None and quiet < -2


def test_no_burst_is_told_of_a_past_too_short_or_too_even() -> None:
    assert burst([], NOW) is None
    assert burst(hours(1, 2, 13), NOW) is None
    assert burst(hours(*(6 * window + 1 for window in range(10))), NOW) is None


def test_publishers_that_share_text_at_one_time_more_than_once_are_paired() -> None:
    def copy(item: int, of: int) -> Copy:
        return Copy(item, of, 0.9, CopyKind.COPY)

    seen = {
        1: (NOW, "a.org"), 2: (NOW + timedelta(minutes=3), "b.org"), 3: (NOW + timedelta(hours=2), "c.org"),
        4: (NOW, "b.org"), 5: (NOW + timedelta(minutes=9), "a.org"), 6: (NOW + timedelta(minutes=1), "c.org"),
    }  # fmt: skip
    copies = [copy(2, 1), copy(3, 1), copy(5, 4), copy(6, 4)]
    assert co_timing(copies, seen) == [("a.org", "b.org", 2)]
    assert co_timing(copies, seen, timedelta(minutes=1)) == []

"""The Feeds screen's page of one feed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from feeds.schedule import FeedState
from spreadwatch.feed_states import kept
from tui.page_feed import feed_page
from tui.sheet import Sheet, plain_text

CLOCK = "Its clock is 5 h behind: the middle one of 40 new items is dated 5.0 h before it came; dates are corrected, raw words kept."


@pytest.mark.parametrize("width", [38, 76])
def test_a_feeds_page_says_what_was_mended_and_that_its_dates_are_corrected(width: int) -> None:
    state = FeedState("https://a.example/rss", warnings=("Mended unescaped characters.", CLOCK))
    sheet = Sheet(width)
    feed_page(sheet, kept(state.url, state, "a.example", None), datetime(2026, 3, 1, tzinfo=UTC))
    page = plain_text(sheet.lines)
    assert "Mended unescaped characters." in page
    assert CLOCK in " ".join(page.split())
    assert max(map(len, page.splitlines())) <= width


def test_the_page_of_a_feed_without_oddities_warns_of_nothing() -> None:
    sheet = Sheet(60)
    state = kept("https://a.example/rss", FeedState("https://a.example/rss"), "a.example", None)
    feed_page(sheet, state, datetime(2026, 3, 1, tzinfo=UTC))
    assert "Read with care" not in plain_text(sheet.lines)

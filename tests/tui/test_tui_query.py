"""The filter's language: fields, words, phrases, exclusions; nothing typed is an error."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from stories.evidence import Stance
from stories.story import Status
from tui.query import OF_ITEMS, OF_STORIES, Query, parse, unfit

NOW = datetime(2023, 1, 30, 12, tzinfo=UTC)


def test_the_whole_language_in_one_line() -> None:
    query = parse('status:denied party:russia source:tass since:2d -sport "exact words" arms', NOW)
    assert query.status == {Status.DENIED}
    assert (query.party, query.source) == ("russia", "tass")
    assert query.since == NOW - timedelta(days=2)
    assert query.without == ("sport",)
    assert query.words == ("exact words", "arms")
    assert query.text == '"exact words" arms'


def test_a_half_typed_value_narrows_already() -> None:
    assert parse("status:con", NOW).status == {Status.CONFIRMED, Status.CONTESTED}
    assert parse("stance:cannot", NOW).stance is Stance.CANNOT_CONFIRM
    assert parse("status:", NOW).status == frozenset()


def test_a_date_and_lengths_of_time_are_read() -> None:
    assert parse("since:2023-01-01", NOW).since == datetime(2023, 1, 1, tzinfo=UTC)
    assert parse("since:90min", NOW).since == NOW - timedelta(minutes=90)
    assert "no time" in parse("since:soon", NOW).trouble
    for before_all_dates in ("since:999999999d", "since:" + "9" * 5_000):
        assert "no time" in parse(before_all_dates, NOW).trouble


def test_an_unknown_field_is_a_word_and_the_nearest_field_is_named() -> None:
    query = parse("sorce:tass", NOW)
    assert query.words == ("sorce:tass",)
    assert '"source:"' in query.trouble


def test_a_denied_field_denies_the_field_not_the_word() -> None:
    query = parse("-status:asserted -party:russia -is:watched,starred -sport", NOW)
    assert query.without == ("sport",)
    assert query.unless == (
        Query(status=frozenset({Status.ASSERTED})),
        Query(party="russia"),
        Query(flags=frozenset({"starred"})),
        Query(flags=frozenset({"watched"})),
    )
    assert parse("-status:", NOW) == Query(), "still being typed"
    assert "no status" in parse("-status:sport", NOW).trouble
    assert '"source:"' in parse("-sorce:tass", NOW).trouble


def test_a_field_that_says_nothing_of_what_is_listed_is_named() -> None:
    assert unfit(parse("status:denied -party:x is:watched", NOW), OF_STORIES, "stories") == ""
    told = unfit(parse("-lang:pl is:waiting status:denied", NOW), OF_STORIES, "stories")
    assert told.startswith("is:waiting lang: say nothing of stories")
    assert unfit(parse("is:watched", NOW), OF_ITEMS, "items").startswith("is:watched says nothing of items")


@given(st.text())
def test_nothing_that_can_be_typed_is_an_error(text: str) -> None:
    parse(text, NOW)

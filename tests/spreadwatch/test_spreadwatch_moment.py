"""Times as a person types them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from spreadwatch.moment import length, moment

NOW = datetime(2026, 3, 2, 15, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2023-01-27", datetime(2023, 1, 27, tzinfo=UTC)),
        ("2023-01-27 09:00", datetime(2023, 1, 27, 9, tzinfo=UTC)),
        ("2023-01-27T09:00+03:00", datetime(2023, 1, 27, 6, tzinfo=UTC)),
        ("2023-01-27T09:00Z", datetime(2023, 1, 27, 9, tzinfo=UTC)),
        ("9:05", datetime(2026, 3, 2, 9, 5, tzinfo=UTC)),
        ("yesterday 09:00", datetime(2026, 3, 1, 9, tzinfo=UTC)),
        ("yesterday", datetime(2026, 3, 1, tzinfo=UTC)),
        ("3h ago", NOW - timedelta(hours=3)),
    ],
)
def test_a_time_is_utc_unless_it_says_otherwise(text: str, at: datetime) -> None:
    assert moment(text, NOW) == at


@pytest.mark.parametrize("text", ["", "soon", "25:00", "3x ago", "2023-13-01"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        moment(text, NOW)


def test_lengths_add_up() -> None:
    assert length("10m") == timedelta(minutes=10)
    assert length("1h 30m") == timedelta(hours=1, minutes=30)
    with pytest.raises(ValueError):
        length("10 parsecs")


@pytest.mark.parametrize("asked", [("story", "1", "--as-of"), ("diff", "1", "--since")])
def test_what_will_be_known_is_not_told(
    call: Callable[..., tuple[int, str, str]], database: Path, asked: tuple[str, ...]
) -> None:
    code, out, err = call(*asked, "2031-01-01", "--db", str(database))
    assert (code, out) == (2, "")
    assert "'2031-01-01' is in the future: it is " in err


@pytest.mark.parametrize("age", ["999999999d", "5300w"])
def test_a_length_that_reaches_back_to_before_all_dates_is_refused(
    call: Callable[..., tuple[int, str, str]], database: Path, age: str
) -> None:
    code, out, err = call("tidy", "--older-than", age, "--db", str(database))
    assert (code, out) == (2, "") and f"'{age}' is longer than a hundred years." in err


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("story", "9" * 23), "No story's name or claim holds “999"),
        (("export", "9" * 5_000), "No story's name or claim holds “999"),
        (("replay", "9" * 18), "There is no story 999"),
        (("items", "--story", "9" * 23), "larger than any here"),
        (("items", "--limit", "9" * 23), "larger than any here"),
        (("search", "ferry", "--limit", "9" * 23), "larger than any here"),
    ],
)
def test_a_number_that_no_story_has_is_one_line(
    call: Callable[..., tuple[int, str, str]], database: Path, asked: tuple[str, ...], said: str
) -> None:
    code, out, err = call(*asked, "--db", str(database))
    assert (code, out) == (2, "") and err.startswith("spreadwatch: ") and said in err
    assert err.count("\n") == 1

"""Pieces that come every day under one title but for a figure: each edition is its own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from stories.claims import claims
from stories.evidence import Reading
from stories.grouping import Grouper
from stories.item import Item
from stories.serials import Serials, are_editions, frames

START = datetime(2023, 2, 6, 7, tzinfo=UTC)


def puzzle(day: int, publisher: str = "games.example", hours: int = 0) -> Item:
    at = START + timedelta(days=day, hours=hours)
    title = f"Today's Gridle answer (#{day + 400}) - {at:%B} {at.day}, 2023"
    return Item(
        day * 10 + hours + 1,
        f"g{day}.{hours}",
        publisher,
        title,
        "Stuck on Gridle? Hints here.",
        published=at,
    )


def stories_of(items: list[Item], grouper: Grouper | None = None) -> list[int]:
    grouper = grouper or Grouper()
    found: list[int] = []
    for item in items:
        reading = Reading(claims=claims(item))
        story = grouper.propose(item, reading).story or max(found, default=0) + 1
        grouper.admit(item, reading, story)
        found.append(story)
        for stays, goes in grouper.merges():
            grouper.join(stays, goes)
            found = [stays if each == goes else each for each in found]
    return found


def test_a_daily_puzzle_does_not_grow_into_one_story() -> None:
    found = stories_of([puzzle(day) for day in range(12)])
    assert len(set(found)) >= 10


def test_an_edition_put_right_the_same_day_stays_with_it() -> None:
    found = stories_of([*(puzzle(day) for day in range(6)), puzzle(5, hours=2)])
    assert found[-1] == found[-2]


def test_what_a_serial_is_learnt_by_survives_a_restart() -> None:
    before, after = Grouper(), Grouper()
    old = [puzzle(day) for day in range(4)]
    for item, story in zip(old, stories_of(old, before), strict=True):
        after.restore(item.id, story, before.features(item, Reading()))
    new = puzzle(4)
    assert after.propose(new, Reading(claims=claims(new))).story is None


def test_a_toll_told_anew_the_next_day_is_no_serial() -> None:
    serials = Serials()
    for day, title in enumerate(["floods in porto kill 12 people", "floods in porto kill 15 people"]):
        serials.learn("news.example", title, day * 86_400.0)
    assert not serials.editions("news.example", "floods in porto kill 19 people")


def test_a_frame_out_of_use_is_forgotten() -> None:
    serials = Serials()
    for day in (0, 1, 40):
        serials.learn("news.example", f"letter no {day} to our readers", day * 86_400.0)
    assert not serials.editions("news.example", "letter no 41 to our readers")


def test_an_edition_is_told_from_the_last_one_but_not_from_other_news() -> None:
    serials = Serials()
    for day in range(3):
        serials.learn("news.example", f"horoscope for {day} february all signs", day * 86_400.0)
    known = serials.editions("news.example", "horoscope for 4 february all signs")
    assert are_editions(known, 4 * 86_400.0, "horoscope for 3 february all signs", 3 * 86_400.0)
    assert not are_editions(known, 4 * 86_400.0, "horoscope writer of 30 years retires", 3 * 86_400.0)


def test_days_of_other_languages_are_figures_too() -> None:
    assert frames("przegląd prasy środa") == frames("przegląd prasy piątek")

"""A long story told anew by what came since: as true as one read whole, and read whole where words changed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from store import evidence, intake, items, placing, stories, telling
from store.database import Store
from store.shelf import Shelf
from store.times import to_ms
from stories.item import Item
from stories.reading import read
from stories.story import Status
from tests.store.making import Newsroom, hours

CLAIM = "Iran is supplying missiles to Sudan"
DENIAL = "Iran denies supplying missiles to Sudan"


def _item(newsroom: Newsroom, story: int, number: int, title: str) -> int:
    return newsroom.item(
        story, title, f"p{number % 7}.example", hours(number), reading=read(Item(0, "", "", title))
    )


def _long_story(store: Store, newsroom: Newsroom, count: int = 30) -> int:
    story = placing.next_story(store)
    placing.found_story(store, story, hours(0))
    for number in range(count):
        _item(newsroom, story, number, f"{CLAIM}, report {number}")
    return story


def _reads(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many items each telling reads from the file."""
    read_in: list[int] = []
    as_before = telling.items_at

    def counted(store, numbers, at):  # type: ignore[no-untyped-def]
        read_in.append(len(numbers))
        return as_before(store, numbers, at)

    monkeypatch.setattr(telling, "items_at", counted)
    return read_in


def test_an_item_more_reads_that_item_and_tells_what_a_whole_reading_tells(
    store: Store, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    story, shelf, read_in = _long_story(store, newsroom), Shelf(), _reads(monkeypatch)
    stories.refresh(store, [story], hours(40), shelf=shelf)
    _item(newsroom, story, 41, DENIAL)
    stories.refresh(store, [story], hours(42), shelf=shelf)
    assert read_in == [30, 1]
    (row,) = stories.rows_of(store, [story])
    whole = stories.detail(store, story, now=hours(42))
    assert (row.status, row.because) == (whole.status, whole.because) and row.status is Status.DENIED


def test_a_story_whose_words_were_edited_is_read_whole(
    store: Store, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    story, shelf, read_in = _long_story(store, newsroom), Shelf(), _reads(monkeypatch)
    stories.refresh(store, [story], hours(40), shelf=shelf)
    first = stories.members(store, story)[0]
    with store.transaction():
        edited = replace(items.get(store, [first])[0], title=DENIAL)
        reading = read(edited)
        intake.revise(store, edited, hours(41), reading.leading)
        evidence.keep(store, first, reading, since=to_ms(hours(41)))
        placing.touch(store, [first])
    stories.refresh(store, [story], hours(42), shelf=shelf)
    assert read_in == [30, 30] and stories.rows_of(store, [story])[0].status is Status.DENIED


def test_what_was_moved_out_of_a_story_is_no_longer_told_of_it(store: Store, newsroom: Newsroom) -> None:
    story, shelf = _long_story(store, newsroom), Shelf()
    denial = _item(newsroom, story, 31, DENIAL)
    stories.refresh(store, [story], hours(40), shelf=shelf)
    assert stories.rows_of(store, [story])[0].status is Status.DENIED
    with store.transaction():
        placing.move(store, [denial], None, hours(41))
    stories.refresh(store, [story], hours(42), shelf=shelf)
    assert stories.rows_of(store, [story])[0].status is Status.ASSERTED


def test_the_shelf_holds_so_many_items_and_the_longest_untouched_story_goes_first(
    store: Store, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (_long_story(store, newsroom) for _ in range(2))
    shelf, read_in = Shelf(most=40), _reads(monkeypatch)
    for story in (first, second, second, first):
        stories.refresh(store, [story], hours(40), shelf=shelf)
    assert read_in == [30, 30, 0, 30]

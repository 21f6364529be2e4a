"""What the story pane says besides the board: a split that is suggested, and which side each item leads with."""

from __future__ import annotations

from pathlib import Path

import pytest

from store import feeds, items, splits, watched
from store.database import open_store
from store.feeds import FeedState
from tests.tui.running import CLAIM, NOW, SMALL, WIDE, Running, entry, fill, press, settle, text_of, write
from tests.tui.test_tui_stories import to_the_claim
from tui.stories_screen import StoriesScreen

TITLES = (
    "Kremlin roof hit by two drones",
    "Two drones hit the Kremlin roof",
    "Drones hit Kremlin roof at night",
)


@pytest.fixture
def two_in_one(tmp_path: Path) -> Path:
    """A story of eight items, half of which are suggested as another."""
    path = tmp_path / "split.db"
    fill(path, [entry(f"k{n}", f"p{n}.example", 9 - n, TITLES[n % 3]) for n in range(8)])
    with open_store(path) as store:
        (story,) = {row.story_id for row in items.newest(store)}
        assert story is not None
        splits.keep(store, story, (1, 2, 3, 4), NOW)
    return path


def story_of(path: Path) -> list[int | None]:
    with open_store(path) as store:
        return [row.story_id for row in items.rows(store, range(1, 9))]


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_a_suggested_split_is_made_with_one_key_and_undone_with_one(
    running: Running, two_in_one: Path, size: tuple[int, int]
) -> None:
    before = story_of(two_in_one)
    async with running(two_in_one, size) as pilot:
        await press(pilot, "enter")
        assert "4 items may be another story" in " ".join(text_of(pilot).split())
        await press(pilot, "S")
        after = story_of(two_in_one)
        assert len({*after[:4]}) == 1 and after[0] != before[0] and after[4:] == before[4:]
        await press(pilot, "u")
        assert story_of(two_in_one) == before
        await press(pilot, "K")
        screen = pilot.app.screen
        assert isinstance(screen, StoriesScreen)
        assert "may be another story" not in text_of(pilot) and "no split" in screen.why_not("whole")
        assert story_of(two_in_one) == before


async def test_a_story_of_two_sides_says_which_items_lead_with_which(
    running: Running, tmp_path: Path
) -> None:
    path = tmp_path / "sides.db"
    fill(path, [*CLAIM, entry("no", "tolo.example", 29, "Taliban deny sending weapons to Russia")])
    async with running(path) as pilot:
        await press(pilot, "enter")
        shown = text_of(pilot)
        assert "Sides" in shown and "lead with the claim" in shown and "with the denial" in shown
        await press(pilot, "right", "right", "right", "right")
        assert [line for line in text_of(pilot).splitlines() if "Taliban deny" in line and "denial" in line]
        await press(pilot, "enter")
        assert "Leads" in text_of(pilot) and "stands against the claim" in text_of(pilot)


async def test_a_story_is_watched_for_from_the_screen_and_says_what_will_come(
    running: Running, store_path: Path
) -> None:
    async with running(store_path) as pilot:
        await press(pilot, "+")
        await write(pilot, "Bridge", "tab")
        await write(pilot, "nobody", "enter")
        await settle(pilot)
        assert "can't be read as who does what" in " ".join(text_of(pilot).split())
        await press(pilot, "tab", "ctrl+u", "tab")
        await write(pilot, "harbour,bridge", "enter")
        (said,) = (one.message for one in pilot.app._notifications)  # longer than the key line
        assert "2 items with its words stay in" in said and "(v there moves them)" in said
        assert "to it comes every item with" in said
        with open_store(store_path) as store:
            (story,) = watched.watched(store)
            assert len(items.ids(store, items.ItemFilter(story=story.id))) == 0, "two publishers' story stays"
        await press(pilot, "u")
        await press(pilot, "+")
        await write(pilot, "Reds", "tab", "tab")
        await write(pilot, "red", "enter")
        await settle(pilot)
        with open_store(store_path) as store:
            (story,) = watched.watched(store)
            assert len(items.ids(store, items.ItemFilter(story=story.id))) == 1
        await press(pilot, "u")
        with open_store(store_path) as store:
            assert watched.watched(store) == []
            assert items.ids(store, items.ItemFilter(story=story.id)).tolist() == []


async def test_a_source_whose_feed_is_polled_is_not_called_unknown(
    running: Running, store_path: Path
) -> None:
    with open_store(store_path) as store:
        feeds.save(store, FeedState("https://www.thesun.co.uk/rss", "thesun.co.uk", "The Sun"))
    async with running(store_path) as pilot:
        await to_the_claim(pilot, store_path)
        await press(pilot, "enter", "right", "right", "right")
        shown = text_of(pilot)
        assert "polled, not seen to carry it" in shown and "not among these items" in shown

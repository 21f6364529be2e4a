"""What changed since a time or a snapshot; a whole view exported with its progress; one key's decisions, one undo."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from store import decisions, items, stories
from store.database import open_store
from stories.decision import Act
from tests.tui.running import (
    CLAIM,
    NOW,
    OTHER_NEWS,
    Running,
    entry,
    fill,
    press,
    settle,
    text_of,
    until,
    write,
)
from tests.tui.test_tui_stories import the_claim, to_the_claim
from tui.items_screen import ItemsScreen
from tui.query import time_of
from tui.sheet import ToChanges
from tui.stories_screen import StoriesScreen


async def test_a_story_says_what_changed_since_a_typed_time_and_leads_to_the_words(
    running: Running, store_path: Path
) -> None:
    async with running(store_path) as pilot:
        screen = await to_the_claim(pilot, store_path)
        await press(pilot, "C", *"35h", "enter")
        shown = text_of(pilot)
        assert "+1 publisher, " in shown and "Taliban SILENT → DENIED" in shown
        assert "from 2023-01-29 01:00 to 2023-01-30 12:00" in shown
        await press(pilot, "enter")
        assert screen.pane.item_id is not None
        await press(pilot, "escape")
        assert isinstance(screen.pane.trail[-1], ToChanges)
        await press(pilot, "escape", "C")
        await write(pilot, "soon")
        assert "That is no time" in text_of(pilot)


async def test_a_story_is_compared_with_its_own_exported_snapshot(
    running: Running, store_path: Path, tmp_path: Path
) -> None:
    async with running(store_path) as pilot:
        screen = await to_the_claim(pilot, store_path)
        await press(pilot, "enter", "[", "[", "e", "t")
        await settle(pilot)
        assert len(list((tmp_path / "out").glob("*.json"))) == 1
        await press(pilot, "C")
        await write(pilot, ".json", "enter")
        assert isinstance(screen.pane.trail[-1], ToChanges)
        assert "Taliban SILENT → DENIED" in text_of(pilot)


async def test_a_whole_view_is_exported_after_a_yes_and_says_how_far_it_is(
    running: Running, store_path: Path, tmp_path: Path
) -> None:
    async with running(store_path) as pilot:
        await press(pilot, "/")
        await write(pilot, "harbour", "enter", "ctrl+e")
        await write(pilot, "gexf", "enter")
        assert "Export 1 story as gexf" in text_of(pilot)
        await press(pilot, "n")
        assert not (tmp_path / "out").exists()
        await press(pilot, "escape", "space", "space", "ctrl+e", "enter", "y")
        export = pilot.app.desk.exporting  # type: ignore[attr-defined]
        await until(pilot, lambda: not export.running)
        await settle(pilot)
        assert len(list((tmp_path / "out").glob("*.gexf"))) == 2
        assert "Exported 2 stories to " in text_of(pilot)


async def test_a_view_exported_at_a_past_time_is_written_as_of_then(
    running: Running, store_path: Path, tmp_path: Path
) -> None:
    async with running(store_path) as pilot:
        await to_the_claim(pilot, store_path)
        await press(pilot, "enter", "[", "[", "ctrl+e")
        await write(pilot, "json", "enter")
        assert "as of 2023-01-2" in " ".join(text_of(pilot).split())
        await press(pilot, "y")
        export = pilot.app.desk.exporting  # type: ignore[attr-defined]
        await until(pilot, lambda: not export.running)
        written = [json.loads(path.read_text()) for path in (tmp_path / "out").glob("*.json")]
        assert written
        assert {each["as_of"][:8] for each in written} == {"2023-01-"}


async def test_joining_several_stories_is_undone_with_one_key_and_redone_with_one(
    running: Running, store_path: Path
) -> None:
    def places() -> dict[int, int | None]:
        with open_store(store_path) as store:
            return {row.id: row.story_id for row in items.newest(store)}

    before = places()
    async with running(store_path) as pilot:
        await press(pilot, "space", "space", "space", "J")
        assert "Joined 2 stories into" in text_of(pilot)
        joined = places()
        assert len(set(before.values())) - len(set(joined.values())) == 2
        await press(pilot, "u")
        assert places() == before
        assert "Undone: join of stories into" in text_of(pilot)
        await press(pilot, "ctrl+r")
        assert places() == joined


async def test_accepting_items_of_many_stories_is_one_undo(running: Running, store_path: Path) -> None:
    async with running(store_path) as pilot:
        await press(pilot, "2", "space", "space", "space", "a")
        screen = pilot.app.screen
        assert isinstance(screen, ItemsScreen)
        assert len(screen.row_list.ids) == 13 and "Accepted 3 items into 3 stories" in text_of(pilot)
        await press(pilot, "u")
        assert len(screen.row_list.ids) == 16
        with open_store(store_path) as store:
            assert decisions.last(store, "ada") is None


async def test_an_empty_rating_takes_the_rating_and_the_note_away(running: Running, store_path: Path) -> None:
    story = the_claim(store_path)
    with open_store(store_path) as store:
        decisions.record(
            store, Act.STATUS, story=story, details={"rating": "B2", "note": "seen"}, by="ada", at=NOW
        )
    async with running(store_path) as pilot:
        await to_the_claim(pilot, store_path)
        await press(pilot, "!", "ctrl+u", "enter")
        with open_store(store_path) as store:
            told = stories.story(store, story)
            assert told is not None and (told.rated, told.note) == ("", "")
        await press(pilot, "u")
        with open_store(store_path) as store:
            told = stories.story(store, story)
            assert told is not None and (told.rated, told.note) == ("B2", "seen")


async def test_the_stories_filter_looks_at_every_story_not_at_the_most_active(
    running: Running, store_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.story_list.MOST", 6)
    async with running(store_path) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, StoriesScreen) and len(screen.row_list.ids) == 6
        for text, found in (("party:taliban", 1), ("source:north", 6), ("status:denied bridge", 0)):
            screen.apply_filter(text)
            await settle(pilot)
            assert len(screen.row_list.ids) == found, text


async def test_new_items_are_stepped_through_by_n_on_the_wire(running: Running, tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    fill(path, OTHER_NEWS[:3])
    async with running(path) as pilot:
        await press(pilot, "3", "1")
        fill(path, [*CLAIM[:1], entry("late", "late.example", 0.1, "A late one")])
        await press(pilot, "3", "G")
        screen = pilot.app.screen
        assert isinstance(screen, ItemsScreen) and len(screen.row_list.ids) == 5
        await press(pilot, "N")
        assert screen.row_list.cursor == 1
        await press(pilot, "N", "N")
        assert screen.row_list.cursor == 0 and "No new item above" in text_of(pilot)
        await press(pilot, "n")
        assert screen.row_list.cursor == 1


def test_times_are_read_as_people_type_them() -> None:
    assert time_of("yesterday 09:30", NOW) == NOW.replace(day=29, hour=9, minute=30)
    assert time_of("today", NOW) == NOW.replace(hour=0)
    assert time_of("", NOW) is None and time_of("yesterday 29:00", NOW) is None

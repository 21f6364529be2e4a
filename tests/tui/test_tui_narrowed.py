"""What a list leaves out: by a denied field, by its length; and what it never leaves out."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from store import decisions, setups, story_rows
from store.database import open_store
from store.setups import Rule, RuleKind, RuleState
from store.story_rows import StoriesView
from stories.decision import Act
from tests.tui.running import NOW, Running, items_on, press, settle, text_of, write
from tui.stories_screen import StoriesScreen
from tui.watch_screen import WatchScreen


async def _listed(pilot: Pilot[None], screen: WatchScreen, text: str) -> set[int]:
    screen.apply_filter(text)
    await settle(pilot)
    return set(screen.row_list.ids)


async def test_on_the_wire_every_denied_field_lists_just_what_the_field_leaves_out(
    running: Running, store_path: Path
) -> None:
    async with running(store_path) as pilot:
        screen = await items_on(pilot, "3")
        await press(pilot, "s")
        everything = set(screen.row_list.ids)
        for field in (
            "source:south",
            "party:taliban",
            "status:denied",
            "stance:cannot_confirm",
            "since:21h",
            "until:25h",
            "story:taliban",
            "is:starred",
        ):
            held = await _listed(pilot, screen, field)
            assert held and held != everything, field
            assert await _listed(pilot, screen, f"-{field}") == everything - held, field
        assert await _listed(pilot, screen, "-lang:en") == set()
        both = await _listed(pilot, screen, "source:south -story:bridge")
        assert len(both) == 5, "fields and denied fields hold together"


async def test_on_stories_every_denied_field_lists_just_what_the_field_leaves_out(
    running: Running, store_path: Path
) -> None:
    async with running(store_path) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, StoriesScreen)
        await press(pilot, "w")
        everything = set(screen.row_list.ids)
        for field in (
            "status:denied",
            "party:taliban",
            "source:voa",
            "story:taliban",
            "since:21h",
            "is:watched",
        ):
            held = await _listed(pilot, screen, field)
            assert held and held != everything, field
            assert await _listed(pilot, screen, f"-{field}") == everything - held, field


async def test_a_field_that_says_nothing_of_what_is_listed_says_so_and_leaves_nothing_out(
    running: Running, store_path: Path
) -> None:
    async with running(store_path) as pilot:
        for key, text, told in (
            ("1", "-lang:en", "lang: says nothing of stories"),
            ("3", "is:watched", "is:watched says nothing of items"),
            ("4", "status:denied", "status: says nothing of feeds"),
        ):
            await press(pilot, key)
            screen = pilot.app.screen
            assert isinstance(screen, WatchScreen)
            everything = set(screen.row_list.ids)
            assert await _listed(pilot, screen, text) == everything
            assert told in text_of(pilot)


async def test_a_hide_rule_heeds_a_denied_field(running: Running, store_path: Path) -> None:
    with open_store(store_path) as store:
        for query in ("source:south -story:bridge", "party:taliban -status:denied"):
            rule = Rule(RuleKind.HIDE, query)
            details = {**rule.details, "on": RuleState.ON.value}
            decisions.record(store, Act.RULE, details=details, by="ada", at=NOW)
        assert len(setups.rules(store)) == 2
    async with running(store_path) as pilot:
        screen = await items_on(pilot, "3")
        left = [screen.row_list.row(item) for item in screen.row_list.ids]
        south = [row.title for row in left if row is not None and row.publisher == "south.example"]
        assert south == ["Harbour bridge closes for repairs until spring"]
        assert any(row is not None and row.publisher == "voa.example" for row in left), "its story is denied"


async def test_what_is_watched_is_listed_though_the_list_is_cut_and_the_cut_is_told(
    running: Running, store_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.story_list.MOST", 3)
    with open_store(store_path) as store:
        last = story_rows.ids(store, StoriesView.ACTIVE, 100)[-1]
        decisions.record(store, Act.WATCH, story=last, by="ada", at=NOW)
    async with running(store_path) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, StoriesScreen)
        assert len(screen.row_list.ids) == 4 and screen.row_list.ids[-1] == last
        assert "of 7, the others by a filter" in text_of(pilot)
        assert len(await _listed(pilot, screen, "-status:denied")) == 3
        assert last in await _listed(pilot, screen, "party:taliban")


async def test_stories_far_down_are_drawn_when_they_come_in_sight(
    running: Running, store_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.stories_screen.AHEAD", 2)
    async with running(store_path) as pilot:
        await press(pilot, "G")
        shown = text_of(pilot)
        assert "Harbour bridge" in shown and "Russia–Taliban arms" in shown


async def test_the_cursor_goes_to_the_story_one_has_just_begun_to_watch_for(
    running: Running, store_path: Path
) -> None:
    async with running(store_path) as pilot:
        await press(pilot, "j", "+")
        await write(pilot, "Odesa grain", "tab", "tab")
        await write(pilot, "grain, Odesa port", "enter")
        screen = pilot.app.screen
        assert isinstance(screen, StoriesScreen)
        assert screen.story_name() == "Odesa grain"
        await press(pilot, "k", "u")
        assert "Odesa grain" not in [row.name for row in screen._rows.values()]
        assert screen.row_list.cursor_id in screen.row_list.ids


async def test_a_new_watch_names_the_story_that_keeps_items_with_its_words(
    running: Running, store_path: Path
) -> None:
    async with running(store_path) as pilot:
        await press(pilot, "+")
        await write(pilot, "Our watch", "tab", "tab")
        await write(pilot, "taliban", "enter")
        (told,) = (one.message for one in pilot.app._notifications)  # longer than the key line
        assert "in Russia–Taliban arms" in told and "(v there moves" in told and told.endswith("u undo")

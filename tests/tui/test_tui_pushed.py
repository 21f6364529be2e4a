"""Every screen that opens over another: it opens, shows what it is for, and Esc leaves it where one was."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from pathlib import Path

import pytest
from textual.screen import Screen

from tests.tui.running import SMALL, WIDE, Running, press, text_of
from tests.tui.test_tui_stories import to_the_claim
from tui.app import SpreadwatchApp
from tui.item_screen import ItemScreen
from tui.sheet import ToItem
from tui.stories_screen import StoriesScreen
from tui.story_screen import StoryScreen

OPENED: Sequence[tuple[Sequence[str], str]] = (
    (["f", *"taliban"], "SearchScreen"),
    (["?"], "Actions"),
    (["colon"], "Actions"),
    (["W"], "Views"),
    (["A"], "RulesScreen"),
    (["r"], "Prompt"),
    (["!"], "Prompt"),
    (["enter", "E"], "FormatPicker"),
    (["2", "v"], "StoryPicker"),
    (["2", "X"], "NewRule"),
    (["A", "a"], "NewRule"),
    (["3", "enter", "v"], "StoryPicker"),
)


@pytest.mark.parametrize(("keys", "name"), OPENED, ids=[" ".join(keys)[:12] for keys, _ in OPENED])
async def test_a_dialog_opens_and_escape_leaves_it(
    running: Running, store_path: Path, keys: Sequence[str], name: str
) -> None:
    async with running(store_path, SMALL) as pilot:
        await press(pilot, *keys)
        assert type(pilot.app.screen).__name__ == name
        text_of(pilot)
        await press(pilot, "escape")
        assert type(pilot.app.screen).__name__ != name


@pytest.mark.parametrize("size", [WIDE, SMALL])
@pytest.mark.parametrize("screen", "1234")
async def test_a_search_result_opens_from_every_screen_and_all_its_keys_work(
    running: Running, store_path: Path, screen: str, size: tuple[int, int]
) -> None:
    async with running(store_path, size) as pilot:
        await press(pilot, screen, "f", *"taliban", "enter")
        assert isinstance(pilot.app.screen, ItemScreen)
        assert "Taliban" in text_of(pilot)
        keys = [
            "j",
            "k",
            "G",
            "g",
            "ctrl+d",
            "tab",
            "z",
            "n",
            "p",
            "p",
            "s",
            "m",
            "space",
            "V",
            "F",
            "d",
            "u",
            "/",
        ]
        await press(pilot, *keys)
        assert isinstance(pilot.app.screen, ItemScreen)
        await press(pilot, "escape")
        assert not isinstance(pilot.app.screen, ItemScreen)


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_an_items_story_opens_over_it_and_all_its_keys_work(
    running: Running, store_path: Path, size: tuple[int, int]
) -> None:
    async with running(store_path, size) as pilot:
        await press(pilot, "f", *"taliban", "enter", "enter")
        assert isinstance(pilot.app.screen, StoryScreen)
        keys = ["right", "j", "right", "j", "tab", "z", "[", "t", "w", "u", "i", "p", "p", "/", "J", "S", "n"]
        await press(pilot, *keys)
        assert isinstance(pilot.app.screen, StoryScreen)
        await press(pilot, "escape", "escape")
        assert isinstance(pilot.app.screen, StoriesScreen)


def test_every_screen_has_all_its_parts() -> None:
    from tui import feeds_screen, first_run, prompt, stories_screen, triage_screen, wire_screen

    found = [
        kind
        for module in (feeds_screen, first_run, prompt, stories_screen, triage_screen, wire_screen)
        for kind in vars(module).values()
        if inspect.isclass(kind) and issubclass(kind, Screen) and kind.__module__ == module.__name__
    ]
    assert len(found) >= 6
    for kind in (*found, ItemScreen, StoryScreen):
        assert not getattr(kind, "__abstractmethods__", None), kind
    for file in Path(inspect.getfile(SpreadwatchApp)).parent.glob("*.py"):
        assert "NotImplementedError" not in file.read_text("utf-8"), file


async def test_escape_from_an_item_goes_back_to_the_line_it_was_opened_from(
    running: Running, store_path: Path
) -> None:
    async with running(store_path, SMALL) as pilot:
        screen = await to_the_claim(pilot, store_path)
        await press(pilot, "enter", "right", "right", "j", "j")
        there = screen.pane.page.place
        assert screen.pane.tab == "statements" and there.at > 0
        await press(pilot, "enter")
        assert isinstance(screen.pane.trail[-1], ToItem)
        await press(pilot, "escape")
        assert screen.pane.page.place == there
        await press(pilot, "right", "right", "j", "j")
        row = screen.pane.row_list.cursor_id
        await press(pilot, "enter", "escape")
        assert screen.pane.tab == "items" and screen.pane.row_list.cursor_id == row


async def test_an_items_own_lines_lead_to_its_words_and_open_it_no_second_time(
    running: Running, store_path: Path
) -> None:
    async with running(store_path) as pilot:
        screen = await to_the_claim(pilot, store_path)
        await press(pilot, "enter", "right", "right", "enter")
        assert len(screen.pane.trail) == 1
        page = screen.pane.page
        page.stop = next(n for n, to in enumerate(page.sheet.opens) if isinstance(to, ToItem))
        await press(pilot, "enter")
        assert len(screen.pane.trail) == 1
        await press(pilot, "escape")
        assert screen.pane.trail == []


async def test_at_80_columns_export_writes_the_cursors_story_not_the_one_opened_last(
    running: Running, store_path: Path, tmp_path: Path
) -> None:
    async with running(store_path, SMALL) as pilot:
        await to_the_claim(pilot, store_path)
        await press(pilot, "enter", "escape")
        screen = pilot.app.screen
        assert isinstance(screen, StoriesScreen)
        await press(pilot, "k" if screen.row_list.cursor else "j", "e")
        assert [
            path.stem.rpartition("_")[0].rpartition("-")[2] for path in (tmp_path / "out").glob("*.md")
        ] == [str(screen.story_here())]

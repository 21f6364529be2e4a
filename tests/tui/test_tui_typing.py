"""What is typed faster than a line opens reaches that line, whole and in order, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from tests.tui.running import Running, press, settle, text_of, until
from tui.filter_line import FilterLine
from tui.row_list import RowList

NAMES = {"/": "slash", " ": "space", ":": "colon", "-": "minus", "+": "plus", "\r": "enter", "\x1b": "escape"}


def burst(pilot: Pilot[None], text: str) -> None:
    """All keys at once, as from a terminal that was busy; a pilot waits after each."""
    for letter in text:
        pilot.app.post_message(events.Key(NAMES.get(letter, letter), letter))


@pytest.mark.parametrize("text", ["/status:denied", "/harbour\x1b/status:denied"])
async def test_a_filter_typed_in_one_burst_is_taken_whole(
    running: Running, store_path: Path, text: str
) -> None:
    async with running(store_path) as pilot:
        burst(pilot, text)
        await until(
            pilot, lambda: [line.value for line in pilot.app.screen.query(Input)] == ["status:denied"]
        )
        burst(pilot, "\r")
        await until(pilot, lambda: "[status:denied]" in text_of(pilot))


async def test_a_filter_and_its_enter_in_one_burst_leave_the_list_with_the_keys(
    running: Running, store_path: Path
) -> None:
    async with running(store_path) as pilot:
        burst(pilot, "/harbour\rj")
        await until(pilot, lambda: "[harbour]" in text_of(pilot))
        await until(pilot, lambda: not pilot.app.screen.query_one(FilterLine).has_class("-typing"))
        assert isinstance(pilot.app.focused, RowList)


async def test_a_paste_right_after_the_key_that_opens_a_line_reaches_the_line(
    running: Running, store_path: Path
) -> None:
    async with running(store_path) as pilot:
        burst(pilot, "/")
        pilot.app.post_message(events.Paste("harbour"))
        await until(pilot, lambda: [line.value for line in pilot.app.screen.query(Input)] == ["harbour"])


async def test_lines_pasted_together_become_one_with_a_space_between(
    running: Running, store_path: Path
) -> None:
    async with running(store_path) as pilot:
        burst(pilot, "/")
        pilot.app.post_message(events.Paste("harbour\r\nbridge\n"))
        await until(
            pilot, lambda: [line.value for line in pilot.app.screen.query(Input)] == ["harbour bridge"]
        )


async def test_letters_typed_while_a_dialog_opens_reach_its_line(running: Running, store_path: Path) -> None:
    async with running(store_path) as pilot:
        burst(pilot, "+qqq jjj")
        await until(pilot, lambda: isinstance(pilot.app.focused, Input))
        await settle(pilot)
        line = pilot.app.focused
        assert isinstance(line, Input)
        assert line.value.endswith("qqq jjj")


async def test_keys_go_on_after_a_dialog_was_left_in_the_same_burst(
    running: Running, store_path: Path
) -> None:
    async with running(store_path) as pilot:
        for _ in range(5):
            burst(pilot, "+\x1b")
        burst(pilot, "/bridge\r")
        await until(pilot, lambda: "[bridge]" in text_of(pilot))
        await press(pilot, "escape")
        assert "[bridge]" not in text_of(pilot)


async def test_no_key_is_taken_for_a_method_of_the_program(running: Running, store_path: Path) -> None:
    async with running(store_path) as pilot:
        for screen in ("1", "2", "3", "4", "A"):
            await press(pilot, screen, "at", "escape")
            held = [*dir(pilot.app), *dir(pilot.app.screen)]
            keys = [name for name in held if name.startswith(("key_", "_key_"))]  # Textual calls these
            assert all(
                callable(getattr(pilot.app, name, getattr(pilot.app.screen, name, None))) for name in keys
            )
        assert pilot.app.is_running

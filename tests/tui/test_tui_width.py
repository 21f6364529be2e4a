"""What is found and opened has the width there is; what a publisher carries is not put in its mouth; Ctrl-C names our key."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.running import SMALL, WIDE, Running, entry, fill, press, settle, text_of, write
from tui.live_app import LiveApp

TITLE = "Putin plots to get US weapons from the Taliban, Kremlin insider claims"


async def test_a_title_that_was_found_by_its_own_words_is_shown_whole(
    running: Running, store_path: Path
) -> None:
    async with running(store_path) as pilot:
        await press(pilot, "f")
        await write(pilot, "plots")
        await settle(pilot)
        assert TITLE in text_of(pilot)


@pytest.mark.parametrize(("size", "cells"), [(WIDE, 46), (SMALL, 21)])
async def test_beside_words_found_in_its_text_a_title_has_most_of_the_line(
    running: Running, store_path: Path, size: tuple[int, int], cells: int
) -> None:
    async with running(store_path, size) as pilot:
        await press(pilot, "f")
        await write(pilot, "Afghanistan")
        await settle(pilot)
        assert TITLE[:cells] in text_of(pilot) and "Afghanistan" in text_of(pilot).split(TITLE[:cells])[1]


async def test_an_item_opened_from_search_has_the_whole_width(running: Running, store_path: Path) -> None:
    async with running(store_path) as pilot:
        await press(pilot, "f")
        await write(pilot, "Kirby")
        await settle(pilot)
        await press(pilot, "enter")
        assert "White House told reporters about Russia seeking American weapons" in text_of(pilot)


async def test_who_tells_of_a_denial_carries_it_and_denies_only_what_it_denies_itself(
    running: Running, tmp_path: Path
) -> None:
    path = tmp_path / "publishers.db"
    fill(
        path,
        [
            entry("a", "north.example", 3, "Ruritania bought grain from Odesa port, officials say"),
            entry("b", "south.example", 2, "Ruritania denies it bought grain from Odesa port"),
            entry("c", "check.example", 1, "False claims that Ruritania bought grain from Odesa port"),
        ],
    )
    async with running(path) as pilot:
        await press(pilot, "i", "G", "enter", "left")
        lines = text_of(pilot).splitlines()
        (relays,) = [line for line in lines if "south.example" in line]
        assert "the denial" in relays and "DENIES" not in relays
        (itself,) = [line for line in lines if "check.example" in line]
        assert "DENIES" in itself


async def test_ctrl_c_names_the_key_that_quits(running: Running, store_path: Path) -> None:
    async with running(store_path, keymap={"quit": "Q"}) as pilot:
        await press(pilot, "ctrl+c")
        assert " Q quits" in text_of(pilot) and "ctrl+q" not in text_of(pilot)


async def test_a_tick_that_comes_while_the_program_ends_finds_nobody_and_breaks_nothing(
    running: Running, store_path: Path
) -> None:
    async with running(store_path) as pilot:
        app = pilot.app
    assert isinstance(app, LiveApp) and not app.screen_stack
    app._look_for_somebody()

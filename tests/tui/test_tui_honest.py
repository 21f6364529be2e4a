"""What the screen says of itself is so: what is undone, what was polled, what may be written."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest

from store import decisions, feeds
from store.database import open_store
from store.feeds import FeedState
from stories.decision import Act
from tests.tui.running import NOW, Running, press, text_of
from tui.bars import status_line
from tui.items_screen import ItemsScreen
from tui.standing import HowThingsStand


async def test_undo_names_what_it_takes_back_also_what_was_decided_elsewhere(
    running: Running, store_path: Path
) -> None:
    with open_store(store_path) as store:
        at = NOW - timedelta(hours=3)
        decisions.record(store, Act.WATCH, details={"name": "Grain deal"}, by="ada", at=at)
    async with running(store_path) as pilot:
        await press(pilot, "u")
        assert "Undone: watch of Grain deal, decided 09:00 · Ctrl+R redo" in text_of(pilot)


async def test_undoing_what_two_screens_dismissed_says_that_it_stays_dismissed(
    running: Running, store_path: Path
) -> None:
    async with running(store_path) as pilot:
        await press(pilot, "2")
        screen = pilot.app.screen
        assert isinstance(screen, ItemsScreen) and screen.row_list.cursor_id is not None
        with open_store(store_path) as store:
            for _ in range(2):
                decisions.record(store, Act.DISMISS, items=[screen.row_list.cursor_id], by="ada", at=NOW)
        await press(pilot, "u")
        assert "dismissed before, too" in text_of(pilot)
        await press(pilot, "u")
        assert "Undone: dismiss of “" in text_of(pilot) and "before, too" not in text_of(pilot)


def test_feeds_that_were_never_polled_are_not_called_ok(store_path: Path) -> None:
    with open_store(store_path) as store:
        told = HowThingsStand().read(store, "stories", NOW)
        feeds.save(store, FeedState("https://new.example/feed", "new.example"))
        then = HowThingsStand().read(store, "stories", NOW)
    assert (then.feeds_ok, then.feeds_waiting) == (told.feeds_ok, told.feeds_waiting + 1)
    line = "".join(piece.text for piece in status_line(then, NOW, 120, paused=False))
    assert f"feeds {then.feeds_ok} ok 1 failing {then.feeds_waiting} not polled yet" in line


def test_a_file_that_cannot_be_written_is_said_to_be_read_only(
    store_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.database.os.access", lambda path, mode: (path, mode) != (store_path, os.W_OK))
    with open_store(store_path, read_only=False) as store:
        told = HowThingsStand().read(store, "stories", NOW)
    assert status_line(told, NOW, 120, paused=False)[0].text == "READ-ONLY"

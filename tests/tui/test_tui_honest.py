"""What the screen says of itself is so: what is undone, what was polled, what may be written."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest

from store import decisions, feeds
from store.database import open_store
from store.feeds import FeedState
from store.setups import Rule, RuleKind, RuleState
from store.watched import watched
from stories.decision import Act
from tests.tui.running import NOW, SMALL, Running, entry, fill, items_on, press, settle, text_of, until, write
from tui.bars import status_line
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
        screen = await items_on(pilot, "2")
        with open_store(store_path) as store:
            for _ in range(2):
                decisions.record(store, Act.DISMISS, items=screen.items_here(), by="ada", at=NOW)
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


async def test_an_empty_list_follows_what_comes_on_another_screen(running: Running, empty_path: Path) -> None:
    async with running(empty_path) as pilot:
        assert "No items yet" in text_of(pilot)
        fill(empty_path, [entry("one", "one.example", 1, "Harbour bridge closes for repairs")])
        await until(pilot, lambda: "No story is carried by two publishers yet" in text_of(pilot))


@pytest.mark.parametrize(("screen", "told"), [("1", "No story"), ("2", "No waiting item"), ("3", "No item")])
async def test_a_filter_that_cannot_be_read_says_why_in_the_empty_list(
    running: Running, store_path: Path, screen: str, told: str
) -> None:
    async with running(store_path, SMALL) as pilot:
        await press(pilot, screen, "slash", *"before:2023-01-02", "enter")
        await settle(pilot)
        shown = " ".join(text_of(pilot).replace("│", " ").split())
        assert f'{told} matches. No "before:". There are:' in shown and "clears the filter" in shown


async def test_what_a_rule_hides_is_counted_on_neither_tab(running: Running, store_path: Path) -> None:
    async with running(store_path) as pilot:
        screen = await items_on(pilot, "3")
        everything = screen.standing.items
        screen.turn_rule(Rule(RuleKind.HIDE, "source:north.example"), RuleState.ON)
        await until(pilot, lambda: len(screen.row_list.ids) == screen.standing.items == everything - 6)
        assert f"[3 WIRE {everything - 6}]" in text_of(pilot)


async def test_triage_counts_the_story_it_proposes_anew_after_each_decision(
    running: Running, store_path: Path
) -> None:
    async with running(store_path) as pilot:
        screen = await items_on(pilot, "2")
        await press(pilot, "slash", *"harbour", "enter")
        await settle(pilot)

        def counted() -> bool:
            return " 2 items" in " ".join(screen.page_text().split())

        assert counted()
        await press(pilot, "j", "x")
        await until(pilot, lambda: len(screen.row_list.ids) == 1 and not counted())
        await press(pilot, "u", "k")
        await until(pilot, counted)


async def test_a_watch_that_would_get_nothing_or_by_words_alone_is_made_only_when_that_is_meant(
    running: Running, store_path: Path
) -> None:
    async with running(store_path) as pilot:
        await press(pilot, "plus")
        await write(pilot, "Grain deal", "enter")
        await settle(pilot)
        shown = " ".join(text_of(pilot).replace("│", " ").split())
        assert "Nothing would come to it by itself: give a claim, or words such as grain deal." in shown
        await press(pilot, "tab")
        await write(pilot, "somebody → paints → a fence", "enter")
        await settle(pilot)
        shown = " ".join(text_of(pilot).replace("│", " ").split())
        assert (
            "names nobody who is known here: to it would come every item that has most of the words" in shown
        )
        with open_store(store_path) as store:
            assert not watched(store)
        await press(pilot, "enter")
        await settle(pilot)
    with open_store(store_path) as store:
        assert [one.name for one in watched(store)] == ["Grain deal"]

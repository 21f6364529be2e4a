"""Every act says what it did and how to take it back; nothing is accepted, hidden or joined unseen."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from store import decisions, items, looks, stories, triage
from store.database import open_store
from store.errors import translated
from stories.decision import Act
from stories.evidence import Stance
from tests.tui.running import NOW, SMALL, WIDE, Running, entry, fill, items_on, press, settle, text_of
from tests.tui.test_tui_stories import to_the_claim
from tui.items_screen import ItemsScreen
from tui.standing import HowThingsStand


def last_line(shown: str) -> str:
    """The line where the keys or the feedback stand."""
    return shown.splitlines()[-1]


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_each_act_in_triage_says_what_it_did_in_one_line(
    running: Running, store_path: Path, size: tuple[int, int]
) -> None:
    async with running(store_path, size) as pilot:
        await press(pilot, "2")
        for keys, words in (
            (["a"], "Accepted into "),
            (["x"], "Dismissed “"),
            (["s"], "Starred 1 item"),
            (["v", *"harbour", "enter"], "Moved 1 item to Harbour"),
            (["c", "enter"], "Started "),
        ):
            await press(pilot, *keys)
            assert words in last_line(text_of(pilot)), keys
            assert last_line(text_of(pilot)).rstrip().endswith("u undo")
        await press(pilot, "u")
        assert last_line(text_of(pilot)).startswith(" Undone: new story of “")
        assert not list(pilot.app._notifications)


async def test_in_a_storys_pane_the_star_is_the_items_under_the_cursor_else_the_storys(
    running: Running, store_path: Path
) -> None:
    async with running(store_path) as pilot:
        await to_the_claim(pilot, store_path)
        await press(pilot, "enter", "s")
        assert "Starred Russia–Taliban arms" in last_line(text_of(pilot))
        await press(pilot, *["right"] * 4, "s")
        assert "Starred 1 item" in last_line(text_of(pilot))


def test_what_comes_while_somebody_looks_is_not_new_and_what_comes_while_they_are_away_is(
    tmp_path: Path,
) -> None:
    path = tmp_path / "away.db"
    fill(path, [entry("a", "a.example", 5, "Seen long ago")])
    stands = HowThingsStand()
    with open_store(path) as store:
        looks.look(store, "stories", NOW)
        fill(path, [entry("b", "b.example", 4, "Came since the last look")])
        assert stands.read(store, "stories", NOW).new == 1
        fill(path, [entry("c", "c.example", 3, "Comes before their eyes")])
        assert stands.read(store, "stories", NOW).new == 1
        assert stands.read(store, "stories", NOW, away=True).new == 2
        fill(path, [entry("d", "d.example", 2, "Comes meanwhile")])
        assert stands.read(store, "stories", NOW, away=True).new == 3
        assert stands.read(store, "stories", NOW).new == 3, "and is still told of when they are back"
        fill(path, [entry("e", "e.example", 1, "Comes before their eyes again")])
        assert stands.read(store, "stories", NOW).new == 3
        assert stands.read(store, "wire", NOW).new == 0, "nobody has looked at the Wire yet"


async def test_a_new_story_gets_the_name_one_sees_and_may_change(running: Running, store_path: Path) -> None:
    async with running(store_path) as pilot:
        await press(pilot, "2")
        await press(pilot, "c", "ctrl+u", *"My own name", "enter")
        with open_store(store_path) as store:
            made = decisions.last(store, "ada")
            assert made is not None and made.act is Act.NEW_STORY
            assert stories.story(store, made.story or 0).name == "My own name"


async def test_at_80_columns_triage_shows_what_accepting_would_do(running: Running, store_path: Path) -> None:
    async with running(store_path, SMALL) as pilot:
        screen = await items_on(pilot, "2")
        for _ in range(4):
            item = screen.row_list.cursor_id
            assert item is not None
            with open_store(store_path) as store:
                found = triage.proposal(store, item)
            assert found is not None
            wanted = f"a → {found.story_name}" if found.story_items > 1 else "a → a story of its own"
            assert wanted in text_of(pilot)
            await press(pilot, "j")


async def test_a_whole_long_view_is_asked_about_once_and_a_few_are_not(
    running: Running, tmp_path: Path
) -> None:
    path = tmp_path / "many.db"
    fill(path, [entry(f"n{n}", f"p{n}.example", n, f"Headline of kind number {n * 7919}") for n in range(24)])
    async with running(path) as pilot:
        await press(pilot, "2", "V", "x")
        assert "Dismiss all 24 items" in text_of(pilot)
        await press(pilot, "n")
        screen = pilot.app.screen
        assert isinstance(screen, ItemsScreen) and len(screen.row_list.ids) == 24
        await press(pilot, "x", "y")
        assert len(screen.row_list.ids) == 0
        await press(pilot, "u")
        assert len(screen.row_list.ids) == 24
        await press(pilot, "space", "space", "x")
        assert len(screen.row_list.ids) == 22


async def test_a_wrong_rating_is_asked_for_again_and_a_note_is_said_to_be_one(
    running: Running, store_path: Path
) -> None:
    async with running(store_path) as pilot:
        await to_the_claim(pilot, store_path)
        await press(pilot, "!", *"G7 well seen", "enter")
        assert "G7 is no rating" in text_of(pilot) and "G7 well seen" in text_of(pilot)
        await press(pilot, "ctrl+u", *"b2 seen", "enter")
        assert "Rated B2" in last_line(text_of(pilot))
        await press(pilot, "!", "ctrl+u", *"only a thought", "enter")
        assert "Kept as a note, without a rating" in last_line(text_of(pilot))


async def test_a_watched_story_is_marked_in_its_row_and_its_pane(running: Running, store_path: Path) -> None:
    async with running(store_path) as pilot:
        await to_the_claim(pilot, store_path)
        assert "◉" not in text_of(pilot)
        await press(pilot, "w")
        shown = text_of(pilot)
        assert "Watching" in last_line(shown)
        assert shown.count("◉") >= 3  # row, border, overview
        await press(pilot, "w")
        assert "◉" not in text_of(pilot).replace(last_line(text_of(pilot)), "")


@pytest.mark.parametrize("way", ["2", "3", "search", "pane"])
async def test_d_says_the_new_stance_and_redraws_the_page(
    running: Running, store_path: Path, way: str
) -> None:
    async with running(store_path) as pilot:
        with open_store(store_path) as store:
            unsure = next(row.id for row in items.newest(store) if row.stance is Stance.CANNOT_CONFIRM)
        if way == "search":
            await press(pilot, "f", *"lie", "enter")
        elif way == "pane":
            screen = await to_the_claim(pilot, store_path)
            await press(pilot, "enter", "left", "left", *"gg")
            screen.pane.row_list.go(list(screen.pane.row_list.ids).index(unsure))
            await press(pilot, "enter")
        else:
            await press(pilot, way)
            listing = pilot.app.screen
            assert isinstance(listing, ItemsScreen)
            listing.row_list.go(listing.row_list.ids.index(unsure))
            await settle(pilot)
        assert "CAN'T CONFIRM" in text_of(pilot)
        await press(pilot, "d")
        shown = text_of(pilot)
        assert "NO COMMENT now" in last_line(shown)
        assert "NO COMMENT" in shown.replace(last_line(shown), "")
        await press(pilot, "u")
        with open_store(store_path) as store:
            assert items.rows(store, [unsure])[0].stance is Stance.CANNOT_CONFIRM


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_what_a_full_disk_refuses_is_said_until_an_act_is_done(
    running: Running, store_path: Path, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        with translated():
            full = sqlite3.OperationalError("database or disk is full")
            full.sqlite_errorcode = sqlite3.SQLITE_FULL
            raise full

    async with running(store_path, size) as pilot:
        screen = await items_on(pilot, "2")
        waiting = list(screen.row_list.ids)
        with monkeypatch.context() as full:
            full.setattr(decisions, "record", refused)
            full.setattr("tui.frame.SAID", 0.01)
            for key in ("x", "a", "s", "x"):
                await press(pilot, key)
                await pilot.pause(0.05)
                foot = last_line(text_of(pilot))
                assert "Not done: The disk is full. Nothing is lost; free some space" in foot, key
        assert list(screen.row_list.ids) == waiting
        await press(pilot, "x")
        assert "Dismissed" in last_line(text_of(pilot)) and len(screen.row_list.ids) == len(waiting) - 1

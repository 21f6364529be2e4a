"""Triage: one key each, moving on at once; everything can be undone and nothing is lost."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from store import decisions, items, triage
from store.database import Store, open_store
from stories.decision import Act
from stories.evidence import Stance
from tests.tui.running import (
    HOSTILE,
    NOW,
    SMALL,
    WIDE,
    Running,
    entry,
    fill,
    items_on,
    press,
    settle,
    text_of,
    until,
    write,
)
from tui import items_screen
from tui.items_screen import ItemsScreen
from tui.listing import Asked, Listing, read


async def test_one_key_decides_and_the_cursor_is_on_the_next_item(running: Running, store_path: Path) -> None:
    async with running(store_path) as pilot:
        screen = await items_on(pilot, "2")
        first, second = screen.row_list.ids[:2]
        await pilot.press("x")
        assert screen.row_list.cursor_id == second
        assert first not in screen.row_list.ids
        await settle(pilot)
        with open_store(store_path) as store:
            assert items.rows(store, [first])[0].dismissed
            assert first not in triage.queue(store)


@pytest.mark.parametrize("whole", [False, True], ids=["compared", "read whole"])
async def test_what_is_decided_while_the_list_is_read_stays_decided_and_what_others_decided_goes_too(
    running: Running, store_path: Path, monkeypatch: pytest.MonkeyPatch, whole: bool
) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slowly(store: Store, asked: Asked) -> Listing:
        found = read(store, asked)
        begun.set()
        assert go_on.wait(60)
        return found

    async with running(store_path) as pilot:
        screen = await items_on(pilot, "2")
        _, second, *_, last = screen.row_list.ids
        # What is listed is no longer what the store has, so an answer brings the whole list.
        with open_store(store_path) as store:
            decisions.record(store, Act.DISMISS, items=[last], by="another", at=NOW)
        await settle(pilot)
        monkeypatch.setattr(items_screen, "read", slowly)
        monkeypatch.setattr(items_screen, "WHOLE", 0.0)
        screen.reload(whole=whole)
        await until(pilot, begun.is_set)
        monkeypatch.setattr(items_screen, "WHOLE", 60.0)
        await pilot.press("j", "x")
        await until(pilot, lambda: not screen.desk.writes.busy)
        await pilot.pause()
        go_on.set()
        await until(pilot, lambda: last not in screen.row_list.ids)
        await settle(pilot)
        assert second not in screen.row_list.ids


async def test_what_is_decided_before_all_is_read_and_written_late_does_not_arrive_once_more(
    running: Running, store_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()
    answered: list[Asked] = []

    def slowly(store: Store, asked: Asked) -> Listing:
        assert go_on.wait(60)
        answered.append(asked)
        return read(store, asked)

    monkeypatch.setattr(items_screen, "read", slowly)
    async with running(store_path) as pilot:
        await pilot.press("2")
        screen = pilot.app.screen
        assert isinstance(screen, ItemsScreen)
        await until(pilot, lambda: bool(screen.row_list.ids))
        first = screen.row_list.ids[0]
        with open_store(store_path) as other, other.transaction():  # nobody else can write
            await pilot.press("x")
            go_on.set()
            await until(pilot, lambda: bool(answered) and not screen.desk.reads.busy)
            answered.clear()
            screen.reload()
            await until(pilot, lambda: bool(answered) and not screen.desk.reads.busy)
            await pilot.pause(0.05)
            assert answered[-1].since and first not in screen.row_list.ids
        await settle(pilot)
        assert first not in screen.row_list.ids


async def test_accept_move_new_story_and_undo_of_each(running: Running, store_path: Path) -> None:
    async with running(store_path) as pilot:
        screen = await items_on(pilot, "2")
        queue = list(screen.row_list.ids)
        await press(pilot, "a")
        await press(pilot, "c", "enter")
        await press(pilot, "v", *"harbour", "enter")
        with open_store(store_path) as store:
            acts = [decision.act for decision in decisions.since(store, 0)]
            assert acts == [Act.ACCEPT, Act.NEW_STORY, Act.MOVE]
            assert len(triage.queue(store)) == len(queue) - 3
            assert items.rows(store, [queue[2]])[0].story_name.startswith("Harbour")
        await press(pilot, "u", "u", "u")
        with open_store(store_path) as store:
            assert list(triage.queue(store)) == queue
        assert list(screen.row_list.ids) == queue


async def test_marked_items_are_decided_together_and_undone_together(
    running: Running, store_path: Path
) -> None:
    async with running(store_path) as pilot:
        screen = await items_on(pilot, "2")
        queue = list(screen.row_list.ids)
        await press(pilot, "space", "space", "space", "x")
        assert list(screen.row_list.ids) == queue[3:]
        await press(pilot, "u")
        assert list(screen.row_list.ids) == queue
        await press(pilot, "ctrl+r")
        assert list(screen.row_list.ids) == queue[3:]


async def test_a_repeated_move_says_where_it_went(running: Running, store_path: Path) -> None:
    async with running(store_path) as pilot:
        await items_on(pilot, "2")
        await press(pilot, "v")
        await write(pilot, "taliban", "enter")
        await press(pilot, ".")
        assert "Moved 1 item to Russia–Taliban arms" in text_of(pilot)


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_marks_outlast_a_filter_and_only_those_in_sight_are_acted_on(
    running: Running, store_path: Path, size: tuple[int, int]
) -> None:
    async with running(store_path, size) as pilot:
        screen = await items_on(pilot, "2")
        queue = list(screen.row_list.ids)
        await press(pilot, "space", "space")
        assert "2 marked" in text_of(pilot)
        await press(pilot, "slash", *"harbour", "enter")
        await settle(pilot)
        assert "2 marked, 2 not listed" in text_of(pilot)
        assert list(screen.items_here()) == [screen.row_list.cursor_id]
        await press(pilot, "escape")
        await settle(pilot)
        assert list(screen.row_list.ids) == queue and set(screen.items_here()) == set(queue[:2])
        await press(pilot, "escape")
        assert not screen.row_list.marked


async def test_mark_all_marks_the_rest_and_only_then_none(running: Running, store_path: Path) -> None:
    async with running(store_path) as pilot:
        await press(pilot, "2", "space", "V")
        screen = pilot.app.screen
        assert isinstance(screen, ItemsScreen)
        assert screen.row_list.marked == set(screen.row_list.ids)
        assert f"{len(screen.row_list.ids)} marked" in text_of(pilot)
        await press(pilot, "V")
        assert not screen.row_list.marked


async def test_a_proposed_name_is_replaced_by_what_is_typed(running: Running, store_path: Path) -> None:
    async with running(store_path) as pilot:
        await press(pilot, "2", "c", *"My own name", "enter")
        with open_store(store_path) as store:
            made = decisions.last(store, "ada")
            assert made is not None and made.details["name"] == "My own name"


async def test_repeat_does_the_last_decision_on_the_next_item(running: Running, store_path: Path) -> None:
    async with running(store_path) as pilot:
        screen = await items_on(pilot, "2")
        queue = list(screen.row_list.ids)
        await press(pilot, "x", ".", ".")
        assert list(screen.row_list.ids) == queue[3:]


async def test_a_thousand_items_are_triaged_without_a_dropped_key(running: Running, tmp_path: Path) -> None:
    path = tmp_path / "many.db"
    words = ("amber", "birch", "cedar", "delta", "ember", "flint", "grove", "heron", "inlet", "jetty")
    fill(
        path,
        [
            entry(
                f"n{n}",
                f"p{n % 7}.example",
                n / 60,
                f"{words[n % 10]} {words[n // 10 % 10]} {words[n // 100]} number {n}",
            )
            for n in range(1000)
        ],
    )
    async with running(path, SMALL) as pilot:
        screen = await items_on(pilot, "2")
        assert len(screen.row_list.ids) == 1000
        for _ in range(20):
            for key in [
                "x",
                "a",
            ] * 25:  # as fast as a paste: far faster than `pilot.press`, which waits 60 ms a key
                pilot.app.simulate_key(key)
            await pilot.pause()
        await until(pilot, lambda: not len(screen.row_list.ids))
        assert len(screen.row_list.ids) == 0
        await settle(pilot)
        with open_store(path) as store:
            assert len(triage.queue(store)) == 0
            assert len(decisions.since(store, 0)) == 1000
        assert "Nothing waits" in text_of(pilot)


async def test_the_proposal_and_its_reason_stand_beside_the_item(running: Running, store_path: Path) -> None:
    async with running(store_path) as pilot:
        await press(pilot, "2")
        shown = text_of(pilot)
        assert "Goes to" in shown and "Why" in shown


async def test_hostile_titles_are_shown_as_they_stand(running: Running, store_path: Path) -> None:
    async with running(store_path) as pilot:
        await press(pilot, "3", "slash", *"Click", "enter")
        shown = text_of(pilot)
        assert "[bold red]Click[/] [@click=app.quit]here[/]" in shown
        assert "\x1b" not in shown and "\u202e" not in shown
        assert HOSTILE.title[:5] in shown


async def test_new_items_wait_while_one_reads_further_down_and_g_lets_them_in(
    running: Running, store_path: Path
) -> None:
    async with running(store_path, SMALL) as pilot:
        await press(pilot, "3", "G")
        screen = pilot.app.screen
        assert isinstance(screen, ItemsScreen)
        held, seen = screen.row_list.cursor_id, len(screen.row_list.ids)
        fill(
            store_path,
            [entry(f"late{n}", "late.example", 0, f"Late news number {n} of a kind") for n in range(12)],
            NOW,
        )
        await settle(pilot)
        # Sixteen rows fit into eighteen lines, so the list is at rest; the cursor's row would leave the screen.
        assert len(screen.row_list.ids) == seen and screen.row_list.cursor_id == held
        assert "+12 new" in text_of(pilot)
        await press(pilot, "g")
        assert len(screen.row_list.ids) == seen + 12


async def test_pause_freezes_the_view_only(running: Running, store_path: Path) -> None:
    async with running(store_path) as pilot:
        await press(pilot, "3", "p")
        screen = pilot.app.screen
        assert isinstance(screen, ItemsScreen)
        seen = list(screen.row_list.ids)
        fill(store_path, [entry("late", "late.example", 0, "Late news of a kind")], NOW)
        await settle(pilot)
        assert list(screen.row_list.ids) == seen
        assert "PAUSED" in text_of(pilot) and "+1 new" in text_of(pilot)
        await press(pilot, "p")
        assert len(screen.row_list.ids) == len(seen) + 1


async def test_d_turns_the_stance_on_and_on_and_undo_turns_it_back(
    running: Running, store_path: Path
) -> None:
    async with running(store_path) as pilot:
        screen = await items_on(pilot, "2")
        with open_store(store_path) as store:
            unsure = next(row.id for row in items.newest(store) if row.stance is Stance.CANNOT_CONFIRM)
        screen.row_list.go(screen.row_list.ids.index(unsure))
        with open_store(store_path) as store:
            await pilot.press("d", "d")  # at once: the second goes on from the first
            await settle(pilot)
            assert [one.details["stance"] for one in decisions.since(store, 0)] == [
                "no_comment",
                "doubt",
            ]
            await press(pilot, "u", "u")
            assert items.rows(store, [unsure])[0].stance is Stance.CANNOT_CONFIRM

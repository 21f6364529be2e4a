"""Saved views, rules and alerts: set up by keys, kept in the store, taken away again."""

from __future__ import annotations

from pathlib import Path

from store import setups
from store.database import open_store
from store.setups import Rule, RuleKind, RuleState
from tests.tui.running import CLAIM, NOW, Running, entry, fill, items_on, press, settle, text_of
from tui.alerts import AlertWatch
from tui.items_screen import ItemsScreen


async def test_a_filter_is_saved_under_a_name_and_chosen_again(running: Running, store_path: Path) -> None:
    async with running(store_path) as pilot:
        await press(pilot, "3", "/", *"source:north", "enter", "W", *"up north", "enter")
        with open_store(store_path) as store:
            assert setups.views(store) == {"up north": "source:north"}
        await press(pilot, "escape")
        screen = pilot.app.screen
        assert isinstance(screen, ItemsScreen) and len(screen.row_list.ids) > 6
        await press(pilot, "W", *"north", "enter")
        assert len(screen.row_list.ids) == 6
        assert "[source:north]" in text_of(pilot)


async def test_every_field_of_the_filter_narrows_the_wire(running: Running, store_path: Path) -> None:
    async with running(store_path) as pilot:
        screen = await items_on(pilot, "3")
        everything = len(screen.row_list.ids)
        for text, wanted in (
            ("source:south", 6),
            ("party:taliban", 1),
            ("stance:cannot_confirm", 1),
            ("-bridge", everything - 2),
            ("since:21h", 5),
            ("lang:ru", 0),
            ('"bronze statues"', 2),
            ("bronze source:north", 1),
        ):
            screen.apply_filter(text)
            await settle(pilot)
            assert len(screen.row_list.ids) == wanted, text


async def test_a_rule_hides_a_publisher_until_it_is_taken_away(running: Running, store_path: Path) -> None:
    async with running(store_path) as pilot:
        await press(pilot, "3", "/", *"source:north", "enter")
        screen = pilot.app.screen
        assert isinstance(screen, ItemsScreen)
        await press(pilot, "X", "down", "enter")
        await press(pilot, "escape", "escape")
        await settle(pilot)
        assert len(screen.row_list.ids) == 10
        with open_store(store_path) as store:
            assert setups.rules(store) == (Rule(RuleKind.HIDE, "source:north.example"),)
        await press(pilot, "A", "D", "escape")
        await settle(pilot)
        assert len(screen.row_list.ids) == 16


async def test_the_tab_counts_what_the_queue_lists_under_a_rule_and_undo_takes_the_rule_away(
    running: Running, store_path: Path
) -> None:
    async with running(store_path) as pilot:
        await press(pilot, "2", "/", *"source:north", "enter", "X", "down", "enter", "escape", "escape")
        await settle(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, ItemsScreen)
        assert len(screen.row_list.ids) == screen.standing.waiting == 10
        await press(pilot, "u")
        await settle(pilot)
        assert len(screen.row_list.ids) == screen.standing.waiting == 16


async def test_an_alert_rings_when_a_story_comes_to_match_and_only_then(
    running: Running, tmp_path: Path
) -> None:
    path = tmp_path / "alert.db"
    fill(path, CLAIM[:2])
    async with running(path) as pilot:
        await press(pilot, "A", "a", *"status:denied")
        await press(pilot, "down", "down", "enter", "escape")
        await settle(pilot)
        with open_store(path) as store:
            assert setups.rules(store) == (Rule(RuleKind.ALERT, "status:denied"),)
        assert not [note for note in pilot.app._notifications if note.title == "Alert"]
        fill(path, CLAIM[2:], NOW)
        await settle(pilot)
        assert [note for note in pilot.app._notifications if note.title == "Alert"]


def test_a_rule_that_matches_already_is_not_told_at_first(store_path: Path) -> None:
    with open_store(store_path) as store:
        setups.set_rule(store, Rule(RuleKind.ALERT, "bridge"), RuleState.ON)
        watch = AlertWatch()
        assert watch.look(store, NOW) == []
        store.write("UPDATE stories SET status = 'DENIED' WHERE name LIKE '%bridge%'")
        assert len(watch.look(store, NOW)) == 1
        assert watch.look(store, NOW) == []


async def test_a_flag_marks_what_matches(running: Running, tmp_path: Path) -> None:
    path = tmp_path / "flag.db"
    fill(
        path,
        [entry("a", "one.example", 1, "A quiet harbour"), entry("b", "two.example", 2, "Loud market day")],
    )
    with open_store(path) as store:
        setups.set_rule(store, Rule(RuleKind.FLAG, "harbour"), RuleState.ON)
    async with running(path) as pilot:
        await press(pilot, "3")
        flagged = [line for line in text_of(pilot).splitlines() if "#" in line]
        assert len(flagged) == 1 and "harbour" in flagged[0]

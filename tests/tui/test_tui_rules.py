"""Rules: any filter hides, flags, routes or rings; listed with what each matches, turned off, changed, taken away, undone."""

from __future__ import annotations

from pathlib import Path

from store import items, setups, triage
from store.database import open_store
from store.setups import Rule, RuleKind, RuleState
from tests.tui.running import CLAIM, Running, entry, fill, items_on, press, settle, text_of, until, write
from tests.tui.test_tui_stories import to_the_claim
from tui.items_screen import ItemsScreen
from tui.rules_screen import RulesScreen

HIDE = Rule(RuleKind.HIDE, "source:north")


def keep(path: Path, *rules: Rule) -> None:
    with open_store(path) as store:
        for rule in rules:
            setups.set_rule(store, rule, RuleState.ON)


def kept(path: Path) -> dict[Rule, RuleState]:
    with open_store(path) as store:
        return dict(setups.all_rules(store))


async def test_a_hide_rule_honours_the_whole_language_in_the_list_and_in_its_count(
    running: Running, store_path: Path
) -> None:
    wanted = {
        "stance:cannot_confirm": 15,
        "party:taliban": 15,
        "-sport -bridge": 2,
        "lang:en": 0,
        "source:north bridge": 15,
    }
    async with running(store_path) as pilot:
        screen = await items_on(pilot, "2")
        for query, left in wanted.items():
            rule = Rule(RuleKind.HIDE, query)
            screen.turn_rule(rule, RuleState.ON)
            await until(pilot, lambda left=left: len(screen.row_list.ids) == screen.standing.waiting == left)  # type: ignore[misc]
            screen.turn_rule(rule, RuleState.GONE)
            await until(pilot, lambda: len(screen.row_list.ids) == screen.standing.waiting == 16)


async def test_rules_are_listed_with_what_they_match_and_turned_off_and_on_without_being_lost(
    running: Running, store_path: Path
) -> None:
    keep(store_path, HIDE, Rule(RuleKind.FLAG, "bronze"))
    async with running(store_path) as pilot:
        await press(pilot, "A")
        assert isinstance(pilot.app.screen, RulesScreen)
        shown = text_of(pilot)
        assert "Hide items that match" in shown and "source:north" in shown
        assert "Matches 6 items now" in shown and "6 of them wait in Triage" in shown
        await press(pilot, "x")
        assert kept(store_path)[HIDE] is RuleState.OFF
        assert "off: it does nothing" in text_of(pilot)
        await press(pilot, "u")
        assert kept(store_path)[HIDE] is RuleState.ON
        await press(pilot, "D")
        assert HIDE not in kept(store_path)
        await press(pilot, "u", "escape", "3")
        screen = pilot.app.screen
        assert isinstance(screen, ItemsScreen) and len(screen.row_list.ids) == 10


async def test_a_rules_filter_is_changed_by_one_decision_that_one_undo_takes_back(
    running: Running, store_path: Path
) -> None:
    keep(store_path, HIDE)
    async with running(store_path) as pilot:
        await press(pilot, "A", "r", *("backspace",) * 5)
        await write(pilot, "south", "enter")
        assert kept(store_path) == {Rule(RuleKind.HIDE, "source:south"): RuleState.ON}
        await press(pilot, "r", "end")
        await write(pilot, " status:nosuch", "enter")
        assert "is no status" in text_of(pilot)
        await press(pilot, "escape", "u")
        assert kept(store_path) == {HIDE: RuleState.ON}


async def test_a_route_proposes_a_story_for_what_matches_until_it_is_accepted(
    running: Running, store_path: Path
) -> None:
    with open_store(store_path) as store:
        bridge = items.rows(store, items.ids(store, items.ItemFilter(text="bridge")))
        story = store.value("SELECT story FROM items WHERE guid = 'claim-1'")
        before = [row.story_id for row in bridge]
    keep(store_path, Rule(RuleKind.ROUTE, "harbour bridge", story))
    async with running(store_path) as pilot:
        await press(pilot, "2", "/")
        await write(pilot, "bridge", "enter")
        shown = text_of(pilot)
        assert "your rule: harbour bridge" in shown
        with open_store(store_path) as store:  # only shown so: nothing has been moved
            assert [row.story_id for row in items.rows(store, [row.id for row in bridge])] == before
        await press(pilot, "1")
        await to_the_claim(pilot, store_path)
        assert "2 items by your rule" in text_of(pilot)
        await press(pilot, "2", "V", "a")
        with open_store(store_path) as store:
            assert {row.story_id for row in items.rows(store, [row.id for row in bridge])} == {story}
        await press(pilot, "u")
        with open_store(store_path) as store:
            assert [row.story_id for row in items.rows(store, [row.id for row in bridge])] == before


async def test_a_route_is_made_from_an_item_and_asks_where_it_leads(running: Running, tmp_path: Path) -> None:
    path = tmp_path / "route.db"
    fill(path, [*CLAIM, entry("a", "one.example", 1, "Harbour market opens")])
    async with running(path) as pilot:
        await press(pilot, "3", "/")
        await write(pilot, "harbour", "enter", "X")
        await write(pilot, "harbour")
        await press(pilot, "down", "down", "down", "enter")
        await write(pilot, "taliban", "enter")
        await settle(pilot)
    ((rule, state),) = kept(path).items()
    assert (rule.kind, rule.query, state) == (RuleKind.ROUTE, "harbour", RuleState.ON)
    with open_store(path) as store:
        assert rule.story == store.value("SELECT story FROM items WHERE guid = 'claim-1'")
        item = items.ids(store, items.ItemFilter(text="harbour"))[0]
        made = triage.proposal(store, item)
        assert made is not None and made.alone


async def test_a_filter_that_cannot_be_read_makes_no_rule(running: Running, store_path: Path) -> None:
    async with running(store_path) as pilot:
        await press(pilot, "A", "a")
        await write(pilot, "sorce:tass", "enter")
        assert 'Did you mean "source:"?' in text_of(pilot)
    assert kept(store_path) == {}

"""What was read of a statement, corrected on the screen where it stands, and taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from store import corrections, decisions, listing, placing, stories
from store.database import open_store
from stories.evidence import Stance, Target
from stories.story import PartyStance, PlacedStatement, Status, StoryDetail
from tests.tui.running import NOW, SMALL, WIDE, Running, press, text_of, write
from tui.correcting import PartPicker, SaidPicker
from tui.row_list import Place
from tui.sheet import ToItem, ToStory, ToTab
from tui.stories_screen import StoriesScreen


def _claim(path: Path) -> StoryDetail:
    with open_store(path) as store:
        found = next(row for row in stories.rows(store) if row.name.startswith("Russia–Taliban"))
        return stories.detail(store, found.id, now=NOW)


def _own(path: Path) -> list[PlacedStatement]:
    return [each for each in _claim(path).statements if each.by_analyst]


async def _to_statement(pilot: Pilot[None], stance: Stance, speaker: str = "") -> PlacedStatement:
    """The claim's Statements tab, with the cursor on the first statement of this stance."""
    await press(pilot, "G", "enter", "right", "right")
    return _point(pilot, stance, speaker)


def _point(pilot: Pilot[None], stance: Stance, speaker: str = "") -> PlacedStatement:
    screen = pilot.app.screen
    assert isinstance(screen, StoriesScreen) and screen.pane.told is not None
    page = screen.pane.page
    said = next(
        each
        for each in screen.pane.told.detail.statements
        if each.statement.stance is stance and each.statement.speaker.startswith(speaker)
    )
    at = page.sheet.opens.index(ToItem(said.item, said.statement.span, said.statement.cue))
    page.return_to(Place(at, next(y for y, line in enumerate(page.sheet.lines) if line.stop == at)))
    return said


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_a_statement_that_is_wrong_leaves_board_and_status_and_undo_brings_it_back(
    running: Running, store_path: Path, size: tuple[int, int]
) -> None:
    before = _claim(store_path)
    async with running(store_path, size) as pilot:
        await _to_statement(pilot, Stance.DENY)
        denials = [one for one in before.statements if one.statement.stance is Stance.DENY]
        for _ in denials:
            _point(pilot, Stance.DENY)
            await press(pilot, "B")
            assert isinstance(pilot.app.screen, PartPicker)
            shown = text_of(pilot)
            assert "DENIES" in shown and "the claim of Russia–Taliban arms" in shown
            await write(pilot, "wrong", "enter")
            assert "Left out: " in text_of(pilot) and "u undo" in text_of(pilot)
        after = _claim(store_path)
        assert before.status is Status.DENIED and after.status is not Status.DENIED
        assert all(party.stance is not PartyStance.DENIED for party in after.parties)
        await press(pilot, *["u"] * len(denials))
        assert "statement left out of" in text_of(pilot)
    assert _claim(store_path).parties == before.parties and _claim(store_path).status is Status.DENIED


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_what_it_says_is_set_where_it_stands_and_shown_as_the_analysts(
    running: Running, store_path: Path, size: tuple[int, int]
) -> None:
    async with running(store_path, size) as pilot:
        said = await _to_statement(pilot, Stance.CANNOT_CONFIRM)
        await press(pilot, "B", "enter")
        await write(pilot, "unlikely", "enter")
        (placed,) = _own(store_path)
        assert placed.statement.stance is Stance.DOUBT and placed.statement.cue == said.statement.cue
        assert "DOUBTS" in text_of(pilot) and "(set by the" in text_of(pilot)
        await press(pilot, "u")
        assert "(set by the" not in text_of(pilot) and "stance of “White House" in text_of(pilot)
    assert _own(store_path) == []


async def test_another_speaker_brings_their_party_and_not_the_office_of_the_one_before(
    running: Running, store_path: Path
) -> None:
    async with running(store_path) as pilot:
        said = await _to_statement(pilot, Stance.DENY, "Zia")
        assert said.statement.affiliation
        await press(pilot, "B", "down", "enter")
        await write(pilot, "Maria Zakharova", "enter")
        (placed,) = _own(store_path)
        assert (placed.statement.speaker, placed.statement.party) == ("Maria Zakharova", "Russia")
        assert placed.statement.affiliation == "" and placed.statement.speaker_span is None
        await press(pilot, "u", "B", "down", "enter")
        await write(pilot, "Jane Roe", "enter")
        (placed,) = _own(store_path)
        assert placed.statement.party == "Jane Roe", "who speaks for nobody known speaks for themselves"


async def test_party_and_claim_are_set_each_by_itself(running: Running, store_path: Path) -> None:
    async with running(store_path) as pilot:
        said = await _to_statement(pilot, Stance.CANNOT_CONFIRM, "John Kirby")
        await press(pilot, "B")
        await write(pilot, "for whom", "enter")
        assert "For whom does John Kirby of the White House speak?" in text_of(pilot)
        await press(pilot, "down", "down", "down", "enter")
        (placed,) = _own(store_path)
        assert (placed.statement.speaker, placed.statement.party) == (said.statement.speaker, "")
        assert placed.target is said.target is Target.CLAIM
        await press(pilot, "B")
        await write(pilot, "which claim", "enter")
        await write(pilot, "another", "enter")
        (placed,) = _own(store_path)
        assert placed.target is Target.OTHER and placed.statement.party == "", "both decisions hold"
        assert "It is on another claim" in text_of(pilot)


async def test_the_boards_line_asks_which_of_its_statements_is_meant(
    running: Running, store_path: Path
) -> None:
    board = {party.name: party for party in _claim(store_path).parties}
    assert len(board["Taliban"].evidence) > 1
    async with running(store_path) as pilot:
        await press(pilot, "G", "enter")
        screen = pilot.app.screen
        assert isinstance(screen, StoriesScreen)
        page = screen.pane.page
        page.stop = next(
            at for at, to in enumerate(page.sheet.opens) if getattr(to, "title", "").startswith("Taliban")
        )
        await press(pilot, "B")
        assert isinstance(pilot.app.screen, SaidPicker)
        assert len(pilot.app.screen.found) == len(board["Taliban"].evidence)
        await write(pilot, "Takal", "enter")
        assert isinstance(pilot.app.screen, PartPicker)
        await write(pilot, "wrong", "enter")
    after = {party.name: party for party in _claim(store_path).parties}
    assert len(after["Taliban"].evidence) == len(board["Taliban"].evidence) - 1


async def test_on_the_wire_a_statement_left_out_stands_under_its_item_and_is_put_back(
    running: Running, store_path: Path
) -> None:
    async with running(store_path) as pilot:
        await press(pilot, "3", "/")
        await write(pilot, "White House", "enter", "enter", "B")
        assert isinstance(pilot.app.screen, SaidPicker), "keys go to the item, which says several things"
        await write(pilot, "Takal", "enter")
        await write(pilot, "wrong", "enter")
        assert "Left out by the analyst (1)" in text_of(pilot)
        with open_store(store_path) as store:
            made = decisions.last(store, "ada")
            assert made is not None
            (item,) = made.items
            assert len(corrections.own(store, item).left_out) == 1
        await press(pilot, "B")
        await write(pilot, "Takal", "enter")
        assert "put it back" in text_of(pilot)
        await press(pilot, "enter")
        assert "Left out by the analyst" not in text_of(pilot)
        with open_store(store_path) as store:
            own = corrections.own(store, item)
            assert own.left_out == () and len(own.cues) == 1, "it stands, and by the analyst's word"


@pytest.mark.parametrize("steps", [1, 2])
async def test_leaving_either_dialog_changes_nothing(running: Running, store_path: Path, steps: int) -> None:
    async with running(store_path) as pilot:
        await _to_statement(pilot, Stance.DENY)
        await press(pilot, "B", *["enter"] * (steps - 1), "escape")
        assert isinstance(pilot.app.screen, StoriesScreen)
    assert _own(store_path) == []


async def test_without_a_statement_the_key_says_so(running: Running, store_path: Path) -> None:
    async with running(store_path) as pilot:
        await press(pilot, "B")
        assert "no statement is under the cursor" in text_of(pilot)


async def test_a_story_that_is_no_opposite_is_unlinked_on_both_sides_and_undo_links_them_again(
    running: Running, store_path: Path
) -> None:
    with open_store(store_path) as store:
        rows = stories.rows(store)
        claim = next(row.id for row in rows if row.name.startswith("Russia–Taliban"))
        other = next(row.id for row in rows if row.name == "Harbour bridge")
        placing.link_opposites(store, claim, other, NOW)

    def linked() -> list[int | None]:
        with open_store(store_path) as store:
            told = [stories.detail(store, one, now=NOW).story.opposite_of for one in (claim, other)]
            shown = {row.id: row.opposite_of for row in stories.rows(store)}
            listed = {row.id: row.opposite_of for row in listing.listed(store)}
        assert told == [shown[claim], shown[other]] == [listed[claim], listed[other]]
        return told

    assert linked() == [other, claim]
    async with running(store_path) as pilot:
        await press(pilot, "G", "enter")
        screen = pilot.app.screen
        assert isinstance(screen, StoriesScreen) and "⇄ Harbour bridge" in text_of(pilot)
        screen.pane.page.stop = screen.pane.page.sheet.opens.index(ToStory(other))
        await press(pilot, "B")
        assert "⇄" not in text_of(pilot) and "No longer linked" in text_of(pilot)
        assert linked() == [None, None]
        await press(pilot, "u")
        assert "not the opposite of Harbour bridge" in text_of(pilot) and "⇄" in text_of(pilot)
    assert linked() == [other, claim]


async def test_a_storys_claim_is_worded_anew_where_it_stands_and_undo_brings_it_back(
    running: Running, store_path: Path
) -> None:
    before = _claim(store_path).story.claim
    async with running(store_path) as pilot:
        await press(pilot, "G", "enter")
        screen = pilot.app.screen
        assert isinstance(screen, StoriesScreen)
        screen.pane.page.stop = screen.pane.page.sheet.opens.index(ToTab("statements"))
        await press(pilot, "B", "ctrl+u")
        await write(pilot, "something", "enter")
        assert "can't be read as who does what" in " ".join(text_of(pilot).split())
        await press(pilot, "ctrl+u")
        await write(pilot, "Iran -> send drones -> Taliban", "enter")
        assert _claim(store_path).story.claim == "Iran → send drones → Taliban"
        assert "Iran → send drones → Taliban" in text_of(pilot)
        await press(pilot, "u")
        assert "Undone: claim of Russia–Taliban arms" in text_of(pilot)
    assert _claim(store_path).story.claim == before


async def test_at_a_past_time_nothing_is_corrected_and_the_key_back_is_named(
    running: Running, store_path: Path
) -> None:
    async with running(store_path) as pilot:
        await _to_statement(pilot, Stance.ASSERT)
        assert "B Correct" in text_of(pilot)
        await press(pilot, "[")
        for key in ("B", "b", "d"):
            await press(pilot, key)
            assert f"{key}: this is a past time; t goes back to live" in text_of(pilot)
    assert _own(store_path) == []

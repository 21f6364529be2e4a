"""A statement that the program did not read, added on the screen by selecting its words."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from store import corrections, decisions, stories
from store.database import open_store
from stories.decision import Act
from stories.evidence import Stance, Target
from stories.item import Field, Item, Span
from stories.story import PlacedStatement
from tests.tui.running import CLAIM, SMALL, WIDE, Running, press, text_of, write
from tui.items_screen import ItemsScreen
from tui.selection import Selection
from tui.word_picker import WordPicker

TEXT = Item(1, "g", "p", "A bridge falls", "It fell at noon. “Nobody built it,” he said.", "It is old.")


def test_sentences_are_turned_through_all_texts_and_stop_at_both_ends() -> None:
    chosen = Selection.of(TEXT)
    assert chosen is not None and chosen.words == "It fell at noon.", "the text comes before the title"
    seen = [chosen.turned(by).words for by in (-9, -1, 1, 2, 9)]
    assert seen == [
        "A bridge falls",
        "A bridge falls",
        "“Nobody built it,” he said.",
        "It is old.",
        "It is old.",
    ]


def test_a_choice_begins_at_the_sentence_the_cursor_is_on() -> None:
    near = Span(Field.SUMMARY, TEXT.summary.index("Nobody"), TEXT.summary.index("built"))
    chosen = Selection.of(TEXT, near)
    assert chosen is not None and chosen.words == "“Nobody built it,” he said."


def test_words_are_taken_off_and_put_on_at_either_end_but_never_all() -> None:
    chosen = Selection.of(TEXT)
    assert chosen is not None
    narrow = chosen.ended(-1).begun(1)
    assert narrow.words == "fell at"
    assert narrow.ended(-1).ended(-1).begun(1).words == "fell"
    assert chosen.ended(1).words == "It fell at noon. “Nobody", "past a sentence's end, within its text"
    assert narrow.turned(1).words == "“Nobody built it,” he said.", "a turn takes a whole sentence again"


def test_an_item_without_words_has_nothing_to_choose() -> None:
    assert Selection.of(Item(1, "g", "p", "")) is None


async def _open_claim(pilot: Pilot[None]) -> int:
    """The first item of the claim, opened on the Wire."""
    await press(pilot, "3")
    screen = pilot.app.screen
    assert isinstance(screen, ItemsScreen)
    rows = [screen.row_list.row(item) for item in screen.row_list.ids]
    (row,) = [row for row in rows if row is not None and row.title.startswith("Russia negotiates")]
    screen.row_list.go(list(screen.row_list.ids).index(row.id))
    await press(pilot, "enter")
    return row.id


def _own(path: Path, item: int) -> list[PlacedStatement]:
    with open_store(path) as store:
        story = int(store.value("SELECT story FROM items WHERE id = ?", (item,)) or 0)
        return [each for each in stories.detail(store, story).statements if each.by_analyst]


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_selected_words_become_the_analysts_statement_and_undo_takes_it_back(
    running: Running, store_path: Path, size: tuple[int, int]
) -> None:
    async with running(store_path, size) as pilot:
        item = await _open_claim(pilot)
        await press(pilot, "b")
        assert isinstance(pilot.app.screen, WordPicker)
        await press(pilot, *"hhhhhhhLL", "enter")
        assert "What does “to obtain" in text_of(pilot)
        await write(pilot, "den", "enter")
        await write(pilot, "Maria Zakharova", "enter")
        await press(pilot, "enter")
        assert "Maria Zakharova (set by" in text_of(pilot)
        (placed,) = _own(store_path, item)
        said = placed.statement
        assert (said.stance, placed.target, said.party) == (Stance.DENY, Target.CLAIM, "Russia")
        assert said.words == "to obtain American weapons from the Taliban, The Sun"
        with open_store(store_path) as store:
            made = decisions.last(store, "ada")
            assert made is not None and (made.act, made.items) == (Act.STANCE, (item,))
        await press(pilot, "u")
        assert "statement added to" in text_of(pilot)
        assert "(set by" not in text_of(pilot)
        assert _own(store_path, item) == []


async def test_who_speaks_nearest_is_proposed_and_nobody_can_be_chosen(
    running: Running, store_path: Path
) -> None:
    async with running(store_path) as pilot:
        item = await _open_claim(pilot)
        await press(pilot, "b", "k", "enter", "enter")
        shown = text_of(pilot)
        assert "Who says it?" in shown and shown.index("insider") < shown.index("nobody is named")
        await write(pilot, "no such name", *["backspace"] * 12, "end", "up")
        await press(pilot, "pagedown", "enter", "down", "enter")
        (placed,) = _own(store_path, item)
        assert (placed.statement.speaker, placed.statement.party) == ("", "")
        assert placed.target is Target.OTHER


@pytest.mark.parametrize("steps", [1, 2, 3, 4])
async def test_leaving_any_of_the_dialogs_leaves_nothing_behind(
    running: Running, store_path: Path, steps: int
) -> None:
    async with running(store_path) as pilot:
        item = await _open_claim(pilot)
        await press(pilot, "b", *["enter"] * (steps - 1), "escape")
        assert isinstance(pilot.app.screen, ItemsScreen)
        with open_store(store_path) as store:
            assert decisions.last(store, "ada") is None
            assert corrections.own(store, item) == corrections.NONE_OWN


async def test_marked_items_are_asked_to_be_one(running: Running, store_path: Path) -> None:
    async with running(store_path) as pilot:
        await press(pilot, "3", "space", "space", "b")
        assert "words are selected in one" in text_of(pilot)


async def test_from_a_storys_statement_the_words_beside_it_are_offered_first_and_the_claim_is_named(
    running: Running, store_path: Path
) -> None:
    async with running(store_path, SMALL) as pilot:
        await press(pilot, "G", "enter", "right", "right", "b")
        picker = pilot.app.screen
        assert isinstance(picker, WordPicker)
        assert picker.chosen.words == CLAIM[0].title, "not its text's first sentence"
        await press(pilot, "enter", "enter", "enter")
        assert "the claim of Russia–Taliban arms" in text_of(pilot)
        await press(pilot, "enter")
        assert "(set by" in text_of(pilot), "the story's own tab shows it once it is written"

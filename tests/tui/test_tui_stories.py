"""The Stories screen: what is shown first, how every status opens to its words, what the keys do."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from store import decisions, looks, stories
from store.database import open_store
from store.stories import StoriesView
from stories.decision import Act
from stories.story import Status
from tests.tui.running import NOW, SMALL, WIDE, Running, press, settle, text_of, until, write
from tui.export import export_each
from tui.sheet import ToItem, ToStatements
from tui.stories_screen import StoriesScreen


def the_claim(path: Path) -> int:
    """The story about weapons."""
    with open_store(path) as store:
        return next(
            row.id for row in stories.rows(store) if "denied" in row.because.lower() or row.items == 3
        )


async def to_the_claim(pilot: object, path: Path) -> StoriesScreen:
    screen = pilot.app.screen  # type: ignore[attr-defined]
    assert isinstance(screen, StoriesScreen)
    screen.row_list.go(list(screen.row_list.ids).index(the_claim(path)))
    await settle(pilot)  # type: ignore[arg-type]
    return screen


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_the_first_screen_comes_from_the_store_without_any_collector(
    running: Running, store_path: Path, size: tuple[int, int]
) -> None:
    async with running(store_path, size) as pilot:
        shown = text_of(pilot)
        assert "NO COLLECTOR" in shown
        assert "Harbour bridge" in shown
        assert "DENIED" in shown or "CONTESTED" in shown


async def test_no_line_is_wider_than_the_terminal_and_no_status_is_cut(
    running: Running, store_path: Path
) -> None:
    async with running(store_path, SMALL) as pilot:
        lines = text_of(pilot).splitlines()
        assert max(len(line) for line in lines) <= 80
        assert any(line.rstrip("│ ").endswith(tuple(str(status) for status in Status)) for line in lines)


async def test_a_party_line_opens_to_its_statements_and_those_to_the_words_in_the_item(
    running: Running, store_path: Path
) -> None:
    async with running(store_path) as pilot:
        screen = await to_the_claim(pilot, store_path)
        await press(pilot, "enter")
        page = screen.pane.page
        page.stop = next(
            n
            for n, to in enumerate(page.sheet.opens)
            if isinstance(to, ToStatements) and "DENIED" in to.title
        )
        await press(pilot, "enter")
        assert isinstance(screen.pane.trail[-1], ToStatements)
        assert "Statements" in text_of(pilot) and "voa.example" in text_of(pilot)
        await press(pilot, "enter")
        target = screen.pane.trail[-1]
        assert isinstance(target, ToItem) and target.span is not None
        assert "voa.example" in text_of(pilot)
        await press(pilot, "escape", "escape")
        assert screen.pane.trail == []


async def test_every_tab_shows_something_and_arrows_go_through_them(
    running: Running, store_path: Path
) -> None:
    async with running(store_path) as pilot:
        screen = await to_the_claim(pilot, store_path)
        await press(pilot, "enter")
        seen = []
        for _ in range(6):
            seen.append(screen.pane.tab)
            body = text_of(pilot)
            assert f"[{screen.pane.tab.capitalize()}" in body
            await press(pilot, "right")
        assert seen == ["overview", "timeline", "statements", "spread", "items", "publishers"]
        assert screen.pane.tab == "overview"


async def test_below_100_columns_one_pane_shows_at_a_time(running: Running, store_path: Path) -> None:
    async with running(store_path, SMALL) as pilot:
        screen = await to_the_claim(pilot, store_path)
        assert screen.row_list.region.width > 0 and screen.pane.region.width == 0
        await press(pilot, "enter")
        assert screen.row_list.region.width == 0 and screen.pane.region.width == 80
        await press(pilot, "escape")
        assert screen.row_list.has_focus and screen.pane.region.width == 0


async def test_the_cursor_stays_on_its_story_when_others_become_more_active(
    running: Running, store_path: Path
) -> None:
    async with running(store_path) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, StoriesScreen)
        await press(pilot, "j", "j")
        held = screen.row_list.cursor_id
        order = list(screen.row_list.ids)
        with open_store(store_path) as store:
            store.write("UPDATE stories SET activity = activity + 1000 WHERE id = ?", (order[-1],))
        await settle(pilot)
        assert screen.row_list.ids[0] == order[-1]
        assert screen.row_list.cursor_id == held


async def test_a_status_that_changed_is_marked_until_the_story_is_opened(
    running: Running, store_path: Path
) -> None:
    async with running(store_path) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, StoriesScreen)
        story = screen.row_list.ids[0]
        with open_store(store_path) as store:
            looks.open_story(store, story)
            store.write("UPDATE stories SET status = 'CONFIRMED' WHERE id = ?", (story,))
        await settle(pilot)
        assert story in screen.changed
        await press(pilot, "enter")
        assert story not in screen.changed


async def test_opening_a_story_makes_nothing_in_it_new(running: Running, store_path: Path) -> None:
    async with running(store_path) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, StoriesScreen)
        story = screen.row_list.cursor_id
        await press(pilot, "enter")
        with open_store(store_path) as store:
            assert stories.rows_of(store, [story or 0])[0].new == 0


async def test_a_filter_narrows_stays_as_a_chip_and_escape_clears_it(
    running: Running, store_path: Path
) -> None:
    async with running(store_path) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, StoriesScreen)
        everything = len(screen.row_list.ids)
        await press(pilot, "slash", *"bridge", "enter")
        assert len(screen.row_list.ids) == 1
        assert "[bridge]" in text_of(pilot)
        await press(pilot, "escape")
        assert len(screen.row_list.ids) == everything


async def test_a_filter_says_how_many_matches_of_one_publisher_it_leaves_out(
    running: Running, store_path: Path
) -> None:
    async with running(store_path) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, StoriesScreen)
        await press(pilot, "slash", *"click", "enter")
        assert not screen.row_list.ids
        assert "+1 single-publisher hidden: i" in text_of(pilot)
        await press(pilot, "i")
        assert len(screen.row_list.ids) == 1
        assert "single-publisher hidden" not in text_of(pilot)


async def test_an_export_writes_brief_and_json_and_never_overwrites(
    running: Running, store_path: Path, tmp_path: Path
) -> None:
    async with running(store_path) as pilot:
        await to_the_claim(pilot, store_path)
        await press(pilot, "e")
        written = sorted(path.suffix for path in (tmp_path / "out").iterdir())
        assert written == [".json", ".jsonl", ".md"]  # and the folder's manifest
        before = {path: path.read_bytes() for path in (tmp_path / "out").iterdir()}
        await press(pilot, "e")
        assert {path: path.read_bytes() for path in (tmp_path / "out").iterdir()} == before


async def test_a_format_of_several_files_is_not_written_over_either(
    running: Running, store_path: Path, tmp_path: Path
) -> None:
    def tables() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in (tmp_path / "out").glob("*.csv")}

    async with running(store_path) as pilot:
        await to_the_claim(pilot, store_path)
        await press(pilot, "E", *"csv", "enter")
        assert len(tables()) == 3
        for path in tables():
            path.write_bytes(b"kept as evidence")
        await press(pilot, "E", "enter")
        assert set(tables().values()) == {b"kept as evidence"}
        assert "items.csv is there already. It shows the story" in text_of(pilot)


def test_a_view_in_a_format_of_several_files_is_not_written_over_either(
    store_path: Path, tmp_path: Path
) -> None:
    with open_store(store_path, read_only=True) as store:
        wanted = [row.id for row in stories.rows(store, view=StoriesView.ALL)]
        first, again = (
            list(export_each(store, wanted, tmp_path, taken_at=NOW, by="ana", formats=("csv",)))
            for _ in range(2)
        )
    assert all(len(one.files) == 3 for one in first)
    assert all(one.left_out and not one.files for one in again)


def test_a_whole_view_is_exported_story_by_story_and_can_be_stopped(store_path: Path, tmp_path: Path) -> None:
    with open_store(store_path, read_only=True) as store:
        wanted = [row.id for row in stories.rows(store, view=StoriesView.ALL)]
        steps = export_each(store, wanted, tmp_path / "out", taken_at=NOW, by="ana")
        assert next(steps).story == wanted[0]
        steps.close()
        assert len(list((tmp_path / "out").glob("*.md"))) == 1
        again = list(export_each(store, wanted, tmp_path / "out", taken_at=NOW, by="ana"))
        assert [one.story for one in again] == wanted
        assert [bool(one.left_out) for one in again] == [True] + [False] * (len(wanted) - 1)
        early = datetime(2001, 1, 1, tzinfo=UTC)
        assert not list(export_each(store, wanted, tmp_path / "out", taken_at=NOW, by="ana", as_of=early))


async def test_an_export_in_another_format_is_chosen_and_the_last_used_stands_first(
    running: Running, store_path: Path, tmp_path: Path
) -> None:
    async with running(store_path) as pilot:
        await to_the_claim(pilot, store_path)
        await press(pilot, "E", *"stix", "enter")
        assert [path.name.endswith(".stix.json") for path in sorted((tmp_path / "out").glob("*.json"))] == [
            True
        ]
        await press(pilot, "E")
        assert text_of(pilot).index("a STIX 2.1 bundle") < text_of(pilot).index("a brief to read")


async def test_a_disabled_key_says_why(running: Running, store_path: Path) -> None:
    async with running(store_path) as pilot:
        await press(pilot, "J")
        assert "mark the stories to join first" in text_of(pilot)


async def test_stepping_back_in_time_shows_what_was_known_then(running: Running, store_path: Path) -> None:
    async with running(store_path) as pilot:
        screen = await to_the_claim(pilot, store_path)
        await press(pilot, "enter")
        now = screen.pane.told
        assert now is not None and len(now.detail.items) == 3
        await press(pilot, "[")
        await press(pilot, "[")
        then = screen.pane.told
        assert then is not None and len(then.detail.items) < 3
        shown = text_of(pilot)
        assert "AS OF 2023-01-2" in shown and "as known then, in the order of now" in shown
        listed = [line for line in shown.splitlines() if line.startswith("│")]
        of_others = [
            line for line in listed if any(word in line for word in ("Harbour", "Orchestra", "Marathon"))
        ]
        assert of_others and all("not there yet" in line for line in of_others)
        assert any("SINGLE" in line or "ASSERTED" in line for line in listed) and "DENIED" not in "".join(
            listed
        )
        await press(pilot, "t")
        shown = text_of(pilot)
        assert "as known then" not in shown and "not there yet" not in shown and "DENIED" in shown
        assert screen.pane.as_of is None and len(screen.pane.told.detail.items) == 3  # type: ignore[union-attr]


async def test_at_a_time_at_which_there_was_no_story_nothing_of_now_is_shown(
    running: Running, store_path: Path
) -> None:
    async with running(store_path) as pilot:
        screen = await to_the_claim(pilot, store_path)
        await press(pilot, "enter")
        screen.pane.show_as_of(datetime(2001, 1, 1, tzinfo=UTC))
        await settle(pilot)
        assert screen.pane.told is None and "There is no story" in text_of(pilot)
        await press(pilot, "t")
        assert screen.pane.told is not None and "There is no story" not in text_of(pilot)


async def test_a_paused_list_is_narrowed_by_a_filter_all_the_same(running: Running, store_path: Path) -> None:
    async with running(store_path) as pilot:
        await press(pilot, "p", "slash", *"harbour", "enter")
        assert "PAUSED" in text_of(pilot) and "1 of 1" in text_of(pilot)


async def test_a_story_that_leaves_the_filter_stays_open_until_its_reader_leaves_it(
    running: Running, store_path: Path
) -> None:
    async with running(store_path) as pilot:
        screen = await to_the_claim(pilot, store_path)
        story = screen.pane.story_id
        await press(pilot, "/")
        await write(pilot, "-is:starred", "enter")
        screen.row_list.go(list(screen.row_list.ids).index(story))
        await settle(pilot)
        await press(pilot, "enter")
        screen.desk.decide("Starred", Act.STAR, story=story)
        await until(pilot, lambda: story not in screen.row_list.ids)
        await settle(pilot)
        assert screen.pane.story_id == story
        await press(pilot, "escape")
        await until(pilot, lambda: screen.pane.story_id == screen.row_list.cursor_id != story)


async def test_watching_is_a_decision_that_can_be_undone(running: Running, store_path: Path) -> None:
    async with running(store_path) as pilot:
        screen = await to_the_claim(pilot, store_path)
        story = screen.row_list.cursor_id
        await press(pilot, "w")
        with open_store(store_path) as store:
            last = decisions.last(store, "ada")
            assert last is not None and (last.act, last.story) == (Act.WATCH, story)
        await press(pilot, "u")
        with open_store(store_path) as store:
            assert not stories.rows_of(store, [story or 0])[0].watched


async def test_an_empty_store_says_what_to_do_next(running: Running, empty_path: Path) -> None:
    async with running(empty_path) as pilot:
        assert "feeds are polled: R polls" in text_of(pilot)
        for key, words in (("2", "Nothing waits"), ("3", "No items yet"), ("4", "No feeds yet")):
            await press(pilot, key)
            assert words in text_of(pilot)

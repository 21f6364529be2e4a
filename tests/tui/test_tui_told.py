"""What the screen tells in words: times, marks, the past, what a filter can't read, and all of it in ASCII."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from store.feeds import FeedState
from stories.evidence import Stance
from stories.story import PartyStance
from tests.tui.running import CLAIM, NOW, SMALL, WIDE, Running, entry, fill, press, text_of
from tests.tui.test_tui_stories import to_the_claim
from tui import words
from tui.bars import Standing, status_line
from tui.drawing import PLAIN, UNICODE
from tui.page_feed import feed_page
from tui.rows import Painter
from tui.sheet import Sheet, ToVariant, plain_text


def test_a_long_wait_is_told_in_hours() -> None:
    assert words.seconds(timedelta(minutes=281, seconds=46)) == "4 h 41"
    assert words.seconds(timedelta(hours=12, minutes=5)) == "12 h"
    assert words.seconds(timedelta(seconds=42)) == "0:42"


def test_a_slow_feeds_rhythm_is_told_in_hours_and_no_items_as_nothing() -> None:
    feed = FeedState("https://a.example/feed", "a.example", "A", rhythm=1_750 * 60, items_per_hour=0.01)
    sheet = Sheet(60)
    feed_page(sheet, feed, NOW)
    assert "every 29 h" in plain_text(sheet.lines) and "items an hour" not in plain_text(sheet.lines)
    row = "".join(piece.text for piece in Painter(UNICODE, lambda: NOW).feed(feed, 80, marked=False))
    assert not row.rstrip().endswith("0.0")


def test_every_answer_has_a_mark_of_its_own() -> None:
    for glyphs in (UNICODE, PLAIN):
        assert len({words.stance_mark(stance, glyphs) for stance in Stance}) == len(Stance)
        assert len({words.party_mark(stance, glyphs) for stance in PartyStance}) == len(PartyStance)


def test_a_heading_too_long_for_its_line_goes_on_below_uncut() -> None:
    sheet = Sheet(30, PLAIN)
    sheet.head("Statements (3)", "what its words say, whatever story it is in")
    assert "whatever story it is in" in " ".join(plain_text(sheet.lines).split())
    assert PLAIN.ellipsis not in plain_text(sheet.lines)


async def test_an_old_date_does_not_run_into_the_publisher(running: Running, tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    days = (NOW - datetime(2017, 7, 25, tzinfo=UTC)) / timedelta(hours=1)
    fill(path, [entry(f"o{n}", f"npr{n}.example", days, "Harbour bridge closes for repairs") for n in (1, 2)])
    async with running(path) as pilot:
        assert "25Jul17 npr" in text_of(pilot)
        await press(pilot, "f", *"harbour")
        assert "25Jul17 npr" in text_of(pilot)


async def test_headlines_have_most_of_triages_list_at_120_columns(running: Running, store_path: Path) -> None:
    async with running(store_path, WIDE) as pilot:
        await press(pilot, "2")
        shown = text_of(pilot)
        assert "Marathon record falls on a flat" in shown
        assert "? CAN'T" in shown


@pytest.mark.parametrize("size", [WIDE, SMALL])
@pytest.mark.parametrize(
    "keys",
    [
        "",
        "2",
        "3",
        "4",
        "enter right",
        "enter right right",
        "enter left",
        "colon",
        "W",
        "A a",
        "slash x",
        "enter w",
        "plus",
        "C down down down enter",
    ],
)
async def test_plain_screens_are_ascii(
    running: Running, tmp_path: Path, keys: str, size: tuple[int, int]
) -> None:
    path = tmp_path / "plain.db"
    ascii_news = [
        entry(
            each.guid,
            each.publisher,
            10 + place,
            each.title,
            each.summary.replace("“", '"').replace("”", '"'),
        )
        for place, each in enumerate(CLAIM)
    ]
    fill(path, ascii_news)
    async with running(path, size, plain=True) as pilot:
        await press(pilot, *keys.split())
        strange = {char for char in text_of(pilot) if ord(char) > 126}
        assert not strange, text_of(pilot)


def test_the_header_says_that_the_past_is_shown_and_what_there_is_to_know() -> None:
    def told(doing: str = "", **more: object) -> str:
        standing = Standing(running=True, doing=doing)
        return "".join(piece.text for piece in status_line(standing, NOW, 80, paused=False, **more))  # type: ignore[arg-type]

    assert "AS OF" not in told()
    assert told(as_of=NOW - timedelta(days=2)).startswith("AS OF 2023-01-28 12:00")
    assert "demo ended" in told(note="demo ended: q")
    assert told(doing="importing a.jsonl 41%").startswith("LIVE  importing a.jsonl 41%")


async def test_a_typed_time_is_jumped_to_and_the_header_says_so(running: Running, store_path: Path) -> None:
    async with running(store_path, SMALL) as pilot:
        screen = await to_the_claim(pilot, store_path)
        await press(pilot, "enter", "@", *"soon", "enter")
        assert "soon is no time" in text_of(pilot)
        await press(pilot, "ctrl+u", *"2023-01-28 12:00", "enter")
        assert screen.pane.as_of == datetime(2023, 1, 28, 12, tzinfo=UTC)
        assert "AS OF 2023-01-28 12:00" in text_of(pilot).splitlines()[0]
        await press(pilot, "t")
        assert "AS OF" not in text_of(pilot).splitlines()[0]


@pytest.mark.parametrize("screen", ["1", "2", "3", "4"])
async def test_an_unknown_field_of_a_filter_is_told_with_those_that_exist(
    running: Running, store_path: Path, screen: str
) -> None:
    async with running(store_path) as pilot:
        await press(pilot, screen, "slash", *"foo:bar", "enter")
        shown = text_of(pilot)
        assert 'No "foo:".' in shown and "status" in shown
        await press(pilot, "escape")
        assert 'No "foo:".' not in text_of(pilot)


async def test_a_picture_of_the_screen_is_saved_by_command(
    running: Running, store_path: Path, tmp_path: Path
) -> None:
    async with running(store_path) as pilot:
        await press(pilot, "colon", *"picture", "enter")
        assert "Saved spreadwatch-20230130-120000.svg" in text_of(pilot)
        saved = (tmp_path / "out" / "spreadwatch-20230130-120000.svg").read_text("utf-8")
        assert "<svg" in saved and 'xml:space="preserve"' in saved


async def test_the_timeline_says_how_much_later_than_the_one_before_each_change_came(
    running: Running, store_path: Path
) -> None:
    async with running(store_path) as pilot:
        await to_the_claim(pilot, store_path)
        await press(pilot, "enter", "right")
        first, *others = [line for line in text_of(pilot).splitlines() if "later" in line or "SINGLE" in line]
        assert "later" not in first and others and all(re.search(r"\d \w+ later", line) for line in others)


async def test_differing_reports_are_listed_and_open_side_by_side(running: Running, tmp_path: Path) -> None:
    path = tmp_path / "differs.db"
    told = "The Taliban denied that they sent {} rifles to Russia. “This report is a lie and a plot against {},” Zia Ahmad Takal, deputy spokesman of the Taliban's foreign ministry, told reporters."
    fill(
        path,
        [
            *CLAIM[:2],
            entry(
                "d1", "one.example", 20, "Taliban deny sending US weapons to Russia", told.format("400", "us")
            ),
            entry(
                "d2",
                "two.example",
                19,
                "Taliban deny sending US weapons to Russia",
                told.format("900", "Kabul"),
            ),
        ],
    )
    async with running(path) as pilot:
        screen = await to_the_claim(pilot, path)
        await press(pilot, "enter", "right", "right")
        page = screen.pane.page
        places = [n for n, to in enumerate(page.sheet.opens) if isinstance(to, ToVariant)]
        assert places and "Differs" in plain_text(page.sheet.lines)
        page.stop = places[0]
        await press(pilot, "enter")
        shown = plain_text(page.sheet.lines)
        assert "differently" in shown and "one.example" in shown and "two.example" in shown
        await press(pilot, "enter")
        assert "Item" in text_of(pilot)
        await press(pilot, "escape", "escape")
        assert page.stop == places[0]


async def test_help_on_the_narrowest_terminal_still_says_what_keys_do(
    running: Running, store_path: Path
) -> None:
    async with running(store_path, (40, 10)) as pilot:
        await press(pilot, "?", *"hide")
        assert "Show or hide stories" in text_of(pilot)

"""Text is drawn literally, to the cell, whatever it holds."""

from __future__ import annotations

import gc

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip

from store.feeds import FeedState
from store.story_rows import StoryRow
from stories.states import Status
from tests.tui.running import NOW
from tui.drawing import PLAIN, UNICODE, Look, Piece, fit, literal, pad, spark, width_of, wrap
from tui.freed_lines import free_lines
from tui.rows import Painter


@given(st.text(max_size=60), st.integers(0, 40))
def test_fitted_text_takes_exactly_its_width(text: str, width: int) -> None:
    assert cell_len(fit(text, width)) == width


@given(st.text(max_size=200), st.integers(8, 60))
def test_wrapped_lines_never_exceed_the_width_and_lose_no_word(text: str, width: int) -> None:
    lines = wrap([Piece(text, Look.QUOTE)], width)
    assert all(width_of(line) <= width for line in lines)
    shown = "".join(piece.text for line in lines for piece in line)
    assert "".join(shown.split()) == "".join(literal(text).split())


@given(st.text())
def test_nothing_a_terminal_obeys_is_left(text: str) -> None:
    assert not any(ord(char) < 0x20 or 0x7F <= ord(char) < 0xA0 for char in literal(text))
    assert not set(literal(text)) & {"\u202e", "\u202d", "\u2066", "\u2069"}


def test_markup_is_text() -> None:
    assert fit("[bold]x[/]", 12) == "[bold]x[/]  "


def test_a_cut_title_ends_in_an_ellipsis_at_a_word_where_one_is_near() -> None:
    assert fit("Harbour bridge closes", 16) == "Harbour bridge… "


def test_pieces_are_cut_and_padded_as_one_line() -> None:
    line = pad((Piece("abc"), Piece("defgh")), 6)
    assert "".join(piece.text for piece in line) == "abcde…"[:3] + "de…"


def test_a_sparkline_shows_the_latest_at_the_right_and_nothing_as_blank() -> None:
    assert spark((0, 0, 4), 3) == "▁▁█"
    assert spark((4, 0, 0, 0, 0, 2), 3) == "█▁▄"  # narrow, and still the whole day
    assert spark((0, 0, 0), 3) == "   "


def test_plain_marks_are_ascii() -> None:
    for name in PLAIN.__slots__:
        mark = getattr(PLAIN, name)
        assert (mark if isinstance(mark, str) else "".join(mark.values())).isascii()
    assert PLAIN.own("Russia–Taliban → arms") == "Russia-Taliban -> arms"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a 👨‍👩‍👧‍👦 family", "a 👨👩👧👦 family"),
        ("👍🏽 and ❤️", "👍 and ❤"),
        ("flag 🇷🇺 here", "flag RU here"),
        ("नमस्ते क्‍ष", "नमस्ते क्‍ष"),
    ],
)
def test_emoji_that_terminals_join_or_not_are_drawn_apart_so_that_widths_agree(text: str, shown: str) -> None:
    assert literal(text) == shown
    assert cell_len(fit(text, 20)) == 20


def test_a_name_too_long_for_its_row_keeps_the_year_that_tells_it_from_its_namesake() -> None:
    row = StoryRow(
        id=1, name="Russia–Taliban arms deliveries 2023", claim="", status=Status.DENIED, because="", first_seen=None,
        last_seen=None, publishers=9, items=11, origins=1, spark=(0,) * 12, trend=0.0, new=0, starred=False,
        watched=False, opposite_of=2,
    )  # fmt: skip
    for glyphs, mark in ((UNICODE, "⇄"), (PLAIN, "<>")):
        for width in (62, 80, 120):
            told = "".join(
                piece.text for piece in Painter(glyphs, lambda: NOW).story(row, width, marked=False)
            )
            assert "Russia" in told and f" 2023 {mark} " in told and cell_len(told) == width


def test_feeds_without_a_title_are_told_apart_by_their_addresses() -> None:
    def told(url: str) -> str:
        state = FeedState(url, "127.0.0.1", failures=1)
        return "".join(piece.text for piece in Painter(UNICODE, lambda: NOW).feed(state, 80, marked=False))

    assert "127.0.0.1:8000/gone.xml " in told("http://127.0.0.1:8000/gone.xml")
    assert "***@127.0.0.1/slow.xml " in told("http://ada:secret@127.0.0.1/slow.xml")


def test_a_line_that_was_drawn_whole_is_freed_without_a_search_for_garbage() -> None:
    free_lines()
    line = Strip([Segment("harbour")])
    drawn = [*line.divide([7]), line.crop_extend(0, 7, None)]
    assert drawn == [line, line] and [part.text for part in line.divide([3, 7])] == ["har", "bour"]
    assert line.crop_extend(2, 9, None).text == "rbour  "
    gc.collect()
    gc.disable()
    try:
        del line, drawn
        assert gc.collect() == 0
    finally:
        gc.enable()

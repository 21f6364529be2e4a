from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds import clean
from stories.item import Link

HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f\ud800-\udfff\ufeff]")
NASTY = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("<>&;#/\"'=![]-\x1b\x9b\x00\x07\u202e\u2066\u0301\u200b\r\n\t ab"),
    ),
    max_size=60,
)
MARKUP = st.lists(
    st.sampled_from(
        ["<b>", "</b>", "<a href='http://x.example/'>", "</a>", "<p", ">", "&amp;", "amp;", "&lt;", "&#27;", "<script>",
         "</script>", "<!--", "-->", "<![CDATA[", "]]>", "<tag>", "x", " ", "\n", "&", "<", "é", "\u009b", "&quot;"]
    ),
    max_size=14,
).map("".join)  # fmt: skip


@given(st.one_of(NASTY, MARKUP))
def test_cleaned_text_holds_no_control_and_no_direction_override(text: str) -> None:
    for cleaned in (clean.line(text), clean.prose(text), clean.markup(text)[0], clean.title(text)):
        assert not HARMFUL.search(cleaned)


@given(st.one_of(NASTY, MARKUP))
def test_cleaning_again_changes_nothing(text: str) -> None:
    for function in (clean.line, clean.prose, clean.title, lambda text: clean.markup(text)[0]):
        once = function(text)
        assert function(once) == once


@given(NASTY)
def test_an_address_is_http_or_nothing_and_stays_as_it_is(text: str) -> None:
    for url in (text, "http://" + text, "https://news.example/" + text):
        found = clean.address(url)
        assert found == "" or found.startswith(("http", "HTTP"))
        assert not re.search(r"[\s\"'<>\\^`{|}]", found) and not HARMFUL.search(found)
        assert clean.address(found) == found


def test_a_letter_carries_only_a_few_combining_marks() -> None:
    cleaned = clean.line("Z" + "\u0301" * 500 + "algo")
    assert sum(unicodedata.combining(letter) > 0 for letter in cleaned) <= 4
    assert cleaned.endswith("algo")


@pytest.mark.parametrize("words", ["Việt Nam", "शाह्जालाल", "می‌خواهد", "👩‍👩‍👧", "Čeština", "שָׁלוֹם"])
def test_languages_that_need_marks_and_joiners_keep_them(words: str) -> None:
    assert clean.line(words) == words


def test_terminal_markup_and_words_in_angle_brackets_stay_literal() -> None:
    text = "[bold][@click=app.quit]x[/] <tag> 5 < 6 & 7"
    assert clean.title(text) == text


def test_html_becomes_paragraphs_and_its_links_are_kept() -> None:
    text, links = clean.markup(
        "<p>He <b>denied</b> it &ndash; <a href='/a?x=1&amp;y=2'>told <i>VOA</i></a>.</p><ul><li>One<li>Two</ul>"
        "<a href='javascript:x()'>no</a><script>evil()</script><style>p{}</style>",
        base="https://news.example/story",
    )
    assert text == "He denied it – told VOA.\nOne\nTwo\nno"
    assert links == (Link("https://news.example/a?x=1&y=2", "told VOA"),)


def test_markup_that_was_escaped_twice_is_read_and_what_never_ends_is_disarmed() -> None:
    assert clean.title("AT&amp;amp;T &amp;lt;b&amp;gt;now&amp;lt;/b&amp;gt;") == "AT&T now"
    assert "&" not in clean.title("&" + "amp;" * 50 + "lt;b&gt;")


def test_utf8_that_was_taken_for_latin1_is_read() -> None:
    assert clean.line("won\u00e2\u0080\u0099t") == "won’t"


def test_a_giant_field_is_cut_and_says_so() -> None:
    cut = clean.title("A" * 5_000_000)
    assert len(cut) == clean.TITLE and cut.endswith("…")


@pytest.mark.parametrize(
    "flood", ['<a "', "<!--", "<script>", "<", "<a '\"", "<a href=http://x.example>", "&amp;lt;"]
)
def test_floods_of_markup_come_to_an_end(flood: str) -> None:
    text, links = clean.markup(flood * 40_000)
    assert len(text) <= clean.SUMMARY and len(links) <= clean.LINKS

"""The Markdown brief: status first, exact words, sources, and nobody else's markup."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from snapshots import markdown
from snapshots.snapshot import Snapshot
from snapshots.wording import literal, span


def test_the_status_line_comes_first_and_sections_in_a_fixed_order(snapshot: Snapshot) -> None:
    brief = markdown.write(snapshot)
    assert brief.splitlines()[0] == "# Norland–Westmark drones: DENIED by Norland, 3 h after"
    assert "Norland DENIED · Westmark SILENT 6 h" in brief
    headings = [line for line in brief.splitlines() if line.startswith("## ")]
    assert headings == [
        "## Timeline",
        "## Where it comes from",
        "## Who said what",
        "## Not counted: about something else, or unclear",
        "## Open questions",
        "## Items",
        "## Method",
    ]


def test_each_statement_stands_with_its_sentence_link_and_time_of_retrieval(snapshot: Snapshot) -> None:
    brief = markdown.write(snapshot)
    assert '> Ada Lind said: "This report is false."' in brief
    assert "Ada Lind, Norland's spokeswoman, via Coast Radio: deny." in brief
    assert "[Norland calls drone report false](<https://second.example/7>)" in brief
    assert "retrieved 2026-03-02 09:04 UTC" in brief
    assert "undated, imported" in brief


def test_a_denial_of_something_else_is_shown_apart(snapshot: Snapshot) -> None:
    said, aside = markdown.write(snapshot).split("## Not counted")
    assert "raising taxes" not in said
    assert "another claim" in aside


def test_hostile_titles_stay_literal(snapshot: Snapshot) -> None:
    brief = markdown.write(snapshot)
    assert "<script>" not in brief.replace("\\<script\\>", "")
    assert "\\[click\\](javascript:x)" in brief
    assert "\\*bold\\*" in brief


def test_open_questions_name_the_silent_the_unread_source_and_the_undated(snapshot: Snapshot) -> None:
    questions = " ".join(snapshot.questions)
    assert "Has Westmark answered?" in questions
    assert "goes back to Harbour Notes" in questions
    assert "Undated in the feed: third.example" in questions
    assert "Has Norland answered?" not in questions


def test_an_unrated_story_says_so(snapshot: Snapshot) -> None:
    story = replace(snapshot.detail.story, rated="", note="")
    brief = markdown.write(replace(snapshot, detail=replace(snapshot.detail, story=story)))
    assert "No analyst has rated this story." in brief
    assert "Rated by the analyst: C3" in markdown.write(snapshot)


def test_words_without_markup_stay_exactly_as_they_are() -> None:
    words = "He said: \"It's a lie — 100 % false_flag (a_b), isn't it?\""
    assert literal(words) == words


def test_a_line_that_would_start_a_list_or_heading_is_escaped() -> None:
    assert literal("# Not a heading") == "\\# Not a heading"
    assert literal("- no list") == "\\- no list"
    assert literal("1. no list") == "1\\. no list"


def test_lengths_of_time_read_as_people_say_them() -> None:
    assert span(timedelta(minutes=45)) == "45 min"
    assert span(timedelta(hours=31)) == "31 h"
    assert span(timedelta(days=3, hours=4)) == "3 d 4 h"

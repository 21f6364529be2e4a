"""Who can be a speaker, whose words a quotation's are, and wordings that are neither denial nor assertion."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from stories.evidence import Stance, Statement, Voice
from stories.item import Item
from stories.reading import read
from stories.somebody import somebody


def stated(title: str, summary: str = "") -> tuple[Statement, ...]:
    at = datetime(2023, 5, 4, tzinfo=UTC)
    return read(Item(1, "g", "a.org", title, summary, published=at, lang="en")).statements


@pytest.mark.parametrize(
    "words",
    [
        "field guns in the hands of two rebel units",
        "a television report featured pictures of rebel units",
        "Photos lend some weight to Canada",
        "the page is new and",
        "of necessity",
        "a committee in March he",
        "Grand Prix 2021",
        "Live updates",
        "",
    ],
)
def test_a_thing_a_clause_and_a_headlines_label_are_nobody(words: str) -> None:
    assert not somebody(words)


@pytest.mark.parametrize(
    "words",
    [
        "Ana Ruiz",
        "a deputy spokesman for the ministry of health",
        "two people briefed on the matter",
        "the airline",
        "Boeing Co.",
        "MK Dons",
        "all the residents of the house",
        "a company that makes buses",
        "his lawyer",
        "Минобороны",
    ],
)
def test_people_offices_groups_and_firms_are_somebody(words: str) -> None:
    assert somebody(words)


def test_what_a_thing_is_said_to_say_is_unnamed() -> None:
    (one,) = stated("Arms", "Field guns in the hands of two rebel units suggest that Peru armed the rebels.")
    assert (one.speaker, one.party, one.voice) == ("", "", Voice.UNNAMED)


def test_a_name_carries_no_mark_of_the_sentence_it_ended() -> None:
    assert all(
        not one.speaker.endswith((".", ",")) for one in stated("A", "Rain fell, according to Ana Ruiz.")
    )
    assert {one.speaker for one in stated("A", "Rain fell, according to Ana Ruiz.")} == {"Ana Ruiz"}


def test_a_quotation_is_its_speakers_and_the_outlet_is_only_the_way() -> None:
    (one,) = stated("Lima", "“I can't confirm that Peru armed the rebels,” Ruiz said, Reuters reported.")
    assert (one.stance, one.speaker, one.via) == (Stance.CANNOT_CONFIRM, "Ruiz", ("Reuters",))


def test_a_question_asserts_nothing() -> None:
    assert stated("Ana Ruiz: Will Peru arm the rebels?") == ()


@pytest.mark.parametrize(
    ("words", "stance"),
    [
        ("Peru said it had no information on whether the rebels were armed.", Stance.CANNOT_CONFIRM),
        ("“We have no such information,” the foreign ministry said.", Stance.CANNOT_CONFIRM),
        ("“It is hard to believe that Peru armed the rebels,” Ana Ruiz said.", Stance.DOUBT),
        ("It is hard to take the pictures seriously, the foreign ministry said.", Stance.DOUBT),
        ("Ana Ruiz found it hard to believe that Peru armed the rebels.", Stance.DOUBT),
        ("Canada has seen no indication that Peru armed the rebels.", Stance.CANNOT_CONFIRM),
    ],
)
def test_wordings_that_neither_deny_nor_assert(words: str, stance: Stance) -> None:
    assert [one.stance for one in stated("Arms in Lima", words)] == [stance]

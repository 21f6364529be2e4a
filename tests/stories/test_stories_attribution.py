"""Who says what, and who says that whom said: every attribution of a text, and chains of sources."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from stories.attribution import attributions
from stories.chains import chains, heard_through
from stories.evidence import Stance
from stories.item import Item
from stories.reading import read
from stories.text import curled, dateline


def said(text: str) -> list[tuple[str, list[str]]]:
    """Each attribution's speaker and what it brings."""
    return [
        (
            text[each.speaker[0] : each.speaker[1]] if each.speaker else "",
            [text[start:end] for start, end in each.content],
        )
        for each in attributions(text)
    ]


def test_what_is_said_ends_where_the_writers_own_clause_begins() -> None:
    text = "The minister said the raid had failed, adding to the confusion in the capital on Monday."
    assert ("The minister", ["the raid had failed"]) in said(text)


def test_a_quotation_marked_by_two_apostrophes_is_a_quotation() -> None:
    text = "''The bridge is safe,'' Anna White said. ''It was checked twice.''"
    speaker, content = said(text)[0]
    assert speaker == "Anna White"
    assert [part.strip("' ,") for part in content] == ["The bridge is safe", "It was checked twice."]


def test_a_question_that_is_quoted_is_whose_asked_it() -> None:
    text = "“Does anybody know the way to the harbour?” Anna White asked. “Neither do I.”"
    speaker, content = said(text)[0]
    assert speaker == "Anna White"
    assert content == ["“Does anybody know the way to the harbour?”", "“Neither do I.”"]


def test_curled_quotation_marks_leave_every_character_in_its_place() -> None:
    text = "He said ''no'' and ''yes,'' twice; Joe's own."
    assert len(curled(text)) == len(text)
    assert curled(text).index("no") == text.index("no")


def test_a_participle_has_the_subject_of_the_clause_it_hangs_on() -> None:
    text = "Clinton spoke out on Tuesday about the shooting, arguing that the police need reform."
    assert ("Clinton", ["that the police need reform"]) in said(text)


def test_the_speaker_of_a_relative_clause_reaches_up_to_its_pronoun() -> None:
    text = "He met the engineers, who said that the dam would hold."
    assert ("the engineers, who", ["that the dam would hold"]) in said(text)


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        ("Anna White lambasted the harbour plan.", "Anna White", "the harbour plan"),
        ("The plan was rejected by voters.", "voters", "The plan"),
        ("The report, as the Herald reported on Monday, was never sent.", "the Herald", "The report"),
    ],
)
def test_attitudes_passives_and_asides_attribute_too(text: str, speaker: str, content: str) -> None:
    assert (speaker, [content]) in said(text)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("President John W. Roe said Monday that all ferries would sail.", "President John W. Roe"),
        (
            "Council for Economic Planning and Development Chairman Li Wei said that exports rose.",
            "Council for Economic Planning and Development Chairman Li Wei",
        ),
        (
            "The mayor visited the yard on Monday, praising the crews and saying that the bridge will open.",
            "The mayor",
        ),
    ],
)
def test_a_speaker_keeps_initials_long_offices_and_the_participles_that_hang_on_them(
    text: str, speaker: str
) -> None:
    assert {who for who, _ in said(text)} == {speaker}


@pytest.mark.parametrize(
    ("sentence", "chain"),
    [
        ("The paper added that the government believed the ship was a spy.", ("The paper", "the government")),
        ("Thailand expects an answer on Friday, local dailies said Tuesday.", ("local dailies", "Thailand")),
        (
            "The trade ministry said Monday that it had five complaints, according to China Daily.",
            ("China Daily", "The trade ministry"),
        ),
        (
            "The statement urged the statesmen of both countries to keep the peace.",
            ("The statement", "the statesmen of both countries"),
        ),
        (
            "A foreign wire quoted a senior State Department official as saying that talks had failed.",
            ("A foreign wire", "a senior State Department official"),
        ),
        ('"The board decided to suspend them," Anna White told reporters.', ("Anna White", "The board")),
        (
            "For Anna White, leader of the miners, although Peru has changed, it should not forget the strike.",
            ("Anna White", "Peru"),
        ),
        (
            "At the request of the Harbour Board of Lima, Peru has called for help.",
            ("the Harbour Board of Lima", "Peru"),
        ),
        (
            "A diplomat said talks failed because of the insistence of the Chileans on new terms.",
            ("A diplomat", "the Chileans"),
        ),
        (
            "The senator criticized on Monday President John Roe for his remarks that called Peru weak.",
            ("The senator", "President John Roe"),
        ),
        (
            "The council has vowed to heed the Roads and Harbours Ministry's advice on ferries.",
            ("The council", "the Roads and Harbours Ministry"),
        ),
        (
            "“The crews did not include our officers,” a high-ranking naval official told Reuters on Friday.",
            ("a high-ranking naval official", "The crews"),
        ),
    ],
)
def test_a_chain_names_the_outermost_source_first(sentence: str, chain: tuple[str, ...]) -> None:
    assert chain in chains(sentence)


def test_an_answer_told_by_somebody_else_says_through_whom_it_was_heard() -> None:
    at = datetime(2026, 3, 1, tzinfo=UTC)
    title = "Former minister Anna White denied on Friday that she had taken the money, CNN reported."
    item = Item(id=1, guid="g", publisher="p.example", title="", summary=title, published=at, first_seen=at)
    (denial,) = [each for each in read(item).statements if each.stance is Stance.DENY]
    assert denial.speaker == "Anna White" and denial.via == ("CNN",)


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("Chile says Peru sent boats to scare its fleet; Lima denies it.", "Lima"),
        (
            "Oslo advanced on Friday, officials said, as the defence ministry acknowledged losses.",
            "the defence ministry",
        ),
    ],
)
def test_an_answer_of_another_clause_was_not_heard_through_its_speaker(sentence: str, speaker: str) -> None:
    assert heard_through(sentence, speaker) == ()


def test_a_dateline_is_no_part_of_a_speaker() -> None:
    text = "MOSCOW, March 28 (Itar-Tass) -- The space agency plans two launches in June, an official said."
    assert text[dateline(text, 0, len(text)) :].startswith("The space agency")
    assert ("an official", "The space agency") in chains(text)


def test_a_dash_inside_a_sentence_makes_no_dateline() -> None:
    text = "Russia — which denies it — said nothing."
    assert dateline(text, 0, len(text)) == 0


def test_a_backslash_before_an_apostrophe_leaves_the_owner_whole() -> None:
    text = r"The Iraqi side pledged to heed the Oil Ministry\'s advice on exports."
    assert len(curled(text)) == len(text) and "Ministry's " in curled(text)

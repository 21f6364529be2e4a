"""Whose word a sentence is not: asked-for answers, names inside complements and clauses, labels, counts, withheld things."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from stories.evidence import Stance, Statement
from stories.item import Item
from stories.reading import read
from stories.somebody import somebody
from stories.text import words

AT = datetime(2023, 3, 1, tzinfo=UTC)


def said(title: str, summary: str = "", lang: str = "en") -> tuple[Statement, ...]:
    return read(Item(1, "a", "example.org", title, summary, published=AT, lang=lang)).statements


def speakers(title: str, summary: str = "", lang: str = "en") -> list[str]:
    return [each.speaker for each in said(title, summary, lang)]


@pytest.mark.parametrize(
    "words_",
    [
        "Defence ministry demands Peru's government 'confirm the facts'",
        "Opposition demands Peru admit the raid",
        "Chile urges that Peru's ministers deny the report in public",
        "Senators insist Peru's president acknowledge the raid",
    ],
)
def test_what_somebody_is_asked_to_answer_is_no_answer_of_theirs(words_: str) -> None:
    assert not [each for each in said(words_) if each.stance is not Stance.ASSERT]


@pytest.mark.parametrize(
    ("words_", "stance"),
    [
        ("Peru's ministers confirm the raid", Stance.CONFIRM),
        ("Chile demands answers as Peru's ministers deny the raid", Stance.DENY),
        ("Officials confirm the demands of Peru", Stance.CONFIRM),
    ],
)
def test_an_answer_beside_a_demand_is_still_one(words_: str, stance: Stance) -> None:
    assert stance in {each.stance for each in said(words_)}


def test_the_subject_of_what_officials_say_is_not_who_says_it() -> None:
    text = "Peru is a leader in cheap boats, according to Chilean officials who say Lima is using the fair as a shop window."
    assert not {"Peru", "Lima"} & set(speakers("", text))


@pytest.mark.parametrize(
    ("title", "speaker"),
    [
        ("Roe withdraws nominee who said the party was 'bought'", "nominee"),
        ("Ada Roe's shoes will not be shown in civil trial of baker who accused him of theft", "baker"),
        ("Fever reaches the coast as WHO confirms outbreak in Peru", "WHO"),
        ("A man who Chilean prosecutors say stole 200,000 eggs has pleaded guilty to theft", "A man"),
        ("Data unit who confirmed the leak thanked by Ada Roe", "Data unit"),
    ],
)
def test_who_tells_of_the_nearest_person_and_the_health_body_is_no_pronoun(title: str, speaker: str) -> None:
    assert [each.speaker for each in said(title)][-1] == speaker


def test_a_speech_tag_behind_a_quotation_may_end_in_a_state() -> None:
    text = "Ben Doe is “not above the law”, the attorney general of New York state said on Tuesday, after a ruling."
    assert speakers("", text) == ["the attorney general of New York state"]


def test_what_an_analysis_suggests_is_not_told_by_those_it_is_about() -> None:
    text = "A new analysis of boats “strongly” suggests they were Peruvian, according to Chile's navy."
    assert "they" not in speakers("", text)
    assert "Chile's navy" in speakers("", text)


@pytest.mark.parametrize(
    "title",
    [
        "Don't just chase smugglers — deny them safe havens",
        "How to deny him quiet waters",
        "Ministers deny refugees shelter",
    ],
)
def test_to_deny_somebody_a_thing_is_to_withhold_it(title: str) -> None:
    assert not [each for each in said(title) if each.stance is Stance.DENY]


@pytest.mark.parametrize("title", ["Peru denied US claims", "Peru denies US claims", "Roe denied her claims"])
def test_a_country_that_is_written_as_a_pronoun_is_no_receiver(title: str) -> None:
    assert [each.stance for each in said(title)] == [Stance.DENY]


def test_a_number_is_one_word_at_its_comma() -> None:
    assert [each.text for each in words("He stole 200,000 eggs, 3,4 and 1,2345.")][:4] == [
        "He",
        "stole",
        "200,000",
        "eggs",
    ]


def test_mixed_apostrophes_leave_every_word_in_its_place() -> None:
    text = "Coins feature Roe' face, but the bank says not for 'several years'' to come."
    assert [text[each.start : each.end] for each in words(text)][7:9] == ["the", "bank"]
    assert words(text)[-1].end == len(text)


@pytest.mark.parametrize(
    "name",
    [
        "000 chocolate eggs",
        "6",
        "73m fine",
        "63 percent",
        "5 hurt in Lima",
        "Letters to the Editor",
        "Acme Homes goes under",
        "President Roe assailed House Democrats over the law",
        "flew over the lake “often”",
    ],
)
def test_counts_labels_and_clauses_are_no_speakers(name: str) -> None:
    assert not somebody(name)


@pytest.mark.parametrize(
    "name",
    [
        "50 former officials",
        "10 Downing Street",
        "87-year-old senator",
        "Human Rights Watch",
        "The Washington Post",
        "Oslo based Acme",
        "a company that makes buses",
    ],
)
def test_people_and_bodies_with_such_words_are_speakers(name: str) -> None:
    assert somebody(name)


@pytest.mark.parametrize(
    ("title", "summary"),
    [
        ("READ: Grand jury releases report on Ada Roe", ""),
        ("Letters to the Editor: Don't build the dam", ""),
        ("Peru-Chile: Warning as thieves use quake", ""),
        ("'Awful': 3 dead, 5 hurt in Lima bus crash", ""),
        ("Whitby: Mural has piece returned", "The mural in Whitby shows a baker."),
        ("Peru's divers criticise Chile over Roe say on aid deliveries", ""),
    ],
)
def test_a_label_or_a_say_in_a_matter_is_nobodys_word(title: str, summary: str) -> None:
    assert not said(title, summary)


def test_a_name_before_a_colon_that_is_no_place_still_speaks() -> None:
    assert speakers("Whitby: We will rebuild", "Jane Whitby spoke at the harbour.") == ["Whitby"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "Udało się zebrać łodzie dla Peru - powiedział minister Adam Nowak po spotkaniu w Limie.",
            "Adam Nowak",
        ),
        ("Łodzie są gotowe - oświadczył we wtorek w Oslo sekretarz Adam Nowak.", "sekretarz Adam Nowak"),
        ("Łodzie dotrą do Peru w maju – poinformowała we wtorek agencja Acme.", "agencja Acme"),
    ],
)
def test_in_polish_a_dash_parts_the_words_from_their_speaker(text: str, speaker: str) -> None:
    (told,) = said("", text, "pl")
    assert told.speaker.endswith(speaker)
    assert not told.speaker.startswith(("Udało", "Łodzie"))


@pytest.mark.parametrize("title", ["Why didn't they stop it earlier?", "Did Peru's navy deny the raid?"])
def test_a_question_denies_nothing(title: str) -> None:
    assert not said(title)

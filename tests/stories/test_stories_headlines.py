"""Headlines read off boards: labels that nobody speaks from, acts that are only expected, names inside other names, and who is meant."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from stories.affiliation import party
from stories.evidence import Stance, Statement
from stories.item import Item
from stories.reading import read

AT = datetime(2023, 4, 8, tzinfo=UTC)


def said(title: str, summary: str = "") -> list[Statement]:
    return list(read(Item(1, "a", "example.org", title, summary, published=AT, lang="en")).statements)


def parties(title: str) -> set[str]:
    return {each.party for each in said(title) if each.party}


@pytest.mark.parametrize(
    ("name", "affiliation", "whose"),
    [
        ("a market trader from Chad", "", ""),
        ("Engineers from Germany", "", ""),
        ("officials from Germany", "", "Germany"),
        ("Paris Jones", "", ""),
        ("Theo London", "", ""),
        ("Ada Putin", "", ""),
        ("Ada Putin's counsel", "", ""),
        ("the Northern Ireland secretary", "", "Northern Ireland"),
        ("Mr Putin", "", "Russia"),
        ("PEN Peru", "", ""),
        ("Ada Roe", "Chile’s leading scorer and a champion with Real Madrid", ""),
        ("Jane Doe", "France’s football federation president", ""),
        ("Copenhagen restaurant Kartoffel", "", ""),
        ("A federal judge in the trial of former President Donald Trump", "", ""),
        ("a spokesman for Donald Trump", "", "Donald Trump"),
        ("stoked by Putin", "", ""),
        ("HeartCo", "a company that has accused Ukraine of theft", ""),
        ("Ada Roe", "Peru’s ousted president", ""),
        ("New Mexico prosecutors", "", "New Mexico"),
        ("Kremlin adviser Ada Roe", "", "Russia"),
        ("the head of Kyiv’s military administration", "", "Ukraine"),
    ],
)
def test_a_name_inside_anothers_name_or_behind_it_speaks_for_nobody(
    name: str, affiliation: str, whose: str
) -> None:
    assert party(name, affiliation, AT) == whose


@pytest.mark.parametrize(
    "title",
    [
        "Peru: Forty-four die as bus falls into ravine",
        "Israel: Netanyahu presents his sixth government",
        "Bridge of Sighs, Thailand: tourist dies taking pictures",
        "Chelsea v Real Madrid: Champions League semi-final, first leg – live",
        "Your Monday Briefing: Peru’s Harvest",
        "‘Very clever, hard to catch’: Canada faces plague of wild pigs",
        "Peru 0-0 Chile: player ratings from a dull evening",
        "Jane Roe: police look into 'toxic' remarks",
        "Jane Roe: What we know about the Lima shooting",
        "Roku shows lamps | Image: Roku",
        "Points: 10",
        "World Cup: The fans who stay in Tenerife",
        "Puzzle today: The answer and a hint for number nine",
        "Ten phones reviewed: all fine - Example",
    ],
)
def test_a_label_that_tells_where_or_what_about_is_no_speaker(title: str) -> None:
    assert not said(title)


@pytest.mark.parametrize(
    ("title", "whose"),
    [
        ("Peru: Chile has crossed our border", "Peru"),
        ("Ukraine: Russia intensifies attack on eastern town", "Ukraine"),
        ("Kremlin: report is nonsense", "Russia"),
        ("Peru: 'We have no troops in Chile'", "Peru"),
        ("Pentagon chief: sergeant's age not a focus of inquiry", "United States"),
    ],
)
def test_a_country_that_tells_of_another_or_is_quoted_does_speak(title: str, whose: str) -> None:
    assert parties(title) == {whose}


@pytest.mark.parametrize(
    "title",
    [
        "Peru's president is expected to announce a new cabinet on Tuesday",
        "Biden to officially announce his bid next week",
        "The Biden administration will announce plans for the border in May",
        "Australia would be ‘naive’ to think the station is only for science",
        "Lula asserts authority as hundreds are held",
        "Japan, Malaysia and Peru are among the states that have introduced tests",
        "EU states looking for a joint way",
        "Peru reported missing in world rankings",
        "Russia was hit hardest by losses of tanks, estimates suggest",
        "Chad blamed for eating into reserves",
        "Russia has not yet posted a date",
    ],
)
def test_what_is_expected_wanted_or_told_of_somebody_is_not_said_yet(title: str) -> None:
    assert not parties(title)


@pytest.mark.parametrize(
    "title",
    [
        "Riot was stoked by Trump's election-denying friends",
        "Putin rages against West in speech decried as absurd propaganda",
        "Prosecutors in Peru dismiss involuntary manslaughter charge against actor",
        "Pillow maker ordered to pay millions over debunked election data",
        "Sequel Confirmed For May",
        "Singer confesses her love for old trains",
        "Coach admits they still have work to do",
        "Striker confirms his status as the best of all",
        "Senator slams hearing on 'half-fake' laptop story",
        "Russia says it does not recognise the court",
    ],
)
def test_words_of_denying_and_owning_up_that_nobody_answers_with(title: str) -> None:
    answering = [each for each in said(title) if each.stance in (Stance.DENY, Stance.CONFIRM)]
    assert not [each.speaker for each in answering if each.speaker]


def test_dismissing_as_absurd_is_an_answer_when_it_is_to_something() -> None:
    (denial,) = [each for each in said("Oslo dismissed as absurd claims that it sank the ship") if each.party]
    assert (denial.stance, denial.party) == (Stance.DENY, "Norway")


@pytest.mark.parametrize(
    ("title", "who"),
    [
        (
            "The man accused of injuring John Roe, a teacher who knocked at his door, pleaded not guilty",
            "The man",
        ),
        ("Doe criticized Kenya's Ada Roe for claiming to be young", "Kenya's Ada Roe"),
        ("China is using chips to grow its influence, warns UK spy chief", "UK spy chief"),
        ("Cyclone to bring rain to the US, says Met Office", "Met Office"),
        ("Kremlin 'irresponsible' on treaty, 'a bad day,' US says", "US"),
    ],
)
def test_who_speaks_is_neither_the_one_hurt_nor_blamed_nor_warned_of(title: str, who: str) -> None:
    assert who in {each.speaker for each in said(title)}
    assert not {"Russia", "China"} & parties(title)


@pytest.mark.parametrize(
    ("opening", "who"),
    [
        ("KABUL - The Taliban denied the report.", "The Taliban"),
        ("MOSCOW (AP) - The Kremlin denied the report on Friday.", "The Kremlin"),
        (
            "OSLO, April 8 (Reuters) - Norway's foreign ministry denied the report.",
            "Norway's foreign ministry",
        ),
    ],
)
def test_a_dateline_is_no_part_of_who_speaks(opening: str, who: str) -> None:
    (denial,) = [each for each in said("On the report", opening) if each.stance is Stance.DENY]
    assert denial.speaker == who


MINISTRY = "“We bought nothing,” said Ada Roe, a spokeswoman for the Norwegian defence ministry. "


@pytest.mark.parametrize(
    "again", ["The ministry also denied closing ports.", "It also denied closing ports."]
)
def test_the_body_answers_where_its_spokeswoman_spoke_last(again: str) -> None:
    denial = said("On boats", MINISTRY + again)[-1]
    assert (denial.stance, denial.speaker, denial.party) == (
        Stance.DENY,
        "the Norwegian defence ministry",
        "Norway",
    )


def test_she_is_the_spokeswoman_though_her_ministry_spoke_in_between() -> None:
    last = said("On boats", MINISTRY + "It also denied closing ports. She said the matter was old.")[-1]
    assert last.speaker == "Ada Roe"


def test_her_ministry_speaks_for_whom_she_speaks() -> None:
    told = "Ada Roe, Norway's foreign minister, said the report was a lie. Her ministry denied selling boats."
    denial = said("On boats", told)[-1]
    assert (denial.speaker, denial.party) == ("Her ministry", "Norway")


@pytest.mark.parametrize(
    ("title", "summary", "who"),
    [
        ("The boats were a hoax, writes Ada Roe", "The report is nonsense.", "Ada Roe"),
        ("Opinion: The boats", "By Ada Roe\nThe report is nonsense.", "Ada Roe"),
        ("The boats", "By Ada Roe\nThe report is nonsense.", ""),
        ("Opinion: The boats", "The report is nonsense.", ""),
    ],
)
def test_a_signed_opinion_is_its_authors_and_a_reporters_byline_is_not(
    title: str, summary: str, who: str
) -> None:
    (denial,) = [each for each in said(title, summary) if each.words == "The report is nonsense."]
    assert (denial.stance, denial.speaker, denial.party) == (Stance.DENY, who, "")

"""Who is meant by a name, and when."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from stories.actors import MentionKind, mentions, party_of, short_name

IN_2017 = datetime(2017, 7, 26, tzinfo=UTC)
IN_2023 = datetime(2023, 1, 28, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "at", "party"),
    [
        ("deputy spokesman for Afghanistan's Ministry of Foreign Affairs", IN_2023, "Taliban"),
        ("deputy spokesman for Afghanistan’s Ministry of Foreign Affairs", IN_2017, "Afghanistan"),
        ("Afghan government spokesman Sediq Sediqi", IN_2017, "Afghanistan"),
        ("Afghan government spokesman", None, "Afghanistan"),
        ("strategic communications coordinator at the National Security Council", IN_2023, "United States"),
        ("US ambassador to South Africa Reuben Brigety", IN_2023, "United States"),
        ("Kremlin spokesman Dmitry Peskov", IN_2023, "Russia"),
        ("the U.S. European Command", IN_2023, "United States"),
        ("President Trump", IN_2017, "United States"),
        ("former president Donald Trump", IN_2023, "Donald Trump"),
        ("head of a bakery in Leeds", IN_2023, ""),
    ],
)
def test_an_affiliation_gives_the_party_of_its_time(words: str, at: datetime | None, party: str) -> None:
    assert party_of(words, at) == party


def test_a_capital_acts_but_is_only_a_place_after_a_preposition() -> None:
    text = "Moscow blames Kyiv for the explosion in Warsaw"
    found = [(m.actor, m.kind) for m in mentions(text, IN_2023)]
    assert found == [
        ("Russia", MentionKind.SEAT),
        ("Ukraine", MentionKind.SEAT),
        ("Poland", MentionKind.PLACE),
    ]


def test_mentions_point_at_the_words_without_the_possessive() -> None:
    text = "Iran’s drones, U.S.-made parts and Taliban-led Kabul"
    assert [text[m.start : m.end] for m in mentions(text, IN_2023)] == ["Iran", "U.S.", "Taliban", "Kabul"]


def test_short_capitals_are_not_ordinary_words() -> None:
    assert not mentions("Tell us who it is, said the turkey farmer", IN_2023)
    assert [m.actor for m in mentions("TURKEY TELLS US TO WAIT", IN_2023)] == ["Turkey", "United States"]


@pytest.mark.parametrize(
    "text", ["Rosja atakuje", "Россия", "Russland greift an", "Rusia ataca", "La Russie"]
)
def test_a_country_is_one_actor_in_other_languages(text: str) -> None:
    assert [m.actor for m in mentions(text, IN_2023)] == ["Russia"]


def test_story_names_use_the_short_form() -> None:
    assert (short_name("United States"), short_name("Taliban")) == ("US", "Taliban")


@pytest.mark.parametrize(
    "text",
    ["Minister Moskwa speaks", "Anna Moskwa speaks", "Georgian Lund, 31, was fined", "Frau London speaks"],
)
def test_a_person_called_like_a_place_or_its_people_is_nobodys_government(text: str) -> None:
    assert mentions(text, IN_2023) == []


@pytest.mark.parametrize(
    "text", ["Moskwa grozi", "The minister said London would pay", "Georgian troops, 31 in all"]
)
def test_a_place_by_a_title_or_a_count_still_acts(text: str) -> None:
    assert len(mentions(text, IN_2023)) == 1

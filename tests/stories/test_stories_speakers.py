"""Who is heard in a sentence: relative clauses, labels before a colon, and words that only look like verbs of speech."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from stories.about import topic
from stories.evidence import Stance, Target
from stories.item import Item
from stories.reading import read
from stories.targets import place


def heard(words: str) -> list[tuple[Stance, str, str]]:
    """Stance, speaker and party of every statement in a headline, or in a summary where the words end in a stop."""
    title, summary = ("News", words) if words.endswith(".") else (words, "")
    item = Item(1, "a", "example.org", title, summary, published=datetime(2023, 5, 1, tzinfo=UTC), lang="en")
    found = read(item).statements
    for each in found:
        assert each.speaker_span is None or item.words(each.speaker_span) == each.speaker
    return [(each.stance, each.speaker, each.party) for each in found]


@pytest.mark.parametrize(
    ("words", "speaker", "party"),
    [
        (
            "Iran accuses Israel of sabotaging a plant with explosives, which Israel denies.",
            "Israel",
            "Israel",
        ),
        (
            "Georgia says the jets were hit over the border, which Russia has since denied.",
            "Russia",
            "Russia",
        ),
        ("Turkey blames Greece for the sinking, a charge Athens denies.", "Athens", "Greece"),
        ("Norway saw through a plot that the Russian embassy denies.", "the Russian embassy", "Russia"),
    ],
)
def test_who_denies_in_a_clause_behind_an_accusation_is_its_own_subject(
    words: str, speaker: str, party: str
) -> None:
    assert (Stance.DENY, speaker, party) in heard(words)
    assert [each for each in heard(words) if each[0] is Stance.DENY] == [(Stance.DENY, speaker, party)]


def test_a_clause_that_describes_the_subject_leaves_it_the_speaker() -> None:
    assert (Stance.DENY, "The envoy", "") in heard("The envoy who carried the letter denies reading it")
    assert (Stance.DENY, "Sailor", "") in heard("Sailor Who Watched The Blast Denies Setting It")


@pytest.mark.parametrize(
    "words",
    [
        "The quarrel over Belgium's alleged bribes to Qatar",
        "Palace Guests Recall Alleged Knife Attack",
        "Proven or not, reported Madrid drone attack worries Spain",
        "Sweden's reported tank delivery to Estonia divides parliament",
        "A quarrel about claimed Danish raids",
    ],
)
def test_nobody_speaks_where_alleged_or_reported_only_colours_a_noun(words: str) -> None:
    assert heard(words) == []


def test_an_accuser_is_heard_and_the_accused_is_not() -> None:
    assert heard("Serbia accuses London of planning alleged raid on Belgrade") == [
        (Stance.ASSERT, "Serbia", "Serbia")
    ]


def test_alleged_and_reported_still_bring_what_somebody_says() -> None:
    assert (Stance.ASSERT, "Kyiv", "Ukraine") in heard("Kyiv reported that a drone had hit the port.")
    assert (Stance.ASSERT, "Lisbon", "Portugal") in heard("Lisbon alleged the ship had carried arms.")


@pytest.mark.parametrize(
    "words",
    [
        "Naval briefing: a frigate goes missing",
        "Your Friday briefing: storms over the capital",
        "Ships that vanish, ports that wait: Weekend Reads",
        "Donate at https://example.org/fund today",
    ],
)
def test_the_label_of_a_series_or_an_address_says_nothing(words: str) -> None:
    assert heard(words) == []


def test_a_role_or_an_outlet_before_a_colon_still_speaks() -> None:
    assert (Stance.ASSERT, "Pentagon", "United States") in heard("Pentagon: two jets crossed the border")


@pytest.mark.parametrize(
    "words",
    [
        "Finland shows the captain on air a day after Sweden claimed he had drowned",
        "The captain was seen on air — two days after Sweden claimed he had drowned.",
        "The captain, who Sweden claimed had drowned, was seen on air.",
    ],
)
def test_a_time_or_a_relative_pronoun_is_no_part_of_who_claims(words: str) -> None:
    assert heard(words) == [(Stance.ASSERT, "Sweden", "Sweden")]


def test_reporting_and_warning_behind_an_adjective_are_nouns() -> None:
    assert heard("Pentagon maintains early reporting on the crash was inaccurate") == [
        (Stance.DENY, "Pentagon", "United States")
    ]
    assert heard("Ottawa issues yet another stern warning to Delhi") == []


def test_who_cites_a_channel_is_the_one_who_reports() -> None:
    for comma in ("", ","):
        sentence = (
            f"The Globe{comma} citing the Telegram channel, Harbour Watch, reported that the king had left."
        )
        assert heard(sentence) == [(Stance.ASSERT, "The Globe", "")]


def test_a_ministry_with_two_fields_in_its_name_keeps_both() -> None:
    sentence = (
        "The minister would meet his guest, Jane Roe, Norway's Ministry of Foreign Trade and Fisheries said."
    )
    assert (Stance.ASSERT, "Norway's Ministry of Foreign Trade and Fisheries", "Norway") in heard(sentence)


@pytest.mark.parametrize(
    "words",
    [
        "The US secretary of state, Antony Blinken, said the US could not confirm the sinking.",
        "US Secretary of State Antony Blinken could not confirm the sinking.",
    ],
)
def test_a_secretary_of_state_is_heard_by_name(words: str) -> None:
    assert (Stance.CANNOT_CONFIRM, "Antony Blinken", "United States") in heard(words)


def test_an_office_before_quoted_words_keeps_its_name() -> None:
    assert heard("State Department 'unable to confirm' footage of the crash") == [
        (Stance.CANNOT_CONFIRM, "State Department", "United States")
    ]


def test_a_name_before_a_colon_that_heads_a_topic_says_nothing() -> None:
    assert heard("Jane Roe: Danish footage shows missing nurse alive") == []
    assert heard("Chasing Lady Harbour: the voyage that allegedly carried the gold") == []


@pytest.mark.parametrize(
    "words",
    ["Jane Roe: 'They took the gold'", "Jane Roe: I saw the gold leave", "Analyst Jane Roe: gold left"],
)
def test_a_name_before_a_colon_speaks_in_quotes_the_first_person_or_an_office(words: str) -> None:
    assert [speaker for _, speaker, _ in heard(words)] != []


def test_what_is_claimed_in_a_clause_at_the_front_ends_at_its_comma() -> None:
    words = "A day after Sweden claimed he had drowned, the captain was seen on air."
    item = Item(1, "a", "example.org", "News", words, published=datetime(2023, 5, 1, tzinfo=UTC), lang="en")
    assert [each.proposition for each in read(item).statements] == ["he had drowned"]


def test_a_heading_that_runs_into_the_text_is_no_part_of_the_speaker() -> None:
    words = "Baltic war – latest news updates Sweden has accused Denmark of hiding the ship."
    assert heard(words) == [(Stance.ASSERT, "Sweden", "Sweden")]


def test_a_denial_told_to_an_outlet_of_the_claims_above_is_on_the_storys_claim() -> None:
    body = (
        "Chile could not confirm claims that Peru is sending rifles to Bolivia, a minister said.\n\n"
        "This was echoed in Lima, where the deputy spokesman of Peru's Ministry of Defence, Luis Soto, "
        "told Reuters that the claims are a lie."
    )
    item = Item(1, "a", "example.org", "Chile cannot confirm Peru is sending rifles to Bolivia", "", body,
                published=datetime(2023, 5, 1, tzinfo=UTC), lang="en")  # fmt: skip
    reading = read(item)
    on = topic("Peru → supply rifles → Bolivia", [(item, reading)])
    denied = [each for each in reading.statements if each.stance is Stance.DENY]
    assert [(each.speaker, each.party, each.via) for each in denied] == [("Luis Soto", "Peru", ("Reuters",))]
    assert place(denied[0], item, reading, on) is Target.CLAIM

"""Who does not speak for a party: those who no longer hold its office, whoever is only named near, nobody at all."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from stories.actors import mentions
from stories.affiliation import party
from stories.citations import citations
from stories.claims import claims
from stories.evidence import Stance, Statement
from stories.item import Item
from stories.reading import read
from stories.sides import side
from stories.sources import is_pointer
from stories.statements import statements
from stories.story import Side

AT = datetime(2023, 4, 8, tzinfo=UTC)


def item(title: str, summary: str = "") -> Item:
    return Item(1, "a", "example.org", title, summary, "", published=AT, lang="en")


def answers(title: str, summary: str = "") -> list[Statement]:
    return [each for each in statements(item(title, summary)) if each.stance is not Stance.ASSERT]


@pytest.mark.parametrize(
    ("name", "affiliation", "whose"),
    [
        ("Former NATO commander Ada Roe", "", ""),
        ("Ada Roe", "former defence secretary under Donald Trump", ""),
        ("Gen. Ada Roe", "who served as NATO supreme allied commander", ""),
        ("NATO commander Ada Roe", "", "NATO"),
        ("Poland", "a NATO member country", "Poland"),
        ("Former president Donald Trump", "", "Donald Trump"),
    ],
)
def test_an_office_speaks_for_its_party_only_while_it_is_held(
    name: str, affiliation: str, whose: str
) -> None:
    assert party(name, affiliation, AT) == whose


def test_a_country_is_not_he() -> None:
    (denial,) = answers("Daily reporter charged with spying in Russia, an accusation he denies")
    assert (denial.stance, denial.speaker, denial.party) == (Stance.DENY, "reporter", "")


def test_who_denies_follows_the_word_for_what_is_denied() -> None:
    said = statements(
        item("Moscow spoke of a bomb", "Moscow spoke of a bomb, allegations Kyiv said were absurd.")
    )
    assert "Kyiv" in {each.speaker for each in said}


def test_claims_at_a_headlines_end_are_nobodys_claim() -> None:
    said = statements(item("Oslo's allies warn Russia about 'dirty bomb' claims"))
    assert {each.speaker for each in said} <= {"Oslo's allies"}


def test_owning_up_to_not_knowing_confirms_nothing() -> None:
    found = answers(
        "Palace admits 'we don't know' if the fire is out", "The palace admitted Monday it does not know."
    )
    assert Stance.CONFIRM not in {each.stance for each in found}
    said = answers("Palace on the fire", "“There is not a consensus about the fire,” the palace admitted.")
    assert [each.stance for each in said] == [Stance.CANNOT_CONFIRM]
    assert answers("Palace admits it does take bribes")[0].stance is Stance.CONFIRM


def test_contradicting_a_person_denies_nothing_by_itself() -> None:
    assert not answers("The senator contradicted him on the fire")
    assert answers("The senator contradicts reports of a fire")[0].stance is Stance.DENY


def test_a_bare_government_is_the_headlines_where_no_other_is_named() -> None:
    told = "Government denies claims that its agency ran the protests."
    assert [each.party for each in answers("Israel rejects claims of protests", told)] == ["Israel", "Israel"]
    both = "Government denies claims that Jordan ran the protests."
    assert [each.party for each in answers("Israel rejects claims of protests", both)] == ["Israel", ""]


@pytest.mark.parametrize(
    ("summary", "source"),
    [
        (
            "A balloon is tracked, according to two U.S. officials and a senior defence aide.",
            "two U.S. officials",
        ),
        ("A balloon was seen, according to U.S authorities, and it is tracked.", "U.S authorities"),
        ("A balloon was seen, according to the harbour office.", "harbour office"),
    ],
)
def test_a_source_is_named_past_the_dots_of_its_short_form(summary: str, source: str) -> None:
    assert [each.source for each in citations(item("A balloon", summary))] == [source]


@pytest.mark.parametrize(
    "words", ["Dominique Roe spoke", "Island nations meet", "Siri answers", "Chili recipes"]
)
def test_a_word_of_english_is_no_country_of_another_language(words: str) -> None:
    assert not mentions(words, AT)


def test_denying_that_another_acted_is_a_denial_and_refusing_them_something_is_none() -> None:
    (denial,) = answers("Oslo denies Russia asked for weapons")
    assert (denial.stance, denial.speaker) == (Stance.DENY, "Oslo")
    assert not answers("Oslo denies Russia weapons")


def test_dismissing_a_conclusion_is_a_denial() -> None:
    (denial,) = answers("Oslo dismisses reported ministry conclusion that a leak began it")
    assert (denial.stance, denial.speaker) == (Stance.DENY, "Oslo")


@pytest.mark.parametrize(
    "words",
    [
        "No denial from Norway on the drones",
        "There has been no denial from Norway so far",
        "Norway stopped short of denying the sale",
        "If Norway denies the sale, more will be published",
        "Did Norway deny selling drones?",
        "Fake video shows Norwegian minister admitting the sale",
    ],
)
def test_what_is_missing_asked_supposed_or_forged_was_not_said(words: str) -> None:
    assert not answers(words)
    assert answers("Fake video of a sale spreads, Norway denies it")


def test_calling_a_denial_a_lie_is_no_denial() -> None:
    assert {each.party for each in answers("Denmark says Norway's denial of the sale is a lie")} == {"Norway"}


def test_an_admission_that_recalls_the_denial_leads_with_the_admission() -> None:
    admitted = read(
        item("Oslo admits drone sale after denial", "Norway admitted it, a day after it denied the report.")
    )
    assert admitted.leading is Stance.CONFIRM
    assert admitted.stance is Stance.DENY  # the strongest of all that stands in it
    assert not answers("Oslo on drones", "The minister spoke of the earlier denial.")


@pytest.mark.parametrize(
    ("speaker", "whose"),
    [
        ("The foreign ministry in Oslo", "Norway"),
        ("Officials in Moscow", "Russia"),
        ("US officials in Moscow", "United States"),
        ("The embassy in Oslo", ""),
        ("Residents in Kyiv", ""),
    ],
)
def test_who_governs_from_a_seat_speaks_for_the_country(speaker: str, whose: str) -> None:
    assert party(speaker, "", AT) == whose


def test_one_paper_has_one_name_and_who_it_cites_comes_before_it() -> None:
    found = citations(
        item("Drones", "The Sun reported it. Later the Sun reports more. A story in Sun says so.")
    )
    assert {each.source for each in found} == {"The Sun"}
    (clerk,) = citations(
        item("Drones", "Northern Ledger claimed on Monday, citing a customs clerk, that they left.")
    )
    assert (clerk.source, clerk.cited_by) == ("customs clerk", "Northern Ledger")


def test_arms_are_sought_from_who_holds_them() -> None:
    (claim,) = claims(item("Russia wants American arms held by the Taliban"))
    assert (claim.actor, claim.recipient) == ("Russia", "Taliban")


def test_a_quotation_may_be_typed_with_two_kinds_of_marks() -> None:
    words = "\"The works of the Russian service were made at a desk,” Adriy Roe of Ukraine's defence ministry said."
    (said,) = statements(item("A", words))
    assert said.speaker.startswith("Adriy Roe")


def test_a_leak_and_a_clause_speak_for_no_party() -> None:
    assert not any(each.party for each in statements(item("Pentagon leak suggests missiles run out")))
    assert party("report", "which came from a senior U.S. official", AT) == ""


@pytest.mark.parametrize(
    ("summary", "stances"),
    [
        ("Faced with blocking ships from Ukraine or tacitly admitting a bluff, the leader waited.", set()),
        ("The club suspended Roe after he refused to say so, nor acknowledge the film.", set()),
        ("The studio confirmed that rumours of a sequel are false.", {Stance.DENY}),
        ("The watchdog has confirmed it found no sign of a leak.", set()),
        ("The watchdog has confirmed a leak.", {Stance.CONFIRM}),
    ],
)
def test_confirming_takes_an_own_act_and_something_that_is_so(summary: str, stances: set[Stance]) -> None:
    decided = {Stance.DENY, Stance.CONFIRM}
    assert {each.stance for each in answers("News", summary)} & decided == stances


def test_they_are_not_one_person() -> None:
    told = "Secretary Antony Blinken announced sanctions. He said the judges were corrupt. They deny the accusations."
    (denial,) = answers("Judges sanctioned", told)
    assert denial.party == ""
    (denial,) = answers("Raid", "The ministry's officials said it was fine. They denied the claim.")
    assert denial.speaker == "The ministry's officials"


def test_a_citizen_is_not_the_country_and_a_minister_is_only_in_office() -> None:
    assert party("the Frenchman", "", AT) == ""
    assert party("the Russians", "", AT) == "Russia"
    assert party("Keir Starmer", "", AT) == "Keir Starmer"
    assert party("Keir Starmer", "", datetime(2025, 1, 1, tzinfo=UTC)) == "United Kingdom"


@pytest.mark.parametrize(
    ("summary", "speaker", "whose"),
    [
        ("Roe, a fierce opponent of the Russian president, Vladimir Putin, denied it.", "Roe", ""),
        ("Ann Roe, a spokeswoman for the president, Vladimir Putin, denied it.", "Ann Roe", "Russia"),
        ("The head of the Russian army, Ann Roe, denied it.", "Ann Roe", "Russia"),
        ("Moscow warns firms that deny it.", "firms", ""),
    ],
)
def test_who_is_described_denies_not_who_is_named_in_the_description(
    summary: str, speaker: str, whose: str
) -> None:
    (denial,) = answers("News", summary)
    assert (denial.speaker, denial.party) == (speaker, whose)


def test_a_motion_and_weapons_that_miss_deny_nothing() -> None:
    assert not answers("Roe moved to dismiss the findings of a grand jury")
    assert not answers("Strike", 'The missiles are "notoriously inaccurate," the ministry said.')


def test_a_measure_is_no_source_and_a_source_ends_before_its_clause() -> None:
    (source,) = citations(
        item("Films", "It pays ten crowns per hour of work, according to the harbour office.")
    )
    assert source.source == "harbour office"
    (source,) = citations(item("Raid", "He fled, according to a local official whose home was hit."))
    assert source.source == "local official"
    assert is_pointer("statement") and not is_pointer("Navy statement on the raid")


def test_a_surname_is_no_country() -> None:
    assert not mentions("Jim Jordan fires back", AT)
    assert [each.actor for each in mentions("Envoys met in Jordan", AT)] == ["Jordan"]


@pytest.mark.parametrize(
    "words",
    [
        "Ghana no longer denies selling tanks",
        "Ghana withdraws its denial of tank sale",
        "Ghana refuses to deny selling tanks",
        "“Our earlier denial was wrong,” Ghana's foreign ministry said",
    ],
)
def test_taking_back_a_denial_is_none(words: str) -> None:
    assert Stance.DENY not in {each.stance for each in answers(words)}


def test_europeans_are_not_the_european_union() -> None:
    assert party("two European intelligence officials", "", AT) == ""
    assert party("EU officials", "", AT) == "European Union"
    (source,) = citations(
        item("Tanks", "They left, the Nord Herald said, citing two European intelligence officials.")
    )
    assert source.source.endswith("officials")


def test_an_admission_leads_with_the_claim() -> None:
    admitted = item("Oslo admits drone sale after denial")
    assert side(admitted, read(admitted)) is Side.CLAIM

"""Readings that a board must not rest on: towns' offices, waited-for answers, doubts, other matters, no speakers at all."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from stories.actors import mentions
from stories.affiliation import party
from stories.evidence import Stance, Statement
from stories.item import Item
from stories.reading import read
from stories.somebody import somebody
from stories.story import OriginState, PartyStance, Side, StoryDetail
from tests.stories.telling import board, told

AT = datetime(2023, 3, 1, tzinfo=UTC)
BLAST = (
    "a.org",
    "Chile fires rockets at Peru",
    "Chile has fired rockets at a farm in Peru, a paper reports.",
)
CUTS = ("a.org", "Acme plans job cuts", "Acme plans cuts of hundreds of jobs this spring.")


def answers(title: str, summary: str = "", lang: str = "en") -> list[Statement]:
    said = read(Item(1, "a", "example.org", title, summary, published=AT, lang=lang)).statements
    return [each for each in said if each.stance is not Stance.ASSERT]


@pytest.mark.parametrize(
    ("name", "affiliation", "whose"),
    [
        ("Lima Police Chief Ada Roe", "", ""),
        ("Ada Roe", "chief of the Lima Fire Department", ""),
        ("London mayor Ada Roe", "", ""),
        ("Oslo city council", "", ""),
        ("Paris airport officials", "", ""),
        ("Lima's foreign ministry", "", "Peru"),
        ("Oslo", "", "Norway"),
    ],
)
def test_a_towns_own_institutions_speak_for_no_government(name: str, affiliation: str, whose: str) -> None:
    assert party(name, affiliation, AT) == whose


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("Police in Lima, Ohio said", set()),
        ("a farm near Peru, Indiana", set()),
        ("Athens, New York, woke up", set()),
        ("Lima, Peru", {"Peru"}),
        ("talks in Oslo, Lima and Athens", {"Norway", "Peru", "Greece"}),
    ],
)
def test_a_namesake_in_another_countrys_region_is_neither_state_nor_capital(
    words: str, named: set[str]
) -> None:
    assert {each.actor for each in mentions(words, AT)} == named


@pytest.mark.parametrize(
    "summary",
    [
        "Users can't change it “until the name is confirmed by Acme to meet its terms.”",
        "Acme asked its staff to click a link confirming their wish to stay.",
        "Staff will strike unless Acme confirms the pay rise.",
        "The minister is not aware of complaints but does not deny there have been some.",
        "Acme does not provide sign language interpreters.",
    ],
)
def test_what_is_waited_for_or_a_things_or_taken_back_is_no_answer(summary: str) -> None:
    assert not answers("News of Acme", summary)


@pytest.mark.parametrize(
    ("title", "stance"),
    [
        ("The rocket does not appear to have come from Chile, according to Oslo", Stance.DOUBT),
        ("Rocket 'unlikely' fired from Chile, Oslo says", Stance.DOUBT),
        ("Rocket probably not fired from Chile, Oslo says", Stance.DOUBT),
        ("There were no grounds to believe Chile fired the rocket, Oslo said", Stance.CANNOT_CONFIRM),
    ],
)
def test_a_doubt_worded_as_a_sentence_is_no_assertion(title: str, stance: Stance) -> None:
    assert [each.stance for each in answers(title)] == [stance]


@pytest.mark.parametrize(
    "name",
    [
        "there",
        "should've",
        "na razie",
        "Points",
        "Article 4",
        "The mayhem",
        "the process",
        "Follow me on Twitter",
        "Post-Credits Scene",
        "the ex-president to delay",
        "trial of four men",
        "| Image: Acme",
        "Watch Ada Roe",
    ],
)
def test_words_that_name_nobody_are_no_speaker(name: str) -> None:
    assert not somebody(name)


@pytest.mark.parametrize("name", ["the ambassador to Chile", "adviser to the minister", "officials in Oslo"])
def test_a_post_and_its_place_are_a_speaker(name: str) -> None:
    assert somebody(name)


def test_a_polish_adverb_of_time_is_not_who_cannot_confirm() -> None:
    (unsure,) = answers("Rakiety", "Pentagon poinformował, że na razie nie może potwierdzić doniesień.", "pl")
    assert (unsure.speaker, unsure.stance) == ("Pentagon", Stance.CANNOT_CONFIRM)


def blast(title: str, summary: str = "") -> StoryDetail:
    return told(
        BLAST, ("b.org", "Chile fires rockets at Peru, killing two", "Two died."), ("c.org", title, summary)
    )


@pytest.mark.parametrize(
    "title",
    [
        "Oslo says NATO will get to the bottom of rocket strike on Peru",
        "Oslo says it spoke with Peru following reports of Chile's rockets",
        "Bolivia's air defence was probably responsible for rockets in Peru, Oslo says",
        "Oslo calls Peru its closest friend",
    ],
)
def test_who_names_no_culprit_or_another_does_not_assert_the_claim(title: str) -> None:
    assert "Norway" not in board(blast(title))


def test_who_says_that_the_accused_did_it_asserts_the_claim() -> None:
    assert board(blast("Oslo says Chile fired the rockets at Peru"))["Norway"] is PartyStance.ASSERTS


def test_a_doubt_of_the_claim_is_on_the_board_and_is_no_origin() -> None:
    found = blast("Oslo says rocket in Peru was 'unlikely' fired from Chile")
    assert board(found)["Norway"] is PartyStance.DOUBTS
    assert found.origin.state is OriginState.UNKNOWN or "Oslo" not in {
        chain[0] for chain in found.origin.chains
    }


def test_denied_responsibility_is_on_the_claim_whatever_noun_the_deed_has() -> None:
    found = told(
        BLAST,
        ("b.org", "Chile blamed for Peru blast", "The blast killed two."),
        ("d.org", "Blast in Peru: Chile's rockets", "Chile fired rockets at Peru."),
        ("c.org", "Chile denies responsibility for Peru blast", ""),
    )
    assert board(found)["Chile"] is PartyStance.DENIED


@pytest.mark.parametrize(
    ("title", "side"),
    [
        ("Rocket in Peru 'unlikely' to have been fired from Chile, Oslo says", Side.DENIAL),
        ("Rocket that hit Peru was likely Bolivia air defence", Side.COUNTER),
        ("Rocket in Peru probably fired by Bolivia", Side.COUNTER),
        ("Rocket in Peru unlikely to end talks", Side.CLAIM),
    ],
)
def test_a_headline_that_says_the_contrary_does_not_lead_with_the_claim(title: str, side: Side) -> None:
    found = told(
        BLAST,
        ("b.org", "Chile denies firing rockets at Peru", "Chile denied that it fired rockets at Peru."),
        ("c.org", title, ""),
    )
    assert found.sides[3] is side


@pytest.mark.parametrize(
    "summary",
    [
        "Chile has denied all previous allegations of firing rockets at Peru.",
        "Chile denied unrelated claims about Peru's rockets.",
    ],
)
def test_another_matter_by_its_own_words_is_no_denial_of_this_one(summary: str) -> None:
    assert board(blast("Chile's rockets in Peru", summary)).get("Chile") is not PartyStance.DENIED


@pytest.mark.parametrize(
    "summary",
    [
        "Acme would not say how many jobs go or when.",
        "Acme hasn't confirmed exactly when the job cuts begin.",
        "Acme admits the job cuts were hard to bear.",
        "Acme pleaded guilty to unrelated charges over its job cuts.",
        "Acme brushes off suggestions of a split after plans for job cuts.",
    ],
)
def test_a_detail_a_feeling_or_another_charge_answers_nothing(summary: str) -> None:
    found = told(
        CUTS, ("b.org", "Acme job cuts feared", "Acme job cuts are feared."), ("c.org", "Acme jobs", summary)
    )
    assert not [each for each in found.parties if each.stance is not PartyStance.ASSERTS]


def test_confirmed_cuts_are_confirmed() -> None:
    found = told(CUTS, ("b.org", "Acme job cuts feared", ""), ("c.org", "Acme confirms job cuts", ""))
    assert board(found)["Acme"] is PartyStance.CONFIRMED


@pytest.mark.parametrize(
    "title",
    [
        "Chile called Peru's planned execution of Ada Roe 'politically motivated'",
        "Telescope's first confirmed comet is small",
        "Telescope confirms its first comet",
    ],
)
def test_names_given_to_a_deed_and_things_that_are_confirmed_answer_nothing(title: str) -> None:
    assert not answers(title)


def test_what_tests_confirm_is_not_confirmed_by_whoever_tells_of_them() -> None:
    assert not answers("Game", "“It is better, which has been confirmed by recent tests,” Acme said.")


@pytest.mark.parametrize(
    ("title", "stances"),
    [
        ("Prezydent przyznał lekarzowi obywatelstwo", []),
        ("Minister przyznał w czwartek, że doszło do ataku", [Stance.CONFIRM]),
    ],
)
def test_polish_granting_is_no_admission(title: str, stances: list[Stance]) -> None:
    assert [each.stance for each in answers(title, lang="pl")] == stances


@pytest.mark.parametrize(
    ("title", "way"),
    [
        ("Peru: gas plant hit in latest Chilean strikes", ("Chile", "attack", "Peru")),
        ("Chile to release Peruvian ex-ambassador", ("Chile", "release", "Peru")),
        ("Chile fires missile capable of reaching Peru", None),
        ("Chilean hunter who shot dead Peruvian man jailed", None),
        ("Hunter in Chile jailed for killing Peruvian", None),
        ("Acme restores post that compared Chilean troops to Nazis", None),
        ("Chile opens investigation into killing of Ada Roe", None),
    ],
)
def test_a_claim_is_only_what_an_actor_did_to_the_other(title: str, way: tuple[str, str, str] | None) -> None:
    made = read(Item(1, "a", "example.org", title, published=AT, lang="en")).claims
    assert [(each.actor, each.action, each.recipient) for each in made] == ([way] if way else [])


@pytest.mark.parametrize(
    "summary",
    [
        "Police search for missing girl Ada Roe.",
        "Her stepmother is tried for the murder of Ada Roe.",
        "Ada Roe was last seen in May.",
    ],
)
def test_who_is_missing_or_dead_is_never_the_accused(summary: str) -> None:
    lines = (
        ("a.org", "Ben Doe accuses Ada Roe of theft", summary),
        ("b.org", "Ben Doe accuses Ada Roe of theft", ""),
    )
    assert "Ada Roe" not in board(told(*lines))
    assert board(told(lines[1]))["Ada Roe"] is PartyStance.SILENT


@pytest.mark.parametrize(
    "name",
    ["Get our morning", "I’m trying", "you make coffee", "and Acme", "Rookie To", "its name", "himself"],
)
def test_a_page_that_speaks_to_its_reader_names_no_speaker(name: str) -> None:
    assert not somebody(name)


def test_he_is_the_person_the_sentence_begins_with_and_not_the_police() -> None:
    said = answers(
        "Lima killings were ordered, Peruvian police say",
        "Peruvian police say so. Juan Roe Coelho, a fisher, was held last July, when he denied any involvement.",
    )
    assert [each.speaker for each in said] == ["Juan Roe Coelho"]


def test_what_follows_a_perfect_tense_is_not_described_by_it() -> None:
    (said,) = answers(
        "News", "An aide to the mayor, Ada Roe, has apologised, admitting that the tests were forged."
    )
    assert "has apologised" not in said.affiliation


@pytest.mark.parametrize(
    "summary",
    [
        "Acme told reporters to contact the court about the job cuts.",
        "Acme defended its boss on Tuesday after news broke of the job cuts.",
    ],
)
def test_an_order_or_an_occasion_asserts_nothing(summary: str) -> None:
    found = told(CUTS, ("b.org", "Acme job cuts feared", ""), ("c.org", "Acme jobs", summary))
    assert "Acme" not in board(found)


def test_accusations_a_sentence_brings_up_itself_are_another_matter() -> None:
    title = "Chile's tanks for Peru arrive"
    summary = "A Peruvian minister resigned, citing media accusations that Peru's defence ministry says are baseless."
    found = told(
        ("a.org", "Chile sends tanks to Peru", "Chile is sending tanks to Peru."),
        ("b.org", "Chile sends tanks to Peru", ""),
        ("c.org", title, summary),
    )
    assert board(found).get("Peru") is not PartyStance.DENIED


def test_a_polish_weekday_is_no_part_of_who_confirms() -> None:
    (said,) = answers(
        "Czołgi", "Minister mówił o tym po tym, jak w środę Berlin potwierdził przekazanie czołgów.", "pl"
    )
    assert (said.speaker, said.party) == ("Berlin", "Germany")


@pytest.mark.parametrize(
    "summary",
    [
        "According to the complaint, Acme acknowledged the job cuts.",
        "Acme admits it isn't planning the job cuts.",
    ],
)
def test_what_papers_say_was_admitted_or_is_admitted_not_to_be_so_confirms_nothing(summary: str) -> None:
    found = told(CUTS, ("b.org", "Acme job cuts feared", ""), ("c.org", "Acme jobs", summary))
    assert board(found).get("Acme") is not PartyStance.CONFIRMED


def test_what_is_confirmed_on_the_occasion_of_the_deed_is_not_the_deed() -> None:
    title = "Peru's police confirm 'document theft' around Chile's president's trip"
    found = told(
        ("a.org", "Chile's president visits Peru for peace trip", "Chile's president visits Peru."),
        ("b.org", "Chile visits Peru", "Chile's president visits Peru on a peace trip."),
        ("c.org", title, ""),
    )
    assert board(found).get("Peru") is not PartyStance.CONFIRMED


def test_a_polish_headline_on_a_matter_names_only_who_speaks() -> None:
    said = read(
        Item(1, "a", "a.org", "Scholz o Leopardach: Przekażemy je nawet bez zgody", published=AT, lang="pl")
    ).statements
    assert [each.speaker for each in said] == ["Scholz"]
    assert not somebody("Nie mam wątpliwości")

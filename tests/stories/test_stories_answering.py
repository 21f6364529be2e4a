"""Who is asked to answer a claim, and when a speaker no lexicon knows is one of its parties; on made-up news."""

from __future__ import annotations

import pytest

from stories.evidence import Stance, Target
from stories.story import Party, PartyStance, Role, Status, StoryDetail
from tests.stories import telling


def told(*headlines: str | tuple[str, str]) -> StoryDetail:
    lines = ((line, "") if isinstance(line, str) else line for line in headlines)
    return telling.told(*((f"p{n}.org", *line) for n, line in enumerate(lines, 1)))


def party(detail: StoryDetail, name: str) -> Party | None:
    return next((each for each in detail.parties if each.name == name), None)


@pytest.mark.parametrize(
    ("claim", "answer", "name", "stance"),
    [
        ("Brightwing sold parts to Aerolux, report says", "Brightwing denies selling parts to Aerolux", "Brightwing", PartyStance.DENIED),
        ("Atlantis invaded Lemuria, officials say", "Atlantis denies invading Lemuria", "Atlantis", PartyStance.DENIED),
        ("Softmill buys game maker Zenifax, report says", "Softmill confirms it is buying Zenifax", "Softmill", PartyStance.CONFIRMED),
        ("Softmill cut jobs at Zenifax, report says", "Softmill confirms cutting jobs at Zenifax", "Softmill", PartyStance.CONFIRMED),
        ("Jane Porter stole jewels from Acme Corp, police say", "Jane Porter denies stealing jewels from Acme Corp", "Jane Porter", PartyStance.DENIED),
    ],
)  # fmt: skip
def test_a_party_no_lexicon_knows_answers_for_itself(
    claim: str, answer: str, name: str, stance: PartyStance
) -> None:
    found = party(told(claim, answer), name)
    assert found is not None
    assert found.stance is stance


def test_a_spokeswoman_for_a_firm_no_lexicon_knows_speaks_for_it() -> None:
    detail = told(
        "Brightwing sold parts to Aerolux, report says",
        (
            "Airline deal",
            "“Brightwing did nothing of the kind and we deny selling parts to Aerolux,” said Ana Ruiz, a spokeswoman for Brightwing.",
        ),
    )
    found = party(detail, "Brightwing")
    assert found is not None and found.stance is PartyStance.DENIED


def test_a_denial_of_something_else_by_a_party_no_lexicon_knows_is_not_on_the_claim() -> None:
    detail = told(
        "Brightwing sold parts to Aerolux, report says", "Brightwing denies dumping waste in a lake"
    )
    (denial,) = [each for each in detail.statements if each.statement.stance is Stance.DENY]
    assert denial.target is not Target.CLAIM
    assert detail.status is not Status.DENIED


@pytest.mark.parametrize(
    "headlines",
    [
        ("France beats Wales in Cardiff", "France beat Wales to win the cup"),
        ("Ana Ruiz beats Tom Lee in mayoral election", "Ana Ruiz defeats Tom Lee in election"),
        ("France buys grain from Romania", "France to buy grain from Romania"),
        ("Storm Gerta hits Norway", "Storm Gerta hits Norway, two roads closed"),
        ("Dozens attack police in Lyon", "Dozens attack police in Lyon, mayor says"),
    ],
)
def test_nobody_is_asked_to_answer_where_nothing_is_held_against_anybody(headlines: tuple[str, str]) -> None:
    detail = told(*headlines)
    assert all(each.stance is not PartyStance.SILENT for each in detail.parties)
    assert all(each.role not in (Role.ACCUSED, Role.ACCUSER) for each in detail.parties)


def test_who_was_attacked_is_not_asked_and_who_attacked_is() -> None:
    detail = told("Peru bombs Chile, witnesses say", "Peru bombs Chile")
    assert [(each.name, each.stance) for each in detail.parties] == [("Peru", PartyStance.SILENT)]


def test_a_plaintiff_is_not_accused() -> None:
    detail = told("Canada sues Brightwing over fuel", "Canada sues Brightwing over leaking fuel")
    assert [(each.name, each.role) for each in detail.parties] == [("Brightwing", Role.ACCUSED)]


def test_who_only_cannot_confirm_accuses_nobody() -> None:
    detail = told(
        "Peru arms the Taliban, reports say", "Canada sees no indication that Peru arms the Taliban"
    )
    found = party(detail, "Canada")
    assert found is not None
    assert (found.stance, found.role) == (PartyStance.CANNOT_CONFIRM, Role.OTHER)


def test_a_recipient_who_says_it_is_so_does_not_push_back() -> None:
    detail = told(
        "Peru arms the Taliban, report says", ("Arms", "The Taliban say that Peru supplied the weapons.")
    )
    found = party(detail, "Taliban")
    assert found is not None and found.stance is PartyStance.ASSERTS


def test_an_accused_who_answers_otherwise_pushes_back() -> None:
    detail = told(
        "Peru arms the Taliban, Canada says",
        ("Lima answers", "Peru said Canada's claims that it arms the Taliban distract from Canada's own failures."),
    )  # fmt: skip
    found = party(detail, "Peru")
    assert found is not None and found.stance is PartyStance.PUSHES_BACK


def test_an_accused_who_is_probing_the_claims_has_not_answered() -> None:
    detail = told(
        "Peru supplied weapons to Chile, Canada says",
        (
            "Lima looks into it",
            "Peru said it was investigating allegations that it supplied weapons to Chile.",
        ),
    )
    found = party(detail, "Peru")
    assert found is not None and found.stance is PartyStance.NO_COMMENT


def test_a_denial_where_no_claim_could_be_read_denies_what_nobody_asserts() -> None:
    detail = told(
        "Rumours of a secret treaty", "Secret treaty rumours spread", "Peru denies rumours of secret treaty"
    )
    assert detail.status is Status.DENIED


def test_a_victims_reservation_on_a_detail_is_lost_among_what_it_asserts() -> None:
    detail = told(
        "Peru bombed Chile, Chile says",
        "Chile says Peru bombed it",
        "Peru bombed Chile, Santiago says",
        "Chile can't confirm whether Peru bombed Chile on purpose",
    )
    found = party(detail, "Chile")
    assert found is not None and found.stance is PartyStance.ASSERTS


def test_one_stray_claim_among_many_items_is_not_the_storys() -> None:
    detail = told(*["Harbour festival opens"] * 6, "Peru bombed Chile", "Peru denies bombing Chile")
    assert not [each for each in detail.parties if each.role is Role.ACCUSED and each.name != "Peru"]
    other = told(
        *["Harbour festival opens"] * 8, "Cartel bombed Chile", "Chile denies harbour festival delay"
    )
    assert "Cartel" not in {each.name for each in other.parties}


def test_a_document_says_nothing_for_a_party() -> None:
    detail = told(
        "US spies on Chile", "Chile says leaked US document suggesting US spying on Chile is untrue"
    )
    found = party(detail, "United States")
    assert found is None or found.stance is PartyStance.SILENT


def test_bare_officials_belong_to_no_party() -> None:
    detail = told("Iran supplies drones to Russia, officials say", ("Drones", "Russian officials met. Officials said Iran supplied drones."))  # fmt: skip
    assert {each.stance for each in detail.parties} == {PartyStance.SILENT}


def test_the_time_of_a_denial_says_since_what() -> None:
    detail = told("Peru bombs Chile, report says", "Peru denies bombing Chile")
    assert detail.because == "DENIED by Peru, 60 min after the claim"


@pytest.mark.parametrize(
    "denied",
    ["that it had raised the retirement age for soldiers", "raising the retirement age for its soldiers"],
)
def test_a_denial_that_says_in_full_of_what_is_not_unclear(denied: str) -> None:
    detail = told(
        "Norwegian ministry said to recruit soldiers from Peru",
        "Norway's ministry recruits Peru's soldiers, paper says",
        ("Norway's ministry on soldiers", f"Norway's defence ministry also denied {denied}."),
    )
    assert {each.target for each in detail.statements if each.statement.stance is Stance.DENY} == {
        Target.OTHER
    }

"""A story told in full: its board and status; on made-up news."""

from __future__ import annotations

from datetime import timedelta

import pytest

from stories.board import because
from stories.detail import tell
from stories.evidence import Stance, Target
from stories.story import Party, PartyStance, Role, Status, Story
from tests.stories.telling import CLAIM, START, board, story, told


def test_a_claim_with_no_answer_is_asserted_and_its_parties_are_silent_with_a_clock() -> None:
    detail = told(CLAIM, ("b.org", "Iran supplies missiles to Sudan, Israel says", ""))
    assert detail.status is Status.ASSERTED
    silent = {party.name: party for party in detail.parties if party.stance is PartyStance.SILENT}
    assert set(silent) == {"Iran", "Sudan"}
    assert silent["Iran"].clock == timedelta(days=2)
    assert silent["Iran"].role is Role.ACCUSED
    assert silent["Sudan"].role is Role.RECIPIENT


def test_a_denial_by_the_accused_against_a_named_accuser_is_contested_and_dated() -> None:
    detail = told(CLAIM, ("b.org", "Iran denies supplying missiles to Sudan", ""))
    assert detail.status is Status.CONTESTED
    (iran,) = [party for party in detail.parties if party.name == "Iran"]
    assert (iran.stance, iran.since, iran.clock) == (
        PartyStance.DENIED,
        START + timedelta(hours=1),
        timedelta(hours=1),
    )
    assert detail.timeline[0].status is Status.SINGLE
    assert any(event.party == "Iran" and event.stance is Stance.DENY for event in detail.timeline)


def test_a_denial_with_no_named_accuser_is_denied() -> None:
    detail = told(
        ("a.org", "Iran is supplying missiles to Sudan, reports claim", ""),
        ("b.org", "Iran denies supplying missiles to Sudan", ""),
    )
    assert detail.status is Status.DENIED
    assert detail.because == "DENIED by Iran, 60 min after the claim"


@pytest.mark.parametrize(
    "other",
    [
        "Iran denies arresting two British tourists",
        "Iran denies that its tanker was seized off Greece",
        "Iran denied entry to inspectors",
    ],
)
def test_a_denial_of_something_else_in_the_same_story_sets_nobody_denied(other: str) -> None:
    detail = told(CLAIM, ("b.org", "Iran supplies missiles to Sudan, Israel says", other))
    assert board(detail).get("Iran") in (PartyStance.SILENT, PartyStance.PUSHES_BACK)


def test_a_publishers_no_evidence_denies_for_nobody() -> None:
    detail = told(CLAIM, ("b.org", "There is no evidence that Iran is supplying missiles to Sudan", ""))
    assert PartyStance.DENIED not in board(detail).values()


def test_a_third_party_that_cannot_confirm_leaves_it_unconfirmed() -> None:
    detail = told(
        ("a.org", "Iran is supplying missiles to Sudan, reports claim", ""),
        ("b.org", "Pentagon cannot confirm that Iran is supplying missiles to Sudan", ""),
    )
    assert board(detail)["United States"] is PartyStance.CANNOT_CONFIRM
    assert detail.status is Status.UNCONFIRMED


def test_a_party_that_denies_and_later_confirms_shows_both() -> None:
    detail = told(
        CLAIM,
        ("b.org", "Iran denies supplying missiles to Sudan", ""),
        ("c.org", "Iran admits supplying missiles to Sudan", ""),
        hours=12,
    )
    (iran,) = [party for party in detail.parties if party.name == "Iran"]
    assert iran.stance is PartyStance.CONFIRMED
    assert [each.statement.stance for each in iran.evidence] == [Stance.CONFIRM, Stance.DENY]


def test_reports_that_disagree_at_one_time_are_conflicting() -> None:
    detail = told(
        CLAIM,
        ("b.org", "Iran denies supplying missiles to Sudan", ""),
        ("c.org", "Iran confirms it supplied missiles to Sudan", ""),
        hours=0.5,
    )
    assert board(detail)["Iran"] is PartyStance.CONFLICTING
    assert detail.status is Status.CONTESTED


def test_a_denial_many_outlets_take_from_one_agency_is_one_source() -> None:
    words = "“The report is false,” Iranian foreign ministry spokesman Ali Reza told Reuters about missiles to Sudan."
    detail = told(
        CLAIM, *((f"{name}.org", "Iran denies supplying missiles to Sudan", words) for name in "bcd")
    )
    assert detail.measures is not None
    (iran,) = [party for party in detail.parties if party.name == "Iran"]
    assert len({each.publisher for each in iran.evidence}) == 3
    assert {each.statement.via for each in iran.evidence if each.statement.speaker == "Ali Reza"} == {
        ("Reuters",)
    }
    assert iran.independent < 4


def test_a_boast_is_its_own_partys_claim() -> None:
    detail = told(
        (
            "a.org",
            "Ukraine says it killed Russian general",
            "Ukraine said on Monday it killed a Russian general.",
        ),
        ("b.org", "Russia denies Ukraine killed its general", ""),
    )
    roles = {party.name: party.role for party in detail.parties}
    assert roles["Ukraine"] is Role.ACCUSER
    assert board(detail)["Russia"] is PartyStance.DENIED


def test_a_boast_stays_one_when_the_story_began_with_what_led_to_it() -> None:
    detail = told(
        ("a.org", "Fire at Black Sea port of Sevastopol", "Smoke rose over the harbour."),
        ("b.org", "Ukraine says it attacked Russian navy base", "Ukraine attacked the base, its army said."),
        ("c.org", "Russia denies Ukraine attacked its navy base", ""),
    )
    assert board(detail) == {"Ukraine": PartyStance.ASSERTS, "Russia": PartyStance.DENIED}
    assert detail.status is Status.CONTESTED


def test_an_accuser_who_denies_a_counter_charge_keeps_their_accusation() -> None:
    detail = told(
        ("a.org", "Russia accuses Ukraine of attacking the Kremlin with drones", ""),
        ("b.org", "Ukraine denies attacking the Kremlin with drones", ""),
        ("c.org", "Russia denies staging the Kremlin drone attack", ""),
    )
    assert board(detail)["Ukraine"] is PartyStance.DENIED
    assert board(detail)["Russia"] is PartyStance.ASSERTS


def test_a_denial_about_other_goods_or_other_parties_is_not_on_the_claim() -> None:
    detail = told(
        ("a.org", "Iran is supplying missiles to Sudan, report says", ""),
        (
            "b.org",
            "Iran sends missiles to Sudan",
            "Iran has denied that its forces use Chinese drones.",
        ),
        ("c.org", "Iran supplies missiles to Sudan", "Hassan Rouhani denied that Iran is short of missiles."),
    )
    assert board(detail)["Iran"] is PartyStance.SILENT


def test_the_status_gives_each_denier_its_own_time_and_the_first_item_is_no_quick_answer() -> None:
    def denying(name: str, hours: int | None) -> Party:
        clock = None if hours is None else timedelta(hours=hours)
        return Party(name, Role.ACCUSED, PartyStance.DENIED, None, clock)

    deniers = [denying("Norland", 100), denying("Westmark", 12), denying("Eastmark", None)]
    assert because(Status.DENIED, deniers) == (
        "DENIED by Westmark (12 h after the claim), Norland (4 d after the claim), Eastmark"
    )
    assert because(Status.DENIED, deniers[1:2]) == "DENIED by Westmark, 12 h after the claim"
    assert because(Status.DENIED, [denying("Norland", 0)]) == "DENIED by Norland, from the first item on"


def test_a_denial_of_a_want_does_not_become_the_claims_by_being_told_twice() -> None:
    want = "Iran has denied that it is short of missiles."
    detail = told(
        CLAIM,
        ("b.org", "Iran sends missiles to Sudan", want),
        ("c.org", "Iran sends missiles to Sudan, sources say", want),
        ("d.org", "Sudan gets missiles from Iran", ""),
        ("e.org", "Missiles from Iran reach Sudan", ""),
    )
    assert board(detail)["Iran"] is not PartyStance.DENIED


def test_not_answering_a_request_is_no_comment_on_the_claim_the_item_tells() -> None:
    asked = "Iran has not responded to a request for comment."
    detail = told(CLAIM, ("b.org", "Iran is supplying missiles to Sudan: what we know", asked))
    assert board(detail)["Iran"] is PartyStance.NO_COMMENT


def test_where_no_claim_was_read_a_denial_full_of_the_storys_words_is_on_it() -> None:
    detail = told(
        ("a.org", "Virus lab leak theory gains ground", ""),
        ("b.org", "Lab leak theory of virus divides agencies", ""),
        ("c.org", "Virus may come from lab leak after all", ""),
        (
            "d.org",
            "Sudan dismisses reported energy office conclusion a lab leak sparked the virus season",
            "",
        ),
    )
    assert board(detail)["Sudan"] is PartyStance.DENIED


def test_a_person_named_in_full_and_by_surname_is_one_party() -> None:
    detail = told(
        ("a.org", "Minister Ada Roe under fire over boats plan", ""),
        ("b.org", "Boats plan: Ada Roe denies it breaks the law", ""),
        ("c.org", "Roe denies boats plan breaks the law", ""),
        ("d.org", "Roe denies boats plan is against the law", ""),
    )
    assert [party.name for party in detail.parties if "Roe" in party.name] in ([], ["Ada Roe"])


def test_false_from_start_to_finish_is_a_denial_of_the_claim() -> None:
    words = "“The report is false from start to finish,” ministry spokesman Ali Karimi of Iran said."
    detail = told(CLAIM, ("b.org", "Iran denies supplying missiles to Sudan", words))
    assert all(
        each.target is Target.CLAIM for each in detail.statements if each.statement.stance is Stance.DENY
    )


def test_a_silence_is_told_only_as_far_as_anybody_listened() -> None:
    """An archive that ends in 2023 shows nobody silent until today."""
    heard = START + timedelta(hours=5)
    silent, *_ = tell(Story(1, ""), story(CLAIM), (), START + timedelta(days=900), heard=heard).parties
    assert (silent.stance, silent.clock) == (PartyStance.SILENT, timedelta(hours=5))

"""What a denial denies, who denies it, and what is no denial at all; on made-up news."""

from __future__ import annotations

import pytest

from stories.story import OriginState, PartyStance, Status
from tests.stories.test_stories_answering import party, told

BOATS = "Norway shipped missiles to Chad, Aftenbladet reports"


@pytest.mark.parametrize("denied", ["he was sick", "she had resigned", "that he was drunk"])
def test_denying_another_matter_in_a_clause_of_its_own_denies_no_claim(denied: str) -> None:
    detail = told(BOATS, (BOATS.replace("reports", "says"), f"Norway's president denied {denied}."))
    found = party(detail, "Norway")
    assert found is not None and found.stance is PartyStance.SILENT
    assert detail.status is Status.ASSERTED


@pytest.mark.parametrize("denied", ["it was involved", "it was responsible", "the report", "it shipped missiles to Chad"])  # fmt: skip
def test_denying_what_the_claim_says_or_points_back_to_denies_it(denied: str) -> None:
    detail = told(BOATS, (BOATS.replace("reports", "says"), f"Norway's president denied {denied}."))
    assert detail.status is Status.DENIED


@pytest.mark.parametrize(
    "answer",
    [
        "Chad: we received no missiles from Norway",
        "Chad says it has never received missiles from Norway",
        "Chad: no missiles received from Norway",
        ("Answer from Chad", "“We have received no missiles from Norway,” Chad's army told reporters."),
    ],
)
def test_a_plain_denial_without_the_word_denies_and_its_speaker_is_no_origin(
    answer: str | tuple[str, str],
) -> None:
    claim = "Norway shipped missiles to Chad, Veldpost"
    detail = told(f"{claim} reports", f"{claim} says", answer)
    found = party(detail, "Chad")
    assert found is not None and found.stance is PartyStance.DENIED
    assert detail.status is Status.DENIED
    assert detail.origin.state is OriginState.NAMED
    assert detail.origin.chains == (("Veldpost",),)


@pytest.mark.parametrize(
    "answer",
    [
        "Chad says it received missiles from Norway but did not ask for them",
        "Chad says it has never regretted buying missiles from Norway",
        "Chad says it does not know whether it received missiles from Norway",
        "Chad: we received no fewer than six missiles from Norway",
    ],
)
def test_a_negation_of_something_else_in_the_sentence_denies_no_claim(answer: str) -> None:
    found = party(told(BOATS, answer), "Chad")
    assert found is not None and found.stance is not PartyStance.DENIED


@pytest.mark.parametrize(
    "words",
    [
        "it was not shocked",
        "it was aware of the reports",
        "it would reply later",
        "it would issue a statement on Friday",
    ],
)
def test_a_feeling_or_a_put_off_answer_is_no_stance_on_the_claim(words: str) -> None:
    detail = told(BOATS, (BOATS.replace("reports", "says"), f"Norway's government said {words}."))
    found = party(detail, "Norway")
    assert found is not None and found.stance is PartyStance.SILENT


def test_a_feeling_about_what_the_claim_says_is_still_a_stance() -> None:
    detail = told(BOATS, "Canada said it was worried that Norway shipped missiles to Chad")
    found = party(detail, "Canada")
    assert found is not None and found.stance is PartyStance.ASSERTS


@pytest.mark.parametrize(
    "who",
    ["Norway's opposition leader Kari Moen", "Norway's shadow defence minister", "A Norwegian dissident"],
)
def test_who_stands_against_a_government_does_not_answer_for_it(who: str) -> None:
    detail = told(BOATS, f"{who} denied that Norway shipped missiles to Chad")
    found = party(detail, "Norway")
    assert found is not None and found.stance is PartyStance.SILENT
    assert detail.status is not Status.DENIED


def test_the_minister_of_the_same_country_does() -> None:
    detail = told(BOATS, "Norway's defence minister Kari Moen denied that Norway shipped missiles to Chad")
    assert detail.status is Status.DENIED


@pytest.mark.parametrize(
    "headlines",
    [
        ("Justin Trudeau under fire after admitting wearing a costume", "Justin Trudeau sorry after admitting wearing a costume"),
        ("Norway's culture minister denies yielding to museum lobby", "Norway minister denies yielding to lobby over museum"),
    ],
)  # fmt: skip
def test_where_no_claim_can_be_read_an_answer_to_what_nobody_else_says_decides_nothing(
    headlines: tuple[str, str],
) -> None:
    assert told(*headlines).status is Status.ASSERTED


def test_where_no_claim_can_be_read_a_denial_of_what_other_headlines_say_decides() -> None:
    detail = told(
        "Museum lobby rumours swirl", "Rumours of museum lobby grow", "Norway denies rumours of museum lobby"
    )
    assert detail.status is Status.DENIED

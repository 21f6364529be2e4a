"""What a denial denies, who denies it, and what is no denial at all; on made-up news."""

from __future__ import annotations

import pytest

from stories.story import PartyStance, Status
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

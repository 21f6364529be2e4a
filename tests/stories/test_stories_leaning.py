"""How a headline stands to a claim: it states it, stands against it, or only tells that it is made."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from stories.item import Item
from stories.leaning import Leaning, lean, leanings

CLAIM = "A bridge in Riga has collapsed"


def item(number: int, title: str) -> Item:
    at = datetime(2026, 3, 1, number, tzinfo=UTC)
    return Item(id=number, guid=f"g{number}", publisher="p.example", title=title, published=at, first_seen=at)


@pytest.mark.parametrize(
    ("headline", "leaning"),
    [
        ("Bridge collapses in Riga", Leaning.FOR),
        ("No, a bridge in Riga did not collapse", Leaning.AGAINST),
        ("Riga bridge collapse is a hoax, police say", Leaning.AGAINST),
        ("Riga bridge reportedly collapsed", Leaning.OBSERVING),
        ("Has a bridge collapsed in Riga?", Leaning.OBSERVING),
        ("Rumor: Riga bridge may have collapsed", Leaning.OBSERVING),
    ],
)
def test_a_headline_leans_by_its_words_of_distance(headline: str, leaning: Leaning) -> None:
    assert lean(headline, CLAIM) is leaning


def test_the_first_headline_stands_for_a_claim_that_is_not_a_sentence() -> None:
    found = leanings(
        "Latvia → collapse", (item(1, CLAIM), item(2, "Riga bridge collapse is a hoax"), item(3, ""))
    )
    assert found == {2: Leaning.AGAINST}


def test_a_sentence_the_analyst_wrote_is_the_claim_for_every_item() -> None:
    found = leanings(CLAIM, (item(1, "Bridge collapses in Riga"), item(2, "Riga bridge collapse is a hoax")))
    assert found == {1: Leaning.FOR, 2: Leaning.AGAINST}

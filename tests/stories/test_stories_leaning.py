"""How a headline stands to a claim: it states it, stands against it, or only tells that it is made."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from stories.distance import Lead, signs
from stories.item import Item
from stories.leaning import Leaning, lean, lean_all, leanings

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


def test_what_the_other_headlines_say_counts_where_one_says_little() -> None:
    little = Lead("The Riga bridge still stands")
    plain = [Lead(f"Bridge collapses in Riga {when}") for when in ("today", "overnight", "at dawn")]
    against = [
        Lead("Riga bridge collapse is a hoax, police say"),
        Lead("No, a bridge in Riga did not collapse"),
        Lead("Riga officials deny bridge has collapsed"),
    ]
    assert lean_all([little, *plain], CLAIM)[0] is Leaning.FOR
    assert lean_all([little, *against], CLAIM)[0] is Leaning.AGAINST


def test_an_address_that_says_more_than_its_headline_counts() -> None:
    headline = "Bridge collapse in Riga"
    told = Lead(headline, "https://p.example/2026/riga-bridge-may-have-collapsed-report-says")
    assert lean(headline, CLAIM) is Leaning.FOR
    assert lean_all([told], CLAIM) == [Leaning.OBSERVING]


def test_words_around_the_claims_own_are_the_same_signs_for_any_claim() -> None:
    one = signs([Lead("Riga bridge may have collapsed")], CLAIM)[0]
    other = signs([Lead("Oslo mayor may have resigned")], "The mayor of Oslo has resigned")[0]
    frames = {sign for sign in one if sign.startswith("frame:")}
    assert {"frame:· may have", "frame:· <maybe> have"} <= frames
    assert frames == {sign for sign in other if sign.startswith("frame:")}


def test_an_address_too_short_for_a_headline_has_no_frames() -> None:
    alone = signs([Lead("Bridge collapse in Riga")], CLAIM)[0]
    short = signs([Lead("Bridge collapse in Riga", "https://p.example/news/allegedly")], CLAIM)[0]
    told = signs(
        [Lead("Bridge collapse in Riga", "https://p.example/bridge-has-allegedly-collapsed")], CLAIM
    )[0]
    assert "frame:allegedly" not in alone
    assert "frame:allegedly" not in short
    assert "frame:allegedly" in told


@pytest.mark.parametrize(
    "link", ["http://[not", "no address", "https://p.example", "https://p.example/%zz%ff"]
)
def test_an_address_that_says_nothing_changes_nothing(link: str) -> None:
    headline = "Bridge collapse in Riga"
    assert lean_all([Lead(headline, link)], CLAIM) == [lean(headline, CLAIM)]


def test_a_headline_is_not_its_own_company() -> None:
    one = Lead("Riga bridge collapse is a hoax")
    assert signs([one], CLAIM)[0]["others: hoax"] == 0
    assert [found["others: hoax"] > 0 for found in signs([one, Lead("Bridge collapses in Riga")], CLAIM)] == [
        False,
        True,
    ]


def test_one_item_leans_as_it_does_among_all_however_large_its_story() -> None:
    titles = ["Bridge collapses in Riga", "Riga bridge collapse is a hoax", "The Riga bridge still stands"]
    items = tuple(item(1 + at % 20, titles[at % 3]) for at in range(1000))
    items = tuple(replace(each, id=at) for at, each in enumerate(items, start=1))
    found = leanings(CLAIM, items)
    assert len(found) == 1000
    for number in (1, 2, 500, 999):
        assert leanings(CLAIM, items, number) == {number: found[number]}


def test_the_first_headline_stands_for_a_claim_that_is_not_a_sentence() -> None:
    found = leanings(
        "Latvia → collapse", (item(1, CLAIM), item(2, "Riga bridge collapse is a hoax"), item(3, ""))
    )
    assert found == {2: Leaning.AGAINST}


def test_a_sentence_the_analyst_wrote_is_the_claim_for_every_item() -> None:
    found = leanings(CLAIM, (item(1, "Bridge collapses in Riga"), item(2, "Riga bridge collapse is a hoax")))
    assert found == {1: Leaning.FOR, 2: Leaning.AGAINST}

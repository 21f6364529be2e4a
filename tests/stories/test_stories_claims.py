"""Who does what to whom, and when two claims point against each other."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from stories.claims import Direction, claims, direction
from stories.evidence import Claim
from stories.item import Item

IN_2023 = datetime(2023, 2, 20, tzinfo=UTC)


def read(title: str, summary: str = "") -> tuple[Claim, ...]:
    return claims(Item(1, "g", "example.org", title, summary, published=IN_2023))


@pytest.mark.parametrize(
    ("title", "claim"),
    [
        ("Russia arms the Taliban", "Russia → supply → Taliban"),
        ("Taliban armed by Russia", "Russia → supply → Taliban"),
        ("Taliban arm Russia", "Taliban → supply → Russia"),
        ("Russia seeks weapons from the Taliban", "Russia → seek weapons → Taliban"),
        ("Russia asks Taliban for US weapons", "Russia → seek weapons → Taliban"),
        ("Russia negotiates with Taliban for American arms", "Russia → seek arms → Taliban"),
        ("Arms transfers from North Korea to Russia", "North Korea → supply arms → Russia"),
        ("Germany to send Leopard tanks to Ukraine", "Germany → supply tanks → Ukraine"),
        ("China considering sending lethal arms to Russia, Blinken says", "China → supply arms → Russia"),
        ("US sanctions on Iran", "United States → sanction → Iran"),
        ("Norway announces more missiles for Ukraine", "Norway → supply missiles → Ukraine"),
        ("Peruvian arrested in Chile on smuggling charges", "Chile → arrest → Peru"),
        ("Chile releases two jailed Peruvian sailors", "Chile → release → Peru"),
        ("Chilean banker faces Peruvian arrest warrant", "Peru → arrest → Chile"),
        ("Peruvian students banned from Chile", "Chile → sanction → Peru"),
        ("Chile bans imports from two Peruvian firms", "Chile → sanction → Peru"),
        ("Chilean sanctions hit Peruvian banks", "Chile → sanction → Peru"),
        ("Israeli raid in the West Bank leaves three dead", "Israel → attack raid → Palestinians"),
        ("Russian missiles hit flats in Kyiv", "Russia → attack missiles → Ukraine"),
        ("Peru condemns attack by Chile on its trawlers", "Peru → accuse → Chile"),
        ("Chile's envoy says talks will go on, blasts Peru", "Chile → accuse → Peru"),
        ("Chile shoots down Peruvian claims of a deal", "Chile → accuse → Peru"),
        ("Peruvian admiral seen in video after Chile said it killed him", "Chile → attack → Peru"),
        ("Chile vows consequences for Peru if it sends rifles to Bolivia", "Peru → supply rifles → Bolivia"),
        ("Chilean military support for Peru will wane", "Chile → supply support → Peru"),
        ("Chile snaps back at Peru claims it might arm Bolivia", "Chile → supply → Bolivia"),
    ],
)
def test_a_headline_gives_its_claim(title: str, claim: str) -> None:
    assert str(read(title)[0]) == claim


def test_what_is_done_is_not_named_twice() -> None:
    assert str(Claim("Peru", "spy", "Chile", "spying")) == "Peru → spy → Chile"
    assert str(Claim("Peru", "supply", "Chile", "ships")) == "Peru → supply ships → Chile"


def test_the_one_accused_of_arming_is_the_actor_of_the_arming() -> None:
    assert "Russia → supply → Taliban" in [
        str(claim) for claim in read("US accuses Russia of arming Taliban")
    ]


@pytest.mark.parametrize(
    ("title", "claim"),
    [
        ("EU sanctions Iran for supplying Russia with drones", "Iran → supply drones → Russia"),
        ("Peru thanks Chile for sending helicopters to Bolivia", "Chile → supply helicopters → Bolivia"),
        ("Chile warns Peru and Bolivia", "Chile → accuse → Bolivia"),
        ("Chile, Peru threaten Bolivia with tariffs", "Chile → accuse → Bolivia"),
        ("China boosts budget amid talk that it invades Taiwan", "China → attack → Taiwan"),
    ],
)
def test_a_headlines_second_claim_is_read_too(title: str, claim: str) -> None:
    assert claim in [str(found) for found in read(title)]


@pytest.mark.parametrize(
    "title",
    [
        "Chile takes steps against smugglers, warns Peru",
        "Moscow studies Iranian drones for Ukraine war",
        "Fire in Lima near Chile's embassy",
        "Putin says giving missiles to Chile is no help",
        "Peru plans to send some Chilean lawmakers a weapons wish list",
        "Chile aid opens the floodgates for more Peruvian spending",
        "Chile urges arms support to thwart Peruvian ambitions",
    ],
)
def test_words_that_could_be_read_either_way_give_no_claim(title: str) -> None:
    assert not [str(found) for found in read(title) if found.recipient]


def test_a_claim_points_at_the_words_that_say_it() -> None:
    item = Item(1, "g", "example.org", "Minister denies Russia armed the Taliban", published=IN_2023)
    (claim,) = claims(item)
    assert claim.span is not None
    assert item.words(claim.span) == "armed"


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        ("Russia arms the Taliban", "Taliban given weapons by Russia", Direction.SAME),
        ("Russia arms the Taliban", "Russia turns to Taliban for arms", Direction.OPPOSITE),
        ("Twitter fans cheer", "Russia turns to Taliban for arms", Direction.NEUTRAL),
        ("Iran sends drones to Russia", "Russia buys drones from Iran", Direction.SAME),
        ("Iran sends drones to Russia", "Russia sends fighter jets to Iran", Direction.OPPOSITE),
        ("Russia accuses Ukraine of drone attack", "Ukraine accuses Russia of lying", Direction.OPPOSITE),
    ],
)
def test_claims_of_one_kind_point_the_same_way_or_against_each_other(
    one: str, other: str, answer: Direction
) -> None:
    assert direction(read(one), read(other)) is answer
    assert direction(read(other), read(one)) is answer


def test_a_pronoun_with_a_capital_is_nobodys_name() -> None:
    found = read(
        "Norway denies shipping missiles to Chile", "“We have shipped no missiles to Chile,” said Holt."
    )
    assert [claim.actor for claim in found] == ["Norway"]


@pytest.mark.parametrize(
    "title",
    [
        "Chile will not send troops to Peru, minister says",
        "Chile won’t sell tanks to Peru, minister says",
        "Chile refuses to supply Peru with rifles",
        "Chile rules out sending soldiers to Peru",
        "Chile would never arm Peru, general says",
        "Prosecutors in Peru choose not to charge Ada Roe",
        "Should Chile send Peru tanks?",
        "Chile nie przekaże Peru czołgów",
        "Czy Chile przekaże Peru czołgi?",
    ],
)
def test_what_is_refused_or_only_asked_about_is_no_claim(title: str) -> None:
    assert read(title) == ()


@pytest.mark.parametrize(
    ("title", "claim"),
    [
        ("Chile denies arming Peru", "Chile → supply → Peru"),
        ("Chile is not arming Peru, minister says", "Chile → supply → Peru"),
        ("Chile won't stop arming Peru", "Chile → supply → Peru"),
        ("Chile doesn't rule out sending tanks to Peru", "Chile → supply tanks → Peru"),
        ("Chile przekaże Peru czołgi", "Chile → supply tanks → Peru"),
        ("Chile przekaże Peru nie tylko czołgi", "Chile → supply tanks → Peru"),
    ],
)
def test_what_is_denied_or_left_open_is_still_a_claim(title: str, claim: str) -> None:
    assert str(read(title)[0]) == claim


@pytest.mark.parametrize(
    "title",
    [
        "Chile warns it will defend Peru after raid",
        "Peru's president warns Peru will join Chile in the talks",
        "Judge tells Ada Roe to give a sample to the writer who accused Ivo Lund",
        "Chile downs Bolivian-made drone in Peru",
        "Chilean jets intercept two Peruvian bombers near Bolivia",
        "Three Peruvian balloons shot down by Chile",
    ],
)
def test_a_warning_of_ones_own_deed_and_the_downing_of_what_flies_are_held_against_nobody(title: str) -> None:
    assert read(title) == ()


@pytest.mark.parametrize(
    ("title", "claim"),
    [
        ("Ada Roe, the clerk who accused Ivo Lund, sues", "Ada Roe → accuse → Ivo Lund"),
        ("Mayor of New York accuses Ada Roe", "New York → accuse → Ada Roe"),
        ("New Jersey Mayor Ada Roe accuses Ivo Lund", "New Jersey Mayor Ada Roe → accuse → Ivo Lund"),
        ("Ada Roe condemns New York Post over photo", "Ada Roe → accuse → New York Post"),
        ("Norway to send fearsome Condor artillery systems to Peru", "Norway → supply systems → Peru"),
        ("Bolivia in talks as officials in Lima warn Chile", "Peru → accuse → Chile"),
    ],
)
def test_who_acts_and_who_receives_have_their_whole_name_and_stand_by_the_verb(
    title: str, claim: str
) -> None:
    assert str(read(title)[0]) == claim

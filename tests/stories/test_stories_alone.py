"""What one item alone is read to say changes no status unless something bears it out."""

from __future__ import annotations

import pytest

from stories.about import topic
from stories.evidence import Stance, Target
from stories.reading import read
from stories.story import PartyStance, Status
from tests.stories.telling import board, story, told

PLAIN = tuple(
    (f"p{each}.org", f"Comet film: what the critics say of it, part {each}", "The film opens on Friday.")
    for each in range(9)
)
LONE = ("lone.org", "Comet film: a long evening", "Peru has not confirmed that the film opens on Friday.")


def answers(statements: object, stance: Stance) -> set[Target]:
    return {each.target for each in statements if each.statement.stance is stance}  # type: ignore[attr-defined]


def test_where_no_claim_is_read_a_lone_answer_in_a_text_is_unclear() -> None:
    detail = told(*PLAIN, LONE)
    assert detail.status is Status.ASSERTED
    assert answers(detail.statements, Stance.CANNOT_CONFIRM) == {Target.UNCLEAR}


@pytest.mark.parametrize(
    "more",
    [
        (
            LONE,
            (
                "other.org",
                "Comet film: another evening",
                "Peru hasn't confirmed that the film opens on Friday.",
            ),
        ),
        (("lone.org", "Peru has not confirmed that the Comet film opens on Friday", ""),),
    ],
    ids=["a second item", "its headline"],
)
def test_a_second_item_or_a_headline_bears_it_out(more: tuple[tuple[str, str, str], ...]) -> None:
    assert told(*PLAIN, *more).status is Status.UNCONFIRMED


def test_of_two_items_one_is_enough() -> None:
    assert told(PLAIN[0], LONE).status is Status.UNCONFIRMED


def test_one_slip_of_the_pen_against_three_denials_is_no_change_of_mind() -> None:
    pleas = [(f"p{each}.org", "Roe pleads not guilty to theft charges in Lima", "") for each in range(3)]
    slip = (
        "z.org",
        "Roe leaves court",
        "Jane Roe left the court after pleading guilty to theft charges in Lima.",
    )
    detail = told(*pleas, slip, hours=3)
    assert PartyStance.CONFIRMED not in board(detail).values()


def test_nobodys_silence_is_told_of_what_one_item_beside_the_story_says() -> None:
    lines = [(f"p{each}.org", f"Peru votes: turnout high, part {each}", "") for each in range(6)]
    beside = ("z.org", "Peru votes", "Chile sent missiles to Bolivia in May, Peru's president said.")
    assert PartyStance.SILENT not in board(told(*lines, beside)).values()
    claimed = [(f"p{each}.org", "Chile sends missiles to Bolivia, Peru says", "") for each in range(3)]
    assert board(told(*claimed))["Chile"] is PartyStance.SILENT


def test_arms_that_are_given_in_the_open_keep_nobody_waiting() -> None:
    lines = [(f"p{each}.org", "Chile will supply artillery shells to Peru", "") for each in range(3)]
    assert PartyStance.SILENT not in board(told(*lines)).values()


def test_who_gets_arms_that_their_giver_tells_of_is_not_waited_for() -> None:
    lines = [(f"p{each}.org", "Chile sends missiles to Peru, Bolivia says", "") for each in range(2)]
    assert board(told(*lines))["Peru"] is PartyStance.SILENT
    owned = board(told(*lines, ("c.org", "Chile confirms that it sends missiles to Peru", "")))
    assert "Peru" not in owned


@pytest.mark.parametrize("headline", ["Meteorites strike Peru", "Moose attacks Chile"])
def test_what_nobody_did_is_no_claim_of_a_story(headline: str) -> None:
    assert topic("", story(*((f"p{each}.org", headline, "") for each in range(3)))).claim is None


def test_words_over_something_are_no_attack() -> None:
    ((_, reading),) = story(("a.org", "Jane Roe hits Acme Corp for refusing to answer", ""))
    assert "attack" not in {each.action for each in reading.claims}


@pytest.mark.parametrize(
    "headline",
    [
        "Roe shoots down idea of visiting Lima",
        "Roe rejects idea that her run would be good for Peru",
        "Peru has banned the spread of 'false information' about its army",
        "Peru voiced support for Chile but gave no indication if it might help",
        "Peru's ruler Ben Doe acknowledged defeat to Jane Roe",
        "Jane Roe wins runoff in Lima, Ben Doe concedes",
        "Emissions show no sign of decrease",
    ],
)
def test_other_senses_answer_nothing(headline: str) -> None:
    ((_, reading),) = story(("a.org", headline, ""))
    assert reading.stance is None


def test_what_must_still_be_looked_at_is_not_asserted() -> None:
    claim = [(f"p{each}.org", "Chile sends missiles to Bolivia, Peru says", "") for each in range(2)]
    detail = told(*claim, ("z.org", "Chile says the video must be studied", ""))
    assert board(detail)["Chile"] is PartyStance.SILENT


def test_who_will_not_charge_asserts_no_charge() -> None:
    lines = [(f"p{each}.org", "Peru accuses Chile of theft", "") for each in range(2)]
    detail = told(*lines, ("z.org", "Peru and Chile", "Peru said that it will not charge Chile with theft."))
    last = [each for each in detail.statements if each.item == 3 and each.statement.stance is Stance.ASSERT]
    assert {each.target for each in last} == {Target.OTHER}


def test_a_guard_of_an_embassy_is_no_government() -> None:
    ((_, reading),) = story(("a.org", "Peruvian embassy guard Ben Doe admits theft in Chile", ""))
    assert [each.party for each in reading.statements] == [""]


@pytest.mark.parametrize("who", ["Another", "Documents leaked online", "Analysis"])
def test_what_names_nobody_is_no_speaker(who: str) -> None:
    ((item, _),) = story(("a.org", f"{who} says Chile sent missiles", ""))
    assert {each.speaker for each in read(item).statements} <= {""}


ASKED = (
    ("a.org", "Peru asks Chile for weapons", "Peru has asked Chile for weapons, an insider said."),
    ("b.org", "Lima seeks arms from Chile, insider says", ""),
)
SUPPLIED = (
    ("a.org", "Chile supplies weapons to Peru", "Chile is supplying weapons to Peru, Bolivia said."),
    ("b.org", "Chile sends weapons to Peru, Bolivia says", ""),
)


@pytest.mark.parametrize(
    ("lines", "denial", "stance"),
    [
        (ASKED, "Chile denies supplying weapons to Peru", PartyStance.SILENT),
        (ASKED, "Chile denies that Peru asked it for weapons", PartyStance.DENIED),
        (ASKED + SUPPLIED, "Chile denies supplying weapons to Peru", PartyStance.DENIED),
        (SUPPLIED, "Chile denies having been asked by Peru for weapons", PartyStance.SILENT),
        (SUPPLIED, "Chile denies sending weapons to Peru", PartyStance.DENIED),
    ],
)
def test_a_denial_of_supplying_is_no_denial_of_being_asked(
    lines: tuple[tuple[str, str, str], ...], denial: str, stance: PartyStance
) -> None:
    assert board(told(*lines, ("c.org", denial, "")))["Chile"] is stance


@pytest.mark.parametrize(
    "headline",
    [
        "Peru claimed without evidence on Monday that Chile hid the tanks",
        "Ben Doe back in court after sensational claim he ADMITTED the theft",
        "Jane Roe calls out Ben Doe's 'nonsense' about taxes",
        "Peru was not previously aware of the comments, Roe said",
    ],
)
def test_distance_and_hearsay_answer_nothing(headline: str) -> None:
    ((_, reading),) = story(("a.org", headline, ""))
    assert reading.stance is None


def test_who_is_attacked_confirms_that_and_not_by_whom() -> None:
    lines = [(f"p{each}.org", "Chile attacks Peru with drones, Bolivia says", "") for each in range(2)]
    assert board(told(*lines, ("c.org", "Peru acknowledges drone attack", ""))).get("Peru") is None
    named = board(told(*lines, ("c.org", "Peru confirms that Chile attacked it with drones", "")))
    assert named["Peru"] is PartyStance.CONFIRMED


def test_what_is_done_in_the_open_asks_for_no_answer() -> None:
    lines = [
        (f"p{each}.org", "Peru arrests Chilean diplomat over alleged spying, police say", "")
        for each in range(3)
    ]
    assert PartyStance.SILENT not in board(told(*lines)).values()


@pytest.mark.parametrize(
    "headline",
    [
        "Jane Roe confirmed to feature on Ben Doe's song",
        "Jane Roe confirmed as Peru's next prime minister",
        "Acme Air sued for denying passenger refunds",
        "Peru is directly acknowledging an accusation of theft",
    ],
)
def test_who_is_confirmed_and_what_is_refused_answer_nothing(headline: str) -> None:
    ((_, reading),) = story(("a.org", headline, ""))
    assert reading.stance is None


@pytest.mark.parametrize(
    "headline",
    [
        "Chile admits shipping missiles near Bolivia but denies sending missiles to Bolivia",
        "Chile denies sending missiles to Bolivia, but admits shipping missiles near Bolivia",
    ],
)
def test_what_is_admitted_beside_a_denial_is_something_less(headline: str) -> None:
    lines = [(f"p{each}.org", "Chile sends missiles to Bolivia, Peru says", "") for each in range(2)]
    assert board(told(*lines, ("c.org", headline, "")))["Chile"] is PartyStance.DENIED

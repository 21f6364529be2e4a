"""The fourteen ways in which a story of arms, denials and copies misleads a reader by words; on made-up news."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from stories.actors import party_of
from stories.claims import Direction, claims, direction
from stories.detail import tell
from stories.evidence import Stance, Target
from stories.item import Item
from stories.reading import read
from stories.story import OriginState, Party, PartyStance, Story, StoryDetail

START = datetime(2023, 1, 27, 8, tzinfo=UTC)
CLAIM = "Taliban sell helicopters to Peru, Lima insider says"


def item(number: int, title: str, body: str = "", at: datetime | None = START) -> Item:
    when = None if at is None else at + timedelta(hours=number)
    return Item(number, f"g{number}", f"paper{number}.example", title, "", body, published=when, lang="en")


def told(*texts: tuple[str, str], claim: str = "") -> StoryDetail:
    pairs = [
        (one, read(one)) for one in (item(number, *text) for number, text in enumerate(((CLAIM, ""), *texts)))
    ]
    return tell(Story(1, "s", claim), pairs, (), START + timedelta(days=3))


def party(detail: StoryDetail, name: str) -> Party:
    return next(each for each in detail.parties if each.name == name)


def stances(text: str) -> list[Stance]:
    return [each.stance for each in read(item(1, "Arms", text)).statements]


def test_1_the_same_words_the_other_way_round_are_another_claim() -> None:
    one = claims(item(1, "Peru denies it sent weapons to the Taliban: a lie, says Lima"))
    other = claims(item(2, "Taliban deny they sent weapons to Peru: a lie, says Kabul"))
    assert direction(one, other) is Direction.OPPOSITE


def test_2_a_denial_of_another_claim_is_not_booked_on_this_one() -> None:
    detail = told(("Helicopters", "Peru has denied that its army uses Chilean drones in Bolivia."))
    (denial,) = [each for each in detail.statements if each.statement.stance is Stance.DENY]
    assert denial.target is not Target.CLAIM
    assert party(detail, "Peru").stance is PartyStance.SILENT


def test_3_the_afghan_government_is_whoever_governed_that_day() -> None:
    assert party_of("Afghan government", datetime(2017, 7, 25, tzinfo=UTC)) == "Afghanistan"
    assert party_of("Afghanistan's foreign ministry", START) == "Taliban"


@pytest.mark.parametrize(
    ("words", "stance"),
    [
        ("“Oh, I'm not disputing that,” General Ana Ruiz said.", Stance.ASSERT),
        ("There is no evidence of a sale, Canada said.", Stance.CANNOT_CONFIRM),
        ("Canada cannot confirm the sale.", Stance.CANNOT_CONFIRM),
        ("Lima is short of helicopters? “No,” claims minister Ana Ruiz.", Stance.DENY),
        ("Peru's defence ministry declined to comment.", Stance.NO_COMMENT),
        ("Peru has yet to address the claims.", Stance.NO_COMMENT),
    ],
)
def test_4_support_doubt_and_silence_are_no_denials(words: str, stance: Stance) -> None:
    assert stances(words)[0] is stance


def test_5_a_date_in_the_page_dates_no_article() -> None:
    dated = item(1, "Sale", "Friday, 19 April 2024\n\nThe Taliban sold helicopters. Related: May 7, 2024")
    assert dated.effective == START + timedelta(hours=1)
    undated = item(1, "Sale", "Last April the Taliban sold helicopters.", at=None)
    assert undated.effective is None


def test_6_one_outlets_interview_carried_by_three_is_one_source() -> None:
    said = "“This report is a lie,” deputy spokesman Zia Karimi of Afghanistan's foreign ministry told VOA. "
    detail = told(
        ("Taliban deny sale", said),
        ("Kabul: no sale", said + "He gave no more."),
        ("A lie", "Today: " + said),
    )
    assert party(detail, "Taliban").independent == 1


def test_7_a_refusal_to_comment_copied_from_another_paper_is_one_refusal() -> None:
    said = "Peru's defence ministry declined to comment on the claims that the Taliban sell it helicopters."
    detail = told(("Sale", said), ("Sale seen in videos", said))
    found = party(detail, "Peru")
    assert (found.stance, found.independent) == (PartyStance.NO_COMMENT, 1)


def test_8_an_unsourced_denial_of_who_knows_what_is_unclear() -> None:
    detail = told(
        ("Helicopters", "Though Peru denies these claims, Chilean officials say Bolivia is short of pilots."),
        (
            "Silence",
            "Peruvian officials have yet to address the claim that the Taliban sell helicopters to Peru.",
        ),
    )
    (denial,) = [each for each in detail.statements if each.statement.stance is Stance.DENY]
    assert denial.target is not Target.CLAIM
    assert party(detail, "Peru").stance is PartyStance.NO_COMMENT


def test_9_what_is_denied_is_told_in_the_speakers_words() -> None:
    (denial,) = read(
        item(
            1,
            "Sale",
            "Zia Karimi denied that the Taliban is supplying Peru, which has asked for helicopters.",
        )
    ).statements
    assert denial.proposition.startswith("that the Taliban is supplying Peru")


def test_10_two_papers_that_name_different_sources_leave_the_origin_disputed() -> None:
    detail = told(
        ("Sale", "The Daily Sun reported that the Taliban sell helicopters to Peru, citing a Lima insider."),
        ("Sale II", "According to the Bogota Times, the Taliban sell helicopters to Peru."),
    )
    assert detail.origin.state is OriginState.DISPUTED


def test_11_a_teaser_and_a_quotation_that_stand_twice_count_once() -> None:
    said = "“The Taliban sell helicopters to Peru,” General Ana Ruiz said."
    found = read(
        item(1, "Sale", f"{said}\n\nSubscribe to read on.\n\n{said}\n\nLima is far away.")
    ).statements
    assert [each.words for each in found] == [said]


def test_12_contacts_and_influence_are_no_arms() -> None:
    detail = told(("Envoys", "Peru said it maintains contact with the Taliban and seeks influence in Kabul."))
    assert all(
        each.target is not Target.CLAIM for each in detail.statements if each.statement.party == "Peru"
    )


def test_13_nothing_is_read_from_bios_disclaimers_and_related_links() -> None:
    page = (
        "Rain fell in Lima.\n\n(Ana Ruiz is a political commentator based in Lima. She has told Peru's story for the BBC.)\n"
        "(Disclaimer: This newspaper denies responsibility for the claims made here.)\n"
        "Also Read: Chile denies shelling Peru\nRelated Articles\nChile denies shelling Peru"
    )
    assert read(item(1, "Rain", page)).statements == ()


def test_14_reversed_words_inside_a_denial_turn_nothing_round() -> None:
    detail = told(
        (
            "Kabul",
            "The Taliban denied selling helicopters to Peru and mocked videos of Peruvian-made trucks in Kabul.",
        )
    )
    assert party(detail, "Taliban").stance is PartyStance.DENIED

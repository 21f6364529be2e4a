"""What counts as a source of its own, and what an item says of its story's claim; on made-up news."""

from __future__ import annotations

from stories.detail import stances_in
from stories.evidence import Stance
from stories.reading import read
from stories.story import StoryDetail
from tests.stories import telling

CLAIM = ("Iran is supplying missiles to Sudan, reports claim", "")


def told(*lines: tuple[str, str], hours: float = 1.0) -> StoryDetail:
    return telling.told(*((f"p{n}.org", *line) for n, line in enumerate(lines, 1)), hours=hours, days=30)


def sources(detail: StoryDetail) -> int:
    (iran,) = [party for party in detail.parties if party.name == "Iran"]
    return iran.independent


def test_one_speakers_denial_quoted_by_many_in_other_words_is_one_source() -> None:
    detail = told(
        CLAIM,
        ("Sudan", "Iran's foreign minister Karim Rad denied that Iran is supplying missiles to Sudan."),
        ("Sudan", "Rad, Iran's foreign minister, called the report that Iran supplies missiles to Sudan a lie."),
        ("Sudan", "“Iran has never sent missiles to Sudan, this is false,” Iran's foreign minister Karim Rad said."),
    )  # fmt: skip
    assert sources(detail) == 1


def test_a_headline_and_the_sentence_under_it_are_one_source() -> None:
    detail = told(
        CLAIM,
        ("Iran denies supplying missiles to Sudan", "Iran's foreign minister Karim Rad denied that Iran is supplying missiles to Sudan."),
        ("Tehran denies supplying missiles to Sudan", ""),
    )  # fmt: skip
    assert sources(detail) == 1


def test_two_speakers_are_two_sources() -> None:
    detail = told(
        CLAIM,
        ("Sudan", "Iran's foreign minister Karim Rad denied that Iran is supplying missiles to Sudan."),
        ("Sudan", "Iran's defence minister Omid Faraz denied that Iran is supplying missiles to Sudan."),
    )
    assert sources(detail) == 2


def test_the_same_speaker_days_later_is_another_source() -> None:
    detail = told(
        CLAIM,
        ("Sudan", "Iran's foreign minister Karim Rad denied that Iran is supplying missiles to Sudan."),
        ("Sudan", "Iran's foreign minister Karim Rad again denied that missiles were supplied to Sudan by Iran."),
        hours=96,
    )  # fmt: skip
    assert sources(detail) == 2


def test_what_an_item_says_of_a_storys_claim_is_not_what_it_says_of_another() -> None:
    other = (
        "Iran is supplying missiles to Sudan, Israel says",
        "Iran denied arresting two British tourists.",
    )
    detail = told(CLAIM, other, ("Iran denies supplying missiles to Sudan", ""))
    item = next(each for each in detail.items if each.id == 2)
    assert read(item).stance is Stance.DENY
    assert stances_in(detail.statements)[2] is None
    assert stances_in(detail.statements)[3] is Stance.DENY

"""One source under many names is one: channels, outlets, and the number of origins; on made-up news."""

from __future__ import annotations

import pytest

from stories.sources import canonical
from stories.story import OriginState, StoryDetail
from tests.stories import telling


def told(*lines: tuple[str, str]) -> StoryDetail:
    """Items an hour apart of one headline, by (publisher, summary)."""
    return telling.told(
        *((publisher, "Peru's mint to close in May", summary) for publisher, summary in lines)
    )


@pytest.mark.parametrize(
    "written",
    [
        "the Telegram channel Silver Owl",
        "Telegram channel Silver Owl.",
        "Silver Owl Telegram channel",
        "Silver Owl (Telegram)",
        "“Silver Owl (Telegram)”,",
    ],
)
def test_a_channel_has_one_name_however_it_is_written(written: str) -> None:
    assert canonical(written) == "Silver Owl (Telegram)"


def test_a_persons_own_name_is_no_channel() -> None:
    assert canonical("Malcolm X") == "Malcolm X"


def test_reports_that_name_one_channel_differently_have_one_origin() -> None:
    detail = told(
        ("a.org", "Peru's mint is to close in May, according to the Telegram channel Silver Owl."),
        ("b.org", "Peru's mint is to close in May, according to Silver Owl (Telegram)."),
        ("c.org", "Peru's mint is to close in May, according to Silver Owl."),
        ("d.org", "Peru's mint is to close in May, the Silver Owl Telegram channel said."),
    )
    assert detail.origin.state is OriginState.NAMED
    assert detail.origin.chains == (("Silver Owl (Telegram)",),)
    assert detail.measures is not None and detail.measures.origins == 1
    assert {each.citation.source for each in detail.citations} == {"Silver Owl (Telegram)"}


def test_a_network_alone_is_no_source() -> None:
    detail = told(("a.org", "Peru's mint is to close in May, according to Telegram."))
    assert detail.citations == ()


def test_a_chain_told_in_part_is_the_same_chain() -> None:
    detail = told(
        ("a.org", "The Sun, citing the Telegram channel Silver Owl, reported that Peru's mint is to close in May."),
        ("b.org", "Peru's mint is to close in May, according to the Telegram channel Silver Owl."),
    )  # fmt: skip
    assert detail.origin.chains == (("Silver Owl (Telegram)", "The Sun"),)


def test_a_source_that_is_only_pointed_at_is_an_origin_only_where_it_stands_alone() -> None:
    vague = ("b.org", "Peru's mint is to close in May, according to Norwegian state media.")
    named = ("a.org", "Peru's mint is to close in May, according to Reuters.")
    alone, both = told(vague), told(named, vague)
    assert alone.origin.state is OriginState.NAMED
    assert alone.measures is not None and alone.measures.origins == 1
    assert both.measures is not None and both.measures.origins == 1

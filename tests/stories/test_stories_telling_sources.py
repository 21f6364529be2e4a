"""A story told in full: its origin, its copies and what differs between its items; on made-up news."""

from __future__ import annotations

from datetime import timedelta

import pytest

from stories.detail import tell
from stories.difference import Difference
from stories.evidence import Copy, CopyKind
from stories.story import OriginState, PartyStance, Story
from stories.variants import variants
from tests.stories.telling import CLAIM, START, board, story, told


def test_origins_are_followed_through_chains_and_two_ends_are_a_dispute() -> None:
    one = (
        "a.org",
        "Iran is supplying missiles to Sudan",
        "Haaretz, citing an Israeli official, reported that Iran is supplying missiles to Sudan.",
    )
    detail = told(one)
    assert detail.origin.state is OriginState.NAMED
    assert detail.origin.chains == (("Israeli official", "Haaretz"),)
    other = (
        "b.org",
        "Iran supplies missiles to Sudan",
        "According to the Telegram channel Red Sea Watch, Iran is supplying missiles to Sudan.",
    )
    assert told(one, other).origin.state is OriginState.DISPUTED


def test_where_no_source_is_cited_the_origin_is_who_said_it_first_on_record_and_never_the_accused() -> None:
    detail = told(
        ("a.org", "Iran rejects talk of missiles for Sudan", "Iran said it sends no missiles to Sudan."),
        (
            "b.org",
            "Israel accuses Iran of supplying missiles to Sudan",
            "Iran is supplying missiles to Sudan, Israel said.",
        ),
    )
    assert detail.origin.state is OriginState.NAMED
    assert detail.origin.chains == (("Israel",),)
    assert [each.item for each in detail.origin.evidence] == [2]


def test_copies_are_not_counted_as_groups_of_their_own() -> None:
    pairs = story(CLAIM, ("b.org", *CLAIM[1:]), ("c.org", "Iran supplies missiles to Sudan, Israel says", ""))
    detail = tell(Story(1, ""), pairs, (Copy(2, 1, 1.0, CopyKind.COPY),), START + timedelta(hours=3))
    assert detail.measures is not None
    assert detail.measures.reprint_rate == pytest.approx(1 / 3)
    assert detail.measures.phase == "breaking"


def test_quotations_that_mutate_and_headlines_that_harden_are_put_side_by_side() -> None:
    detail = told(
        (
            "a.org",
            "No evidence Iran is supplying missiles to Sudan, Pentagon says",
            "“I cannot confirm the reports that Iran is supplying missiles to Sudan,” Pentagon spokesman John Doe said.",
        ),
        (
            "b.org",
            "Iran supplying missiles to Sudan?",
            "“We can’t confirm reports that Iran would be supplying missiles to Sudan,” Pentagon spokesman John Doe said.",
        ),
    )
    kinds = {each.kind for each in variants(detail)}
    assert kinds == {Difference.QUOTE, Difference.DRIFT}


def test_figures_that_differ_between_publishers_are_put_side_by_side() -> None:
    detail = told(
        ("a.org", "Iran ships 40 missiles to Sudan", ""), ("b.org", "Iran ships 60 missiles to Sudan", "")
    )
    (found,) = [each for each in variants(detail) if each.kind is Difference.FIGURE]
    assert (found.one.words, found.other.words) == ("40 missiles", "60 missiles")
    named = told(
        ("a.org", "Covid-19 outbreak reaches Sudan", ""), ("b.org", "The SARS-CoV-2 outbreak in Sudan", "")
    )
    assert not [each for each in variants(named) if each.kind is Difference.FIGURE]


def test_a_report_that_says_is_the_speaker_not_the_one_it_tells_of() -> None:
    detail = told(
        ("a.org", "Iran negotiating with Sudan for missiles, report says", ""),
        ("b.org", "Iran negotiating with Sudan for missiles", ""),
    )
    assert board(detail)["Iran"] is PartyStance.SILENT


def test_a_channel_is_one_source_however_it_is_introduced() -> None:
    detail = told(
        (
            "a.org",
            "Iran sends missiles to Sudan",
            "Iran is sending missiles to Sudan, according to the Telegram channel Red Sea, which cites a port official.",
        ),
        (
            "b.org",
            "Iran sends missiles to Sudan",
            "Haaretz, citing the Telegram channel Red Sea, reported that Iran is sending missiles to Sudan.",
        ),
    )
    assert {chain[:2] for chain in detail.origin.chains} == {("port official", "Red Sea (Telegram)")}
    assert detail.origin.state is OriginState.NAMED


def test_a_sentence_that_admits_and_recalls_the_denial_is_no_drift() -> None:
    detail = told(
        CLAIM,
        (
            "b.org",
            "Iran admits supplying missiles to Sudan",
            "Iran admitted supplying missiles to Sudan, two days after it denied the report.",
        ),
    )
    assert not [each for each in variants(detail) if each.kind is Difference.DRIFT]

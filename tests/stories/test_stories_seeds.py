"""The five founding articles: the checks and traps of the mission, on their true text."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from stories.detail import tell
from stories.evidence import CitationKind, Reading, Stance, Target
from stories.item import Item
from stories.reading import read
from stories.story import OriginState, PartyStance, Role, Status, Story, StoryDetail

NOW = datetime(2024, 1, 2, tzinfo=UTC)


@pytest.fixture(scope="module")
def pages(shared: Path) -> dict[str, tuple[Item, Reading]]:
    found = {}
    with (shared / "gold" / "seeds.jsonl").open(encoding="utf-8") as file:
        for number, line in enumerate(map(json.loads, file), 1):
            published = datetime.fromisoformat(line["published"]) if line.get("published") else None
            item = Item(
                number,
                line["id"],
                line["source"],
                line["title"],
                "",
                line["body"],
                published=published,
                first_seen=datetime(2024, 1, 1, tzinfo=UTC),
                lang="en",
            )
            found[line["id"]] = (item, read(item))
    return found


@pytest.fixture(scope="module")
def asked(pages: dict[str, tuple[Item, Reading]]) -> StoryDetail:
    """2023: Russia is said to ask the Taliban for American arms."""
    return tell(Story(1, ""), [pages[name] for name in ("000", "001", "002")], (), NOW)


@pytest.fixture(scope="module")
def armed(pages: dict[str, tuple[Item, Reading]]) -> StoryDetail:
    """2017: Russia is said to arm the Taliban."""
    return tell(Story(2, ""), [pages[name] for name in ("003", "004")], (), NOW)


def stances(detail: StoryDetail) -> dict[str, PartyStance]:
    return {party.name: party.stance for party in detail.parties}


def said(detail: StoryDetail, part: str, stance: Stance) -> list[Target]:
    return [
        each.target
        for each in detail.statements
        if part in each.statement.words and each.statement.stance is stance
    ]


def test_in_2023_the_taliban_deny_the_us_cannot_confirm_and_russia_has_not_answered(
    asked: StoryDetail,
) -> None:
    board = stances(asked)
    assert board["Taliban"] is PartyStance.DENIED
    assert board["United States"] is PartyStance.CANNOT_CONFIRM
    assert board["Russia"] in (PartyStance.NO_COMMENT, PartyStance.SILENT, PartyStance.CONFLICTING)
    assert asked.status is Status.DENIED
    assert "Taliban" in asked.because


def test_in_2017_russia_denies_and_named_parties_assert(armed: StoryDetail) -> None:
    board = stances(armed)
    assert board["Russia"] is PartyStance.DENIED
    assert board["United States"] is PartyStance.ASSERTS
    assert board["Afghanistan"] is PartyStance.ASSERTS
    assert armed.status is Status.CONTESTED
    (russia,) = [party for party in armed.parties if party.name == "Russia"]
    assert russia.role is Role.ACCUSED
    assert len({each.guid for each in russia.evidence}) == 2


@pytest.mark.parametrize(
    "words",
    [
        "forces use of Iranian drones",
        "Wagner have also rejected",
        "Though Moscow denies these claims",
        "No, claims the former Russian president",
        "Despite Russia’s denial",
    ],
)
def test_a_denial_of_another_claim_or_an_ambiguous_one_never_reaches_the_board(
    asked: StoryDetail, words: str
) -> None:
    targets = said(asked, words, Stance.DENY)
    assert targets, "the denial itself is heard"
    assert Target.CLAIM not in targets


def test_the_ambiguous_denial_is_shown_as_unclear(asked: StoryDetail) -> None:
    assert said(asked, "Though Moscow denies these claims", Stance.DENY) == [Target.UNCLEAR]


def test_takals_denial_is_of_supplying_in_his_own_words_through_voa_and_one_source(
    asked: StoryDetail,
) -> None:
    (taliban,) = [party for party in asked.parties if party.name == "Taliban"]
    assert taliban.independent == 1
    assert {each.statement.via for each in taliban.evidence} == {("VOA",)}
    first = taliban.evidence[0].statement
    assert first.speaker == "Zia Ahmad Takal"
    assert "supplying Russia" in first.proposition


def test_no_evidence_and_not_refuting_are_no_denials(asked: StoryDetail, armed: StoryDetail) -> None:
    assert said(asked, "No Evidence Russia Turning to Taliban", Stance.CANNOT_CONFIRM) == [Target.CLAIM]
    assert said(asked, "No Evidence Russia Turning to Taliban", Stance.DENY) == []
    assert said(armed, "not refuting that", Stance.ASSERT) != []
    assert said(armed, "not refuting that", Stance.DENY) == []


def test_the_origin_is_disputed_and_the_chain_leads_from_the_insider_over_the_channel_to_the_sun(
    asked: StoryDetail,
) -> None:
    assert asked.origin.state is OriginState.DISPUTED
    assert ("Kremlin insider", "General SVR (Telegram)", "The Sun") in asked.origin.chains
    assert any("Telegram channels and state media" in chain[0] for chain in asked.origin.chains)
    assert asked.measures is not None
    assert (asked.measures.publishers, asked.measures.origins, asked.measures.denial_sources) == (3, 1, 1)


def test_a_repeated_teaser_and_a_repeated_quotation_count_once(
    pages: dict[str, tuple[Item, Reading]],
) -> None:
    _, reading = pages["003"]
    quoted = [each.speaker for each in reading.statements if "no smoke without fire" in each.words]
    assert quoted.count("Sediq Sediqi") == 1
    flat = [each for each in reading.statements if "flatly denied the allegation" in each.words]
    assert [each.stance for each in flat].count(Stance.DENY) == 1


def test_the_afghan_government_of_2017_accuses_and_is_not_the_taliban(armed: StoryDetail) -> None:
    sediqi = [each.statement.party for each in armed.statements if each.statement.speaker == "Sediq Sediqi"]
    assert set(sediqi) == {"Afghanistan"}


@pytest.mark.parametrize("name", ["Mexico", "El Chapo", "LockBit", "BBC Urdu", "Khaleej Times", "Swinney"])
def test_nothing_comes_from_also_read_related_bio_or_disclaimer_lines(
    pages: dict[str, tuple[Item, Reading]], name: str
) -> None:
    for _, reading in pages.values():
        assert not [each for each in reading.statements if name in each.words]
        assert not [each for each in reading.citations if name in each.source]


def test_every_offset_holds_against_the_stored_text(pages: dict[str, tuple[Item, Reading]]) -> None:
    for item, reading in pages.values():
        for statement in reading.statements:
            assert item.words(statement.span) == statement.words
            if statement.speaker_span is not None:
                assert item.words(statement.speaker_span) == statement.speaker
        for citation in reading.citations:
            if citation.span is not None:
                assert item.words(citation.span) in citation.words


def test_a_respun_page_shows_the_outlet_it_was_taken_from(pages: dict[str, tuple[Item, Reading]]) -> None:
    credits = {
        name: {each.source for each in reading.citations if each.kind is CitationKind.CREDIT}
        for name, (_, reading) in pages.items()
    }
    assert "VOA" in credits["000"]
    assert "CNN" in credits["003"]
    assert "VOA" not in credits["001"] | credits["002"]

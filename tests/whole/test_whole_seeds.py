"""The five founding articles through `spreadwatch import`: what a perfect monitor says about them.

The articles and the checks (SEEDS.md, section 10) lie beside the repository.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest


@dataclass(frozen=True)
class Imported:
    """What the command line tells after the import."""

    stories: list[dict[str, Any]]
    details: dict[str, dict[str, Any]]
    """By the guid of one of its articles."""
    items: dict[str, dict[str, Any]]
    """By guid."""

    @property
    def of_2023(self) -> dict[str, Any]:
        return self.details["000"]

    @property
    def of_2017(self) -> dict[str, Any]:
        return self.details["004"]


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Imported:
    file = Path(__file__).parents[2].parent / "shared" / "gold" / "seeds.jsonl"
    if not file.is_file():
        pytest.skip("the shared data folder beside the repository is absent")
    folder = tmp_path_factory.mktemp("seeds")

    def run(*arguments: str | Path) -> str:
        return subprocess.run(
            [sys.executable, "-m", "spreadwatch", *map(str, arguments), "--db", str(folder / "seeds.db")],
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
            cwd=Path(__file__).parents[2],
        ).stdout

    run("import", file)
    stories = json.loads(run("stories", "--json"))
    details = {}
    for story in stories:
        detail = json.loads(run("story", story["id"], "--json"))
        details.update({item["guid"]: detail for item in story["items"]})
    items = {item["guid"]: item for item in json.loads(run("items", "--json"))}
    return Imported(stories, details, items)


def party(story: dict[str, Any], name: str) -> dict[str, Any]:
    (found,) = [line for line in story["parties"] if line["party"] == name]
    return dict(found)


def statements(story: dict[str, Any], *, holding: str) -> list[dict[str, Any]]:
    return [statement for statement in story["statements"] if holding in statement["words"]]


def test_the_articles_make_two_stories_one_of_2023_and_one_of_2017(seeds: Imported) -> None:
    groups = sorted(sorted(item["guid"] for item in story["items"]) for story in seeds.stories)
    assert groups == [["000", "001", "002"], ["003", "004"]]


def test_the_two_stories_are_linked_as_opposite(seeds: Imported) -> None:
    assert seeds.of_2023["opposite_of"] == seeds.of_2017["id"]
    assert seeds.of_2017["opposite_of"] == seeds.of_2023["id"]


def test_the_claims_go_in_opposite_directions(seeds: Imported) -> None:
    actor, _, recipient = (part.strip() for part in seeds.of_2017["claim"].split("→"))
    assert (actor, recipient) == ("Russia", "Taliban")
    assert seeds.of_2023["claim"].split("→")[0].strip() != "Russia" or re.search(
        r"seek|ask|want|request", seeds.of_2023["claim"]
    )


def test_the_taliban_deny_the_2023_claim_by_takal_through_voa(seeds: Imported) -> None:
    taliban = party(seeds.of_2023, "Taliban")
    assert taliban["stance"] == "DENIED"
    assert "Takal" in taliban["speaker"]
    assert taliban["via"] == "VOA"
    assert taliban["words"]


def test_the_united_states_cannot_confirm_the_2023_claim(seeds: Imported) -> None:
    states = party(seeds.of_2023, "United States")
    assert states["stance"] == "CANNOT CONFIRM"
    evidence = [seeds.of_2023["statements"][number] for number in states["evidence"]]
    assert any("Kirby" in statement["speaker"] for statement in evidence)


def test_russia_has_not_answered_the_2023_claim(seeds: Imported) -> None:
    assert party(seeds.of_2023, "Russia")["stance"] in ("SILENT", "NO COMMENT", "CONFLICTING")


def test_the_unsourced_denial_by_moscow_is_shown_as_unclear(seeds: Imported) -> None:
    found = statements(seeds.of_2023, holding="Though Moscow denies these claims")
    assert found
    assert {statement["target"] for statement in found if statement["stance"] == "deny"} == {"unclear"}


def test_russia_denies_the_2017_claim_more_than_once(seeds: Imported) -> None:
    russia = party(seeds.of_2017, "Russia")
    assert russia["stance"] == "DENIED"
    assert len(russia["evidence"]) > 1


def test_three_publishers_stand_behind_the_2023_story(seeds: Imported) -> None:
    assert seeds.of_2023["publishers"] == 3


def test_the_named_chain_goes_from_a_kremlin_insider_by_general_svr_to_the_sun(seeds: Imported) -> None:
    chains = seeds.of_2023["origin"]["chains"]
    wanted = ("insider", "General SVR", "The Sun")
    assert any(
        [next((i for i, link in enumerate(chain) if word in link), -1) for word in wanted]
        == sorted(i for i, link in enumerate(chain) for word in wanted if word in link)
        and len([link for link in chain if any(word in link for word in wanted)]) == 3
        for chain in chains
    ), chains


def test_all_denials_of_the_2023_claim_go_back_to_one_source(seeds: Imported) -> None:
    assert party(seeds.of_2023, "Taliban")["independent"] == 1
    assert seeds.of_2023["measures"]["denial_sources"] == 1


def test_the_respun_article_points_to_voa_which_is_in_no_feed(seeds: Imported) -> None:
    sources = {c["source"] for c in seeds.of_2023["citations"] if c["guid"] == "000"}
    assert "VOA" in sources
    assert "voanews.com" not in {item["publisher"] for item in seeds.items.values()}


@pytest.mark.parametrize(
    "words",
    [
        "forces use of Iranian drones",
        "Wagner have also rejected",
        "Despite Russia’s denial",
        "No, claims the former Russian president",
    ],
)
def test_a_denial_of_another_claim_never_reaches_the_board(seeds: Imported, words: str) -> None:
    found = statements(seeds.of_2023, holding=words)
    assert not [statement for statement in found if statement["on_claim"]]
    for line in seeds.of_2023["parties"]:
        for number in line["evidence"]:
            assert words not in seeds.of_2023["statements"][number]["words"]


def test_not_refuting_a_claim_supports_it(seeds: Imported) -> None:
    found = [s for s in statements(seeds.of_2017, holding="not refuting") if s["guid"] == "003"]
    assert found
    assert {statement["stance"] for statement in found} == {"assert"}


def test_a_headline_of_no_evidence_is_not_a_denial(seeds: Imported) -> None:
    found = statements(seeds.of_2023, holding="No Evidence Russia Turning to Taliban")
    assert {statement["stance"] for statement in found} <= {"cannot_confirm"}


def test_articles_keep_the_dates_they_were_given_whatever_their_pages_say(seeds: Imported) -> None:
    assert seeds.items["002"]["published"].startswith("2023-01-31")
    assert seeds.items["001"]["published"].startswith("2023-01-28")


def test_an_article_without_a_date_stays_undated(seeds: Imported) -> None:
    assert seeds.items["003"]["published"] is None
    assert "undated" in seeds.items["003"]["flags"]


def test_a_quotation_that_stands_twice_in_an_article_counts_once(seeds: Imported) -> None:
    found = [s for s in statements(seeds.of_2017, holding="no smoke without fire") if s["guid"] == "003"]
    assert found
    assert len({(statement["where"], statement["start"]) for statement in found}) == 1
    assert len({(statement["speaker"], statement["stance"]) for statement in found}) == len(found)


def test_a_paywall_teaser_counts_once(seeds: Imported) -> None:
    found = [
        s for s in statements(seeds.of_2017, holding="flatly denied the allegation") if s["guid"] == "003"
    ]
    assert found
    assert len({(statement["where"], statement["start"]) for statement in found}) == 1
    assert len({(statement["speaker"], statement["stance"]) for statement in found}) == len(found)


@pytest.mark.parametrize(
    ("guid", "words"),
    [
        ("000", "Also Read"),
        ("000", "El Chapo"),
        ("001", "Swinney"),
        ("001", "LockBit"),
        ("002", "Khaleej Times"),
        ("002", "does not take any onus"),
        ("003", "daily free article limit"),
    ],
)
def test_nothing_is_read_from_boilerplate(seeds: Imported, guid: str, words: str) -> None:
    item = seeds.items[guid]
    body: str = item["body"]
    assert words in body, "the article no longer holds the words this test is about"
    told = [statement["words"] for statement in item["statements"]]
    told += [citation["words"] for citation in item["citations"]]
    assert not [said for said in told if words in said]


def test_the_words_of_every_statement_stand_in_its_article(seeds: Imported) -> None:
    checked = 0
    for item in seeds.items.values():
        for statement in item["statements"]:
            text = item[statement["where"]]
            assert text[statement["start"] : statement["end"]] == statement["words"]
            checked += 1
    assert checked > 20

"""The demo's news is complete, true to its sources and told in our own words."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from datetime import UTC, datetime
from pathlib import Path

from spreadwatch.demo import content

DC_DATE = "{http://purl.org/dc/elements/1.1/}date"


def flat(text: str) -> str:
    """Letters and digits only, so that a quotation is found whatever its marks."""
    return " ".join(re.findall(r"\w+", text.replace("’", "'").casefold()))


def test_every_item_belongs_to_an_outlet_and_every_outlet_has_items() -> None:
    assert {item.outlet for item in content.items()} == set(content.outlets())


def test_items_are_released_in_order_over_the_days_of_the_two_stories() -> None:
    released = [item.released for item in content.items()]
    assert released == sorted(released)
    assert released[0] > datetime(2017, 7, 25, tzinfo=UTC)
    assert released[-1] < datetime(2023, 2, 1, tzinfo=UTC)
    assert all(item.released.date() == item.day for item in content.items())


def test_no_two_items_share_a_guid_or_an_address() -> None:
    items = content.items()
    assert len({item.guid for item in items}) == len({item.link for item in items}) == len(items)


def test_there_is_enough_other_news_for_the_claim_to_be_found_in() -> None:
    claim = [item for item in content.items() if "Taliban" in item.title]
    others = [item for item in content.items() if "Taliban" not in item.title]
    assert len(claim) >= 14
    assert 25 <= len(others) <= 40
    assert len({item.outlet for item in others}) >= 12


def test_a_feed_is_well_formed_and_gives_the_day_only_where_the_outlet_did() -> None:
    for outlet in content.outlets().values():
        carried = [item for item in content.items() if item.outlet == outlet.key]
        entries = ET.fromstring(content.rss(outlet, carried)).findall("channel/item")
        assert [entry.findtext("title") for entry in entries] == [item.title for item in reversed(carried)]
        dates = [entry.findtext(DC_DATE) for entry in entries]
        assert dates == [item.day.isoformat() if item.dated else None for item in reversed(carried)]


def test_what_stands_in_quotation_marks_in_the_two_stories_was_said(shared: Path) -> None:
    seeds = (shared / "gold" / "seeds.jsonl").read_text("utf-8").splitlines()
    said = " ".join(flat(json.loads(line)["body"]) for line in seeds)
    quotations = [
        quotation
        for item in content.items()
        if "Taliban" in item.title
        for quotation in re.findall("“([^”]+)”", item.summary)
    ]
    assert len(quotations) > 10
    assert [quotation for quotation in quotations if flat(quotation) not in said] == []


def test_no_run_of_words_is_copied_from_the_founding_articles(shared: Path) -> None:
    seeds = (shared / "gold" / "seeds.jsonl").read_text("utf-8").splitlines()
    said = " ".join(flat(json.loads(line)["body"]) for line in seeds)
    for item in content.items():
        words = flat(re.sub("“[^”]+”", " ", item.summary)).split()
        runs = [" ".join(words[at : at + 10]) for at in range(len(words) - 9)]
        assert not [run for run in runs if run in said], item.guid

"""What `--json` writes is what docs/schemas say, field by field, now and as of a time."""

from __future__ import annotations

import json
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from feeds.schedule import FeedState
from spreadwatch.feed_states import kept
from store import feeds as feed_rows
from store.database import open_store
from stories.evidence import CitationKind, Stance, Target, Voice
from stories.item import DateFlag, Field
from stories.story import OriginState, PartyStance, Role, Status

Call = Callable[..., tuple[int, str, str]]

SCHEMAS = Path(__file__).parents[2] / "docs" / "schemas"


def schema(name: str) -> Any:
    return json.loads((SCHEMAS / f"{name}.schema.json").read_text("utf-8"))


def checked(name: str, text: str) -> Any:
    """The JSON value, which must be as the schema says."""
    value = json.loads(text)
    Draft202012Validator(schema(name)).validate(value)
    return value


def test_stories_list_every_story_with_its_items(call: Call, database: Path) -> None:
    found = checked("stories", call("stories", "--json", "--db", str(database))[1])
    assert {item["guid"] for one in found for item in one["items"]} == {"n-1", "n-2", "n-3", "n-4"}


def test_a_story_tells_who_denied_in_which_words(call: Call, database: Path, story: str) -> None:
    told = checked("story", call("story", story, "--json", "--db", str(database))[1])
    assert {item["guid"] for item in told["items"]} == {"n-1", "n-2", "n-3"}
    party = next(one for one in told["parties"] if one["party"] == "Brazil")
    assert party["stance"] == "DENIED"
    denial = told["statements"][party["evidence"][0]]
    assert denial["on_claim"] is True
    assert denial["cue"] in ("denied", "denies")
    item = next(one for one in told["items"] if one["id"] == denial["item"])
    assert item[denial["where"]][denial["start"] : denial["end"]] == denial["words"]


def test_as_of_before_the_denial_nobody_has_denied(call: Call, database: Path, story: str) -> None:
    told = checked(
        "story", call("story", story, "--json", "--as-of", "2026-03-02T12:00Z", "--db", str(database))[1]
    )
    assert {item["guid"] for item in told["items"]} == {"n-1", "n-2"}
    assert not any(party["stance"] == "DENIED" for party in told["parties"])
    listed = checked(
        "stories", call("stories", "--json", "--as-of", "2026-03-02T12:00Z", "--db", str(database))[1]
    )
    assert {item["guid"] for one in listed for item in one["items"]} == {"n-1", "n-2", "n-4"}
    assert {one["status"] for one in listed} <= {"SINGLE", "ASSERTED"}


def test_the_list_as_of_a_time_says_of_each_story_what_the_story_says(call: Call, tmp_path: Path) -> None:
    archive, place = tmp_path / "a.jsonl", ("--db", str(tmp_path / "a.db"))
    titles = (
        "Chile denies that Brazil sends it helicopters",
        "Chess open in Lyon",
        "Brazil sends helicopters to Chile",
    )
    rows = [
        {"title": title, "published": f"2023-01-2{day}T12:00Z", "source": f"p{day}.example"}
        for day, title in enumerate(titles, 6)
    ]
    archive.write_text("\n".join(map(json.dumps, rows)))
    call("import", str(archive), *place)
    for then in ("2023-01-26T18:00Z", "2023-01-28T18:00Z"):
        listed = json.loads(call("stories", "--json", "--as-of", then, *place)[1])
        assert "DENIED" in {one["status"] for one in listed}
        for one in listed:
            told = json.loads(call("story", str(one["id"]), "--json", "--as-of", then, *place)[1])
            keys = (
                "status",
                "because",
                "claim",
                "name",
                "watched",
                "starred",
                "opposite_of",
                "publishers",
                "origins",
            )
            assert {key: one[key] for key in keys if one["status"] != "SINGLE" or key != "because"} == {
                key: told[key] for key in keys if told["status"] != "SINGLE" or key != "because"
            }


def test_items_carry_their_statements_and_overall_stance(call: Call, database: Path) -> None:
    found = checked("items", call("items", "--json", "--db", str(database))[1])
    stance = {item["guid"]: item["stance"] for item in found}
    assert stance["n-3"] == "deny"
    assert stance["n-4"] == "none"
    before = checked(
        "items", call("items", "--json", "--as-of", "2026-03-02T10:00Z", "--db", str(database))[1]
    )
    assert [item["guid"] for item in before] == ["n-1"]


def test_search_gives_items_with_the_words_around_the_find(call: Call, database: Path) -> None:
    found = checked("items", call("search", "souza", "--json", "--db", str(database))[1])
    assert [item["guid"] for item in found] == ["n-3"]
    assert "[Souza]" in found[0]["snippet"]


def test_feeds_list_those_of_the_catalogue(call: Call, tmp_path: Path) -> None:
    place = ("--feeds", str(tmp_path / "feeds.toml"), "--db", str(tmp_path / "none.db"))
    assert (
        call(
            "feeds",
            "add",
            "https://first.example/rss",
            "--no-check",
            "--kind",
            "wire",
            "--interval",
            "15m",
            *place,
        )[0]
        == 0
    )
    found = checked("feeds", call("feeds", "list", "--json", *place)[1])
    assert [(feed["url"], feed["publisher"], feed["interval"]) for feed in found] == [
        ("https://first.example/rss", "first.example", "15m")
    ]


def test_feeds_list_what_was_mended_and_what_is_odd_about_a_clock(call: Call, tmp_path: Path) -> None:
    url, database = "https://first.example/rss", tmp_path / "news.db"
    place = ("--feeds", str(tmp_path / "feeds.toml"), "--db", str(database))
    call("feeds", "add", url, "--no-check", *place)
    warnings = ("Mended unescaped characters.", "Its clock is 5 h behind: dates are corrected.")
    with open_store(database, create=True) as store:
        feed_rows.save(store, kept(url, FeedState(url, warnings=warnings), "first.example", None))
    (feed,) = checked("feeds", call("feeds", "list", "--json", *place)[1])
    assert feed["warnings"] == list(warnings)


@pytest.mark.parametrize(
    ("values", "path"),
    [
        (Stance, ("$defs", "statement", "properties", "stance")),
        (Voice, ("$defs", "statement", "properties", "voice")),
        (Target, ("$defs", "statement", "properties", "target")),
        (Field, ("$defs", "statement", "properties", "where")),
        (CitationKind, ("$defs", "citation", "properties", "kind")),
        (DateFlag, ("$defs", "item", "properties", "flags", "items")),
        (PartyStance, ("$defs", "party", "properties", "stance")),
        (Role, ("$defs", "party", "properties", "role")),
        (Status, ("properties", "status")),
        (OriginState, ("properties", "origin", "properties", "state")),
    ],
)
def test_the_schema_knows_every_word_that_can_be_written(
    values: type[StrEnum], path: tuple[str, ...]
) -> None:
    place = schema("story")
    for key in path:
        place = place[key]
    assert set(place["enum"]) == {value.value for value in values}

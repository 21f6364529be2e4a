"""Watching a story of one's own, and saying which story is meant."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from store import stories, story_rows
from store.database import open_store
from stories.story import Status

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def own(tmp_path: Path) -> tuple[str, str]:
    return ("--db", str(tmp_path / "own.db"))


@pytest.mark.parametrize("name", ["", "  ", "\t"])
def test_a_story_without_a_name_is_refused(call: Call, own: tuple[str, str], name: str) -> None:
    code, _, err = call("watch", name, *own)
    assert code == 2
    assert "a story needs a name" in err


def test_a_claim_that_cannot_be_read_is_refused_with_an_example(call: Call, own: tuple[str, str]) -> None:
    code, _, err = call("watch", "Arms", "--claim", "blah blah", *own)
    assert code == 2
    assert "“blah blah” can't be read as who does what to whom" in err
    assert call("watch", "Arms", "--claim", "Russia sends arms to the Taliban", *own)[0] == 0
    (story,) = json.loads(call("stories", "--json", *own)[1])
    assert story["claim"] == "Russia → supply arms → Taliban"


def test_a_name_that_is_watched_already_is_refused(call: Call, own: tuple[str, str]) -> None:
    assert call("watch", "Grain deal", "--terms", "grain", *own)[0] == 0
    code, _, err = call("watch", "grain  DEAL", *own)
    assert code == 2
    assert "story 1, “Grain deal”, is watched already" in err


def test_watching_says_what_will_come(call: Call, own: tuple[str, str]) -> None:
    assert (
        "To it comes every item with “grain” and “odesa”."
        in (call("watch", "Grain", "--terms", "grain", "--terms", "odesa", *own)[1])
    )
    assert "Nothing comes to it by itself" in call("watch", "Nothing", *own)[1]
    claimed = call("watch", "Arms", "--claim", "Russia → send arms → Taliban", *own)[1]
    assert (
        "To it comes every item that names Russia and Taliban and has most of the words arms, send."
        in claimed
    )


def test_a_watched_story_without_items_is_listed_and_says_so(call: Call, own: tuple[str, str]) -> None:
    call("watch", "Grain deal", *own)
    assert call("stories", *own)[1].split("  ")[-2:] == ["NO ITEMS", "Grain deal\n"]
    assert json.loads(call("stories", "--json", *own)[1])[0]["because"] == "No items yet"
    assert call("story", "grain", *own)[1].startswith("# Grain deal\n\n**No items yet**, as known on ")


def test_a_story_that_was_emptied_is_told_as_one_that_nothing_came_to(
    call: Call, own: tuple[str, str], tmp_path: Path
) -> None:
    archive = tmp_path / "a.jsonl"
    denied = {
        "title": "Iran denies it sent drones to Sudan",
        "summary": "Tehran denied it sent drones to Sudan.",
    }
    lines = [{"id": f"d{n}", "source": f"p{n}.example", **denied} for n in range(3)]
    archive.write_text("\n".join(json.dumps(line) for line in lines))
    call("import", str(archive), *own)
    call("watch", "Drones", "--terms", "drones", "--take", *own)
    first = next(one for one in json.loads(call("stories", "--json", *own)[1]) if one["watched"])
    assert (first["status"], len(first["items"])) == ("DENIED", 3)
    assert "of story" in call("watch", "Sudan", "--terms", "sudan", *own)[1]  # they stay: they are watched
    told = call("watch", "Iran", "--terms", "iran", "--take", *own)[1]
    assert f"3 items of story {first['id']}, “Drones”, which is watched" in told
    emptied = next(one for one in json.loads(call("stories", "--json", *own)[1]) if one["id"] == first["id"])
    with open_store(own[1]) as store:
        (row,) = story_rows.rows_of(store, [first["id"]])
        detail = stories.detail(store, first["id"])
    assert {emptied["status"], row.status, detail.status} == {Status.NO_ITEMS}
    assert {emptied["because"], row.because, detail.because} == {"No items yet"}


def test_the_analyst_s_name_stays_when_items_come(call: Call, own: tuple[str, str], tmp_path: Path) -> None:
    call("watch", "My own words", "--terms", "grain", *own)
    archive = tmp_path / "a.jsonl"
    lines = [
        {"id": f"g{n}", "title": f"Ukraine sends grain to Egypt, part {n}", "source": f"p{n}.example"}
        for n in range(6)
    ]
    archive.write_text("\n".join(json.dumps(line) for line in lines))
    assert call("import", str(archive), *own)[0] == 0
    watched = next(one for one in json.loads(call("stories", "--json", *own)[1]) if one["watched"])
    assert watched["name"] == "My own words"
    assert len(watched["items"]) == 6


def test_a_story_of_one_publisher_is_found_by_its_name(call: Call, database: Path) -> None:
    code, out, _ = call("story", "chess championship", "--db", str(database))
    assert code == 0
    assert out.startswith("# Chess championship")


def test_one_letter_is_never_taken_for_a_name(call: Call, database: Path) -> None:
    code, _, err = call("story", "z", "--db", str(database))
    assert code == 2
    assert "“z” could be 1 (Brazil–Chile helicopters)." in err


def test_words_that_fit_several_stories_name_them(call: Call, database: Path) -> None:
    code, _, err = call("export", "ch", "--db", str(database))
    assert code == 2
    assert "“ch” fits 2 stories: 1 (Brazil–Chile helicopters), 2 (Chess championship" in err


@pytest.mark.parametrize("words", ["search nowhere", "items --publisher nobody.example"])
def test_nothing_found_is_said(call: Call, database: Path, words: str) -> None:
    code, out, err = call(*words.split(), "--db", str(database))
    assert (code, out) == (0, "")
    assert err.startswith("No item")

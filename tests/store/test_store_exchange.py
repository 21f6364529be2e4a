"""Two analysts' decisions merged: by what items are, not by their numbers; once; the newer one stands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from store import checking, constraints, decisions, exchange, items, log, stories
from store.database import Store, open_store
from stories.decision import Act
from tests.store.making import Newsroom, hours


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Store]:
    """Another analyst's store: the same items under other numbers, in stories of other numbers."""
    with open_store(tmp_path / "other.db", create=True) as opened:
        yield opened


def same_news(store: Store, order: list[str]) -> dict[str, int]:
    """Stories A (three items) and B (two), made in this order; items by name."""
    room = Newsroom(store)
    made: dict[str, int] = {}
    for name in order:
        story, _ = room.story(1, name=f"Start of {name}")
        for part in range(3 if name == "A" else 2):
            made[f"{name}{part}"] = room.item(story, f"{name} {part}", f"p{part}.example", hours(part))
    for name, number in made.items():
        # The same keys in both stores, whatever the numbers are.
        key = b"g" + name.encode().ljust(12, b".")
        store.write("UPDATE items SET keys = ? WHERE id = ?", (key, number))
        store.write("DELETE FROM item_keys WHERE item = ?", (number,))
        store.write("INSERT INTO item_keys VALUES (?, ?)", (key, number))
    return made


def story_of(store: Store, number: int) -> int | None:
    return items.rows(store, [number])[0].story_id


def decide(store: Store, act: Act, by: str, hour: float, **told: object) -> None:
    decisions.record(store, act, by=by, at=hours(hour), **told)  # type: ignore[arg-type]


def offered(source: Store, target: Store, now: datetime) -> exchange.Merged:
    """What comes of giving one log to the other."""
    return exchange.merge(target, list(exchange.export(source)), now)


def test_decisions_find_their_items_and_stories_elsewhere(store: Store, other: Store) -> None:
    mine, theirs = same_news(store, ["A", "B"]), same_news(other, ["B", "A"])
    decide(store, Act.MOVE, "ada", 20, items=[mine["A0"]], story=story_of(store, mine["B0"]))
    decide(store, Act.SPLIT, "ada", 21, items=[mine["A1"]], details={"name": "Apart"})
    apart = story_of(store, mine["A1"])
    decide(store, Act.MOVE, "ada", 22, items=[mine["A2"]], story=apart)
    decide(store, Act.DISMISS, "ada", 23, items=[mine["B1"]])
    decide(store, Act.RENAME, "ada", 24, story=apart, details={"name": "Apart indeed"})
    merged = offered(store, other, hours(50))
    assert (merged.applied, merged.known, merged.unplaced) == (5, 0, [])
    assert story_of(other, theirs["A0"]) == story_of(other, theirs["B0"])
    assert story_of(other, theirs["A1"]) == story_of(other, theirs["A2"]) != story_of(other, theirs["A0"])
    assert story_of(other, theirs["B1"]) is None
    named = stories.story(other, story_of(other, theirs["A1"]) or 0)
    assert named is not None and named.name == "Apart indeed"
    assert all(finding.ok for finding in checking.check(other))
    must = [one for one in constraints.all_of(other) if one.must]
    assert {one.item for one in must} == {theirs["A0"], theirs["A1"], theirs["A2"]}


def test_the_same_log_twice_changes_nothing(store: Store, other: Store) -> None:
    mine, _ = same_news(store, ["A", "B"]), same_news(other, ["B", "A"])
    decide(store, Act.DISMISS, "ada", 20, items=[mine["A0"]])
    assert offered(store, other, hours(50)).applied == 1
    again = offered(store, other, hours(51))
    assert (again.applied, again.known) == (0, 1)
    assert offered(other, store, hours(52)).known == 1, "and it comes home as known"


def test_the_newer_decision_stands_wherever_it_was_made(store: Store, other: Store) -> None:
    mine, theirs = same_news(store, ["A", "B"]), same_news(other, ["B", "A"])
    decide(store, Act.DISMISS, "ada", 20, items=[mine["A0"], mine["A1"]])
    decide(other, Act.MOVE, "ben", 30, items=[theirs["A0"]], story=story_of(other, theirs["B0"]))
    offered(store, other, hours(50))
    offered(other, store, hours(51))
    for held, made in ((store, mine), (other, theirs)):
        assert story_of(held, made["A0"]) == story_of(held, made["B0"])
        assert story_of(held, made["A1"]) is None
        assert all(finding.ok for finding in checking.check(held))


def test_an_undo_travels_too(store: Store, other: Store) -> None:
    mine, theirs = same_news(store, ["A", "B"]), same_news(other, ["B", "A"])
    decide(store, Act.DISMISS, "ada", 20, items=[mine["A0"]])
    offered(store, other, hours(50))
    decisions.undo(store, "ada", hours(60))
    offered(store, other, hours(61))
    assert story_of(other, theirs["A0"]) is not None
    decisions.redo(store, "ada", hours(70))
    offered(store, other, hours(71))
    assert story_of(other, theirs["A0"]) is None
    assert [one.act for one in log.since(other, 0)] == [Act.DISMISS, Act.UNDO, Act.REDO]


def test_what_was_taken_over_is_known_from_then_on(store: Store, other: Store) -> None:
    mine, theirs = same_news(store, ["A", "B"]), same_news(other, ["B", "A"])
    decide(
        store,
        Act.STATUS,
        "ada",
        20,
        story=story_of(store, mine["A0"]),
        details={"status": "CONFIRMED", "note": "seen"},
    )
    offered(store, other, hours(50))
    story = story_of(other, theirs["A0"]) or 0
    assert "ada" in stories.detail(other, story).because
    assert "ada" not in stories.detail(other, story, as_of=hours(40)).because


def test_bad_lines_and_unknown_items_are_reported_and_skipped(store: Store, other: Store) -> None:
    mine = same_news(store, ["A", "B"])
    decide(store, Act.DISMISS, "ada", 20, items=[mine["A0"]])
    (good,) = exchange.export(store)
    lines = ["not json", "[1]", json.dumps({"schema": "other/thing@1", "at": "x"}), "", good]
    merged = exchange.merge(other, lines, hours(50))
    assert [number for number, _ in merged.unplaced] == [1, 2, 3, 5]
    assert "None of its items is known here" in merged.unplaced[-1][1]
    assert log.last_id(other) == 0


def a_line(store: Store, **otherwise: object) -> str:
    """One decision of a store as its line, some of it otherwise."""
    mine = same_news(store, ["A"])
    decide(store, Act.RENAME, "ada", 20, story=story_of(store, mine["A0"]), details={"name": "Grain talks"})
    (line,) = exchange.export(store)
    return json.dumps(json.loads(line) | otherwise)


BAD: list[tuple[dict[str, object], str]] = [
    ({"items": "x"}, "“items” is no list"),
    ({"items": [1]}, "one of its items is no object"),
    ({"items": [{"guid": "g", "keys": ["zz"]}]}, "non-hexadecimal"),
    ({"items": [{"guid": "g", "keys": [7]}]}, "a key of an item is no text"),
    ({"story": 7}, "“story” is no object"),
    ({"other": [2]}, "“other” is no object"),
    ({"details": [1]}, "“details” is no object"),
    ({"details": {"name": 7}}, "“name” is no text"),
    ({"details": {"name": "n" * 20_001}}, "“name” is no text of at most 20,000"),
    ({"act": "stance", "details": {"stance": "bad"}}, "“stance” can't be “bad”"),
    ({"act": "stance", "details": {"start": "x"}}, "“start” can't be “x”"),
    ({"act": "status", "details": {"status": "TRUE"}}, "“status” can't be “TRUE”"),
    ({"act": "watch", "details": {"terms": "grain"}}, "“terms” can't be “grain”"),
    ({"act": "rule"}, "a rule is of one's own screens"),
    ({"act": "undo"}, "“undoes” doesn't go with “undo”"),
    ({"act": "shout"}, "shout"),
    ({"at": "2022-03-01T10:00:00"}, "how far it is from UTC"),
    ({"at": "2099-03-01T10:00:00+00:00"}, "decided in the future"),
    ({"at": 7}, "“at” is no text"),
    ({"by": None}, "“by” is no text"),
    ({"by": ["eve"]}, "“by” is no text"),
    ({"by": "\x1b\u202e"}, "“by” is empty"),
    ({"uid": None}, "“uid” is no text"),
    ({"uid": "u" * 1_000}, "“uid” is empty or longer"),
    ({"makes": "yes"}, "“makes” is neither"),
]


@pytest.mark.parametrize(("otherwise", "why"), BAD)
def test_a_damaged_line_is_refused_with_its_reason_and_the_next_one_taken(
    store: Store, other: Store, otherwise: dict[str, object], why: str
) -> None:
    same_news(other, ["A"])
    good = json.loads(a_line(store))
    merged = exchange.merge(other, [json.dumps(good | otherwise), json.dumps(good)], hours(50))
    assert [number for number, _ in merged.unplaced] == [1] and why in merged.unplaced[0][1]
    assert merged.applied == 1 and all(finding.ok for finding in checking.check(other))


def test_a_line_nested_without_end_is_refused(other: Store) -> None:
    merged = exchange.merge(other, ["[" * 200_000], hours(50))
    assert "nested too deeply" in merged.unplaced[0][1]


def test_what_a_terminal_would_obey_does_not_come_in_with_a_colleagues_words(
    store: Store, other: Store
) -> None:
    made = same_news(other, ["A"])
    line = a_line(store, by="eve\x1b]0;pwned\x07\u202e", details={"name": "Grain\x1b[31m \u202etalks\x07"})
    assert exchange.merge(other, [line], hours(50)).applied == 1
    told = stories.story(other, story_of(other, made["A0"]) or 0)
    assert told is not None and told.name == "Grain[31m talks"
    assert [one.by for one in log.since(other, 0)] == ["eve]0;pwned"]

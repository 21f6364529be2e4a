"""Any earlier moment can be shown again as it was: compared with a log of what was shown at that time."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from store import decisions, evidence, intake, items, listing, placing, stories
from store.database import Store
from store.errors import StoreError
from store.times import to_ms
from stories.decision import Act
from stories.evidence import Reading
from stories.item import Item
from stories.reading import read
from stories.story import PartyStance, StoryDetail
from tests.store.making import Newsroom, denial, hours

ATTACK = "Russia attacked a port of Ukraine, witnesses say"


def shown(store: Store, story: int, now: datetime, as_of: datetime | None = None) -> object:
    """What a reader saw of a story: name, status, words, boards, items as they were worded."""
    found: StoryDetail = stories.detail(store, story, now=now, as_of=as_of)
    return (
        found.status,
        found.because,
        found.first_seen,
        found.last_seen,
        found.story,
        [(item.id, item.title) for item in found.items],
        [(party.name, party.stance, party.since, party.clock) for party in found.parties],
        [(placed.item, placed.statement.words, placed.target) for placed in found.statements],
        [(event.at, event.status, event.because) for event in found.timeline],
    )


@pytest.mark.parametrize("seed", range(6))
def test_what_was_shown_can_be_shown_again(store: Store, newsroom: Newsroom, seed: int) -> None:
    chance = random.Random(seed)
    for number in range(3):
        newsroom.story(2, name=f"Story {number}")
    seen: list[tuple[int, datetime, object]] = []
    at = 10.0
    for step in range(25):
        at += 1
        _something_happens(store, newsroom, chance, step, at)
        now = hours(at + 0.5)
        store.write("UPDATE feeds SET last_fetched = ?", (to_ms(now),))
        for (story,) in store.rows("SELECT id FROM stories WHERE items > 0"):
            seen.append((story, now, shown(store, story, now)))
    for story, then, what in seen:
        assert shown(store, story, hours(at + 99), as_of=then) == what


def _something_happens(store: Store, newsroom: Newsroom, chance: random.Random, step: int, at: float) -> None:
    held = [row[0] for row in store.rows("SELECT id FROM stories WHERE items > 0 AND joined_into IS NULL")]
    story = chance.choice(held)
    some = [row[0] for row in store.rows("SELECT id FROM items ORDER BY id")]
    match chance.randrange(10):
        case 0 | 1:
            title = f"Ruritania denies report {step}"
            newsroom.item(story, title, f"p{step}.example", hours(at), reading=denial(title))
        case 2:
            decisions.record(
                store, Act.MOVE, items=[chance.choice(some)], story=story, by="ada", at=hours(at)
            )
        case 3:
            decisions.record(store, Act.DISMISS, items=[chance.choice(some)], by="ada", at=hours(at))
        case 4:
            decisions.undo(store, "ada", hours(at))
        case 5:
            number = chance.choice(some)
            item = replace(items.get(store, [number])[0], title=f"Edited at {at}")
            with store.transaction():
                intake.revise(store, item, hours(at), None)
                evidence.keep(store, number, Reading(), since=to_ms(hours(at)))
        case 6:
            other = chance.choice(held)
            if other != story:
                with store.transaction():
                    placing.join(store, story, other, hours(at))
        case 7:
            decisions.record(
                store,
                Act.STATUS,
                story=story,
                details={"status": chance.choice(["", "DENIED"]), "rating": chance.choice(["B2", "F6"])},
                by="ada",
                at=hours(at),
            )
        case 8:
            act = chance.choice([Act.WATCH, Act.UNWATCH, Act.STAR, Act.UNSTAR])
            claim = {"claim": f"Ruritania → sell → Sylvania {step}"} if act is Act.WATCH else {}
            decisions.record(store, act, story=story, details=claim, by="ada", at=hours(at))
        case 9:
            details = {"name": f"Named at {at}"}
            decisions.record(store, Act.RENAME, story=story, details=details, by="ada", at=hours(at))


def test_the_list_of_stories_is_as_it_was(store: Store, newsroom: Newsroom) -> None:
    newsroom.story(2, name="A")
    newsroom.story(2, name="B", since=5)
    decisions.record(store, Act.RENAME, story=1, details={"name": "Later name"}, by="ada", at=hours(20))
    decisions.record(store, Act.MOVE, items=[3], story=1, by="ada", at=hours(21))
    then = {
        story.id: (story.name, [item for item, _ in story.items])
        for story in listing.listed(store, hours(19))
    }
    assert then == {1: ("A", [1, 2]), 2: ("B", [3, 4])}
    early = {story.id: [item for item, _ in story.items] for story in listing.listed(store, hours(0.5))}
    assert early == {1: [1]}
    now = {story.id: story.name for story in listing.listed(store)}
    assert now == {1: "Later name", 2: "B"}


def test_each_change_of_status_is_logged_as_it_was_shown(store: Store, newsroom: Newsroom) -> None:
    story, _ = newsroom.story(2)
    stories.refresh(store, [story], hours(3))
    newsroom.item(story, "One more", "p7.example", hours(4))
    decisions.record(store, Act.STATUS, story=story, details={"status": "CONFIRMED"}, by="ada", at=hours(5))
    stories.refresh(store, [story], hours(6))
    logged = store.rows("SELECT at, status, items, publishers FROM status_events ORDER BY id")
    assert [row[0] for row in logged] == [to_ms(hours(3)), to_ms(hours(5))]
    assert logged[0][1] != logged[1][1] == "CONFIRMED" and logged[1][2:] == (3, 3)


def test_an_imported_archive_is_known_from_its_own_dates(store: Store, newsroom: Newsroom) -> None:
    story, made = newsroom.story(5)
    assert [item.id for item in stories.detail(store, story, as_of=hours(2.5)).items] == made[:3]


def test_each_step_back_in_time_is_to_another_state_and_none_is_left_out(
    store: Store, newsroom: Newsroom
) -> None:
    """An old report that is found late changes the story when it is found, not when it was published."""
    story, made = newsroom.story(3)
    late = newsroom.item(None, "Found late", "old.example", hours(1))
    placing.move(store, [late], story, hours(8))
    decisions.record(store, Act.DISMISS, items=made[:1], by="ada", at=hours(9))
    told = [
        [item.id for item in stories.detail(store, story, as_of=at).items]
        for at in stories.changed(store, story)
    ]
    assert [sorted(each) for each in told] == [made[:1], made[:2], made, [*made, late], [*made[1:], late]]


def test_a_story_whose_first_item_an_archive_gives_last_is_there_from_that_item_on(
    store: Store, newsroom: Newsroom
) -> None:
    """An archive isn't written in the order its items were known."""
    story = placing.next_story(store)
    placing.found_story(store, story, hours(6), name="Grain sold")
    later = newsroom.item(story, "Grain sold", "late.example", hours(6))
    early = newsroom.item(story, "Grain will be sold", "early.example", hours(1))
    placing.keep_name(store, story, "Ruritania grain", hours(7))

    then = stories.detail(store, story, as_of=hours(2))

    assert [item.id for item in then.items] == [early]
    assert then.story.name == "Grain will be sold", "what was known then, not what stood for a name later"
    assert [(row.id, row.name) for row in listing.listed(store, hours(2))] == [(story, "Grain will be sold")]
    assert [item.id for item in stories.detail(store, story, as_of=hours(6)).items] == [early, later]
    assert list(listing.listed(store, hours(0.5))) == []
    with pytest.raises(StoreError, match="There is no story"):
        stories.detail(store, story, as_of=hours(0.5))


def test_an_archives_silence_ends_with_its_last_item(store: Store, newsroom: Newsroom) -> None:
    story, _ = newsroom.story(1)
    for at in (1, 4):
        newsroom.item(story, ATTACK, "a.example", hours(at), reading=read(Item(0, "", "", ATTACK)))
    told = stories.detail(store, story, now=hours(5000))
    assert {party.clock for party in told.parties if party.stance is PartyStance.SILENT} == {
        hours(4) - hours(0)
    }


def test_an_archives_silence_does_not_run_on_to_a_collector_that_came_years_later(
    store: Store, newsroom: Newsroom
) -> None:
    def clocks(story: int) -> set[timedelta | None]:
        told = stories.detail(store, story, now=hours(9010))
        return {party.clock for party in told.parties if party.stance is PartyStance.SILENT}

    reading = read(Item(0, "", "", ATTACK))
    old, _ = newsroom.story(1)
    newsroom.item(old, ATTACK, "a.example", hours(4), reading=reading)
    assert clocks(old) == {timedelta(hours=4)}

    store.write("INSERT INTO retrievals (feed, at, status) VALUES (1, ?, 200)", (to_ms(hours(9000)),))
    new, _ = newsroom.story(1, since=9000)
    newsroom.item(new, ATTACK, "a.example", hours(9001), reading=reading)
    store.write("UPDATE feeds SET last_fetched = ?", (to_ms(hours(9010)),))

    assert clocks(old) == {timedelta(hours=4)}
    assert clocks(new) == {timedelta(hours=10)}

"""What analysts decide: applied, undone, redone, remembered, never edited; and what it demands of grouping."""

from __future__ import annotations

import random
import sqlite3

import pytest

from store import constraints, decisions, items, log, placing, setups, stories, triage
from store.database import Store, open_store
from store.errors import StoreError
from stories.decision import Act
from stories.item import Item
from stories.reading import read
from tests.store.making import Newsroom, dump, hours

ME, YOU = "ada", "ben"
STATE = ("memberships", "constraints")


def situation(store: Store) -> object:
    """Everything a decision may change, without the history it leaves."""
    return (
        store.rows("SELECT id, story, read, starred, dismissed, decided FROM items ORDER BY id"),
        store.rows(
            "SELECT id, iif(named_by = 'analyst', name, ''), iif(claim_by_analyst, claim, ''), watched, starred, items, publishers, shown, joined_into, rated, note "
            "FROM stories WHERE items > 0 OR watched = 1 ORDER BY id"
        ),
        store.rows("SELECT story, item FROM memberships WHERE until IS NULL ORDER BY story, item"),
        store.rows("SELECT item, story, must FROM constraints ORDER BY item, story"),
        store.rows("SELECT n FROM tallies ORDER BY name"),
        setups.rules(store),
    )


def test_a_decision_is_on_the_disk_when_it_returns(store: Store, newsroom: Newsroom) -> None:
    _, made = newsroom.story(3)
    durable: list[str] = []
    store.connection.set_trace_callback(durable.append)
    decided = decisions.record(store, Act.ACCEPT, items=made[:1], story=1, by=ME, at=hours(9))
    store.connection.set_trace_callback(None)
    assert "PRAGMA synchronous = FULL" in durable
    with open_store(store.path, read_only=True) as other:
        assert log.since(other, 0) == [decided]
        assert items.rows(other, made[:1])[0].decided
        assert made[0] not in triage.queue(other)


def test_the_log_can_be_neither_edited_nor_cut(store: Store, newsroom: Newsroom) -> None:
    newsroom.story(2)
    decisions.record(store, Act.STAR, items=[1], by=ME, at=hours(9))
    for sql in ("UPDATE decisions SET by = 'mallory'", "DELETE FROM decisions"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            store.write(sql)


def test_moving_closes_the_old_place_and_keeps_it(store: Store, newsroom: Newsroom) -> None:
    newsroom.story(3, name="A")
    newsroom.story(2, name="B")
    decided = decisions.record(store, Act.MOVE, items=[3], story=2, by=ME, at=hours(9))
    assert stories.members(store, 1) == [1, 2] and sorted(stories.members(store, 2)) == [3, 4, 5]
    rows = store.rows("SELECT story, until IS NULL, decision FROM memberships WHERE item = 3 ORDER BY since")
    assert rows == [(1, 0, None), (2, 1, decided.id)]
    assert [(one.story, one.must) for one in constraints.of_items(store, [3])] == [(1, False), (2, True)]


def test_a_new_story_is_named_and_shown_as_its_items_are(store: Store, newsroom: Newsroom) -> None:
    newsroom.story(4)
    decided = decisions.record(
        store, Act.SPLIT, items=[2, 3], story=1, details={"name": "The split"}, by=ME, at=hours(9)
    )
    assert decided.story == 2
    (row,) = stories.rows_of(store, [2])
    assert (row.name, row.items, row.publishers) == ("The split", 2, 2)
    assert stories.story(store, 2) is not None


def test_dismissing_takes_an_item_out_of_story_and_queue(store: Store, newsroom: Newsroom) -> None:
    newsroom.story(3)
    decisions.record(store, Act.DISMISS, items=[1, 2], by=ME, at=hours(9))
    assert list(triage.queue(store)) == [3]
    (row,) = stories.rows_of(store, [1])
    assert (row.items, row.publishers) == (1, 1) and stories.count(store) == 0
    assert items.count(store, items.ItemFilter(dismissed=True)) == 2


def test_joined_stories_leave_the_list_but_still_lead_on(store: Store, newsroom: Newsroom) -> None:
    newsroom.story(2, name="A")
    newsroom.story(2, name="B")
    decisions.record(store, Act.JOIN, story=1, details={"other": "2"}, by=ME, at=hours(9))
    assert [row.id for row in stories.rows(store)] == [1]
    assert placing.resolved(store, 2) == 1
    decisions.record(store, Act.MOVE, items=[1], story=2, by=ME, at=hours(10))
    assert items.rows(store, [1])[0].story_id == 1


def test_a_rename_keeps_the_old_name(store: Store, newsroom: Newsroom) -> None:
    newsroom.story(2, name="First title", publishers=1)  # one publisher: the tool gives it no name of its own
    decisions.record(store, Act.RENAME, story=1, details={"name": "Grain deal"}, by=ME, at=hours(9))
    story = stories.story(store, 1)
    assert story is not None and (story.name, story.old_names) == ("Grain deal", ("First title",))
    decisions.undo(store, ME, hours(10))
    story = stories.story(store, 1)
    assert story is not None and story.name == "First title"


def test_watching_by_name_makes_a_story_that_is_shown_at_once(store: Store) -> None:
    decided = decisions.record(
        store,
        Act.WATCH,
        details={"name": "Grain", "claim": "Ruritania → sell grain → Sylvania"},
        by=ME,
        at=hours(0),
    )
    (row,) = stories.rows(store)
    assert (row.id, row.name, row.watched, row.items) == (decided.story, "Grain", True, 0)
    decisions.undo(store, ME, hours(1))
    assert stories.rows(store) == []


def test_the_analysts_status_stands_before_the_tools(store: Store, newsroom: Newsroom) -> None:
    newsroom.story(2)
    decisions.record(
        store,
        Act.STATUS,
        story=1,
        details={"status": "CONFIRMED", "note": "seen the ship"},
        by=ME,
        at=hours(9),
    )
    found = stories.detail(store, 1)
    assert found.status.value == "CONFIRMED" and ME in found.because and "seen the ship" in found.because
    assert stories.rows(store)[0].status.value == "CONFIRMED"
    decisions.undo(store, ME, hours(10))
    assert stories.detail(store, 1).status.value != "CONFIRMED"
    assert stories.detail(store, 1, as_of=hours(9.5)).status.value == "CONFIRMED"


def test_a_listed_reason_is_of_the_claim_it_is_listed_with(store: Store, newsroom: Newsroom) -> None:
    number, _ = newsroom.story(0)
    told = (
        "Poland accuses Belarus of sending drones to Iran",
        "Belarus sends drones to Iran, Poland says",
        "Russia sends weapons to the Taliban, the United States says",
        "United States accuses Russia of sending weapons to the Taliban",
        "Russia sends arms to the Taliban",
    )
    for place, title in enumerate(told):
        reading = read(Item(place, "", f"p{place}.example", title, published=hours(place)))
        newsroom.item(number, title, f"p{place}.example", hours(place), reading=reading)
        stories.refresh(store, [number], hours(place))
        now = stories.detail(store, number)
        for row in stories.rows(store):  # it is listed from its second publisher on
            assert (row.status, row.because) == (now.status, now.because), title
    assert stories.rows(store)


def test_a_claim_the_analyst_worded_stays_until_it_is_taken_back(store: Store, newsroom: Newsroom) -> None:
    newsroom.story(2)
    stories.refresh(store, [1], hours(8))
    read = stories.detail(store, 1).story.claim
    own = "Norland → sell goods → Westmark"
    decisions.record(store, Act.STATUS, story=1, details={"claim": own}, by=ME, at=hours(9))
    stories.refresh(store, [1], hours(10))
    assert stories.detail(store, 1).story.claim == own != read
    assert stories.detail(store, 1, as_of=hours(8.5)).story.claim == read, "known only from then on"
    decisions.record(store, Act.STATUS, story=1, details={"rating": "B2"}, by=ME, at=hours(11))
    decisions.undo(store, ME, hours(12))
    assert stories.detail(store, 1).story.claim == own, "a rating taken back leaves the claim"
    decisions.undo(store, ME, hours(13))
    stories.refresh(store, [1], hours(14))
    assert stories.detail(store, 1).story.claim == read


@pytest.mark.parametrize(
    ("act", "story", "details"),
    [(Act.ACCEPT, 1, {}), (Act.MOVE, None, {}), (Act.JOIN, 1, {}), (Act.RENAME, 1, {"name": "  "})],
)
def test_a_decision_about_nothing_is_refused_and_not_recorded(
    store: Store, newsroom: Newsroom, act: Act, story: int | None, details: dict[str, str]
) -> None:
    newsroom.story(2)
    with pytest.raises(StoreError):
        decisions.record(store, act, story=story, details=details, by=ME, at=hours(9))
    assert log.last_id(store) == 0


@pytest.mark.parametrize("seed", range(12))
def test_any_decisions_can_all_be_undone_and_redone(store: Store, newsroom: Newsroom, seed: int) -> None:
    chance = random.Random(seed)
    for number in range(4):
        newsroom.story(3, name=f"Story {number}")
    steps = [situation(store)]
    at = 100.0
    for _ in range(12):
        at += 1
        if not _decide_something(store, chance, at):
            continue
        steps.append(situation(store))
    for expected in steps[-2::-1]:
        at += 1
        assert decisions.undo(store, ME, hours(at)) is not None
        assert situation(store) == expected
    assert decisions.undo(store, ME, hours(at + 1)) is None
    for expected in steps[1:]:
        at += 1
        assert decisions.redo(store, ME, hours(at)) is not None
        assert situation(store) == expected
    assert decisions.redo(store, ME, hours(at + 1)) is None
    assert store.rows("PRAGMA foreign_key_check") == []


def _decide_something(store: Store, chance: random.Random, at: float) -> bool:
    act = chance.choice([act for act in Act if act not in (Act.UNDO, Act.REDO)])
    some = sorted(chance.sample(range(1, 13), chance.randint(1, 3)))
    live = [row[0] for row in store.rows("SELECT id FROM stories WHERE items > 0")]
    story: int | None = chance.choice(live) if live else None
    details: dict[str, str] = {}
    if act is Act.JOIN:
        others = [number for number in live if number != story]
        if not others:
            return False
        details = {"other": str(chance.choice(others))}
    elif act is Act.RENAME:
        details = {"name": f"Named at {at}"}
    elif act is Act.STATUS:
        own = {"claim": f"Norland → sell goods {at} → Westmark"}
        details = chance.choice([{"status": "DENIED", "rating": "B2"}, own])
    elif act is Act.RULE:
        details = {"kind": "hide", "query": f"word{at}", "on": "yes"}
    elif act is Act.STANCE:
        details = {"where": "title", "start": "0", "wrong": "yes"}
    elif act not in (Act.MOVE, Act.WATCH, Act.UNWATCH):
        story = None
    decisions.record(store, act, items=some, story=story, details=details, by=ME, at=hours(at))
    return True


def test_undo_takes_back_ones_own_decisions_only(store: Store, newsroom: Newsroom) -> None:
    newsroom.story(3)
    decisions.record(store, Act.STAR, items=[1], by=ME, at=hours(9))
    decisions.record(store, Act.STAR, items=[2], by=YOU, at=hours(10))
    undone = decisions.undo(store, ME, hours(11))
    assert undone is not None and undone.items == (1,)
    assert [row.starred for row in items.rows(store, [1, 2])] == [False, True]


def test_undo_leaves_what_somebody_decided_since(store: Store, newsroom: Newsroom) -> None:
    newsroom.story(2, name="A")
    newsroom.story(2, name="B")
    newsroom.story(2, name="C")
    decisions.record(store, Act.MOVE, items=[1, 2], story=2, by=ME, at=hours(9))
    decisions.record(store, Act.MOVE, items=[1], story=3, by=YOU, at=hours(10))
    decisions.undo(store, ME, hours(11))
    assert [row.story_id for row in items.rows(store, [1, 2])] == [3, 1]
    assert [(one.story, one.must) for one in constraints.of_items(store, [1])] == [(2, False), (3, True)]


def test_a_new_decision_ends_what_can_be_redone(store: Store, newsroom: Newsroom) -> None:
    newsroom.story(3)
    decisions.record(store, Act.STAR, items=[1], by=ME, at=hours(9))
    decisions.undo(store, ME, hours(10))
    decisions.record(store, Act.STAR, items=[2], by=ME, at=hours(11))
    assert decisions.redo(store, ME, hours(12)) is None


def test_the_last_decision_can_be_repeated(store: Store, newsroom: Newsroom) -> None:
    newsroom.story(3)
    decisions.record(store, Act.STAR, items=[1], by=ME, at=hours(9))
    last = decisions.last(store, ME)
    assert last is not None
    decisions.record(store, last.act, items=[2], story=last.story, details=last.details, by=ME, at=hours(10))
    assert [row.starred for row in items.rows(store, [1, 2, 3])] == [True, True, False]


def test_two_screens_decide_in_turn_and_nothing_is_lost(store: Store, newsroom: Newsroom) -> None:
    newsroom.story(6)
    with open_store(store.path) as other:
        for number in range(1, 7):
            screen, who = (store, ME) if number % 2 else (other, YOU)
            decisions.record(screen, Act.DISMISS, items=[number], by=who, at=hours(20 + number))
    assert [one.items[0] for one in log.since(store, 0)] == [1, 2, 3, 4, 5, 6]
    assert triage.waiting(store) == 0


def test_grouping_may_not_join_what_an_analyst_holds_apart(store: Store, newsroom: Newsroom) -> None:
    newsroom.story(4, name="A")
    newsroom.story(2, name="B")
    assert constraints.may_join(store, 1, 2)
    decisions.record(store, Act.MOVE, items=[1], story=2, by=ME, at=hours(9))
    assert not constraints.may_join(store, 1, 2)
    decisions.undo(store, ME, hours(10))
    assert constraints.may_join(store, 1, 2)
    decisions.record(store, Act.JOIN, story=1, details={"other": "2"}, by=ME, at=hours(11))
    decisions.undo(store, ME, hours(12))
    assert not constraints.may_join(store, 1, 2) and not constraints.may_join(store, 2, 1)


def test_history_is_kept_when_everything_was_undone(store: Store, newsroom: Newsroom) -> None:
    newsroom.story(2)
    before = dump(store, ["decisions"])["decisions"]
    decisions.record(store, Act.DISMISS, items=[1], by=ME, at=hours(9))
    decisions.undo(store, ME, hours(10))
    decisions.redo(store, ME, hours(11))
    assert before == [] and [one.act for one in log.since(store, 0)] == [Act.DISMISS, Act.UNDO, Act.REDO]

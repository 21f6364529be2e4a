"""Feeds' states, requests, looks and the collector's own facts survive a round trip."""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from store import decisions, exchange, feeds, items, looks, requests, setups, state, stories, triage
from store.database import Store, collector_lock
from store.errors import StoreError
from store.items import ItemFilter
from store.narrowing import Narrowing
from store.requests import Ask
from store.setups import Rule, RuleKind
from store.times import from_ms, to_ms
from stories.decision import Act
from tests.store.making import Newsroom, hours


def test_a_feeds_state_is_kept_byte_for_byte(store: Store) -> None:
    held = feeds.FeedState(
        "https://p.example/rss",
        publisher="p.example",
        title="“News”",
        etag=b'W/"\xff\x00"',
        last_modified=b"Fri, 01 Mar 2024 11:00:00 GMT",
        next_due=hours(1),
        last_status=304,
        error_kind="busy",
        failures=3,
        rhythm=1200,
        items_per_hour=2.5,
        extra={"mark": "x", "old_urls": ["https://old.example"]},
    )
    feeds.save(store, held)
    (row,) = feeds.rows(store)
    assert row.id and row == feeds.FeedState(**{name: getattr(held, name) for name in FIELDS}, id=row.id)
    feeds.keep_only(store, set())
    assert feeds.rows(store) == [] and [one.url for one in feeds.rows(store, polled=False)] == [held.url]


FIELDS = [name for name in feeds.FeedState.__slots__ if name != "id"]


def test_a_request_is_taken_once_and_says_what_came_of_it(store: Store) -> None:
    first = requests.ask(store, Ask.POLL_NOW, hours(0), "https://p.example/rss")
    second = requests.ask(store, Ask.REGROUP, hours(1))
    assert [one.id for one in requests.waiting(store)] == [first, second]
    requests.take(store, first, hours(2), "no such feed")
    assert [one.act for one in requests.waiting(store)] == [Ask.REGROUP]
    assert [requests.outcome(store, one) for one in (first, second)] == [("no such feed", True), ("", False)]


def test_new_means_new_since_the_last_look(store: Store, newsroom: Newsroom) -> None:
    story, _ = newsroom.story(3)
    assert looks.new_items(store, "wire") == 3 and stories.rows(store)[0].new == 3
    looks.look(store, "wire", hours(5))
    looks.open_story(store, story)
    newsroom.item(story, "more", "p.example", hours(6))
    assert looks.new_items(store, "wire") == 1 and stories.rows(store)[0].new == 1
    seen = looks.last(store, "wire")
    assert seen is not None and (seen.at, seen.item) == (hours(5), 3)


def test_the_most_active_story_comes_first_and_sinks_as_days_go_by(store: Store, newsroom: Newsroom) -> None:
    newsroom.story(30, name="Big last week")
    newsroom.story(3, name="Small today", since=24 * 6)
    assert [row.name for row in stories.rows(store)] == ["Small today", "Big last week"]
    newsroom.story(20, name="Big today", since=24 * 6)
    assert [row.name for row in stories.rows(store, limit=2)] == ["Big today", "Small today"]


def test_the_sparkline_ends_now_and_the_trend_is_its_last_hours(store: Store, newsroom: Newsroom) -> None:
    newsroom.story(4, since=20)
    (row,) = stories.rows(store, now=hours(24))
    assert row.spark == (0,) * 10 + (2, 2) and row.trend == 1.0
    (row,) = stories.rows(store, now=hours(31))
    assert row.trend < 0 and sum(row.spark) == 4
    assert sum(stories.rows(store, now=hours(80))[0].spark) == 0


def test_what_waits_counts_as_many_as_the_queue_lists_under_the_same_rules(
    store: Store, newsroom: Newsroom
) -> None:
    story, (first, *_) = newsroom.story(6, name="Harbour", publishers=3)
    newsroom.item(story, "Snow stops trains", "p1.example", hours(9))
    decisions.record(store, Act.DISMISS, items=[first], by="ada", at=hours(9))
    p1, p2 = (ItemFilter(narrowing=Narrowing(source=name)) for name in ("p1", "p2"))
    rules: list[tuple[ItemFilter, ...]] = [
        (),
        (p1,),
        (ItemFilter(text='"snow"'),),
        (replace(p1, text='"harbour"'), p2),
        (ItemFilter(),),
        (ItemFilter(narrowing=Narrowing(source="none")),),
        (ItemFilter(narrowing=Narrowing(lang="en")),),
        (ItemFilter(narrowing=Narrowing(story="harb")), ItemFilter(unread=True, text='"snow"')),
        (ItemFilter(narrowing=Narrowing(without=("snow",))),),
    ]
    counted = []
    for hidden in rules:
        wanted = ItemFilter(waiting=True, hidden=hidden)
        left = triage.waiting(store) - triage.left_out(store, hidden)
        assert left == len(items.ids(store, wanted)) == items.count(store, wanted)
        counted.append(left)
    assert counted == [6, 3, 5, 2, 6, 6, 6, 0, 1]


def test_a_rule_is_a_decision_that_is_undone_redone_and_stays_ones_own(
    store: Store, newsroom: Newsroom
) -> None:
    newsroom.story(2)
    rule = Rule(RuleKind.HIDE, "source:p1")
    details = {"kind": "hide", "query": "source:p1", "on": "yes"}
    decisions.record(store, Act.RULE, details=details, by="ada", at=hours(3))
    assert setups.rules(store) == (rule,)
    decisions.undo(store, by="ada", at=hours(4))
    assert setups.rules(store) == ()
    decisions.redo(store, by="ada", at=hours(5))
    assert setups.rules(store) == (rule,)
    decisions.record(store, Act.RULE, details={**details, "on": "no"}, by="ada", at=hours(6))
    assert setups.rules(store) == ()
    assert list(exchange.export(store)) == []
    with pytest.raises(StoreError):
        decisions.record(store, Act.RULE, details={"kind": "hide"}, by="ada", at=hours(7))


def test_a_decision_is_no_news_to_trend_sparkline_and_order(store: Store, newsroom: Newsroom) -> None:
    story, held = newsroom.story(6, name="Old")
    newsroom.story(3, name="Newer", since=40)
    before = stories.rows(store, now=hours(60))
    assert before[1].trend == 0 and sum(before[1].spark) == 0
    for act in (Act.ACCEPT, Act.MOVE, Act.DISMISS, Act.WATCH):
        at = story if act is not Act.DISMISS else None
        decisions.record(store, act, items=held, story=at, by="ada", at=hours(59))
        decisions.undo(store, by="ada", at=hours(59.5))
        after = stories.rows(store, now=hours(60))
        shown = [(row.name, row.spark, row.trend) for row in after]
        assert shown == [(row.name, row.spark, row.trend) for row in before], act
    named = decisions.record(store, Act.NEW_STORY, items=held[:3], by="ada", at=hours(59.9)).story
    assert named is not None
    assert sum(stories.rows_of(store, [named], now=hours(60))[0].spark) == 0


def test_the_stores_time_is_its_collectors_or_where_none_ran_the_computers(
    store: Store, newsroom: Newsroom
) -> None:
    assert abs(state.moment(store) - datetime.now(UTC)) < timedelta(minutes=1)
    newsroom.story(2)
    assert abs(state.moment(store) - datetime.now(UTC)) < timedelta(minutes=1)
    state.breathe(store, hours(7), next_poll=hours(8), doing="polling")
    assert state.moment(store) == hours(7)
    with collector_lock(store.path) as lock:
        lock.say("The disk is full.")
        said = state.collector(store)
    assert (said.next_poll, said.doing, said.trouble) == (hours(8), "polling", "The disk is full.")
    ended = state.collector(store)
    assert (ended.running, ended.doing) == (None, "")


def test_a_full_disk_takes_the_words_of_the_lock_and_not_the_lock(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "pwrite", full)
    with collector_lock(store.path) as lock:
        lock.say("The disk is full.")
        said = state.collector(store)
    assert said.running is not None and said.trouble == ""


def test_times_are_exact_to_the_millisecond_and_never_naive() -> None:
    moment = datetime(2023, 1, 27, 12, 0, 0, 123_000, tzinfo=timezone(timedelta(hours=3)))
    assert from_ms(to_ms(moment)) == moment and from_ms(to_ms(moment)).tzinfo is UTC
    assert to_ms(datetime(1969, 12, 31, 23, 59, 59, 999_000, tzinfo=UTC)) == -1
    with pytest.raises(TypeError):
        to_ms(datetime(2023, 1, 27))  # noqa: DTZ001 - that is the point

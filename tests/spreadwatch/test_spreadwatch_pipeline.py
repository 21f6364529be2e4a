"""Entries' whole way into stories: once, in order, and never against what an analyst decided."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feeds.entry import Entry
from spreadwatch.arrivals import item_of
from spreadwatch.importing import tell_rest
from spreadwatch.pipeline import Pipeline
from spreadwatch.reading_ahead import look_at
from spreadwatch.regrouping import regroup
from store import checking, decisions, evidence, items, stories, triage
from store.database import Store, open_store
from store.errors import StoreFull
from stories.decision import Act
from stories.evidence import Reading
from stories.grouping import Grouper
from stories.repeats import Repeats
from stories.story import Status

NOON = datetime(2024, 3, 1, 12, tzinfo=UTC)


def entry(guid: str, title: str, publisher: str, hour: float = 0.0, summary: str = "") -> Entry:
    return Entry(
        guid,
        title,
        summary,
        link=f"https://{publisher}/news/{guid}-about-it-all",
        published=NOON + timedelta(hours=hour),
        feed=f"https://{publisher}/rss",
        publisher=publisher,
        lang="en",
    )


ARMS = [
    entry("a1", "Russia asks Taliban for weapons, report says", "one.example", 0),
    entry("a2", "Report: Russia asks Taliban for weapons left by US army", "two.example", 1),
    entry("a3", "Taliban deny report that Russia asks them for weapons", "three.example", 3),
]
OTHERS = [
    entry("b1", "Volcano erupts in Iceland, flights cancelled", "one.example", 0),
    entry("b2", "Iceland volcano eruption: flights cancelled again", "two.example", 1),
    entry("c1", "Striker signs for Madrid club until 2027", "one.example", 2),
]


def grouped(store: Store) -> set[frozenset[str]]:
    """The stories as sets of guids."""
    found: dict[int, set[str]] = {}
    for guid, story in store.rows("SELECT guid, story FROM items WHERE story IS NOT NULL"):
        found.setdefault(story, set()).add(guid)
    return {frozenset(guids) for guids in found.values()}


EXPECTED = {frozenset({"a1", "a2", "a3"}), frozenset({"b1", "b2"}), frozenset({"c1"})}


def test_items_become_named_stories_with_a_status(store: Store) -> None:
    pipeline = Pipeline(store)
    taken = pipeline.take_in(ARMS + OTHERS, NOON + timedelta(hours=4))
    pipeline.tending.live(taken.stories, NOON + timedelta(hours=4))
    assert grouped(store) == EXPECTED and len(taken.new) == 6
    arms = next(row for row in stories.rows(store) if row.items == 3)
    assert "Taliban" in arms.name and "DENIED by Taliban" in arms.because and arms.publishers == 3
    assert [row.publishers for row in stories.rows(store)] == [3, 2], "single publishers are not listed"
    assert all(finding.ok for finding in checking.check(store))


def test_a_second_look_at_the_same_feed_adds_nothing(store: Store) -> None:
    pipeline = Pipeline(store)
    pipeline.take_in(ARMS, NOON)
    again = pipeline.take_in(ARMS, NOON + timedelta(hours=1))
    assert (again.new, again.revised, again.seen) == ((), (), 3)
    assert items.count(store) == 3


def test_an_edited_item_is_read_again_and_its_story_told_again(store: Store) -> None:
    pipeline = Pipeline(store)
    pipeline.take_in(ARMS[:2], NOON)
    edited = replace(ARMS[1], title="Taliban deny report: Russia asks Taliban for weapons left by US army")
    taken = pipeline.take_in([edited], NOON + timedelta(hours=5))
    pipeline.tending.live(taken.stories, NOON + timedelta(hours=5))
    assert len(taken.revised) == 1 and len(taken.stories) == 1
    assert [len(one) for one in evidence.statements_of(store, taken.revised).values()] == [1]
    (row,) = stories.rows(store)
    assert "DENIED by Taliban" in row.because
    assert "DENIED" not in stories.detail(store, row.id, as_of=NOON + timedelta(hours=2)).because


def test_an_item_in_two_feeds_of_a_publisher_is_one_item_sighted_twice(store: Store) -> None:
    pipeline = Pipeline(store)
    pipeline.take_in([ARMS[0]], NOON)
    pipeline.take_in([replace(ARMS[0], feed="https://one.example/world")], NOON + timedelta(minutes=5))
    assert items.count(store) == 1
    assert store.rows("SELECT item FROM sightings") == [(1,)]


def test_restarting_between_any_two_items_changes_nothing(store: Store) -> None:
    for number, one in enumerate(ARMS + OTHERS):
        Pipeline(store).take_in([one], NOON + timedelta(minutes=number))
    assert grouped(store) == EXPECTED


def test_what_a_feed_puts_into_every_item_is_still_known_after_a_restart(store: Store) -> None:
    blurb = "Sign in to our letter for the harbour, the market and the weather of Oslo."
    heads = ("Ferry timetable changes", "Museum buys a painting", "Striker signs contract", "Bridge repainted blue",
             "Bakery wins a prize")  # fmt: skip
    told = [
        entry(f"f{at}", head, "one.example", at, f"{head} at last.\n{blurb}") for at, head in enumerate(heads)
    ]
    Pipeline(store).take_in(told, NOON)
    again = Pipeline(store).grouper
    late = item_of(
        entry("late", "School opens a garden", "one.example", 9, f"Pupils dig.\n{blurb}"), 99, NOON
    )
    words = again.features(late, Reading()).words
    assert any(word.startswith("pupil") for word in words)
    assert not any(word.startswith(("market", "weather")) for word in words)


def test_a_batch_that_does_not_fit_is_taken_in_later_whole(store: Store) -> None:
    pipeline = Pipeline(store)
    pipeline.take_in(ARMS[:1], NOON)
    pages = store.value("PRAGMA page_count")
    store.value(f"PRAGMA max_page_count = {pages}")
    long = [replace(one, summary="Words and more words about it. " * 400) for one in ARMS[1:] + OTHERS]
    with pytest.raises(StoreFull):
        pipeline.take_in(long, NOON)
    assert items.count(store) == 1
    store.value("PRAGMA max_page_count = 1000000")
    assert len(pipeline.take_in(long, NOON).new) == 5
    assert items.count(store) == 6 and all(finding.ok for finding in checking.check(store))


def test_grouping_follows_a_persons_move(store: Store) -> None:
    pipeline = Pipeline(store)
    pipeline.take_in(ARMS[:1] + OTHERS[:1], NOON)
    arms, volcano = (items.rows(store, [number])[0].story_id for number in (1, 2))
    decisions.record(store, Act.MOVE, items=[2], story=arms, by="ada", at=NOON + timedelta(hours=1))
    taken = pipeline.take_in([OTHERS[1]], NOON + timedelta(hours=2))
    assert items.rows(store, taken.new)[0].story_id == arms != volcano


def test_regrouping_never_contradicts_a_decision(store: Store) -> None:
    pipeline = Pipeline(store)
    pipeline.take_in(ARMS + OTHERS, NOON)
    arms = items.rows(store, [1])[0].story_id
    decisions.record(store, Act.MOVE, items=[6], story=arms, by="ada", at=NOON + timedelta(hours=5))
    apart = decisions.record(store, Act.SPLIT, items=[2], story=arms, by="ada", at=NOON + timedelta(hours=5))
    decisions.record(store, Act.DISMISS, items=[4], by="ada", at=NOON + timedelta(hours=5))
    regroup(pipeline, NOON + timedelta(hours=6))
    now = {row.id: row.story_id for row in items.rows(store, range(1, 7))}
    assert now[6] == arms and now[2] == apart.story and now[4] is None
    assert now[2] != now[6]
    assert all(finding.ok for finding in checking.check(store))


def test_regrouping_mends_what_was_grouped_badly_and_keeps_the_numbers(store: Store) -> None:
    pipeline = Pipeline(store)
    pipeline.take_in(ARMS + OTHERS, NOON)
    before = {row.id: row.story_id for row in items.rows(store, range(1, 7))}
    assert regroup(pipeline, NOON + timedelta(hours=1)) == 0
    from store import placing

    with store.transaction():  # as a worse grouping would have left it
        placing.move(store, [3], before[4], NOON + timedelta(hours=2))
    assert regroup(pipeline, NOON + timedelta(hours=3)) == 1
    assert {row.id: row.story_id for row in items.rows(store, range(1, 7))} == before


def test_stories_that_an_archive_shows_to_be_one_are_one_by_its_own_time(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipeline, years_later = Pipeline(store), NOON + timedelta(days=900)
    pipeline.take_in([ARMS[0], OTHERS[0]], years_later, imported=True)
    one, other = (row.story_id for row in items.rows(store, (1, 2)))
    assert one is not None and other is not None and one != other
    monkeypatch.setattr(Grouper, "merges", lambda _: [(one, other)])
    pipeline.take_in([ARMS[1]], years_later, imported=True)
    known = items.newest_known(store)
    assert known is not None and known < years_later - timedelta(days=800)
    assert {item.id for item in stories.detail(store, one, as_of=known).items} >= {1, 2}


def test_grouping_holds_so_many_items_at_most_and_the_first_that_came_go(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stories.grouping.MOST_LIVE", 2)
    pipeline = Pipeline(store)
    pipeline.take_in([ARMS[0], *OTHERS[:2]], NOON)
    assert len(pipeline.grouper) == 2
    (late,) = pipeline.take_in([ARMS[1]], NOON).new
    assert frozenset({"a1", "a2"}) not in grouped(store), "what was let go attracts nothing"
    pipeline.take_in([ARMS[2]], NOON)
    assert frozenset({"a2", "a3"}) in grouped(store)
    assert late and len(pipeline.grouper) == 2


def test_what_is_polled_beside_an_archive_makes_grouping_forget_none_of_it(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stories.grouping._LEAST_LIVE", 0)
    now = NOON + timedelta(days=400)
    pipeline = Pipeline(store)
    pipeline.take_in(ARMS[:2], now, imported=True)
    pipeline.take_in([replace(OTHERS[2], published=now)], now)
    pipeline.take_in(ARMS[2:], now, imported=True)
    assert frozenset({"a1", "a2", "a3"}) in grouped(store)
    tell_rest(pipeline, now)
    pipeline.take_in([replace(OTHERS[0], published=now)], now)
    (late,) = pipeline.take_in([replace(ARMS[1], guid="a4", link="")], now).new
    assert frozenset({"a1", "a2", "a3"}) in grouped(store), "it is let go once the archive is in"
    assert late


def test_what_is_taken_in_waits_for_triage_with_its_reasons(store: Store) -> None:
    pipeline = Pipeline(store)
    pipeline.take_in(ARMS, NOON)
    assert list(triage.queue(store)) == [3, 2, 1]
    found = triage.proposal(store, 2)
    assert found is not None and found.why and found.score > 0 and found.story_items == 3


def test_an_item_that_founded_its_story_says_so_and_no_likeness(store: Store) -> None:
    pipeline = Pipeline(store)
    founder, second, third = pipeline.take_in([*ARMS[:2], OTHERS[0]], NOON).new
    first = triage.proposal(store, founder)
    assert first is not None and first.story_items == 2
    assert (first.why, first.score) == (("started this story",), 0.0)
    joined = triage.proposal(store, second)
    assert joined is not None and joined.score > 0 and "started" not in joined.why[0]
    other = triage.proposal(store, third)
    assert other is not None and other.story_id is not None and first.story_id is not None
    decisions.record(
        store, Act.JOIN, story=first.story_id, details={"other": str(other.story_id)}, by="ada", at=NOON
    )
    moved = triage.proposal(store, third)
    assert moved is not None and moved.story_id == first.story_id
    assert moved.why == ("started a story of its own, and was put here since",) and moved.score == 0


def test_an_item_that_a_watched_storys_words_called_says_so(store: Store) -> None:
    details = {"name": "Icelandic volcanoes", "terms": '["volcano"]'}
    decisions.record(store, Act.WATCH, details=details, by="ada", at=NOON)
    (number,) = Pipeline(store).take_in([OTHERS[0]], NOON).new
    called = triage.proposal(store, number)
    assert called is not None and called.story_name == "Icelandic volcanoes"
    assert "watches for" in called.why[0] and called.score == 0


def test_a_watch_set_while_collecting_takes_in_its_claim_at_once(store: Store) -> None:
    pipeline = Pipeline(store)
    pipeline.take_in(OTHERS, NOON)
    details = {"name": "Taliban weapons for Moscow", "claim": "Taliban → send weapons → Russia"}
    made = decisions.record(store, Act.WATCH, details=details, by="ada", at=NOON)
    pipeline.take_in(ARMS, NOON + timedelta(hours=1))
    (row,) = [row for row in stories.rows(store) if row.id == made.story]
    assert (row.items, row.name) == (3, "Taliban weapons for Moscow")


def test_a_watch_that_is_ended_while_collecting_calls_nothing_more(store: Store) -> None:
    pipeline = Pipeline(store)
    details = {"name": "Taliban weapons for Moscow", "claim": "Taliban → send weapons → Russia"}
    made = decisions.record(store, Act.WATCH, details=details, by="ada", at=NOON)
    pipeline.take_in(OTHERS, NOON)
    decisions.record(store, Act.UNWATCH, story=made.story, by="ada", at=NOON)
    pipeline.take_in(ARMS, NOON + timedelta(hours=1))
    assert store.value("SELECT items FROM stories WHERE id = ?", (made.story,)) == 0


def test_a_found_story_keeps_the_name_it_was_watched_under(store: Store) -> None:
    pipeline = Pipeline(store)
    pipeline.take_in(ARMS[:2], NOON)
    (row,) = stories.rows(store)
    decisions.record(store, Act.WATCH, story=row.id, by="ada", at=NOON)
    store.write("UPDATE stories SET name = 'Quite another name' WHERE id = ?", (row.id,))
    pipeline.take_in(ARMS[2:], NOON + timedelta(hours=1))
    assert [each.name for each in stories.rows(store)] == ["Quite another name"]


def test_no_story_is_ever_listed_with_a_status_older_than_its_counts(store: Store) -> None:
    pipeline = Pipeline(store)
    told: list[tuple[str, int, Status]] = []
    for number, one in enumerate([*ARMS, *OTHERS]):
        pipeline.take_in([one], NOON + timedelta(hours=number))
        told += [(row.name, row.publishers, row.status) for row in stories.rows(store)]
    assert told and all(status is not Status.SINGLE for _, publishers, status in told if publishers > 1)
    assert Status.DENIED in {status for _, _, status in told}
    assert not any(row.name == ARMS[0].title for row in stories.rows(store)), "named, too"


def test_stories_beyond_what_a_batch_has_time_for_are_left_to_the_collector(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("spreadwatch.tending._AT_ONCE", 2)
    pipeline = Pipeline(store)
    pipeline.take_in([*ARMS, *OTHERS], NOON)
    waiting, told = sorted(stories.rows(store), key=lambda row: -row.items)
    assert (told.items, waiting.items) == (2, 3)
    assert told.status is not Status.SINGLE and stories.due(store, [waiting.id])
    pipeline.tending.live(stories.stale(store), NOON)
    assert stories.rows_of(store, [waiting.id])[0].status is Status.DENIED


def test_an_archives_items_are_known_from_their_own_dates(store: Store) -> None:
    today = NOON + timedelta(days=700)
    pipeline = Pipeline(store)
    undated = replace(ARMS[2], published=None)
    pipeline.take_in([*ARMS[:2], undated], today, imported=True)
    (story,) = {row.story_id for row in items.rows(store, [1, 2, 3])}
    assert story is not None
    seen = [item.guid for item in stories.detail(store, story, as_of=NOON + timedelta(hours=2)).items]
    assert seen == ["a1", "a2"]
    assert {row.first_seen for row in items.rows(store, [1, 2, 3])} == {today}


def test_a_long_story_just_told_waits_and_is_told_later(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipeline = Pipeline(store)
    clock = iter(range(0, 10_000, 5))  # as if each telling took five seconds
    monkeypatch.setattr("spreadwatch.tending.time.perf_counter", lambda: next(clock))
    pipeline.take_in(ARMS[:2], NOON)
    pipeline.tending.live(stories.stale(store), NOON)
    pipeline.take_in(ARMS[2:], NOON + timedelta(hours=1))
    pipeline.tending.live(stories.stale(store), NOON + timedelta(hours=1))
    assert "DENIED" not in stories.rows(store)[0].because and stories.stale(store)
    for _ in range(25):
        next(clock)
    pipeline.tending.live(stories.stale(store), NOON + timedelta(hours=1))
    assert "DENIED" in stories.rows(store)[0].because and not stories.stale(store)


def test_items_read_ahead_come_into_the_same_stories(store: Store, tmp_path: Path) -> None:
    entries = [*ARMS, *OTHERS]
    Pipeline(store).take_in(entries, NOON)
    repeats = Repeats()
    ahead = []
    for one in entries:
        ahead.append(look_at(item_of(one, 0, NOON), repeats))
        repeats.learn(item_of(one, 0, NOON))
    with open_store(tmp_path / "ahead.db", create=True) as other:
        Pipeline(other).take_in(entries, NOON, ahead=ahead)
        assert grouped(other) == grouped(store)
        packed = "SELECT item, packed FROM features ORDER BY item"
        assert other.rows(packed) == store.rows(packed), "and are remembered with the same words"


def test_an_item_that_was_not_read_ahead_is_read_all_the_same(store: Store, tmp_path: Path) -> None:
    Pipeline(store).take_in(ARMS, NOON)
    with open_store(tmp_path / "unread.db", create=True) as other:
        Pipeline(other).take_in(ARMS, NOON, ahead=[None] * len(ARMS))
        said = "SELECT item, stance, speaker, words FROM statements ORDER BY item, words"
        assert other.rows(said) == store.rows(said) != []
        assert grouped(other) == grouped(store)


def test_a_single_publishers_denial_is_told_and_its_other_items_are_single_without_being_told(
    store: Store,
) -> None:
    alone = [
        entry("d1", "Oslo minister: ‘We denied the claim that Norway sold jets to Chad’", "one.example"),
        entry("d2", "Officials said the harvest in Peru was good this year", "two.example"),
        entry("d3", "Iran sends missiles to Sudan", "three.example"),
    ]
    pipeline = Pipeline(store)
    pipeline.take_in(alone, NOON)
    pipeline.tending.rest(NOON)
    told = {row.name: row for row in stories.rows(store, view=stories.StoriesView.ALL)}
    assert len(told) == 3 and not stories.stale(store)
    denied, said, claimed = (told[one.title] for one in alone)
    assert (
        said.status is Status.SINGLE
        and store.value("SELECT told_items FROM stories WHERE id = ?", (said.id,)) == 0
    )
    assert claimed.status is Status.SINGLE and claimed.claim == "Iran → supply missiles → Sudan"
    assert store.value("SELECT told_items FROM stories WHERE id = ?", (denied.id,)) == 1

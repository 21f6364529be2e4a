"""Items in lists: pages, filters, counts, search, recognition, edits."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store import evidence, intake, items, search, triage
from store.database import Store
from store.items import ItemFilter
from store.query import match
from stories.evidence import Reading, Stance
from stories.item import DateFlag, Item
from tests.store.making import Newsroom, denial, hours, keys


def test_pages_follow_on_without_gap_or_overlap(store: Store, newsroom: Newsroom) -> None:
    _, made = newsroom.story(25)
    seen: list[int] = []
    before: int | None = None
    while page := items.newest(store, before, 7):
        seen += [row.id for row in page]
        before = page[-1].id
    assert seen == made[::-1]


def test_a_page_is_not_disturbed_by_what_arrives(store: Store, newsroom: Newsroom) -> None:
    story, made = newsroom.story(10)
    first = items.ids(store, limit=5)
    newsroom.item(story, "late", "p0.example", hours(50))
    assert list(items.ids(store, before=first[-1], limit=5)) == made[4::-1]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (ItemFilter(publisher="p1.example"), [4, 2]),
        (ItemFilter(story=2), [7, 6]),
        (ItemFilter(feed="https://none.example"), []),
        (ItemFilter(stance=Stance.DENY), [8]),
        (ItemFilter(text="other"), [7, 6]),
        (ItemFilter(text="part", publisher="p0.example", story=1), [5, 3, 1]),
        (ItemFilter(unread=True, starred=True), []),
    ],
)
def test_filters_hold_together(
    store: Store, newsroom: Newsroom, wanted: ItemFilter, expected: list[int]
) -> None:
    newsroom.story(5)
    newsroom.story(2, name="Other", publishers=1)
    newsroom.item(
        None, "No, says the ministry", "p2.example", hours(9), reading=denial("No, says the ministry")
    )
    assert list(items.ids(store, wanted)) == expected
    assert items.count(store, wanted) == len(expected)


def test_rows_and_whole_items_come_in_the_order_asked(store: Store, newsroom: Newsroom) -> None:
    newsroom.story(4)
    assert [row.id for row in items.rows(store, [3, 99, 1])] == [3, 1]
    assert [item.id for item in items.get(store, [2, 99, 4])] == [2, 4]


def test_tallies_agree_with_counting(store: Store, newsroom: Newsroom) -> None:
    newsroom.story(6)
    store.write("UPDATE items SET read = 1 WHERE id IN (1, 2)")
    store.write("UPDATE items SET decided = 1 WHERE id IN (2, 3)")
    store.write("UPDATE items SET read = 0 WHERE id = 1")
    store.write("DELETE FROM items WHERE id = 6")
    assert items.count(store) == 5
    assert triage.waiting(store) == len(triage.queue(store)) == 3


def test_an_item_is_stored_whole(store: Store) -> None:
    item = Item(
        1,
        "g",
        "p.example",
        "Title",
        "Summary",
        "Body",
        "https://p.example/a",
        published=None,
        first_seen=hours(2),
        lang="fa",
        feed="https://p.example/rss",
        flags=frozenset({DateFlag.UNDATED, DateFlag.CORRECTED}),
    )
    with store.transaction():
        intake.add(store, intake.Names(store), [intake.NewItem(item, keys(1), hours(2))])
    assert items.get(store, [1]) == [item]
    assert items.rows(store, [1])[0].flags == item.flags


def test_an_item_is_found_by_any_key_it_ever_had(store: Store, newsroom: Newsroom) -> None:
    newsroom.story(3)
    assert [one.id for one in intake.known(store, {keys(2)[1], keys(9)[0]})] == [2]
    intake.learn_keys(store, 2, keys(7)[:1])
    (found,) = intake.known(store, set(keys(7)))
    assert found.keys == {*keys(2), keys(7)[0]}


def test_an_edit_keeps_the_earlier_words_and_reading(store: Store, newsroom: Newsroom) -> None:
    number = newsroom.item(
        None, "Ministry denies it", "p.example", hours(0), reading=denial("Ministry denies it")
    )
    edited = replace(items.get(store, [number])[0], title="Ministry confirms it")
    intake.revise(store, edited, hours(5), None)
    evidence.keep(store, number, Reading(), since=1_709_280_000_000 + 5 * 3_600_000)
    (known,) = intake.known(store, set(keys(number)))
    assert known.title == "Ministry confirms it" and known.earlier == (("Ministry denies it", ""),)
    assert items.rows(store, [number])[0].revised and items.rows(store, [number])[0].stance is None
    assert evidence.readings(store, [number])[number] == Reading()
    before = evidence.readings(store, [number], 1_709_280_000_000 + 3_600_000)[number]
    assert before.stance is Stance.DENY


def test_search_follows_an_edit_and_a_deletion(store: Store, newsroom: Newsroom) -> None:
    number = newsroom.item(None, "Grain ship sails", "p.example", hours(0))
    edited = replace(items.get(store, [number])[0], title="Coal ship sails")
    intake.revise(store, edited, hours(1), None)
    assert search.search(store, "grain ") == []
    assert [hit.row.id for hit in search.search(store, "coal ")] == [number]
    store.write("DELETE FROM items WHERE id = ?", (number,))
    assert search.search(store, "coal ") == []


def test_search_folds_accents_marks_the_find_and_goes_on_by_page(store: Store, newsroom: Newsroom) -> None:
    for number in range(5):
        newsroom.item(None, f"Erdoğan speaks {number}", "p.example", hours(number))
    first = search.search(store, "erdogan spea", limit=3)
    rest = search.search(store, "erdogan spea", limit=3, before=first[-1].row.id)
    assert [hit.row.id for hit in first + rest] == [5, 4, 3, 2, 1]
    assert f"{search.OPEN}Erdoğan{search.CLOSE}" in first[0].snippet
    assert search.count(store, "erdogan ") == 5


def test_phrases_exclusions_and_columns(store: Store, newsroom: Newsroom) -> None:
    newsroom.item(None, "Arms for grain", "p.example", hours(0), summary="a deal")
    newsroom.item(None, "Grain for arms", "p.example", hours(1), summary="no deal")
    found = {
        query: [hit.row.id for hit in search.search(store, query)]
        for query in ('"arms for grain"', "arms -no ", "title:deal", "summary:deal ", "ar", "OR NOT ( *")
    }
    assert found == {
        '"arms for grain"': [1],
        "arms -no ": [1],
        "title:deal": [],
        "summary:deal ": [2, 1],
        "ar": [2, 1],
        "OR NOT ( *": [],
    }


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=40))
def test_nothing_a_person_types_is_an_error(store: Store, text: str) -> None:
    search.search(store, text)
    items.ids(store, ItemFilter(text=text))
    assert match(text) == "" or search.count(store, text) == 0


def test_a_proposal_says_why_and_what_is_stated(store: Store, newsroom: Newsroom) -> None:
    story, _ = newsroom.story(2, name="Grain")
    number = newsroom.item(story, "No grain sold", "p9.example", hours(3), reading=denial("No grain sold"))
    store.write(
        "INSERT INTO proposals VALUES (?, 0.62, '[\"same names: Ruritania\"]', ?)",
        (number, f"[[{story}, 0.3]]"),
    )
    found = triage.proposal(store, number)
    assert found is not None
    assert (found.story_name, found.story_items, found.why) == ("Grain", 3, ("same names: Ruritania",))
    assert found.runners_up[0].story_name == "Grain" and found.statements[0].stance is Stance.DENY
    assert triage.proposal(store, 999) is None

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.entry import Entry
from feeds.identity import Known, New, Revised, Seen, Verdict, decide, decide_all, keys, text_mark
from stories.address import canonical

AT = datetime(2023, 10, 16, 10, tzinfo=UTC)
STORY = Entry(
    guid="4711",
    title="Minister denies report of arms sales",
    summary="He called it a lie.",
    link="https://news.example/world/minister-denies-report-of-arms-sales",
    published=AT,
    feed="https://news.example/rss",
    publisher="news.example",
)


def known(entry: Entry, number: int = 1) -> Known:
    mark = text_mark(entry.title, entry.summary)
    return Known(
        number, set(keys(entry)), entry.title, entry.summary, entry.published, entry.feed, frozenset({mark})
    )


def test_the_same_entry_is_seen() -> None:
    assert decide(STORY, [known(STORY)]) == Seen(1)


def test_a_rotating_guid_is_the_same_item_by_its_link() -> None:
    assert decide(replace(STORY, guid="4712"), [known(STORY)]) == Seen(1)


def test_a_guid_that_counts_edits_is_the_same_item_with_a_revision() -> None:
    first = replace(STORY, guid="https://news.example/a#0", link="")
    edited = replace(first, guid="https://news.example/a#1", title="Correction")
    assert decide(edited, [known(first)]) == Revised(1, title=True, summary=False)


def test_an_edited_headline_is_a_revision_and_going_back_is_none() -> None:
    edited = replace(STORY, title="Minister confirms report")
    assert decide(edited, [known(STORY)]) == Revised(1, title=True, summary=False)
    later = replace(known(edited), texts=known(edited).texts | known(STORY).texts)
    assert decide(STORY, [later]) == Seen(1)


def test_another_feed_of_the_publisher_that_words_it_differently_is_a_sighting() -> None:
    elsewhere = replace(STORY, feed="https://news.example/world/rss", summary="Shorter.", guid="x")
    assert decide(elsewhere, [known(STORY)]) == Seen(1)


def test_tracking_parameters_and_scheme_do_not_make_another_item() -> None:
    tracked = replace(
        STORY,
        guid="",
        link=STORY.link.replace("https://", "http://www.") + "/?utm_source=rss&at_medium=x#top",
    )
    assert decide(tracked, [known(STORY)]) == Seen(1)
    assert canonical("https://news.example/a?id=5&utm_medium=x") == canonical(
        "http://www.news.example/a/?id=5"
    )
    assert canonical("https://news.example/a?id=5") != canonical("https://news.example/a?id=6")


def test_items_that_all_link_to_the_front_page_stay_apart() -> None:
    front = replace(STORY, link="https://news.example/", guid="a", published=None)
    other = replace(front, guid="b", title="Floods in the north")
    assert decide(other, [known(front)]) == New()


def test_the_same_link_of_two_publishers_is_two_items() -> None:
    assert (
        decide(replace(STORY, publisher="other.example", feed="https://other.example/rss"), [known(STORY)])
        == New()
    )


def test_an_entry_without_guid_and_link_is_known_by_its_words_and_date() -> None:
    bare = replace(STORY, guid="", link="")
    assert decide(bare, [known(bare)]) == Seen(1)
    assert not set(keys(bare)) & set(keys(replace(bare, title="Another")))


def test_an_article_rewritten_with_its_address_is_the_same_by_its_number() -> None:
    first = replace(
        STORY, guid="news.example/300409264", link="https://news.example/300409264/one-thing.html"
    )
    again = replace(
        first,
        link="https://news.example/300409264/quite-another.html",
        title="Twins named",
        published=AT + timedelta(hours=1),
    )
    assert decide(again, [known(first)]) == Revised(1, title=True, summary=False)


DUPLICATES = [
    replace(STORY, guid="same", link=f"https://news.example/{word}", title=f"{word} thing", summary=word)
    for word in ("flood", "election", "football")
]


def test_duplicate_guids_make_separate_items_in_whatever_order_they_come() -> None:
    for order in permutations(DUPLICATES):
        assert decide_all(list(order), []) == [New(), New(), New()]


def test_duplicate_guids_find_their_own_items_again() -> None:
    stored = [known(entry, number) for number, entry in enumerate(DUPLICATES, start=1)]
    for order in permutations(stored):
        assert decide_all(DUPLICATES, order) == [Seen(1), Seen(2), Seen(3)]


def test_an_item_listed_twice_in_one_document_is_one_item() -> None:
    verdicts = decide_all(
        [STORY, replace(STORY, guid="99"), replace(STORY, title=STORY.title + " – live")], []
    )
    assert verdicts == [New(), Seen(-1), Revised(-1, title=True, summary=False)]


ENTRIES = st.builds(
    Entry,
    guid=st.sampled_from(["", "1", "2", "https://news.example/1"]),
    title=st.sampled_from(["Flood in the north", "Flood in the north kills two", "Election called", ""]),
    summary=st.sampled_from(["", "Some text."]),
    link=st.sampled_from(["", "https://news.example/1234/flood", "https://news.example/"]),
    published=st.sampled_from([None, AT, AT + timedelta(hours=1)]),
    feed=st.just("https://news.example/a"),
    publisher=st.just("news.example"),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(ENTRIES, max_size=6))
def test_a_document_read_a_second_time_brings_nothing_new(entries: list[Entry]) -> None:
    items: dict[int, Known] = {}

    def take(verdicts: list[Verdict]) -> list[Verdict]:
        for index, (entry, verdict) in enumerate(zip(entries, verdicts, strict=True)):
            number = -(index + 1) if isinstance(verdict, New) else verdict.id
            item = items.get(number) or known(entry, number)
            words = (entry.title, entry.summary, entry.published, entry.feed)
            if not isinstance(verdict, Revised):
                words = (item.title, item.summary, item.published, item.feed)
            texts = item.texts | {text_mark(words[0], words[1])}
            items[number] = Known(number, {*item.keys, *keys(entry)}, *words, texts)
        return verdicts

    take(decide_all(entries, []))
    assert not any(isinstance(verdict, New) for verdict in decide_all(entries, items.values()))

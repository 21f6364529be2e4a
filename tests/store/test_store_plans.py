"""What the screens and the collector ask again and again is answered by an index, however much the store holds."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from store import (
    constraints,
    decisions,
    feeds,
    housekeeping,
    intake,
    items,
    log,
    looks,
    memory,
    placing,
    requests,
    search,
    splits,
    state,
    stories,
    triage,
)
from store.database import Store
from store.items import ItemFilter
from store.narrowing import Narrowing
from store.stories import StoriesView
from stories.decision import Act
from stories.evidence import Stance
from tests.store.making import Newsroom, hours, keys

_SMALL = "feeds|publishers|looks|state|tallies|requests|json_each|SUBQUERY|CONSTANT|d|u|r"
"""What may be read whole: tables whose size is a person's doing, not the news' ("d" is the decisions)."""
_NEWEST_FIRST = re.compile(
    r"FROM (items i INDEXED BY items_newest WHERE 1|features) (AND i\.id < \d+ )?ORDER BY \S+ DESC LIMIT \d+"
)
"""Read from the end in the table's own order, and stopped after a page."""
_ALLOWED = re.compile(rf"^SCAN ({_SMALL})\b|^SCAN (j|w) VIRTUAL|VIRTUAL TABLE INDEX|USING (COVERING )?INDEX")


def plans(store: Store, work: Callable[[], object]) -> dict[str, list[str]]:
    """Every statement that the work runs, with its plan."""
    ran: list[str] = []
    connection = store.connection
    connection.set_trace_callback(ran.append)
    work()
    connection.set_trace_callback(None)
    found = {}
    for sql in ran:
        if sql.split(maxsplit=1)[0] in ("SELECT", "UPDATE", "DELETE", "INSERT") and "items_fts (" not in sql:
            found[sql] = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}")]
    assert found
    return found


RULES = (
    ItemFilter(narrowing=Narrowing(source="p1")),
    ItemFilter(text='"part"'),
    ItemFilter(narrowing=Narrowing(lang="en", story="Other", party="x", without=("part",))),
)
HOT: dict[str, Callable[[Store], object]] = {
    "wire": lambda store: items.newest(store, 5, 3),
    "wire ids": lambda store: items.ids(store, limit=3),
    "wire counts": lambda store: (items.count(store), items.newest_id(store)),
    "wire starred": lambda store: items.ids(store, ItemFilter(starred=True), limit=3),
    "wire unread": lambda store: items.ids(store, ItemFilter(unread=True), limit=3),
    "wire by publisher": lambda store: items.ids(store, ItemFilter(publisher="p0.example"), limit=3),
    "wire by feed": lambda store: items.ids(store, ItemFilter(feed="https://feed.example/rss"), limit=3),
    "wire by stance": lambda store: items.ids(store, ItemFilter(stance=Stance.DENY), limit=3),
    "wire under rules": lambda store: items.ids(store, ItemFilter(hidden=RULES), limit=3),
    "what rules leave out": lambda store: triage.left_out(store, RULES[:2]),
    "a screenful that a rule matches": lambda store: [items.matching(store, rule, [1, 2]) for rule in RULES],
    "split suggested": lambda store: (splits.of_story(store, 1), splits.due(store, {1, 2}, least=6)),
    "items of a story": lambda store: items.ids(store, ItemFilter(story=1), limit=3),
    "search": lambda store: search.search(store, "part", 3, before=5),
    "triage": lambda store: (triage.queue(store, limit=3), triage.waiting(store), triage.proposal(store, 2)),
    "stories": lambda store: stories.rows(store, limit=10),
    "stories starred": lambda store: stories.rows(store, view=StoriesView.STARRED),
    "stories watched": lambda store: stories.rows(store, view=StoriesView.WATCHED),
    "stories all": lambda store: stories.rows(store, view=StoriesView.ALL, limit=10),
    "story": lambda store: stories.detail(store, 1),
    "story as of": lambda store: stories.detail(store, 1, as_of=hours(2.5)),
    "telling": lambda store: stories.refresh(store, [1], hours(9)),
    "stale": lambda store: stories.stale(store),
    "due": lambda store: stories.due(store, [1, 2]),
    "header": lambda store: (state.collector(store), state.moment(store), looks.last(store, "wire")),
    "new since": lambda store: looks.new_items(store, "wire"),
    "feeds": lambda store: feeds.rows(store),
    "recognise": lambda store: (intake.known(store, set(keys(1))), intake.retired(store, set(keys(1)))),
    "place": lambda store: Newsroom(store).item(1, "More", "p9.example", hours(9)),
    "move": lambda store: placing.move(store, [1], 2, hours(9)),
    "decide": lambda store: decisions.record(store, Act.MOVE, items=[2], story=2, by="ada", at=hours(9)),
    "undo": lambda store: decisions.undo(store, "ada", hours(10)),
    "heed": lambda store: (log.since(store, 0), constraints.of_items(store, [1, 2]), requests.waiting(store)),
    "may join": lambda store: constraints.may_join(store, 1, 2),
    "restore": lambda store: list(memory.features(store, 100)),
    "retire": lambda store: housekeeping.retire(store, hours(-1)),
}


@pytest.mark.parametrize("name", HOT)
def test_no_hot_query_scans_or_sorts_a_growing_table(store: Store, newsroom: Newsroom, name: str) -> None:
    newsroom.story(6)
    newsroom.story(3, name="Other")
    decisions.record(store, Act.STAR, items=[1], by="ada", at=hours(9))
    decisions.record(store, Act.MOVE, items=[3], story=2, by="ada", at=hours(9))
    for sql, steps in plans(store, lambda: HOT[name](store)).items():
        for step in steps:
            if step.startswith("SCAN"):
                assert _ALLOWED.search(step) or _NEWEST_FIRST.search(sql), f"{step}\n{sql}"
            if "TEMP B-TREE FOR ORDER BY" in step:
                # Sorting what an index has already narrowed to a page or a story is no growth.
                assert "LIMIT" not in sql or "json_each" in sql or "decisions" in sql, f"{step}\n{sql}"


def test_no_list_is_paged_by_counting_rows_off(store: Store, newsroom: Newsroom) -> None:
    newsroom.story(6)
    for name in ("wire", "wire ids", "search", "triage", "stories", "items of a story"):
        for sql in plans(store, lambda name=name: HOT[name](store)):  # type: ignore[misc]
            assert "OFFSET" not in sql


@pytest.mark.parametrize(
    "wanted",
    [ItemFilter(), *(ItemFilter(**{flag: True}) for flag in ("waiting", "unread", "starred", "dismissed"))],
)
def test_listing_ids_reads_no_item(store: Store, newsroom: Newsroom, wanted: ItemFilter) -> None:
    newsroom.story(3)
    for steps in plans(store, lambda: items.ids(store, wanted, before=9)).values():
        assert all("COVERING INDEX" in step for step in steps), steps

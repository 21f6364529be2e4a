"""A story told as it grows says what one told from nothing says, and an item more costs that item."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import mean, median, pstdev

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stories import detail
from stories.about import settled
from stories.decision import Act, Decision
from stories.detail import tell
from stories.evidence import Copy, CopyKind, Reading
from stories.item import Item
from stories.kept import Kept
from stories.reading import read
from stories.spread import Spread, burst, diversity, half_life
from stories.story import Origin, OriginState, Story
from tests.stories.telling import START, story

TITLES = (
    "Iran is supplying missiles to Sudan",
    "Iran denies supplying missiles to Sudan",
    "Israel says Iran sent missiles to Sudan",
    "Sudan says it cannot confirm the report",
    "Iran confirms it supplied missiles to Sudan",
    "Missiles for Sudan: markets calm",
)
NOW = START + timedelta(days=9)
Told = tuple[Item, Reading]

lines = st.lists(
    st.tuples(st.integers(0, len(TITLES) - 1), st.integers(0, 5), st.integers(0, 200)),
    min_size=1,
    max_size=12,
)


def items_of(drawn: list[tuple[int, int, int]]) -> list[Told]:
    """Items of (title, publisher, hour), numbered as they came."""
    made = []
    for number, (title, publisher, hour) in enumerate(drawn, 1):
        at = START + timedelta(hours=hour)
        host = f"p{publisher}.org"
        item = Item(number, f"g{number}", host, TITLES[title], published=at, first_seen=at, lang="en")
        made.append((item, read(item)))
    return made


@settings(max_examples=25, deadline=None)
@given(lines, st.randoms(use_true_random=False))
def test_a_story_that_grew_shrank_and_was_edited_is_told_as_one_told_at_once(drawn, random) -> None:  # type: ignore[no-untyped-def]
    kept, held = Kept(), list[Told]()
    for item, reading in items_of(drawn):
        held.append((item, reading))
        turn = random.random()
        if turn < 0.15 and len(held) > 1:
            held.pop(random.randrange(len(held)))
        elif turn < 0.3:
            at = random.randrange(len(held))
            edited = replace(held[at][0], title=random.choice(TITLES))
            held[at] = (edited, read(edited))
        copies = [Copy(a[0].id, b[0].id, 0.9, CopyKind.COPY) for b, a in pairwise(held) if a[0].id % 3]
        overrides = (
            [Decision(1, START, "ada", Act.STANCE, items=(held[0][0].id,), details=_where(held[0]))]
            if turn > 0.8 and held[0][1].statements
            else []
        )
        grown = tell(Story(1, ""), held, copies, NOW, overrides, kept=kept)
        assert grown == tell(Story(1, ""), held, copies, NOW, overrides)


def _where(told: Told) -> dict[str, str]:
    cue = told[1].statements[0].cue
    return {"where": cue.where.value, "start": str(cue.start), "stance": "confirm"}


def test_an_item_more_places_its_own_statements_only(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [(f"p{each % 9}.org", TITLES[each % 3], f"Word {each}.") for each in range(70)]
    told, kept, placed = story(*lines), Kept(), list[int]()
    tell(Story(1, ""), told[:-1], (), NOW, kept=kept)
    as_before = detail.place

    def counted(statement, item, *rest):  # type: ignore[no-untyped-def]
        placed.append(item.id)
        return as_before(statement, item, *rest)

    monkeypatch.setattr(detail, "place", counted)
    tell(Story(1, ""), told, (), NOW, kept=kept)
    assert set(placed) <= {70}
    placed.clear()
    tell(Story(1, ""), told, (), NOW)
    assert len(set(placed)) > 40


def test_what_a_story_is_about_is_counted_anew_when_it_has_grown_by_a_quarter() -> None:
    assert [settled(count) for count in (1, 49, 50, 61, 62, 63, 100)] == [1, 49, 50, 50, 50, 62, 97]
    assert all(settled(count) <= count < 1.25 * settled(count) + 2 for count in range(1, 2_000))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 400), st.integers(0, 6)), min_size=1, max_size=40), st.integers(0, 500)
)
def test_figures_kept_up_item_by_item_are_those_of_their_definitions(seen, ago) -> None:  # type: ignore[no-untyped-def]
    now = START + timedelta(hours=ago)
    spread, times, firsts = Spread(), list[datetime](), dict[int, datetime]()
    for number, (hour, publisher) in enumerate(seen):
        at = START + timedelta(hours=hour)
        spread.add(at, number, str(publisher))
        times.append(at)
        firsts[publisher] = min(at, firsts.get(publisher, at))
    copies = [Copy(each, each // 2, 0.9, CopyKind.COPY) for each in range(1, len(seen), 2)]
    spread.join(copies)
    spread.join(copies)
    found = spread.measures((), (), Origin(OriginState.UNKNOWN), now)
    shares = [count / len(seen) for count in Counter(publisher for _, publisher in seen).values()]
    assert found.items == len(seen) and found.publishers == len(shares)
    assert found.diversity == pytest.approx(math.exp(-sum(share * math.log(share) for share in shares)))
    assert found.half_life is not None
    assert found.half_life.total_seconds() == pytest.approx(
        median((at - min(times)).total_seconds() for at in times)
    )
    last = sum(now - timedelta(hours=6) < first <= now for first in firsts.values())
    before = sum(now - timedelta(hours=12) < first <= now - timedelta(hours=6) for first in firsts.values())
    assert (found.velocity, found.acceleration) == (last / 6, (last - before) / 6)
    assert found.reprint_rate == pytest.approx(1 - _groups(len(seen), copies) / len(seen))
    assert found.burst == _burst(times, now)


def _groups(items: int, copies: list[Copy]) -> int:
    near = defaultdict(set)
    for copy in copies:
        near[copy.item].add(copy.of)
        near[copy.of].add(copy.item)
    left, groups = set(range(items)), 0
    while left:
        groups, open_ = groups + 1, [left.pop()]
        while open_:
            for other in near[open_.pop()] & left:
                left.discard(other)
                open_.append(other)
    return groups


def _burst(times: list[datetime], now: datetime) -> float | None:
    hours = [(now - at) / timedelta(hours=1) for at in times]
    windows = min(28, int((max(hours) - 6) / 6)) if max(hours) > 6 else 0
    if windows < 4:
        return None
    counts = [sum(6 * back <= hour < 6 * back + 6 for hour in hours) for back in range(windows + 1)]
    deviation = pstdev(counts[1:])
    return (counts[0] - mean(counts[1:])) / deviation if deviation else None


def test_figures_of_nothing_are_none() -> None:
    assert diversity(Counter()) == 0 and half_life([]) is None and burst([], NOW) is None
    assert Spread().reprint_rate() == 0

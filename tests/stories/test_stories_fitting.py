"""The likeness model is fitted by what its choices cost, on streams that group as the product groups them."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from pathlib import Path

import pytest

pytest.importorskip("numpy")

import numpy as np

from benchmarks.choosing import arrays, gains, least
from benchmarks.courses import Choice, Kind, collection, grouped
from benchmarks.fit_likeness import written
from benchmarks.grouping import b_cubed, stream
from stories.likeness import COMPARED, model

TITLES = (
    ("Two drones shot down over the harbour of Odessa", "drones"),
    ("Ferry sinks off Lesbos with ninety aboard", "ferry"),
    ("Drones shot down over Odessa harbour, mayor says", "drones"),
    ("Ninety were aboard the ferry that sank off Lesbos", "ferry"),
    ("Rates stay where they are, says the central bank of Norway", "rates"),
    ("Odessa: two drones shot down over harbour", "drones"),
    ("Norway's central bank keeps rates where they are", "rates"),
)


def test_a_known_stream_groups_as_the_product_groups_it(tmp_path: Path) -> None:
    path = tmp_path / "told.jsonl"
    lines = [{"id": str(n), "title": title, "cluster": kind} for n, (title, kind) in enumerate(TITLES)]
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    course = collection(path, body=False)
    story_of, _ = stream(item for item, _, _ in course.rows)
    theirs = [str(story_of[item.id]) for item, _, _ in course.rows]
    for _ in range(2):  # the second time its neighbours are known
        assert b_cubed(grouped(course), theirs)[2] == 1.0


def test_what_a_choice_gains_is_what_it_adds_to_precision_and_recall() -> None:
    held = [Counter({"a": 3, "b": 1}), Counter({"b": 2})]
    gained = gains(Choice([(1.0,), (0.5,)], held, "a", 3), Kind.COLLECTION)

    def both(stories: list[Counter[str]]) -> float:
        squares = sum(n * n / story.total() for story in stories for n in story.values())
        return squares + sum(story["a"] ** 2 / 4 for story in stories)

    ways = [
        [held[0] + Counter("a"), held[1]],
        [held[0], held[1] + Counter("a")],
        [*held, Counter("a")],
    ]
    assert gained is not None
    assert np.allclose(gained, [both(way) - both(held) for way in ways])


def test_of_a_narrative_only_its_members_stories_are_at_stake_for_other_items() -> None:
    strangers, members = Counter({"": 4}), Counter({"member": 3})
    assert gains(Choice([(1.0,)], [strangers], "", 9), Kind.NARRATIVE) is None
    assert gains(Choice([(1.0,)], [members], "mention", 0), Kind.NARRATIVE) is None
    told = gains(Choice([(1.0,), (1.0,)], [strangers, members], "", 9), Kind.NARRATIVE)
    assert told is not None
    assert told[1] < told[0] == told[2] == 0.0


def test_the_weights_found_take_the_right_story_and_leave_the_wrong_one() -> None:
    held = [Counter({"a": 1}), Counter({"b": 1})]
    near = Choice([(0.9, 0.3), (0.2, 0.4)], held, "a", 1)
    new = Choice([(0.1, 0.5), (0.2, 0.3)], held, "c", 0)
    weighed = [(each, gains(each, Kind.COLLECTION) or [], 50.0) for each in (near, new)]
    choices = arrays(weighed)
    beta = least(choices, np.zeros(3), 0.01, np.zeros(3))
    assert beta[0] > 0.0
    scores = choices.values @ beta
    assert scores[0].argmax() == 0
    assert scores[1].argmax() == 2
    step = 1e-6 * np.eye(3)
    slope = [(choices.loss(beta + each)[0] - choices.loss(beta - each)[0]) / 2e-6 for each in step]
    assert np.allclose(slope, choices.loss(beta)[1], atol=1e-4)


def test_what_little_is_known_leaves_the_weights_where_they_began() -> None:
    told = Choice([(0.9, 0.3)], [Counter({"a": 1})], "a", 1)
    choices = arrays([(told, gains(told, Kind.COLLECTION) or [], 1e-3)])
    prior = np.array([2.0, -1.0, 0.5])
    assert np.allclose(least(choices, prior, 10.0, prior)[:2], prior[:2], atol=1e-3)


def test_a_model_is_written_as_the_product_reads_it() -> None:
    held = tomllib.loads(written(model()))
    assert (held["bias"], held["join"], held["merge"]) == (model().bias, model().join, model().merge)
    assert tuple(held["weights"][name] for name in COMPARED) == model().weights

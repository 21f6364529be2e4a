"""Two stories that items stand between are asked whether they are one when the answer may be new."""

from __future__ import annotations

from stories.bridges import Bridges


def test_stories_that_stayed_apart_are_asked_again_when_one_has_changed_by_a_fifth() -> None:
    bridges = Bridges()
    bridges.note(7, {3})
    assert bridges.take() == [(3, 7)]
    assert bridges.take() == []
    assert bridges.worth_asking((3, 7), (10, 3))
    bridges.stay_apart((3, 7), (10, 3))
    assert not bridges.worth_asking((3, 7), (11, 3))
    assert bridges.worth_asking((3, 7), (12, 3))
    bridges.stay_apart((3, 7), (12, 3))
    assert bridges.worth_asking((3, 7), (9, 3))


def test_larger_stories_need_more_items_between_them() -> None:
    bridges = Bridges()
    answers = []
    for _ in range(3):
        bridges.note(1, {2})
        answers.append([bridges.worth_asking((1, 2), (40, smaller)) for smaller in (3, 10, 30)])
    assert answers == [[True, False, False], [True, True, False], [True, True, True]]


def test_what_bridged_a_story_bridges_the_one_it_joined() -> None:
    bridges = Bridges()
    bridges.note(2, {5, 9})
    bridges.stay_apart((2, 5), (20, 2))
    bridges.join(9, 2)
    assert bridges.worth_asking((5, 9), (20, 2))
    assert not bridges.worth_asking((2, 5), (40, 4))

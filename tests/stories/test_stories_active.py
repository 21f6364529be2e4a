"""The live window: a story is what its live items are, whatever has gone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stories.active import Window
from stories.packing import packed, unpacked
from tests.stories.flood import features


def test_items_that_are_gone_leave_nothing_behind_in_their_story() -> None:
    window, alone = Window(), Window()
    for number in range(1, 5):
        window.add(number, 7, features(number))
    alone.add(4, 7, features(4))
    for number in range(1, 4):
        window.forget(number)
    left, told = window.stories[7], alone.stories[7]
    assert left.items == told.items
    assert left.words == pytest.approx(told.words)


def test_a_live_item_keeps_its_words_and_weights_heaviest_first_and_so_does_the_file() -> None:
    made = features(1)
    window = Window()
    window.add(1, 7, made)
    kept = window.slots[1].features
    assert kept.opened() == made
    assert list(kept.words.values()) == sorted(made.words.values(), reverse=True)
    read_back = unpacked(packed(kept))
    assert list(read_back.words) == list(made.words)
    assert dict(read_back.words) == dict(made.words)
    earlier = replace(made, words=dict(reversed(made.words.items())))
    assert list(unpacked(packed(earlier)).words.values()) == list(read_back.words.values())

"""The live window: a story is what its live items are, whatever has gone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from stories.active import Window
from stories.claims import claims
from stories.counting import count_words
from stories.evidence import Reading
from stories.features import weigh
from stories.item import Item
from stories.packing import packed, unpacked
from stories.vocabulary import Vocabulary

DAY = datetime(2022, 3, 1, 9, tzinfo=UTC)
TITLES = (
    "Flood water reaches the old harbour of Lindau",
    "Harbour of Lindau closed as flood water rises",
    "Lindau mayor asks the army for sandbags",
    "Ferry service from Lindau stops for a third day",
)


def test_items_that_are_gone_leave_nothing_behind_in_their_story() -> None:
    vocabulary = Vocabulary.warm()
    window, alone = Window(), Window()
    for number, title in enumerate(TITLES, 1):
        at = DAY + timedelta(days=number)
        each = Item(number, f"g{number}", f"p{number}.example", title, published=at)
        features = weigh(count_words(each, Reading(claims=claims(each)), title, "", ""), vocabulary)
        window.add(number, 7, features)
        if number == len(TITLES):
            alone.add(number, 7, features)
    for number in range(1, len(TITLES)):
        window.forget(number)
    left, told = window.stories[7], alone.stories[7]
    assert left.items == told.items
    assert left.words == pytest.approx(told.words)


def test_a_live_item_keeps_its_words_and_weights_heaviest_first_and_so_does_the_file() -> None:
    each = Item(1, "g1", "p1.example", TITLES[0], published=DAY)
    features = weigh(count_words(each, Reading(claims=claims(each)), TITLES[0], "", ""), Vocabulary.warm())
    window = Window()
    window.add(1, 7, features)
    kept = window.slots[1].features
    assert kept.opened() == features
    assert list(kept.words.values()) == sorted(features.words.values(), reverse=True)
    read_back = unpacked(packed(kept))
    assert list(read_back.words) == list(features.words)
    assert dict(read_back.words) == dict(features.words)
    earlier = replace(features, words=dict(reversed(features.words.items())))
    assert list(unpacked(packed(earlier)).words.values()) == list(read_back.words.values())

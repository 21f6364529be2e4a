"""The live window: a story is what its live items are, whatever has gone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from stories.active import Window
from stories.claims import claims
from stories.counting import count_words
from stories.evidence import Reading
from stories.features import weigh
from stories.item import Item
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

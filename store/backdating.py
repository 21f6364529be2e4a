"""From when on an archive's story bears its name or claim: as soon as the items that were known then say it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from store.database import Store
from store.telling import Loaded
from store.times import from_ms
from stories.evidence import Reading
from stories.item import Item

Says = Callable[[Sequence[Item], Sequence[Reading]], bool]
"""Whether these items of a story, with their readings, say what all of them say."""


def begun(store: Store, loaded: Loaded, says: Says) -> datetime | None:
    """When the item came that with those before it first says it; None for a story without items.

    Found by halving: an archive's story is told when it has grown or is whole, and to ask after each of
    its items would read it once for each. What holds, fails and holds again may so begin at the later time.
    """
    place = {item.id: (item, reading) for item, reading in zip(loaded.items, loaded.readings, strict=True)}
    came = [
        row
        for row in store.rows(
            "SELECT item, since FROM memberships WHERE story = ? AND until IS NULL ORDER BY since, item",
            (loaded.story.id,),
        )
        if row[0] in place
    ]
    if not came:
        return None
    first, last = 1, len(came)
    while first < last:
        half = (first + last) // 2
        items, readings = zip(*(place[item] for item, _ in came[:half]), strict=True)
        if says(items, readings):
            last = half
        else:
            first = half + 1
    begins: datetime = from_ms(came[last - 1][1])
    return begins

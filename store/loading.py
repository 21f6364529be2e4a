"""Many stories read for telling by one set of queries: most have two or three items, and a query costs as much as those."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from store import evidence, telling
from store.database import Store
from store.overrides import overrides_of, status_of, with_own_status
from store.story_facts import stories_now
from store.telling import Loaded
from stories.evidence import Copy, Reading
from stories.item import Item

_Held = Mapping[int, tuple[Item, Reading]]
_NONE: _Held = {}


def load_all(store: Store, stories: Collection[int], held: Mapping[int, _Held]) -> dict[int, Loaded]:
    """Each of these stories as it is now, as `store.telling.load` reads one; those that are gone are left out.

    ``held``: by story, items with their readings that needn't be read because they are known to be as they were.
    """
    with store.reading():
        members = _members(store, stories)
        missing = [
            item for story, items in members.items() for item in items if item not in held.get(story, _NONE)
        ]
        readings = evidence.readings(store, missing)
        read = {item.id: (item, readings[item.id]) for item in telling.items_at(store, missing, None)}
        every = [item for items in members.values() for item in items]
        copies = _by_story(evidence.copies_of(store, every), members)
        corrections = overrides_of(store, every)
        own = with_own_status(store, stories)
        found: dict[int, Loaded] = {}
        for story in stories_now(store, stories):
            items = members.get(story.id, ())
            known = held.get(story.id, _NONE)
            pairs = sorted(
                (known.get(item) or read[item] for item in items), key=lambda pair: telling.moment_of(pair[0])
            )
            found[story.id] = Loaded(
                story,
                tuple(item for item, _ in pairs),
                tuple(reading for _, reading in pairs),
                copies.get(story.id, ()),
                tuple(made for made in corrections if not set(items).isdisjoint(made.items)),
                status_of(store, story.id) if story.id in own else None,
            )
        return found


def _members(store: Store, stories: Collection[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for story, item in store.rows(
        "SELECT m.story, m.item FROM json_each(?) w JOIN memberships m ON m.story = w.value WHERE m.until IS NULL",
        (json.dumps(list(stories)),),
    ):
        found[story].append(item)
    return found


def _by_story(copies: Sequence[Copy], members: Mapping[int, Sequence[int]]) -> dict[int, tuple[Copy, ...]]:
    """What is copied inside each of the stories."""
    story_of = {item: story for story, items in members.items() for item in items}
    found: dict[int, list[Copy]] = defaultdict(list)
    for copy in copies:
        if story_of[copy.item] == story_of[copy.of]:
            found[story_of[copy.item]].append(copy)
    return {story: tuple(held) for story, held in found.items()}

"""A story in full, now or as it was known at a time."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from store import evidence, items
from store.database import Store
from store.errors import StoreError
from store.overrides import OwnStatus, overrides_of, status_of
from store.state import heard, moment
from store.story_facts import story
from store.times import from_ms, to_ms
from stories.decision import Decision
from stories.evidence import Copy, Reading
from stories.item import Item
from stories.story import Story, StoryDetail

if TYPE_CHECKING:
    from stories.kept import Kept

_Held = Mapping[int, tuple[Item, Reading]]
_NONE: _Held = {}


@dataclass(frozen=True, slots=True)
class Loaded:
    """All that telling a story needs, from one state of the file."""

    story: Story
    items: tuple[Item, ...]
    """By effective time, with the texts they had then."""
    readings: tuple[Reading, ...]
    """One for each item."""
    copies: tuple[Copy, ...]
    corrections: tuple[Decision, ...]
    own_status: OwnStatus | None


def load(store: Store, story_id: int, as_of: datetime | None = None, held: _Held = _NONE) -> Loaded:
    """Read a story's items, readings, copies and corrections; raises StoreError when there is no such story.

    ``held``: items, with their readings, that needn't be read because they are known to be as they were.
    """
    at = None if as_of is None else to_ms(as_of)
    with store.reading():
        found = story(store, story_id, as_of)
        if found is None:
            when = "" if as_of is None else f" at {as_of:%Y-%m-%d %H:%M} UTC"
            raise StoreError(
                f"There is no story {story_id}{when}.", remedy="`spreadwatch stories` lists them."
            )
        numbers = members(store, story_id, at)
        missing = [number for number in numbers if number not in held]
        read = evidence.readings(store, missing, at)
        pairs = [held[number] for number in numbers if number in held]
        pairs += [(item, read[item.id]) for item in items_at(store, missing, at)]
        pairs.sort(key=lambda pair: moment_of(pair[0]))
        return Loaded(
            found,
            tuple(item for item, _ in pairs),
            tuple(reading for _, reading in pairs),
            tuple(evidence.copies_of(store, numbers)),
            overrides_of(store, numbers, at),
            status_of(store, story_id, at),
        )


def silent(store: Store, story_id: int, items: Sequence[int], as_of: datetime) -> bool:
    """Whether nobody answered a claim in these items of a story, nor an analyst turned what is said, at that time.

    A single publisher's story is SINGLE then, which is known without reading its items.
    """
    at = to_ms(as_of)
    answered = store.rows(
        "SELECT 1 FROM json_each(?1) w JOIN statements t ON t.item = w.value WHERE t.stance <> 'assert' "
        "AND (t.since IS NULL OR t.since <= ?2) AND (t.until IS NULL OR t.until > ?2) LIMIT 1",
        (json.dumps(list(items)), at),
    )
    return not answered and not overrides_of(store, items, at) and status_of(store, story_id, at) is None


def told(
    loaded: Loaded, now: datetime, until: datetime | None = None, kept: Kept | None = None
) -> StoryDetail:
    """The story as it stands at ``now``, listened to ``until`` then; a status that the analyst set stands first.

    ``kept``: what the telling before it left, see `stories.detail.tell`.
    """
    # Imported here: a screen shows its list before any story is told, and this import takes 90 ms.
    from stories.detail import tell

    pairs = list(zip(loaded.items, loaded.readings, strict=True))
    made = tell(loaded.story, pairs, loaded.copies, now, loaded.corrections, heard=until, kept=kept)
    own = loaded.own_status
    return made if own is None else replace(made, status=own.status, because=own.because)


def detail(
    store: Store, story_id: int, *, as_of: datetime | None = None, now: datetime | None = None
) -> StoryDetail:
    """Everything of a story: as it is at ``now`` (default: the store's time), or as it was known at ``as_of``.

    Raises StoreError when there is, or was then, no such story.
    """
    loaded = load(store, story_id, as_of)
    begun = min((item.effective for item in loaded.items if item.effective is not None), default=None)
    return told(loaded, as_of or now or moment(store), heard(store, begun))


def members(store: Store, story_id: int, at: int | None = None) -> list[int]:
    """Ids of a story's items; ``at`` (ms) for an earlier moment."""
    if at is None:
        found = store.rows("SELECT item FROM memberships WHERE story = ? AND until IS NULL", (story_id,))
    else:
        found = store.rows(
            "SELECT item FROM memberships WHERE story = ? AND since <= ? AND (until IS NULL OR until > ?)",
            (story_id, at, at),
        )
    return [row[0] for row in found]


def changed(store: Store, story_id: int) -> tuple[datetime, ...]:
    """When what is known of a story changed, earliest first: each of these moments is told otherwise than the one before.

    By the clock that an as-of time is of: when an item came to the story or left it, not when it was published.
    """
    found = store.rows(
        "SELECT since FROM memberships WHERE story = ?1 UNION "
        "SELECT until FROM memberships WHERE story = ?1 AND until IS NOT NULL ORDER BY 1",
        (story_id,),
    )
    return tuple(from_ms(at) for (at,) in found)


def items_at(store: Store, numbers: Sequence[int], at: int | None) -> list[Item]:
    """Whole items by effective time, with the texts they had at a time (ms)."""
    found = items.get(store, numbers)
    if at is not None:
        earlier = _texts_at(store, numbers, at)
        found = [replace(item, **earlier[item.id]) if item.id in earlier else item for item in found]
    return sorted(found, key=moment_of)


def moment_of(item: Item) -> tuple[int, int]:
    effective = item.effective
    return (0 if effective is None else to_ms(effective), item.id)


def _texts_at(store: Store, numbers: Sequence[int], at: int) -> Mapping[int, Mapping[str, Any]]:
    """The texts that items had at a time, where they differ from the present ones."""
    texts: dict[int, Mapping[str, Any]] = {}
    rows = store.rows(
        "SELECT item, title, summary, body FROM revisions WHERE item IN (SELECT value FROM json_each(?)) "
        "AND until > ? ORDER BY item, until DESC",
        (json.dumps(list(numbers)), at),
    )
    for item, title, summary, body in rows:
        texts[item] = {"title": title, "summary": summary, "body": body}
    return texts

"""Keeping the story columns true: name, claim, status, reason, origins, and the log of what was shown."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from store.backdating import begun
from store.database import Store
from store.loading import load_all
from store.placing import keep_claim, keep_name
from store.telling import Loaded, told
from store.times import to_ms
from stories.evidence import Reading, Stance
from stories.story import Status, StoryDetail

if TYPE_CHECKING:
    from store.shelf import Held, Shelf
    from stories.kept import Kept


@dataclass(frozen=True, slots=True)
class Due:
    """A story that changed since it was told, and by how much."""

    id: int
    items: int
    told_items: int
    shown: bool


class TakenNames(Collection[str]):
    """Names of the shown stories but one (0: of all), asked of the file one by one: there may be many thousands."""

    def __init__(self, store: Store, but: int) -> None:
        self._store = store
        self._but = but

    def __contains__(self, called: object) -> bool:
        return bool(
            self._store.rows(
                "SELECT 1 FROM stories WHERE shown = 1 AND name = ? AND id <> ? LIMIT 1", (called, self._but)
            )
        )

    def __iter__(self) -> Iterator[str]:
        found = self._store.rows("SELECT name FROM stories WHERE shown = 1 AND id <> ?", (self._but,))
        return iter([called for (called,) in found])

    def __len__(self) -> int:
        return int(
            self._store.value("SELECT count(*) FROM stories WHERE shown = 1 AND id <> ?", (self._but,))
        )


def due(store: Store, changed: Iterable[int]) -> list[Due]:
    """Which of the changed stories there is something to tell of.

    A single publisher's story is SINGLE without being told, unless somebody in it answers a claim or a claim
    was read in it; most stories are such. Its origins are counted when a second publisher carries it.
    """
    found = store.rows(_DUE, (json.dumps(list(changed)),))
    return [Due(number, items, told_items, bool(shown)) for number, items, told_items, shown in found]


_DUE = """
SELECT s.id, s.items, s.told_items, s.shown FROM json_each(?) w JOIN stories s ON s.id = w.value
WHERE s.stale = 1 AND (s.shown = 1 OR s.status <> 'SINGLE' OR EXISTS (
  SELECT 1 FROM memberships m JOIN items i ON i.id = m.item WHERE m.story = s.id AND m.until IS NULL AND (
    i.stance IS NOT NULL OR EXISTS (SELECT 1 FROM claims c WHERE c.item = m.item)
    OR EXISTS (SELECT 1 FROM statements t WHERE t.item = m.item AND t.stance <> 'assert'))))
"""


def stale(store: Store, limit: int = 1_000) -> list[int]:
    """Stories whose items changed since they were last told."""
    return [
        row[0] for row in store.rows("SELECT id FROM stories WHERE stale = 1 ORDER BY id LIMIT ?", (limit,))
    ]


def settled(store: Store, stories: Iterable[int]) -> None:
    """Nothing is to be told of these."""
    with store.transaction():
        store.write_all(
            "UPDATE stories SET stale = 0 WHERE id = ? AND stale = 1", [(number,) for number in stories]
        )


def refresh(
    store: Store,
    stories: Iterable[int],
    now: datetime,
    since: datetime | None = None,
    shelf: Shelf | None = None,
) -> list[int]:
    """Name and tell these stories anew and keep what follows; gives those whose status or reason changed.

    ``since``: for an archive, how far its own time has come: a first name holds from when the items known then
    say it, and so does a claim; other names from ``since`` on. Without it all hold from ``now`` on.
    ``shelf``: stories as the caller told them before, from which a long one is told anew by what came since.

    A change of status is appended to the log of what was shown. All are read at once; each is written in its own
    short transaction (unless the caller holds one), so that a screen's decision never waits for more than one.
    """
    version = store.data_version()
    rows = _told_before(store, stories)
    if not rows:
        return []
    held = _held(rows, shelf)
    ready = load_all(
        store, [row.id for row in rows if not row.joined], {number: one.items for number, one in held.items()}
    )
    settled(store, [row.id for row in rows if row.joined])
    return [
        row.id
        for row in rows
        if row.id in ready
        and _refreshed(store, row, ready[row.id], held.get(row.id), version, now, since, shelf)
    ]


@dataclass(frozen=True, slots=True)
class _Row:
    """What a story's line says before it is told anew."""

    id: int
    status: str
    because: str
    items: int
    publishers: int
    joined: bool
    named_by: str
    claimed: bool
    """The analyst gave its claim."""
    shown: bool
    watched: bool
    told_items: int


def _told_before(store: Store, stories: Iterable[int]) -> list[_Row]:
    found = store.rows(
        "SELECT s.id, s.status, s.because, s.items, s.publishers, s.joined_into IS NOT NULL, s.named_by, "
        "s.claim_by_analyst, s.shown, s.watched, s.told_items FROM json_each(?) w JOIN stories s ON s.id = w.value "
        "ORDER BY w.key",
        (json.dumps(list(stories)),),
    )
    return [_Row(*row) for row in found]


def _held(rows: Iterable[_Row], shelf: Shelf | None) -> dict[int, Held]:
    """The stories that were told before as they were then, where all that they were is still so."""
    if shelf is None:
        return {}
    taken = {row.id: shelf.take(row.id, row.told_items) for row in rows if not row.joined}
    return {number: held for number, held in taken.items() if held is not None}


def _refreshed(
    store: Store,
    row: _Row,
    loaded: Loaded,
    held: Held | None,
    version: int,
    now: datetime,
    since: datetime | None,
    shelf: Shelf | None,
) -> bool:
    number = row.id
    claim = loaded.story.claim
    if row.items and not row.claimed:  # what it was about when its last item left is what it waits for
        # first of all, so that the status is of the claim that it will be shown with
        loaded = replace(loaded, story=replace(loaded.story, claim=_claim(loaded.readings)))
    if not row.shown and Status(row.status) is Status.SINGLE and _silent(loaded):
        with store.transaction():
            if loaded.story.claim != claim:
                _claimed(store, loaded, now, since)
            settled(store, [number])
        return False
    kept = _telling(held)
    made = told(loaded, now, kept=kept)
    origins = 0 if made.measures is None else made.measures.origins
    with store.transaction():
        called = loaded.story.name
        if (
            row.shown and row.items and row.named_by != "analyst" and not row.watched
        ):  # what somebody watches keeps the name they know
            called = _named(store, loaded, now, since, first_time=row.named_by == "title")
        if loaded.story.claim != claim:
            _claimed(store, loaded, now, since)
        alone = store.data_version() == version
        store.write(
            # Somebody else has written meanwhile, perhaps about this story: then it is told once more.
            "UPDATE stories SET status = ?, because = ?, origins = ?, told_items = ?, stale = ? WHERE id = ?",
            (made.status.value, made.because, origins, row.items * alone, not alone, number),
        )
        if row.shown:
            _restated(store, made)
        if made.status.value != row.status:
            _log(store, made, called, row.items, row.publishers, now)
    if shelf is not None:
        shelf.put(loaded, kept, row.items)
    return (made.status.value, made.because) != (row.status, row.because)


def _telling(held: Held | None) -> Kept:
    from stories.kept import Kept

    return Kept() if held is None else held.kept


def _silent(loaded: Loaded) -> bool:
    """Whether nobody answers a claim in it: one publisher's story is SINGLE then, and needn't be told to know it."""
    answers = any(
        said.stance is not Stance.ASSERT for reading in loaded.readings for said in reading.statements
    )
    return not answers and not loaded.corrections and loaded.own_status is None


def _restated(store: Store, made: StoryDetail) -> None:
    """An item's row says what the item says of its story's claim, not its denial of another matter."""
    # Imported here: screens read rows that were told long ago, and this import takes 90 ms.
    from stories.detail import stances_in

    said = stances_in(made.statements)
    store.write_all(
        "UPDATE items SET stance = ? WHERE id = ? AND stance IS NOT ?",
        [(stance, item, stance) for item, stance in said.items()],
    )


def _named(store: Store, loaded: Loaded, now: datetime, since: datetime | None, *, first_time: bool) -> str:
    current = loaded.story.name
    # The title that stood in for a name has no claim to stay.
    taken = TakenNames(store, loaded.story.id)
    # Imported here: screens read rows that were told long ago, and this import takes 40 ms.
    from stories.naming import name

    made = name(loaded.items, loaded.readings, taken, "" if first_time else current)
    if not made or made == current:
        return current
    begins = since
    if since is not None and first_time:
        begins = begun(store, loaded, lambda items, readings: name(items, readings, taken) == made)
    keep_name(store, loaded.story.id, made, begins or now)
    store.write("UPDATE stories SET named_by = 'tool' WHERE id = ?", (loaded.story.id,))
    return made


def _claim(readings: Sequence[Reading]) -> str:
    from stories.naming import claim_of

    return str(claim_of(readings) or "")


def _claimed(store: Store, loaded: Loaded, now: datetime, since: datetime | None) -> None:
    """Keep the claim that the story now has."""
    claim = loaded.story.claim
    begins = None if since is None else begun(store, loaded, lambda _, readings: _claim(readings) == claim)
    keep_claim(store, loaded.story.id, claim, begins or now)


def _log(store: Store, made: StoryDetail, called: str, items: int, publishers: int, now: datetime) -> None:
    last = made.timeline[-1] if made.timeline else None
    store.write(
        "INSERT INTO status_events (story, at, status, because, item, name, items, publishers) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            made.story.id,
            to_ms(now),
            made.status.value,
            made.because,
            last.item if last else 0,
            called,
            items,
            publishers,
        ),
    )

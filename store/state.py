"""Small facts the collector leaves for the screens: that it breathes, what time it is for it, its trouble."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from store.database import Store
from store.lock import collector_says
from store.times import from_ms, to_ms

_GAP = 24 * 3_600_000
"""Ms between an archive's last item and the first poll from which nobody listened in between."""


@dataclass(frozen=True, slots=True)
class CollectorState:
    """What the header says of the collector."""

    running: int | None
    """Its process, 0 when that can't be told, None when none runs."""
    now: datetime | None
    """The time it is for the collector, as it last wrote it; a replayed one in a demo."""
    next_poll: datetime | None
    trouble: str
    """Why it can't write or poll just now, in one sentence; empty when all is well."""
    doing: str
    """What it is at ("importing a.jsonl 41 %"); empty when it only polls."""


def put(store: Store, **facts: str) -> None:
    """Keep these facts, in the caller's transaction if there is one."""
    store.write_all("INSERT OR REPLACE INTO state (key, value) VALUES (?, ?)", list(facts.items()))


def get(store: Store, key: str) -> str:
    """A fact's value, empty when it was never put."""
    return str(store.value("SELECT value FROM state WHERE key = ?", (key,)) or "")


def breathe(store: Store, now: datetime, *, next_poll: datetime | None = None, doing: str = "") -> None:
    """Say that the collector is alive at ``now``, and what it does."""
    put(
        store,
        now=str(to_ms(now)),
        next_poll="" if next_poll is None else str(to_ms(next_poll)),
        doing=doing,
        heard="",
    )


def collector(store: Store) -> CollectorState:
    """The collector's state as it last wrote it, and whether it still runs."""
    facts = dict(store.rows("SELECT key, value FROM state"))
    held = collector_says(store.path)
    return CollectorState(
        running=None if held is None else held[0],
        now=from_ms(int(facts["now"])) if facts.get("now") else None,
        next_poll=from_ms(int(facts["next_poll"])) if facts.get("next_poll") else None,
        trouble="" if held is None else held[1],
        doing="" if held is None else facts.get("doing", ""),  # what one that was killed did, nobody does
    )


def moment(store: Store) -> datetime:
    """The store's own time, to which stories are told: the collector's, as it last wrote it. Silences end at `heard`.

    A replayed demo is so shown in its own time. Where no collector ever ran (an imported archive) it is the
    computer's: the same clocks must not jump when a screen is opened. What was known earlier is asked
    for with an as-of time.
    """
    newest = store.value("SELECT max(known) FROM items")
    told = get(store, "now")
    if not told:
        return from_ms(to_ms(datetime.now(UTC)))  # as exact as all times of the file
    return from_ms(max(int(told), newest or 0))


def heard(store: Store, begun: datetime | None = None) -> datetime | None:
    """Until when anybody listened to what began at ``begun``: until a feed last answered, in an archive until its last item.

    What an archive tells of is heard until that archive ends, where the first feed was polled more than a day later.
    Of a snapshot that was read back it is what the snapshot says. None where nothing ever came.
    """
    revived = get(store, "heard")
    if revived:
        return from_ms(int(revived))
    polling = int(store.value("SELECT at FROM retrievals WHERE id = (SELECT min(id) FROM retrievals)") or 0)
    if begun is not None and to_ms(begun) < polling:
        archived = int(store.value("SELECT max(known) FROM items WHERE known < ?", (polling,)) or 0)
        if archived and polling - archived > _GAP:
            return from_ms(archived)
    answered = int(store.value("SELECT max(last_fetched) FROM feeds WHERE failures = 0") or 0)
    newest = int(store.value("SELECT max(known) FROM items") or 0)
    return from_ms(max(answered, newest) or None)

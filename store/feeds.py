"""What the last polls said of each feed: what the Feeds screen shows and the scheduler starts from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from store.database import Store
from store.times import from_ms, to_ms


@dataclass(frozen=True, slots=True)
class FeedState:
    """One feed as it stands."""

    url: str
    publisher: str = ""
    title: str = ""
    polled: bool = True
    """In the catalogue; False for a feed that only an imported archive names."""
    muted: bool = False
    etag: bytes | None = None
    last_modified: bytes | None = None
    next_due: datetime | None = None
    last_fetched: datetime | None = None
    last_changed: datetime | None = None
    """The last poll that brought something new."""
    last_status: int | None = None
    """HTTP status; None when there was no answer."""
    error_kind: str = ""
    error_text: str = ""
    failures: int = 0
    """In a row."""
    rhythm: int = 0
    """Seconds between polls as learnt; 0 before that."""
    items_per_hour: float = 0.0
    extra: Mapping[str, Any] = field(default_factory=dict)
    """What the poller alone needs to remember, as JSON."""
    id: int = 0
    """The store's number; 0 before it is stored."""

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the last document needed repaired and what is odd about the feed's clock, a sentence each."""
        return tuple(self.extra.get("warnings", ()))


_COLUMNS = (
    "url, publisher, title, polled, muted, etag, last_modified, next_due, last_fetched, last_changed, last_status, "
    "error_kind, error_text, failures, rhythm, items_per_hour, extra"
)
_SAVE = f"""
INSERT INTO feeds ({_COLUMNS}) VALUES ({", ".join("?" * 17)})
ON CONFLICT (url) DO UPDATE SET
{", ".join(f"{name} = excluded.{name}" for name in _COLUMNS.split(", ")[1:])}
"""


def save(store: Store, state: FeedState) -> None:
    """Keep a feed's state, in the caller's transaction: with the items of the same poll, or not at all."""
    store.write(
        _SAVE,
        (
            state.url,
            state.publisher,
            state.title,
            state.polled,
            state.muted,
            state.etag,
            state.last_modified,
            to_ms(state.next_due),
            to_ms(state.last_fetched),
            to_ms(state.last_changed),
            state.last_status,
            state.error_kind,
            state.error_text,
            state.failures,
            state.rhythm,
            state.items_per_hour,
            json.dumps(dict(state.extra), ensure_ascii=False, separators=(",", ":")),
        ),
    )


def rows(store: Store, *, polled: bool = True) -> list[FeedState]:
    """All polled feeds by URL; with ``polled=False`` also those that only an import names."""
    found = store.rows(f"SELECT {_COLUMNS}, id FROM feeds WHERE polled = 1 OR ? ORDER BY url", (not polled,))
    return [_state(row) for row in found]


def get(store: Store, url: str) -> FeedState | None:
    """One feed's state, None when it was never polled nor named."""
    found = store.rows(f"SELECT {_COLUMNS}, id FROM feeds WHERE url = ?", (url,))
    return _state(found[0]) if found else None


def keep_only(store: Store, urls: set[str]) -> None:
    """The catalogue now holds these: others are no longer polled; their items and their row stay."""
    with store.transaction():
        for state in rows(store):
            if state.url not in urls:
                store.write("UPDATE feeds SET polled = 0 WHERE url = ?", (state.url,))


def _state(row: Any) -> FeedState:
    return FeedState(
        url=row[0],
        publisher=row[1],
        title=row[2],
        polled=bool(row[3]),
        muted=bool(row[4]),
        etag=row[5],
        last_modified=row[6],
        next_due=from_ms(row[7]),
        last_fetched=from_ms(row[8]),
        last_changed=from_ms(row[9]),
        last_status=row[10],
        error_kind=row[11],
        error_text=row[12],
        failures=row[13],
        rhythm=row[14],
        items_per_hour=row[15],
        extra=json.loads(row[16]),
        id=row[17],
    )

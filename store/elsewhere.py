"""Where else a feed's texts stand: copies at other publishers, for judging its clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from store.database import Store
from store.times import from_ms
from stories.evidence import CopyKind

NEWEST = 200
"""Items of a feed that are looked at: a clock changes with summer time, and old copies with it mislead."""


@dataclass(frozen=True, slots=True)
class Copied:
    """A feed's item that another publisher has too."""

    raw: str
    """The item's date exactly as its feed wrote it: what is kept as its time may be corrected."""
    at: datetime
    """The date of the other publisher's item."""
    publisher: str
    """The other publisher."""


_COPIED = """
WITH own AS (
    SELECT i.id, i.publisher, i.published_raw FROM items i JOIN feeds f ON f.id = i.feed
    WHERE f.url = ?1 AND i.published_raw <> '' ORDER BY i.id DESC LIMIT ?2
), pairs AS (
    SELECT own.*, c.of AS other FROM own JOIN copies c ON c.item = own.id WHERE c.kind = ?3
    UNION ALL
    SELECT own.*, c.item FROM own JOIN copies c ON c.of = own.id WHERE c.kind = ?3
)
SELECT p.published_raw, o.published, u.key FROM pairs p JOIN items o ON o.id = p.other
JOIN publishers u ON u.id = o.publisher
WHERE o.published IS NOT NULL AND o.publisher <> p.publisher
"""


def copied_elsewhere(store: Store, url: str) -> list[Copied]:
    """Copies of a feed's newest items at other publishers; its publisher's other feeds share its clock."""
    found = store.rows(_COPIED, (url, NEWEST, CopyKind.COPY.value))
    return [Copied(raw, from_ms(at), publisher) for raw, at, publisher in found]

"""Servers' answers, byte for byte, kept for stories that somebody watches or starred: compressed, each once, bounded."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import sha256

from store.database import Store
from store.times import to_ms

LIMIT = 256 << 20
"""Bytes of packed answers kept at most; the oldest are let go first."""


def wanted(store: Store, items: Iterable[int]) -> bool:
    """Whether any of these items belongs to a watched or starred story, or is starred itself."""
    return bool(
        store.value(
            "SELECT 1 FROM items i JOIN stories s ON s.id = i.story "
            "WHERE i.id IN (SELECT value FROM json_each(?)) AND (s.watched = 1 OR s.starred = 1 OR i.starred = 1) LIMIT 1",
            (json.dumps(list(items)),),
        )
    )


def keep(store: Store, body: bytes, at: datetime, *, limit: int = LIMIT) -> str:
    """Keeps an answer in the caller's transaction, once however often it came; gives its SHA-256."""
    name = sha256(body).hexdigest()
    if store.value("SELECT 1 FROM responses WHERE sha256 = ?", (name,)) is None:
        store.write(
            "INSERT INTO responses (sha256, at, packed) VALUES (?, ?, ?)",
            (name, to_ms(at), zlib.compress(body)),
        )
        _bound(store, limit)
    return name


def get(store: Store, name: str) -> bytes | None:
    """The answer with this SHA-256; None when it was not kept, or let go."""
    packed = store.value("SELECT packed FROM responses WHERE sha256 = ?", (name,))
    return None if packed is None else zlib.decompress(packed)


def kept(store: Store, names: Sequence[str]) -> set[str]:
    """Which of these answers are here."""
    rows = store.rows(
        "SELECT sha256 FROM responses WHERE sha256 IN (SELECT value FROM json_each(?))",
        (json.dumps(list(names)),),
    )
    return {row[0] for row in rows}


def _bound(store: Store, limit: int) -> None:
    held = int(store.value("SELECT coalesce(sum(length(packed)), 0) FROM responses"))
    while held > limit:
        number, size = store.rows("SELECT id, length(packed) FROM responses ORDER BY at, id LIMIT 1")[0]
        store.write("DELETE FROM responses WHERE id = ?", (number,))
        held -= size

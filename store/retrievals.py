"""How items reached us: the answer of a server that brought them, kept so that a snapshot stands as evidence."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from store import articles
from store.database import Store
from store.times import from_ms, to_ms
from stories.provenance import ArticleRead, Retrieval


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer that was read."""

    at: datetime
    status: int
    etag: str = ""
    last_modified: str = ""
    content_type: str = ""
    sha256: str = ""
    """Of the raw answer's bytes, hexadecimal."""
    extractor: str = ""
    """What took the text out of it, with its version."""


def keep(store: Store, feed: int, answered: Answered) -> int:
    """Keep an answer and give its number, in the caller's transaction; the same answer is kept once."""
    held = store.value(
        "SELECT id FROM retrievals WHERE feed = ? AND at = ? AND sha256 = ? ORDER BY id DESC LIMIT 1",
        (feed, to_ms(answered.at), answered.sha256),
    )
    if held is not None:
        return int(held)
    cursor = store.write(
        "INSERT INTO retrievals (feed, at, status, etag, last_modified, content_type, sha256, extractor) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            feed,
            to_ms(answered.at),
            answered.status,
            answered.etag,
            answered.last_modified,
            answered.content_type,
            answered.sha256,
            answered.extractor,
        ),
    )
    return int(cursor.lastrowid or 0)


def of_items(store: Store, items: Sequence[int], as_of: datetime) -> tuple[Retrieval, ...]:
    """How each of these items reached us, in the order asked; an imported one was never fetched.

    An article that was read after ``as_of`` is not named: its text was not known then.
    """
    read = articles.of_items(store, items)
    rows = store.rows(
        "SELECT i.id, r.at, coalesce(f.url, ''), i.published_raw, r.status, r.etag, r.last_modified, r.content_type, "
        "r.sha256, r.extractor FROM items i LEFT JOIN retrievals r ON r.id = i.retrieval "
        "LEFT JOIN feeds f ON f.id = i.feed WHERE i.id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(items)),),
    )
    found = {
        row[0]: Retrieval(
            item=row[0],
            retrieved_at=from_ms(row[1]),
            feed=row[2],
            published_as_given=row[3],
            http_status=row[4],
            etag=row[5] or "",
            last_modified=row[6] or "",
            content_type=row[7] or "",
            response_sha256=row[8] or "",
            extractor=row[9] or "",
            article=_article(read.get(row[0]), as_of),
        )
        for row in rows
    }
    return tuple(found[item] for item in items if item in found)


def _article(read: articles.Read | None, as_of: datetime) -> ArticleRead | None:
    if read is None or read.trouble or read.at > as_of:
        return None
    return ArticleRead(read.at, read.url, read.text_sha256, read.page_sha256, read.extractor)

"""Articles read behind items' links: their text as the item's body, with its hash; and those that could not be had."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from store.database import Store
from store.times import from_ms, to_ms
from stories.evidence import Stance
from stories.item import Item


@dataclass(frozen=True, slots=True)
class Missing:
    """An item of a watched story that has no text beyond its feed's words."""

    item: int
    link: str
    feed: str
    """URL of the feed that brought it; empty for an import."""


@dataclass(frozen=True, slots=True)
class Read:
    """An article that was read, or why it wasn't."""

    item: int
    at: datetime
    url: str = ""
    text_sha256: str = ""
    """Of the extracted text, UTF-8, hexadecimal."""
    page_sha256: str = ""
    """Of the page's bytes, hexadecimal."""
    extractor: str = ""
    trouble: str = ""


def missing(store: Store, since: datetime, tried_before: datetime, limit: int) -> list[Missing]:
    """Items of watched stories since a time that have a link but no body, newest first.

    Left out are those that were tried at or after ``tried_before``, and those that were read.
    """
    # By story, then item: CROSS JOIN keeps SQLite from walking all items to find the few watched.
    found = store.rows(
        "SELECT i.id, i.link, coalesce(f.url, '') FROM stories s CROSS JOIN memberships m CROSS JOIN items i "
        "LEFT JOIN articles a ON a.item = i.id LEFT JOIN feeds f ON f.id = i.feed "
        "WHERE s.watched = 1 AND m.story = s.id AND m.until IS NULL AND i.id = m.item "
        "AND i.effective >= ?1 AND i.link <> '' AND i.body = '' "
        "AND (a.item IS NULL OR (a.trouble <> '' AND a.at < ?2)) ORDER BY i.id DESC LIMIT ?3",
        (to_ms(since), to_ms(tried_before), limit),
    )
    return [Missing(*row) for row in found]


def keep(store: Store, read: Read) -> None:
    """Note an article that was read, or that could not be, in the caller's transaction."""
    store.write(
        "INSERT OR REPLACE INTO articles (item, at, url, text_sha256, page_sha256, extractor, trouble) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            read.item,
            to_ms(read.at),
            read.url,
            read.text_sha256,
            read.page_sha256,
            read.extractor,
            read.trouble,
        ),
    )


def fill(store: Store, item: Item, at: datetime, stance: Stance | None) -> None:
    """Give an item the body of its article; what it was before is kept, so that earlier moments stay as they were.

    Unlike `store.intake.revise` it doesn't call the item revised: nobody edited it.
    """
    store.write(
        "INSERT OR IGNORE INTO revisions (item, until, title, summary, body) "
        "SELECT id, ?, title, summary, body FROM items WHERE id = ?",
        (to_ms(at), item.id),
    )
    store.write("UPDATE items SET body = ?, stance = ? WHERE id = ?", (item.body, stance, item.id))


def of_items(store: Store, items: Sequence[int]) -> dict[int, Read]:
    """The last attempt for each of these items that had one."""
    found = store.rows(
        "SELECT item, at, url, text_sha256, page_sha256, extractor, trouble FROM articles "
        "WHERE item IN (SELECT value FROM json_each(?))",
        (json.dumps(list(items)),),
    )
    return {row[0]: Read(row[0], from_ms(row[1]), *row[2:]) for row in found}

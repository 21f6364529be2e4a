"""Taking items in: what is known of an entry's keys, new items, edits, further sightings."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from store.database import Store
from store.items import bits_of
from store.times import from_ms, to_ms
from stories.evidence import Stance
from stories.item import Item

_KEY_BYTES = 13
"""A key of feeds.identity in the file: its letter and twelve bytes of digest."""
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class KnownItem:
    """A stored item that shares a key with an entry that came."""

    id: int
    keys: frozenset[str]
    title: str
    summary: str
    body: str
    published: datetime | None
    feed: str
    earlier: tuple[tuple[str, str], ...] = ()
    """Every earlier title and summary."""


@dataclass(frozen=True, slots=True)
class NewItem:
    """An item to be stored: the item, its keys, and where it belongs."""

    item: Item
    keys: tuple[str, ...]
    known: datetime
    """When we knew of it: our first sighting, or an imported item's own time."""
    stance: Stance | None = None
    story: int | None = None
    """Where it is placed at once (`store.placing.place` keeps the membership)."""
    retrieval: int | None = None
    """The answer that brought it (`store.retrievals`); None for an archive's item."""
    published_raw: str = ""
    """The date exactly as the feed wrote it."""


def known(store: Store, keys: Collection[str]) -> list[KnownItem]:
    """All stored items that hold any of these keys of `feeds.identity`."""
    asked = [_packed(key) for key in keys]
    found: set[int] = set()
    for page in _pages(asked):
        rows = store.rows(f"SELECT item FROM item_keys WHERE key IN ({','.join('?' * len(page))})", page)
        found.update(row[0] for row in rows)
    return _known_items(store, sorted(found))


def next_id(store: Store) -> int:
    """The number the next item gets; only its one writer may rely on it."""
    return int(store.value("SELECT coalesce(max(id), 0) + 1 FROM items"))


@dataclass(slots=True)
class Names:
    """Numbers of publishers and feeds, remembered by the one writer so that each is looked up once."""

    store: Store
    _publishers: dict[str, int] = field(default_factory=dict)
    _feeds: dict[str, int] = field(default_factory=dict)

    def publisher(self, key: str) -> int:
        """The publisher's number; a new one is added in the caller's transaction."""
        number = self._publishers.get(key)
        if number is None:
            self.store.write("INSERT OR IGNORE INTO publishers (key) VALUES (?)", (key,))
            number = int(self.store.value("SELECT id FROM publishers WHERE key = ?", (key,)))
            self._publishers[key] = number
        return number

    def feed(self, url: str) -> int | None:
        """The feed's number, None for no URL; a new one is added as not polled."""
        if not url:
            return None
        number = self._feeds.get(url)
        if number is None:
            self.store.write("INSERT OR IGNORE INTO feeds (url) VALUES (?)", (url,))
            number = int(self.store.value("SELECT id FROM feeds WHERE url = ?", (url,)))
            self._feeds[url] = number
        return number

    def forget(self) -> None:
        """After a rolled-back transaction: what was added in it is gone."""
        self._publishers.clear()
        self._feeds.clear()


_ADD = """
INSERT INTO items (id, guid, publisher, feed, effective, published, first_seen, known, flags, story, stance, lang,
                   keys, link, title, summary, links, body, retrieval, published_raw)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
INDEX = """
INSERT INTO items_fts (rowid, title, summary, body) SELECT id, title, summary, body FROM items WHERE id BETWEEN ? AND ?
"""
"""Puts new items, from one number to another, into the search index; for whoever inserts items themselves."""


def add(store: Store, names: Names, new: Sequence[NewItem]) -> None:
    """Store new items under the numbers they carry (`next_id` and on), in the caller's transaction."""
    packed = [[_packed(key) for key in one.keys] for one in new]
    store.write_all(
        _ADD, [_values(names, one, b"".join(keys)) for one, keys in zip(new, packed, strict=True)]
    )
    store.write_all(
        "INSERT OR IGNORE INTO item_keys (key, item) VALUES (?, ?)",
        [(key, one.item.id) for one, keys in zip(new, packed, strict=True) for key in keys],
    )
    if new:
        numbers = [one.item.id for one in new]
        store.write(INDEX, (min(numbers), max(numbers)))


def revise(store: Store, item: Item, at: datetime, stance: Stance | None) -> None:
    """Keep the item's present text as a revision that held until ``at``, and take its new one."""
    store.write(
        "INSERT OR IGNORE INTO revisions (item, until, title, summary, body) "
        "SELECT id, ?, title, summary, body FROM items WHERE id = ?",
        (to_ms(at), item.id),
    )
    store.write(
        "UPDATE items SET title = ?, summary = ?, body = ?, links = ?, stance = ?, revised = revised + 1 WHERE id = ?",
        (item.title, item.summary, item.body, _links(item), stance, item.id),
    )


def sight(store: Store, names: Names, item: int, feed: str, at: datetime) -> None:
    """Note that this feed carries the item too; a second time changes nothing."""
    number = names.feed(feed)
    if number is None:
        return
    store.write(
        "INSERT OR IGNORE INTO sightings (item, feed, at) SELECT ?, ?, ? FROM items WHERE id = ? AND feed IS NOT ?",
        (item, number, to_ms(at), item, number),
    )


def learn_keys(store: Store, item: int, keys: Iterable[str]) -> None:
    """The item was also seen under these keys, none of which it had."""
    packed = [_packed(key) for key in keys]
    if not packed:
        return
    store.write_all(
        "INSERT OR IGNORE INTO item_keys (key, item) VALUES (?, ?)", [(key, item) for key in packed]
    )
    store.write("UPDATE items SET keys = CAST(keys || ? AS BLOB) WHERE id = ?", (b"".join(packed), item))


def split_keys(keys: bytes) -> list[bytes]:
    """An item's keys, one by one, as `item_keys` has them."""
    return [keys[at : at + _KEY_BYTES] for at in range(0, len(keys), _KEY_BYTES)]


def retired(store: Store, keys: Collection[str]) -> set[str]:
    """Which of these keys belonged to items that retention deleted."""
    asked = {_packed(key): key for key in keys}
    found: set[str] = set()
    for page in _pages(list(asked)):
        rows = store.rows(f"SELECT key FROM retired_keys WHERE key IN ({','.join('?' * len(page))})", page)
        found.update(asked[row[0]] for row in rows)
    return found


def _pages(values: Sequence[bytes]) -> list[Sequence[bytes]]:
    return [values[at : at + _CHUNK] for at in range(0, len(values), _CHUNK)]


def _known_items(store: Store, numbers: Sequence[int]) -> list[KnownItem]:
    rows: list[Any] = []
    earlier: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for at in range(0, len(numbers), _CHUNK):
        page = numbers[at : at + _CHUNK]
        marks = ",".join("?" * len(page))
        rows += store.rows(
            "SELECT i.id, i.keys, i.title, i.summary, i.body, i.published, coalesce(f.url, ''), i.revised "
            f"FROM items i LEFT JOIN feeds f ON f.id = i.feed WHERE i.id IN ({marks})",
            page,
        )
    revised = [row[0] for row in rows if row[7]]
    for number in revised:
        for title, summary in store.rows("SELECT title, summary FROM revisions WHERE item = ?", (number,)):
            earlier[number].append((title, summary))
    return [
        KnownItem(
            row[0], _unpacked(row[1]), row[2], row[3], row[4], from_ms(row[5]), row[6], tuple(earlier[row[0]])
        )
        for row in rows
    ]


def _values(names: Names, one: NewItem, keys: bytes) -> tuple[object, ...]:
    item = one.item
    effective = item.effective
    if effective is None or item.first_seen is None:
        raise ValueError("an item is stored with the time it was first seen")
    return (
        item.id,
        item.guid,
        names.publisher(item.publisher),
        names.feed(item.feed),
        to_ms(effective),
        to_ms(item.published),
        to_ms(item.first_seen),
        to_ms(one.known),
        bits_of(item.flags),
        one.story,
        one.stance,
        item.lang,
        keys,
        item.link,
        item.title,
        item.summary,
        _links(item),
        item.body,
        one.retrieval,
        one.published_raw,
    )


def _links(item: Item) -> str:
    if not item.links:
        return ""
    return json.dumps(
        [[link.href, link.text] for link in item.links], ensure_ascii=False, separators=(",", ":")
    )


def _packed(key: str) -> bytes:
    return key[0].encode("ascii") + bytes.fromhex(key[1:])


def _unpacked(keys: bytes) -> frozenset[str]:
    return frozenset(chr(part[0]) + part[1:].hex() for part in split_keys(keys))

"""Which of some entries are new, which are edits, which were seen before: feeds' verdicts over the store's rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from feeds.entry import Entry
from feeds.identity import Known, New, Revised, decide_all, keys, text_mark
from store import intake
from store.database import Store
from store.intake import KnownItem
from stories.item import DateFlag, Item


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A new item under its number."""

    item: Item
    keys: tuple[str, ...]
    index: int
    """Which of the batch's entries it is."""
    published_raw: str


@dataclass(frozen=True, slots=True)
class Edit:
    """An item whose words a feed has changed."""

    item: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class Sighting:
    """An item that came again, perhaps from another feed or under a key it did not have."""

    item: int
    feed: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Arrivals:
    """A batch, sorted by what is to be done with it."""

    new: tuple[Newcomer, ...]
    """In order."""
    edits: tuple[Edit, ...]
    sightings: tuple[Sighting, ...]
    seen: int
    """Entries that are known already and unchanged."""


def sort(store: Store, entries: Sequence[Entry], now: datetime) -> Arrivals:
    """Decide for each entry of a batch; reads the store, writes nothing."""
    named = [keys(entry) for entry in entries]
    entry_keys = [tuple(found) for found in named]
    every_key = {key for held in entry_keys for key in held}
    stored = intake.known(store, every_key)
    retired = intake.retired(store, every_key)
    learnt = {item.id: set(item.keys) for item in stored}
    feeds = {item.id: item.feed for item in stored}
    verdicts = decide_all(entries, [_known(item) for item in stored], named)
    number = intake.next_id(store)
    new: list[Newcomer] = []
    edits: list[Edit] = []
    sightings: list[Sighting] = []
    numbers: dict[int, int] = {}
    seen = 0
    for index, (entry, held, verdict) in enumerate(zip(entries, entry_keys, verdicts, strict=True)):
        if isinstance(verdict, New) and not retired.isdisjoint(held):
            seen += 1  # it was let go for its age; that its feed still lists it makes it no news
            continue
        if isinstance(verdict, New):
            numbers[-(index + 1)] = number
            new.append(Newcomer(item_of(entry, number, now), held, index, entry.published_raw))
            learnt[number], feeds[number] = set(held), entry.feed
            number += 1
            continue
        item = numbers.get(verdict.id, 0) if verdict.id < 0 else verdict.id
        if not item:
            seen += 1  # the same as one that was let go
            continue
        if isinstance(verdict, Revised):
            edits.append(Edit(item, entry))
        else:
            seen += 1
        fresh = tuple(key for key in held if key not in learnt[item])
        learnt[item].update(fresh)
        if fresh or (entry.feed and entry.feed != feeds[item]):
            sightings.append(Sighting(item, entry.feed, fresh))
    return Arrivals(tuple(new), tuple(edits), tuple(sightings), seen)


def item_of(entry: Entry, number: int, now: datetime) -> Item:
    """The item of a new entry, first seen ``now``; its date is flagged when it is missing or in the future."""
    flags = set(entry.flags)
    if entry.published is None:
        flags.add(DateFlag.UNDATED)
    elif entry.published > now:
        flags.add(DateFlag.FUTURE)
    return Item(
        id=number,
        guid=entry.guid,
        publisher=entry.publisher,
        title=entry.title,
        summary=entry.summary,
        body=entry.body,
        link=entry.link,
        published=entry.published,
        first_seen=now,
        lang=entry.lang,
        feed=entry.feed,
        links=entry.links,
        flags=frozenset(flags),
    )


def edited(item: Item, entry: Entry) -> Item:
    """The item with the words a feed now gives it; when it was published and first seen stays."""
    return replace(
        item,
        title=entry.title,
        summary=entry.summary,
        body=entry.body or item.body,
        links=entry.links or item.links,
    )


def _known(item: KnownItem) -> Known:
    return Known(
        item.id,
        item.keys,
        item.title,
        item.summary,
        item.published,
        item.feed,
        frozenset(text_mark(*words) for words in ((item.title, item.summary), *item.earlier)),
    )

"""Which entry is which item: the same across rotating GUIDs, duplicate GUIDs, vanishing and return.

The store keeps, for every item, each key of `keys` that any sighting of it ever had (many keys to
one item; a key may belong to several items, as when a feed uses one GUID twice). To decide about an
entry it looks up all items that hold *any* of the entry's keys and gives them to `decide`, or a
whole batch to `decide_all`, which also sees the batch's own new items. After every verdict it adds
the entry's keys to the item's.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from feeds.entry import Entry
from feeds.keys import Keys as Keys
from feeds.keys import keys as keys
from feeds.keys import text_mark as text_mark
from stories.address import canonical

_WORDS = re.compile(r"\w+")
_HASH = re.compile(r"(?<![0-9a-f])[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12,}", re.IGNORECASE)
_NUMBER = re.compile(r"\d{5,}")
_ARTICLE = re.compile(r"\d{3}|[^/]-[^/]*-[^/]*-|[?&][^=]+=[^&]*\d")


@dataclass(frozen=True, slots=True)
class Known:
    """A stored item that shares a key with an entry, as far as `decide` looks at it."""

    id: int
    keys: Collection[str]
    """All keys that its sightings ever had."""
    title: str
    summary: str
    published: datetime | None
    feed: str
    """The feed whose words the current title and summary are."""
    texts: frozenset[str] = field(default_factory=frozenset)
    """`text_mark` of the current and every earlier title and summary."""


@dataclass(frozen=True, slots=True)
class New:
    """No stored item is this entry."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Item ``id`` again, with the words it has or once had."""

    id: int


@dataclass(frozen=True, slots=True)
class Revised:
    """Item ``id`` with words it never had: its present ones are to be kept as a revision."""

    id: int
    title: bool
    """The title differs."""
    summary: bool
    """The summary differs."""


Verdict = New | Seen | Revised


def decide(entry: Entry, known: Iterable[Known], *, shared_guid: bool = False) -> Verdict:
    """Whether an entry is new, seen before, or a silently edited item; the order of ``known`` is of no account.

    ``shared_guid``: other entries of the same document have its GUID too, so that it says little.
    """
    return _decided(entry, keys(entry), known, shared_guid)


def _decided(entry: Entry, own: Keys, known: Iterable[Known], shared_guid: bool) -> Verdict:
    best: tuple[int, int] | None = None
    found: Known | None = None
    for item in known:
        sure = _sureness(entry, own, item, shared_guid)
        if sure and (best is None or (sure, -item.id) > best):
            best, found = (sure, -item.id), item
    if found is None:
        return New()
    return _compared(entry, found)


def decide_all(
    entries: Sequence[Entry], known: Iterable[Known], all_keys: Sequence[Keys] | None = None
) -> list[Verdict]:
    """`decide` for a batch, where later entries may be the same as earlier new ones.

    A new item of this batch is named by ``-(index + 1)`` of the entry that made it. Marks and keys
    learnt on the way count at once, so one document that lists an item twice makes no second one.
    ``all_keys``: the `keys` of each entry, where they were asked for already.
    """
    by_key: dict[str, list[_Learning]] = {}
    for item in known:
        learning = _Learning(item)
        for key in item.keys:
            by_key.setdefault(key, []).append(learning)
    links: dict[str, set[str]] = {}
    if all_keys is None:
        all_keys = [keys(entry) for entry in entries]
    for named in all_keys:
        if named.link:
            links.setdefault(named.guid, set()).add(named.link)
    verdicts: list[Verdict] = []
    for index, (entry, named) in enumerate(zip(entries, all_keys, strict=True)):
        own = tuple(named)
        candidates = {id(held): held for key in own for held in by_key.get(key, ())}
        if candidates:
            shared = len(links.get(named.guid, ())) > 1
            verdict = _decided(entry, named, [held.item for held in candidates.values()], shared)
        else:
            verdict = New()
        verdicts.append(verdict)
        if isinstance(verdict, New):
            held = _Learning(None, entry, own, -(index + 1))
            missing = own
        else:
            held = next(held for held in candidates.values() if held.item.id == verdict.id)
            missing = tuple(key for key in own if key not in held.item.keys)
            held.learn(entry, missing, revised=isinstance(verdict, Revised))
        for key in missing:
            by_key.setdefault(key, []).append(held)
    return verdicts


@dataclass(slots=True)
class _Learning:
    """A known item as the batch goes on, or a new one of the batch, whose marks are made when they are asked for."""

    known: Known | None
    entry: Entry | None = None
    own: Sequence[str] = ()
    number: int = 0

    @property
    def item(self) -> Known:
        """What is known of it by now."""
        if self.known is None:
            entry = self.entry
            assert entry is not None
            marks = frozenset({text_mark(entry.title, entry.summary)})
            words = (entry.title, entry.summary, entry.published, entry.feed)
            self.known = Known(self.number, self.own, *words, marks)
        return self.known

    def learn(self, entry: Entry, new_keys: Sequence[str], *, revised: bool) -> None:
        old = self.item
        if not new_keys and not revised:
            return
        self.known = Known(
            old.id,
            {*old.keys, *new_keys},
            entry.title if revised else old.title,
            entry.summary if revised else old.summary,
            entry.published if revised else old.published,
            entry.feed if revised else old.feed,
            old.texts | {text_mark(entry.title, entry.summary)} if revised else old.texts,
        )


def _sureness(entry: Entry, own: Keys, item: Known, shared_guid: bool) -> int:
    """How surely the entry is the item: 0 not at all, 5 by everything it has."""
    same_guid = bool(own.guid) and own.guid in item.keys
    if same_guid and shared_guid and (own.link or not _same_words(entry, item)):
        # A GUID that stands on several links of one document tells them apart as little as none.
        same_guid = False
    same_link = bool(own.link) and own.link in item.keys
    if same_guid and same_link:
        return 5
    if own.text and own.text in item.keys:
        return 4
    if not same_guid and not same_link:
        return 0
    if _same_words(entry, item):
        return 4
    same_time = entry.published is not None and entry.published == item.published
    if same_guid:
        # Without a link there is only the GUID to go by. One that could be nobody else's holds while
        # headline, address and date are rewritten together, as New Zealand's papers do with breaking
        # news. A plain "1" on other words at another address and time is a feed's mistake.
        return 2 if same_time or not own.link or _telling(entry) else 0
    # A GUID that rotates while the headline is edited: the article's address still says which it is.
    # Several items that all link to the front page, or to one live page, share an address only.
    if not _ARTICLE.search(canonical(entry.link)):
        return 0
    return 3 if same_time or not own.guid else 1


def _telling(entry: Entry) -> bool:
    """Whether a GUID names its entry beyond doubt: a hash or UUID, or the number that stands in the link."""
    if _HASH.search(entry.guid):
        return True
    number = max(_NUMBER.findall(entry.guid), key=len, default="")
    return bool(number) and number in entry.link


def _compared(entry: Entry, item: Known) -> Verdict:
    title = _spaced(entry.title) != _spaced(item.title)
    summary = _spaced(entry.summary) != _spaced(item.summary)
    if not title and not summary:
        return Seen(item.id)
    # Two feeds of one publisher word an item differently all day: a sighting, not an edit. Likewise
    # a feed that goes back and forth between two wordings (caches, headline tests) has edited once.
    if (entry.feed and item.feed and entry.feed != item.feed) or (
        text_mark(entry.title, entry.summary) in item.texts
    ):
        return Seen(item.id)
    return Revised(item.id, title, summary)


def _same_words(entry: Entry, item: Known) -> bool:
    """Whether the headline is much the same, or the item once had these very words."""
    return _alike(entry.title, item.title) or text_mark(entry.title, entry.summary) in item.texts


def _alike(a: str, b: str) -> bool:
    left, right = set(_WORDS.findall(a.casefold())), set(_WORDS.findall(b.casefold()))
    if not left or not right:
        return a == b
    return len(left & right) * 2 >= min(len(left), len(right)) and len(left & right) * 3 >= len(left | right)


def _spaced(text: str) -> str:
    return " ".join(text.split())

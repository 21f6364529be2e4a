"""What an entry can be found by again: keys by its GUID, its link, its words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b

from feeds.entry import Entry
from stories.address import canonical

_GLOBAL_GUID = re.compile(r"^(?:[a-z][a-z0-9+.-]*://|urn:|tag:)|^[0-9a-f-]{24,}$", re.IGNORECASE)
_EDIT_COUNTER = re.compile(r"#\d{1,3}$")


@dataclass(frozen=True, slots=True)
class Keys:
    """What an entry can be found by again; an empty key finds nothing."""

    guid: str
    link: str
    text: str

    def __iter__(self) -> Iterator[str]:
        return iter([key for key in (self.guid, self.link, self.text) if key])


def keys(entry: Entry) -> Keys:
    """The keys of an entry; its `feed` and `publisher` must be set.

    A GUID that looks unique in the world counts within the publisher, a short one ("1234") only
    within its feed; a link counts within the publisher. Words are a key only where there is neither.
    """
    guid_key, link_key = _named(entry.guid, entry.link, entry.publisher, entry.feed)
    text_key = ""
    if not guid_key and not link_key:
        stated = entry.published.isoformat() if entry.published else entry.published_raw
        text_key = _digest("t", entry.feed or entry.publisher, entry.title or entry.summary, stated)
    return Keys(guid_key, link_key, text_key)


def _named(guid: str, link: str, publisher: str, feed: str) -> tuple[str, str]:
    """The keys by GUID and by link."""
    guid = _EDIT_COUNTER.sub("", guid.strip()) if "://" in guid else guid.strip()
    guid_key = ""
    if guid:
        scope = publisher if _GLOBAL_GUID.match(guid) or not feed else feed
        guid_key = _digest("g", scope, _bare(guid) if "://" in guid else guid)
    return guid_key, _digest("l", publisher, canonical(link)) if link else ""


def text_mark(title: str, summary: str) -> str:
    """A short mark of an item's words, equal when only spacing differs."""
    return _digest("w", " ".join(title.split()), " ".join(summary.split()))


def _bare(url: str) -> str:
    scheme, _, rest = url.partition("://")
    return rest if scheme.lower() in ("http", "https") else url


def _digest(*parts: str) -> str:
    joined = "\x1f".join(parts[1:]).encode("utf-8", "surrogatepass")
    return parts[0] + blake2b(joined, digest_size=12).hexdigest()

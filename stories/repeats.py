"""What a feed repeats in every item (blurbs, link stubs, newsletter frames, a name behind each title)."""

from __future__ import annotations

import re
import zlib
from functools import lru_cache

from stories.item import Item

_TIMES = 4
"""Items with unlike titles that must carry a segment before it counts as the feed's own."""
_ENDS = 3
"""Segments looked at from each end of a text: frames stand around the news, not inside it."""
_ROOM = 900
"""Segments remembered for one feed, about its last 150 items; what is known to repeat stays."""

# Each begins with one sign of a kind, which Python searches for; with ways to begin it tries each at every letter.
_SEGMENT = re.compile(r"\s(?:(?<=[.!?…»\]]\s)\s*|(?<=\n)\n*|\s*[|•·►]\s*)")
_TITLE_PART = re.compile(r"[\s:](?:(?<=\s)\s*[-–—|:]+\s+|(?<=:)\s+)")
_FIGURE = re.compile(r"\d\d*")
_WORD = re.compile(r"[^\W\d_]{4,}")


_Segments = dict[int, tuple[int, str]]
"""Of each segment of a feed, how often it came and the last title it was counted under.

Nearly all come once, and those of one item share their pair: a hundred thousand are held while an archive is read.
"""


class Repeats:
    """Learns each feed's repetitions from its items and leaves them out of what is compared."""

    def __init__(self) -> None:
        self._feeds: dict[str, _Segments] = {}

    def strip(self, item: Item) -> tuple[str, str, str]:
        """Title, summary and body without what the feed repeats; a title is never emptied."""
        feed = self._feeds.get(item.feed or item.publisher)
        if feed is None:
            return item.title, item.summary, item.body
        title = item.title
        parts = _TITLE_PART.split(title)
        if len(parts) > 1:
            kept = [part for part in parts if not _repeats(feed, part)]
            if kept and len(kept) < len(parts):
                title = " ".join(kept)
        return title, _strip(feed, item.summary), _strip(feed, item.body)

    def learn(self, item: Item) -> None:
        """Counts an item's segments for its feed."""
        named = item.feed or item.publisher
        feed = self._feeds.setdefault(named, {})
        parts = _TITLE_PART.split(item.title)
        title = max(parts, key=len)
        segments = {_key(part) for part in parts} if len(parts) > 1 else set()
        for text in (item.summary, item.body):
            if text:
                split = _segments(text)
                segments |= {_key(part) for part in split[:_ENDS] + split[-_ENDS:]}
        first = (1, title)
        for key in segments:
            known = feed.setdefault(key, first)
            # Updates of one piece repeat its sentences under much the same title: that is no frame.
            if known is not first and known[0] < _TIMES and _unlike(title, known[1]):
                feed[key] = (known[0] + 1, title)
        if len(feed) > _ROOM:
            young = list(feed.items())[-_ROOM // 2 :]
            self._feeds[named] = {key: each for key, each in feed.items() if each[0] >= _TIMES} | dict(young)


def _unlike(title: str, other: str) -> bool:
    """Whether two titles share half of the shorter one's words at most."""
    words, theirs = (frozenset(_WORD.findall(each.lower())) for each in (title, other))
    return 2 * len(words & theirs) <= min(len(words), len(theirs))


def _strip(feed: _Segments, text: str) -> str:
    if not text:
        return text
    split = _segments(text)
    head = [part for part in split[:_ENDS] if not _repeats(feed, part)]
    tail = split[_ENDS:]
    end = [part for part in tail[-_ENDS:] if not _repeats(feed, part)]
    if len(head) + len(end) == min(len(split), 2 * _ENDS):
        return text
    return "\n".join([*head, *tail[:-_ENDS], *end])


@lru_cache(maxsize=4)
def _segments(text: str) -> list[str]:
    # an item's texts are stripped and then learnt from
    return _SEGMENT.split(text)


def _repeats(feed: _Segments, part: str) -> bool:
    known = feed.get(_key(part))
    return known is not None and known[0] >= _TIMES


@lru_cache(maxsize=64)
def _key(part: str) -> int:
    return zlib.crc32(_FIGURE.sub("#", part.strip().lower()).encode())

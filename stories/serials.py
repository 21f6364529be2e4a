"""Pieces that come again and again under one title but for a figure or a day (puzzle answers, horoscopes, day 194).

Each edition is as like the last as copies are, so that one story would take them in for months. Two editions
of different days say nothing about one event; what else an edition is near to still counts.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from functools import cache, lru_cache
from importlib import resources

_WINDOW = 4
"""Words of a title's frame, the figure among them: fewer are common turns ("killed in 3")."""
_DAYS = 3
"""Days on which a publisher must have used a frame: a death toll is often told anew on a second day."""
_CADENCE = 8
"""Days after which a frame counts from the start again: a serial comes daily or weekly."""
_APART = 0.6 * 86_400
"""Seconds between editions; less is one edition put right."""
_ROOM = 40_000
"""Frames remembered, of all publishers together; those not used for longest go first."""
_SLOT = "#"
_DIGIT = re.compile("[0-9]")


class Serials:
    """Learns the frames of each publisher's serials from titles as they come."""

    def __init__(self) -> None:
        self._frames: dict[int, tuple[int, int]] = {}
        """Of each publisher's frame: the last day it was used on, and how many days in a row of `_CADENCE`."""

    def learn(self, publisher: str, title: str, at: float | None) -> None:
        """Counts a title's frames for its publisher; ``title`` is folded, ``at`` in epoch seconds."""
        if at is None:
            return
        found = frames(title)
        if not found:
            return
        day = int(at // 86_400)
        for frame in found:
            key = _key(publisher, frame)
            last, days = self._frames.pop(key, (day, 1))
            if day > last:
                days = days + 1 if day - last <= _CADENCE else 1
            self._frames[key] = max(day, last), days
        if len(self._frames) > _ROOM:
            for key in list(self._frames)[: _ROOM // 4]:
                del self._frames[key]

    def editions(self, publisher: str, title: str) -> frozenset[str]:
        """The frames of a title that its publisher is known to repeat; empty when it is no edition."""
        return frozenset(
            frame for frame in frames(title) if self._frames.get(_key(publisher, frame), (0, 0))[1] >= _DAYS
        )


def are_editions(known: frozenset[str], at: float | None, other_title: str, other_at: float | None) -> bool:
    """Whether another title is a different day's edition of the serial these known frames belong to."""
    if not known or at is None or other_at is None or abs(at - other_at) < _APART:
        return False
    return not known.isdisjoint(frames(other_title))


def frames(title: str) -> tuple[str, ...]:
    """The frames of a folded title: runs of its words around a figure or a day, which stand as "#"."""
    if title.isascii() and _DIGIT.search(title) is None and _calendar().isdisjoint(title.split()):
        return ()  # most titles
    return _frames(title)


@lru_cache(maxsize=512)
def _frames(title: str) -> tuple[str, ...]:
    words: list[str] = []
    calendar = _calendar()
    for word in title.split():
        figure = not word.isalpha() and any(map(str.isdigit, word))
        if figure or word in calendar or (not word.isascii() and _folded(word) in calendar):
            if not words or words[-1] != _SLOT:
                words.append(_SLOT)
        else:
            words.append(word)
    if _SLOT not in words:
        return ()
    found = [words[at : at + _WINDOW] for at in range(len(words) - _WINDOW + 1)]
    if _SLOT in words[:3]:
        found.append(words[:3])
    return tuple(" ".join(run) for run in found if _SLOT in run and len(run) > 1)


def _key(publisher: str, frame: str) -> int:
    return zlib.crc32(f"{publisher}\t{frame}".encode())


def _folded(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word.replace("ł", "l"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


@cache
def _calendar() -> frozenset[str]:
    path = resources.files("stories") / "lexicon" / "calendar.tsv"
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(
        word for line in lines if not line.startswith("#") for word in line.split("\t")[1].split()
    )

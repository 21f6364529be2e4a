"""Copies: whose text is (nearly) whose, by word 5-grams that both contain."""

from __future__ import annotations

import re
import zlib
from array import array
from collections.abc import Collection, Iterable
from itertools import compress

from stories.evidence import CopyKind

_GRAM = 5
_FEWEST = 6
"""Fewer shared-size grams than this prove nothing: a short blurb is not a copy of a headline."""
_CHANCE = 40
"""A gram found in more live items than this is a formula ("the views expressed in this article")."""
_CROWDED = 4 * _CHANCE
"""Numbers at one place from which on a formula is looked for before more are put there."""
INDEXED = 4
"""Grams that this number divides are indexed: of a text of 30 words about seven."""
_PLACES = 1 << 16
"""Places of the index: thirty thousand live items bring six or seven grams to each."""
COPY_AT = 0.5
CREDITED_AT = 0.25
"""A credit line ("(AP)") says whose text it is; what an editor then changed does not make it another's."""
QUOTED_AT = 0.1
"""Bounds of the COPY and QUOTED badges (MEASURES.md)."""

# Brackets and ellipses are an editor's, and every outlet has its own quote marks.
_EDITED = re.compile(r"\[[^\]]{0,40}\]|…|\.\.\.")
_WORD = re.compile(r"[^\W_]+")
_SPACED = bytes(sign if chr(sign).isalnum() else ord(" ") for sign in range(128)) + bytes(128)
"""What parts words in ASCII, as spaces."""
_MARKS = "’‘“”„«»–—"
"""The marks without which a third of all other texts are ASCII, too."""


def shingles(text: str) -> frozenset[int]:
    """The word 5-grams of a text as 32-bit hashes, quotation normalised (brackets, ellipses, quote marks)."""
    if "[" in text or "…" in text or "..." in text:
        text = _EDITED.sub(" ", text)
    low = text.lower()
    if not low.isascii():
        for mark in _MARKS:
            low = low.replace(mark, " ")
    # Letters of English alone are cut by a table of bytes, in a third of the time.
    held = low.encode().translate(_SPACED) if low.isascii() else " ".join(_WORD.findall(low)).encode()
    words = held.split()
    grams = zip(*(words[first:] for first in range(_GRAM)), strict=False)
    return frozenset(map(zlib.crc32, map(b" ".join, grams)))


def containment(a: Collection[int], b: Collection[int]) -> float:
    """Shared 5-grams over the smaller text's, 0..1; 0 when either is too short to tell."""
    smaller = min(len(a), len(b))
    return len(frozenset(a).intersection(b)) / smaller if smaller >= _FEWEST else 0.0


def kind_of(share: float, *, credited: bool = False) -> CopyKind | None:
    """COPY from 0.5, or from 0.25 of a publisher that the item's credit line names; QUOTED from 0.1, else none."""
    if share >= (CREDITED_AT if credited else COPY_AT):
        return CopyKind.COPY
    return CopyKind.QUOTED if share >= QUOTED_AT else None


class CopyIndex:
    """Which live items share 5-grams; looking up is linear in the text, not in the items.

    Every fourth gram by hash is indexed: enough to find any COPY, since half of the smaller text's grams are shared.
    """

    def __init__(self) -> None:
        # Grams and their items in turns, a few pairs in each place: a dictionary takes five times as much, which was
        # a quarter of what a live item weighs in memory.
        self._held: list[array[int] | None] = [None] * _PLACES
        self._back: list[tuple[int, Iterable[int]]] = []

    def add(self, item: int, grams: Iterable[int]) -> None:
        """Indexes an item's grams, each once; its number is a store's, above 0."""
        self.settle()
        self._index(item, [gram for gram in grams if not gram % INDEXED])

    def bring_back(self, item: int, indexed: Iterable[int]) -> None:
        """As `add`, where the grams to index were told apart before; `settle` is to follow, or comes with the next call."""
        self._back.append((item, indexed))

    def settle(self) -> None:
        """Indexes what was brought back, all in a row: between other work each item takes half as long again."""
        if self._back:
            for item, indexed in self._back:
                self._index(item, indexed)
            self._back.clear()

    def _index(self, item: int, indexed: Iterable[int]) -> None:
        table = self._held
        for gram in indexed:
            place = gram // INDEXED % _PLACES
            held = table[place]
            if held is None:
                table[place] = array("I", (gram, item))
            elif len(held) < _CROWDED or held.count(gram) <= _CHANCE:
                add = held.append
                add(gram)
                add(item)

    def remove(self, item: int, grams: Iterable[int]) -> None:
        """Forgets an item."""
        self.settle()
        for gram in grams:
            if not gram % INDEXED:
                place = gram // INDEXED % _PLACES
                held = self._held[place]
                at = 0
                while held is not None and at < len(held):
                    if held[at] == gram and held[at + 1] == item:
                        del held[at : at + 2]
                        if not held:
                            self._held[place] = None
                        break
                    at += 2

    def near(self, grams: Iterable[int], most: int = 5) -> list[int]:
        """Items that share the most indexed grams, best first."""
        self.settle()
        shared: dict[int, int] = {}
        table = self._held
        for gram in grams:
            if not gram % INDEXED:
                held = table[gram // INDEXED % _PLACES]
                if held is not None and gram in held and held.count(gram) <= _CHANCE:
                    for item in compress(held[1::2], map(gram.__eq__, held[::2])):
                        shared[item] = shared.get(item, 0) + 1
        return sorted(sorted(shared), key=shared.__getitem__, reverse=True)[:most]


def pairs(texts: Iterable[tuple[int, str]]) -> list[tuple[int, int, float]]:
    """Every (later, earlier, containment ≥ 0.1) among some items, in their order."""
    index, held, found = CopyIndex(), dict[int, frozenset[int]](), []
    for item, text in texts:
        grams = shingles(text)
        for other in index.near(grams, most=12):
            share = containment(grams, held[other])
            if share >= QUOTED_AT:
                found.append((item, other, share))
        held[item] = grams
        index.add(item, grams)
    return found

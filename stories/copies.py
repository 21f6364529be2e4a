"""Copies: whose text is (nearly) whose, by word 5-grams that both contain."""

from __future__ import annotations

import re
import zlib
from collections.abc import Collection, Iterable
from itertools import accumulate

from stories.evidence import CopyKind

_GRAM = 5
_FEWEST = 6
"""Fewer shared-size grams than this prove nothing: a short blurb is not a copy of a headline."""
_CHANCE = 40
"""A gram found in more live items than this is a formula ("the views expressed in this article")."""
COPY_AT = 0.5
CREDITED_AT = 0.25
"""A credit line ("(AP)") says whose text it is; what an editor then changed does not make it another's."""
QUOTED_AT = 0.1
"""Bounds of the COPY and QUOTED badges (MEASURES.md)."""

# Brackets and ellipses are an editor's, and every outlet has its own quote marks.
_EDITED = re.compile(r"\[[^\]]{0,40}\]|…|\.\.\.")
_WORD = re.compile(r"[^\W_]+")


def shingles(text: str) -> frozenset[int]:
    """The word 5-grams of a text as 32-bit hashes, quotation normalised (brackets, ellipses, quote marks)."""
    words = _WORD.findall(_EDITED.sub(" ", text).lower())
    ends = list(accumulate([len(word) + 1 for word in words]))  # each with the space behind it
    whole = " ".join(words)
    spans = zip([0, *ends], ends[_GRAM - 1 :], strict=False)
    if whole.isascii():
        held = whole.encode()
        return frozenset([zlib.crc32(held[start : end - 1]) for start, end in spans])
    return frozenset([zlib.crc32(whole[start : end - 1].encode()) for start, end in spans])


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

    Every fourth gram by hash is indexed, so a text of 30 words keeps about seven: enough to find any
    COPY, since half of the smaller text's grams are shared.
    """

    def __init__(self) -> None:
        # Most grams stand in one live item: a list for each would be a third of what grouping weighs in memory.
        self._only: dict[int, int] = {}
        self._holders: dict[int, list[int]] = {}

    def add(self, item: int, grams: Iterable[int]) -> None:
        """Indexes an item's grams."""
        only = self._only
        for gram in grams:
            if gram % 4 == 0:
                first = only.setdefault(gram, item)
                if first != item:
                    holders = self._holders.setdefault(gram, [first])
                    if len(holders) <= _CHANCE:
                        holders.append(item)

    def remove(self, item: int, grams: Iterable[int]) -> None:
        """Forgets an item."""
        for gram in grams:
            holders = self._holders.get(gram)
            if holders is not None:
                if item in holders:
                    holders.remove(item)
                if holders:
                    self._only[gram] = holders[0]
                if len(holders) <= 1:
                    del self._holders[gram]
            elif self._only.get(gram) == item:
                del self._only[gram]

    def near(self, grams: Iterable[int], most: int = 5) -> list[int]:
        """Items that share the most indexed grams, best first."""
        shared: dict[int, int] = {}
        for gram in self._only.keys() & [gram for gram in grams if gram % 4 == 0]:
            holders = self._holders.get(gram) or (self._only[gram],)
            if len(holders) <= _CHANCE:
                for item in holders:
                    shared[item] = shared.get(item, 0) + 1
        return sorted(shared, key=lambda item: (-shared[item], item))[:most]


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

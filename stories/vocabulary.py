"""How common each word is: learnt online from every item, warm from the start."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from importlib import resources

_ROOM = 400_000
"""Words kept at most. A year of 2,500 items a day brings about as many; the rarest go first."""


class Vocabulary:
    """Document frequencies of words, and the weight each word has because of them.

    Starts from the counts in stories/lexicon/background.tsv (made by benchmarks/background.py), so that
    the first item of a new database is weighed as well as the thousandth.
    """

    def __init__(self, counts: Mapping[str, int] | None = None, documents: int = 0) -> None:
        self._counts: dict[str, int] = dict(counts or {})
        self._documents = documents
        self._unsaved: dict[str, int] = {}
        self._unsaved_documents = 0

    @classmethod
    def warm(cls, counts: Mapping[str, int] | None = None, documents: int = 0) -> Vocabulary:
        """The background's counts with what this database has learnt on top."""
        held, total = _background()
        for word, count in (counts or {}).items():
            held[word] = held.get(word, 0) + count
        return cls(held, total + documents)

    @property
    def documents(self) -> int:
        """How many items the counts come from."""
        return self._documents

    def learn(self, words: Iterable[str]) -> None:
        """Counts one item's different words."""
        counts, unsaved = self._counts, self._unsaved
        for word in words:
            counts[word] = counts.get(word, 0) + 1
            unsaved[word] = unsaved.get(word, 0) + 1
        self._documents += 1
        self._unsaved_documents += 1
        if len(counts) > _ROOM:
            self._prune()

    def idf(self, word: str) -> float:
        """The weight of a word: ln of how many items there are to one that has it, never below 0."""
        return max(0.0, math.log((self._documents + 2) / (self._counts.get(word, 0) + 1)))

    def weighed(self, words: Mapping[str, float]) -> dict[str, float]:
        """Each word's number times its weight."""
        held, top, log = self._counts.get, self._documents + 2, math.log
        weights = [log(top / (held(word, 0) + 1)) for word in words]
        return {
            word: number * weight if weight > 0.0 else 0.0
            for (word, number), weight in zip(words.items(), weights, strict=True)
        }

    def unsaved(self) -> tuple[Mapping[str, int], int]:
        """What was learnt since `saved` was last called: counts to add by word, and items."""
        return dict(self._unsaved), self._unsaved_documents

    def saved(self) -> None:
        """Says that everything `unsaved` gave is kept."""
        self._unsaved.clear()
        self._unsaved_documents = 0

    def _prune(self) -> None:
        """Forgets the rarest words until a quarter of the room is free; they weigh as never seen."""
        least = 1
        while len(self._counts) > _ROOM * 3 // 4:
            self._counts = {word: count for word, count in self._counts.items() if count > least}
            least += 1


def _background() -> tuple[dict[str, int], int]:
    path = resources.files("stories") / "lexicon" / "background.tsv"
    if not path.is_file():
        return {}, 0
    lines = path.read_text(encoding="utf-8").splitlines()
    documents = int(lines[1].split("\t")[1])
    counts = {}
    for line in lines[2:]:
        count, _, words = line.partition("\t")
        for word in words.split(" "):
            counts[word] = int(count)
    return counts, documents


__all__ = ["Vocabulary"]

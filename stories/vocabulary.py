"""How common each word is: learnt online from every item, warm from the start."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from importlib import resources
from operator import itemgetter

_ROOM = 400_000
"""Words kept at most. A year of 2,500 items a day brings about as many; the rarest go first."""


class Vocabulary:
    """Document frequencies of words, and the weight each word has because of them.

    Starts from the counts in stories/lexicon/background.tsv (made by benchmarks/background.py), so that
    the first item of a new database is weighed as well as the thousandth.
    """

    def __init__(self, counts: Mapping[str, int] | None = None, documents: int = 0) -> None:
        self._counts = Counter(counts or {})
        self._documents = documents
        self._unsaved: Counter[str] = Counter()
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
        words = tuple(words)
        self._counts.update(words)  # a Counter counts in C
        self._unsaved.update(words)
        self._documents += 1
        self._unsaved_documents += 1
        if len(self._counts) > _ROOM:
            self._prune()

    def idf(self, word: str) -> float:
        """The weight of a word: ln of how many items there are to one that has it, never below 0."""
        return max(0.0, math.log((self._documents + 2) / (self._counts.get(word, 0) + 1)))

    def weighed(self, words: Mapping[str, float]) -> list[tuple[str, float]]:
        """Each word with its number times its weight, heaviest first; words of one weight in their order."""
        held, top, log = self._counts.get, self._documents + 2, math.log
        made = [(word, number * log(top / (held(word, 0) + 1))) for word, number in words.items()]
        made.sort(key=itemgetter(1), reverse=True)
        return made if not made or made[-1][1] >= 0.0 else [(word, max(0.0, weight)) for word, weight in made]

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
            self._counts = Counter({word: count for word, count in self._counts.items() if count > least})
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

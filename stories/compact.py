"""An item's weighted words as the live window keeps them: a third of what a dictionary of them takes."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping


class Compact(Mapping[str, float]):
    """Words with their weights, heaviest first; read whole, as comparing does, it is as fast as a dictionary."""

    __slots__ = ("terms", "weights")

    def __init__(self, terms: Iterable[str], weights: Iterable[float]) -> None:
        self.terms = tuple(terms)
        self.weights = array("d", tuple(weights))  # of a tuple it takes no more room than it needs

    def __getitem__(self, word: str) -> float:
        try:
            return self.weights[self.terms.index(word)]
        except ValueError:
            raise KeyError(word) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self.terms)

    def __len__(self) -> int:
        return len(self.terms)

    def opened(self) -> dict[str, float]:
        """The same as a dictionary, for looking single words up."""
        return dict(zip(self.terms, self.weights, strict=True))


def compact(words: Mapping[str, float]) -> Compact:
    """Words as they are kept; ``words`` are heaviest first."""
    return words if isinstance(words, Compact) else Compact(words, words.values())


def opened(words: Mapping[str, float]) -> dict[str, float]:
    """Words as a dictionary of their own."""
    return words.opened() if isinstance(words, Compact) else dict(words)

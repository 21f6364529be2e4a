"""Words of an item chosen with keys: whole sentences first, then narrowed or widened by words."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from stories.item import Field, Item, Span
from stories.text import sentences

_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Selection:
    """The words chosen in an item, always from a word's beginning to a word's end in one of its texts."""

    item: Item
    sentences: tuple[Span, ...]
    span: Span

    @classmethod
    def of(cls, item: Item, near: Span | None = None) -> Selection | None:
        """The sentence that holds ``near``, else the text's first, else the title; None for an item without words."""
        found = tuple(
            Span(where, start, end)
            for where in Field
            for start, end in sentences(item.text(where))
            if start < end
        )
        if not found:
            return None
        held = [
            one
            for one in found
            if near is not None and one.where is near.where and one.start <= near.start < one.end
        ]
        told = [one for one in found if one.where is not Field.TITLE]
        return cls(item, found, (held or told or [*found])[0])

    @property
    def words(self) -> str:
        """Exactly as they stand."""
        return self.item.words(self.span)

    def turned(self, by: int) -> Selection:
        """Another whole sentence, ``by`` after this one or before it."""
        at = max(place for place, one in enumerate(self.sentences) if _begins(one, self.span))
        return replace(self, span=self.sentences[max(0, min(at + by, len(self.sentences) - 1))])

    def ended(self, by: int) -> Selection:
        """The end ``by`` words later or earlier; the first word always stays."""
        _, ends = self._edges()
        at = _nearest(ends, self.span.end) + by
        end = ends[max(0, min(at, len(ends) - 1))]
        return replace(self, span=replace(self.span, end=end)) if end > self.span.start else self

    def begun(self, by: int) -> Selection:
        """The beginning ``by`` words later or earlier; the last word always stays."""
        starts, _ = self._edges()
        at = _nearest(starts, self.span.start) + by
        start = starts[max(0, min(at, len(starts) - 1))]
        return replace(self, span=replace(self.span, start=start)) if start < self.span.end else self

    def _edges(self) -> tuple[list[int], list[int]]:
        found = [each.span() for each in _WORD.finditer(self.item.text(self.span.where))]
        return [start for start, _ in found], [end for _, end in found]


def _begins(sentence: Span, chosen: Span) -> bool:
    """Whether a sentence stands at or before the chosen words' beginning, in the order the page has."""
    order = list(Field)
    return (order.index(sentence.where), sentence.start) <= (order.index(chosen.where), chosen.start)


def _nearest(edges: list[int], place: int) -> int:
    return min(range(len(edges)), key=lambda at: abs(edges[at] - place))

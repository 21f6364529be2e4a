"""Stories an analyst named and watches, with the words they watch for."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from store.database import Store
from store.items import ItemFilter, ids


@dataclass(frozen=True, slots=True)
class Watched:
    """A watched story."""

    id: int
    name: str
    claim: str
    terms: tuple[str, ...]
    """Items with all of these words belong to it; empty when only grouping decides."""


def watched(store: Store) -> list[Watched]:
    """All watched stories, oldest first."""
    found = store.rows("SELECT id, name, claim, terms FROM stories WHERE watched = 1 ORDER BY id")
    return [Watched(number, name, claim, tuple(json.loads(terms))) for number, name, claim, terms in found]


def holding(store: Store, terms: Sequence[str]) -> list[int]:
    """The items that hold all of these words or phrases already, newest first; none without any."""
    return list(ids(store, ItemFilter(text=" ".join(f'"{term}"' for term in terms)))) if terms else []

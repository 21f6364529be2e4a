"""Stories an analyst named and watches, with the words they watch for."""

from __future__ import annotations

import json
from dataclasses import dataclass

from store.database import Store


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

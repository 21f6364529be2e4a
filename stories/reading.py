"""One item's reading: its claims, its statements, the sources it cites."""

from __future__ import annotations

from stories.citations import citations
from stories.claims import claims
from stories.evidence import Reading
from stories.item import Item
from stories.statements import statements


def read(item: Item) -> Reading:
    """Everything that one item's words say, without looking at any other item."""
    return Reading(claims=claims(item), statements=statements(item), citations=citations(item))

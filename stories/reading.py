"""One item's reading: its claims, its statements, the sources it cites."""

from __future__ import annotations

from dataclasses import replace

from stories.citations import citations
from stories.claims import claims
from stories.evidence import Citation, CitationKind, Reading, Statement
from stories.item import Item
from stories.statements import statements


def read(item: Item) -> Reading:
    """Everything that one item's words say, without looking at any other item."""
    cited = citations(item)
    channels = {each.source.split(" (")[0] for each in cited if each.source.endswith(")")}
    return Reading(claims=claims(item), statements=_heard(statements(item, channels), cited), citations=cited)


def _heard(found: tuple[Statement, ...], cited: tuple[Citation, ...]) -> tuple[Statement, ...]:
    """Adds through whom a speaker was heard: "told VOA" holds for all that speaker says in the item."""
    told = [each for each in cited if each.kind is CitationKind.TOLD and each.span is not None]
    if not told:
        return found
    outlets: dict[str, str] = {}
    for statement in found:
        for citation in told:
            span = citation.span
            if (
                span is not None
                and span.where is statement.span.where
                and statement.span.start <= span.start < statement.span.end
            ):
                outlets.setdefault(statement.speaker, citation.source)
    return tuple(
        replace(statement, via=(outlets[statement.speaker],))
        if statement.speaker and outlets.get(statement.speaker, statement.speaker) != statement.speaker
        else statement
        for statement in found
    )

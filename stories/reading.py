"""One item's reading: its claims, its statements, the sources it cites."""

from __future__ import annotations

import re
from dataclasses import replace

from stories.affiliation import party
from stories.chains import heard_through
from stories.citations import citations
from stories.claims import claims
from stories.evidence import Citation, CitationKind, Reading, Stance, Statement, Voice
from stories.item import Item
from stories.sources import canonical, is_outlet
from stories.speakers import grammar
from stories.statements import statements


def read(item: Item) -> Reading:
    """Everything that one item's words say, without looking at any other item."""
    cited = citations(item)
    channels = {each.source.split(" (")[0] for each in cited if each.source.endswith(")")}
    heard = _heard(statements(item, channels), cited)
    return Reading(claims=claims(item), statements=(*heard, *_cited(item, heard, cited)), citations=cited)


def _heard(found: tuple[Statement, ...], cited: tuple[Citation, ...]) -> tuple[Statement, ...]:
    """Adds through whom a speaker was heard: "told VOA" holds for all that speaker says in the item."""
    told = [each for each in cited if each.kind is CitationKind.TOLD and each.span is not None]
    found = tuple(_nested(_carried(statement, cited)) for statement in found)
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


def _nested(statement: Statement) -> Statement:
    """Adds who told that the speaker said it ("Kirby said that Moscow had denied it").

    Only for answers: who asserts what through whom decides nothing, and most statements are assertions.
    """
    if statement.stance is Stance.ASSERT or statement.voice is not Voice.NAMED or statement.via:
        return statement
    through = heard_through(statement.words, statement.speaker)
    return replace(statement, via=through) if through else statement


_REPORTED = re.compile(r",? (?:has |had )?report(?:s|ed)\W*$")


def _carried(statement: Statement, cited: tuple[Citation, ...]) -> Statement:
    """Adds the outlet that ends a sentence with its own word for another's ("…,” Kirby said, Sputnik reported")."""
    if not statement.speaker or is_outlet(statement.speaker) or statement.via:
        return statement
    for citation in cited:
        span, place = citation.span, statement.span
        if (
            citation.kind is CitationKind.REPORTED
            and span is not None
            and span.where is place.where
            and place.start < span.start < place.end
            and _REPORTED.fullmatch(statement.words, span.end - place.start)
            and statement.words[: span.start - place.start].endswith((", ", ", the ", ", The "))
        ):
            return replace(statement, via=(citation.source,))
    return statement


def _cited(item: Item, heard: tuple[Statement, ...], cited: tuple[Citation, ...]) -> list[Statement]:
    """What an outlet reports on others' word is theirs too ("The Journal, citing US officials, reported that …")."""
    found = []
    for citation in cited:
        span = citation.span
        channel = citation.source.endswith(")")
        if citation.kind is not CitationKind.CITING or span is None or channel:
            continue
        source = item.words(span)
        head = source.split()[-1].lower() if source.split() else ""
        if head in grammar("private") or is_outlet(source) or source != source.strip():
            continue  # an insider or another outlet speaks for no party
        spoken_for = party(source, "", item.effective)
        if not spoken_for:
            continue
        for statement in heard:
            place = statement.span
            holds = place.where is span.where and place.start <= span.start < place.end
            if holds and statement.stance is Stance.ASSERT and is_outlet(statement.speaker):
                found.append(
                    replace(
                        statement,
                        speaker=source,
                        speaker_span=span,
                        affiliation="",
                        party=spoken_for,
                        voice=Voice.UNNAMED,
                        via=(canonical(statement.speaker),),
                    )
                )
                break
    return found

"""The plain objects of a JSON export → the values they were made from; nothing is lost on the way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from snapshots.document import Document
from stories.decision import Act, Decision
from stories.evidence import Citation, CitationKind, Claim, Copy, CopyKind, Stance, Statement, Target, Voice
from stories.item import DateFlag, Field, Item, Link, Span
from stories.story import (
    Event,
    Measures,
    Origin,
    OriginState,
    Party,
    PartyStance,
    PlacedCitation,
    PlacedStatement,
    Role,
    Side,
    Status,
    Story,
    StoryDetail,
)

_LENGTHS = ("half_life", "denial_latency")
"""The measures that are lengths of time."""


def story(document: Document) -> StoryDetail:
    """The story of a `spreadwatch/story@1` object; KeyError, ValueError or TypeError when it isn't one."""
    statements = [placed_statement(one) for one in document["statements"]]
    as_of = time(document["as_of"])
    if as_of is None:
        raise ValueError("as_of is missing")
    return StoryDetail(
        story=Story(
            id=document["id"],
            name=document["name"],
            claim=document["claim"],
            watched=document["watched"],
            starred=document["starred"],
            opposite_of=document["opposite_of"],
            rated=document["rated"],
            note=document["note"],
            old_names=tuple(document["old_names"]),
        ),
        as_of=as_of,
        status=Status(document["status"]),
        because=document["because"],
        first_seen=time(document["first_seen"]),
        last_seen=time(document["last_seen"]),
        items=tuple(item(one) for one in document["items"]),
        parties=tuple(_party(one, statements) for one in document["parties"]),
        statements=tuple(statements),
        citations=tuple(placed_citation(one) for one in document["citations"]),
        copies=tuple(
            Copy(one["item"], one["of"], one["containment"], CopyKind(one["kind"]))
            for one in document["copies"]
        ),
        origin=_origin(document["origin"]),
        timeline=tuple(_event(one) for one in document["timeline"]),
        measures=_measures(document["measures"]),
        # Snapshots of before 2026-11 tell no sides.
        sides={one["id"]: Side(one["side"]) for one in document["items"] if one.get("side")},
    )


def item(document: Document) -> Item:
    """An item with its whole text."""
    return Item(
        id=document["id"],
        guid=document["guid"],
        publisher=document["publisher"],
        title=document["title"],
        summary=document["summary"],
        body=document["body"],
        link=document["link"],
        published=time(document["published"]),
        first_seen=time(document["first_seen"]),
        lang=document["lang"],
        feed=document["feed"],
        links=tuple(Link(one["href"], one["text"]) for one in document["links"]),
        flags=frozenset(DateFlag(flag) for flag in document["flags"]),
    )


def statement(document: Document) -> Statement:
    """A statement with the spans of its words, cue and speaker."""
    cue = span(document["cue_span"])
    if cue is None:
        raise ValueError("a statement without its cue's span")
    return Statement(
        stance=Stance(document["stance"]),
        span=Span(Field(document["where"]), document["start"], document["end"]),
        words=document["words"],
        cue=cue,
        speaker=document["speaker"],
        speaker_span=span(document["speaker_span"]),
        affiliation=document["affiliation"],
        party=document["party"],
        voice=Voice(document["voice"]),
        proposition=document["proposition"] if "proposition" in document else document["claim"],
        via=tuple(document["via"]),
    )


def placed_statement(document: Document) -> PlacedStatement:
    """A statement of one of a story's items."""
    return PlacedStatement(
        item=document["item"],
        guid=document["guid"],
        publisher=document["publisher"],
        at=_given(document["at"]),
        statement=statement(document),
        target=Target(document["target"]),
        id=document["id"],
        by_analyst=document["by_analyst"],
    )


def placed_citation(document: Document) -> PlacedCitation:
    """A citation and the item it stands in."""
    return PlacedCitation(
        item=document["item"],
        guid=document["guid"],
        publisher=document["publisher"],
        at=_given(document["at"]),
        citation=Citation(
            source=document["source"],
            kind=CitationKind(document["kind"]),
            words=document["words"],
            span=span(document["span"]),
            href=document["href"],
            cited_by=document["cited_by"],
        ),
    )


def claim(document: Document) -> Claim:
    """What an item claims."""
    return Claim(
        actor=document["actor"],
        action=document["action"],
        recipient=document["recipient"],
        object=document["object"],
        span=span(document["span"]),
    )


def decision(document: Document) -> Decision:
    """One act of the analyst."""
    return Decision(
        id=document["id"],
        at=_given(document["at"]),
        by=document["by"],
        act=Act(document["act"]),
        items=tuple(document["items"]),
        story=document["story"],
        details=dict(document["details"]),
        undoes=document["undoes"],
    )


def span(document: Document | None) -> Span | None:
    """Where words stand."""
    return None if document is None else Span(Field(document["where"]), document["start"], document["end"])


def time(text: str | None) -> datetime | None:
    """A time as `document.time` writes it."""
    return None if text is None else datetime.fromisoformat(text)


def _given(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _party(document: Document, statements: Sequence[PlacedStatement]) -> Party:
    clock = document["clock"]
    return Party(
        name=document["party"],
        role=Role(document["role"]),
        stance=PartyStance(document["stance"]),
        since=time(document["since"]),
        clock=None if clock is None else timedelta(seconds=clock),
        evidence=tuple(statements[number] for number in document["evidence"]),
        independent=document["independent"],
    )


def _origin(document: Document) -> Origin:
    return Origin(
        state=OriginState(document["state"]),
        chains=tuple(tuple(chain) for chain in document["chains"]),
        evidence=tuple(placed_citation(one) for one in document["evidence"]),
    )


def _event(document: Document) -> Event:
    return Event(
        at=_given(document["at"]),
        status=Status(document["status"]),
        because=document["because"],
        item=document["item"],
        party=document["party"],
        stance=Stance(document["stance"]) if document["stance"] else None,
    )


def _measures(document: Document | None) -> Measures | None:
    if document is None:
        return None
    values = dict(document)
    for name in _LENGTHS:
        values[name] = None if values[name] is None else timedelta(seconds=values[name])
    return Measures(**values)

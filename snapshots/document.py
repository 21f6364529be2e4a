"""Values → the plain objects of the JSON exports; the field names are a contract (docs/schemas)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias

from stories.decision import Decision
from stories.difference import Variant
from stories.evidence import Citation, Claim, Copy, Reading, Statement, Target
from stories.item import Item, Span
from stories.leaning import leanings
from stories.story import Measures, Origin, Party, PlacedCitation, PlacedStatement, Story, StoryDetail
from stories.variants import retold

SCHEMA = "spreadwatch/story@1"

Document: TypeAlias = dict[str, Any]
"""A JSON object; ``Any`` because JSON's own types are all there is to say of it."""


def story(detail: StoryDetail) -> Document:
    """A story as it is known at a time. Times are ISO 8601 UTC, lengths of time are seconds."""
    numbered = _statements(detail)
    items = {one.id: one for one in detail.items}
    number = {placed: index for index, placed in enumerate(numbered)}
    measures = detail.measures
    leans = leanings(detail.story.claim, detail.items)
    return {
        "schema": SCHEMA,
        **_header(detail.story),
        "status": detail.status.value,
        "because": detail.because,
        "as_of": time(detail.as_of),
        "first_seen": time(detail.first_seen),
        "last_seen": time(detail.last_seen),
        "publishers": len({one.publisher for one in detail.items}),
        "origins": measures.origins if measures else len(detail.origin.chains),
        "origin": _origin(detail.origin),
        "parties": [_party(party, number) for party in detail.parties],
        "statements": [
            placed_statement(placed, items.get(placed.item), detail.story.claim) for placed in numbered
        ],
        "citations": [placed_citation(placed) for placed in detail.citations],
        "copies": [_copy(copy) for copy in detail.copies],
        "retold": [_retold(variant) for variant in retold(detail)],
        "timeline": [
            {
                "at": time(event.at),
                "status": event.status.value,
                "because": event.because,
                "item": event.item,
                "party": event.party,
                "stance": event.stance.value if event.stance else None,
            }
            for event in detail.timeline
        ],
        "measures": _measures(measures) if measures else None,
        "items": [
            {**item(one), "side": detail.sides.get(one.id), "lean": leans.get(one.id)} for one in detail.items
        ],
    }


def item(value: Item) -> Document:
    """An item with its whole text: what every offset in a document points into."""
    return {
        "id": value.id,
        "guid": value.guid,
        "publisher": value.publisher,
        "title": value.title,
        "summary": value.summary,
        "body": value.body,
        "link": value.link,
        "published": time(value.published),
        "first_seen": time(value.first_seen),
        "effective": time(value.effective),
        "lang": value.lang,
        "feed": value.feed,
        "links": [{"href": link.href, "text": link.text} for link in value.links],
        "flags": sorted(flag.value for flag in value.flags),
    }


def read_item(value: Item, reading: Reading) -> Document:
    """An item with what its words say, seen from no story."""
    stance = reading.stance
    return {
        **item(value),
        "stance": stance.value if stance else "none",
        "statements": [statement(one, value) for one in reading.statements],
        "citations": [citation(one) for one in reading.citations],
    }


def statement(value: Statement, source: Item | None) -> Document:
    """A statement; ``words`` are the characters ``start`` to ``end`` of the item's text ``where``."""
    return {
        "stance": value.stance.value,
        "speaker": value.speaker,
        "affiliation": value.affiliation,
        "party": value.party,
        "voice": value.voice.value,
        "claim": value.proposition,
        "cue": source.words(value.cue) if source else "",
        "words": value.words,
        "where": value.span.where.value,
        "start": value.span.start,
        "end": value.span.end,
        "cue_span": span(value.cue),
        "speaker_span": span(value.speaker_span),
        "via": list(value.via),
    }


def placed_statement(placed: PlacedStatement, source: Item | None, claim: str) -> Document:
    """A statement of a story's item; one on the story's claim that doesn't repeat it in words takes the story's."""
    on_claim = placed.target is Target.CLAIM
    document = statement(placed.statement, source)
    return {
        "item": placed.item,
        "guid": placed.guid,
        "publisher": placed.publisher,
        "at": time(placed.at),
        **document,
        "claim": document["claim"] or (claim if on_claim else ""),
        "proposition": placed.statement.proposition,
        "on_claim": on_claim,
        "target": placed.target.value,
        "by_analyst": placed.by_analyst,
        "id": placed.id,
    }


def citation(value: Citation) -> Document:
    """A citation; ``span`` is where the source is named, null for a hyperlink."""
    return {
        "source": value.source,
        "kind": value.kind.value,
        "words": value.words,
        "href": value.href,
        "cited_by": value.cited_by,
        "span": span(value.span),
    }


def claim(value: Claim) -> Document:
    """What an item claims: actor → action → recipient, and where the words stand."""
    return {
        "actor": value.actor,
        "action": value.action,
        "object": value.object,
        "recipient": value.recipient,
        "span": span(value.span),
    }


def placed_citation(placed: PlacedCitation) -> Document:
    """A citation and the item it stands in."""
    return {
        "item": placed.item,
        "guid": placed.guid,
        "publisher": placed.publisher,
        "at": time(placed.at),
        **citation(placed.citation),
    }


def decision(value: Decision) -> Document:
    """One act of the analyst."""
    return {
        "id": value.id,
        "at": time(value.at),
        "by": value.by,
        "act": value.act.value,
        "items": list(value.items),
        "story": value.story,
        "details": dict(value.details),
        "undoes": value.undoes,
    }


def span(value: Span | None) -> Document | None:
    """Where words stand, characters from ``start`` up to ``end``."""
    return None if value is None else {"where": value.where.value, "start": value.start, "end": value.end}


def time(at: datetime | None) -> str | None:
    """ISO 8601 in UTC, ending in Z; fractions of a second only where there are any."""
    return None if at is None else at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def seconds(length: timedelta | None) -> int | float | None:
    """A length of time in seconds, whole where it is whole."""
    if length is None:
        return None
    total = length.total_seconds()
    return int(total) if total.is_integer() else total


def _header(value: Story) -> Document:
    return {
        "id": value.id,
        "name": value.name,
        "claim": value.claim,
        "opposite_of": value.opposite_of,
        "watched": value.watched,
        "starred": value.starred,
        "rated": value.rated,
        "note": value.note,
        "old_names": list(value.old_names),
    }


def _statements(detail: StoryDetail) -> list[PlacedStatement]:
    """The story's statements, and those that only a party's line holds."""
    held = dict.fromkeys(detail.statements)
    for party in detail.parties:
        held.update(dict.fromkeys(party.evidence))
    return list(held)


def _party(party: Party, number: dict[PlacedStatement, int]) -> Document:
    first = party.evidence[0] if party.evidence else None
    return {
        "party": party.name,
        "role": party.role.value,
        "stance": party.stance.value,
        "since": time(party.since),
        "words": first.statement.words if first else "",
        "speaker": first.statement.speaker if first else "",
        "via": (first.statement.via[0] if first.statement.via else first.publisher) if first else "",
        "item": first.item if first else None,
        "clock": seconds(party.clock),
        "independent": party.independent,
        "evidence": [number[placed] for placed in party.evidence],
    }


def _origin(origin: Origin) -> Document:
    return {
        "state": origin.state.value,
        "chains": [list(chain) for chain in origin.chains],
        "evidence": [placed_citation(placed) for placed in origin.evidence],
    }


def _copy(copy: Copy) -> Document:
    return {"item": copy.item, "of": copy.of, "containment": copy.containment, "kind": copy.kind.value}


def _retold(variant: Variant) -> Document:
    return {"item": variant.other.item, "of": variant.one.item, "about": variant.about}


def _measures(measures: Measures) -> Document:
    return {
        name: seconds(value) if isinstance(value, timedelta) else value
        for name in Measures.__slots__
        for value in [getattr(measures, name)]
    }

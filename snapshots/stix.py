"""A snapshot as a STIX 2.1 bundle for threat-intelligence platforms.

MEASURES: report and grouping are the story, a note is its claim or an item, an identity a speaker or
publisher, an opinion a statement's stance. Numbers are derived from what they stand for, so that two
exports of one story update each other.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from snapshots.snapshot import Snapshot, text_sha256
from stories.evidence import Stance, Target
from stories.item import Item
from stories.provenance import Retrieval
from stories.story import PlacedStatement

_OURS = uuid.UUID("5f1f3e0c-6c0b-5d0e-9a3c-3b1d7f6a2c41")
"""Namespace of the names that our numbers are made from; drawn once at random."""
_OPINIONS = {
    Stance.DENY: "strongly-disagree",
    Stance.DOUBT: "disagree",
    Stance.CANNOT_CONFIRM: "neutral",
    Stance.NO_COMMENT: "neutral",
    Stance.CONFIRM: "strongly-agree",
    Stance.ASSERT: "strongly-agree",
}
_CONFIDENCE = {"1": 90, "2": 70, "3": 50, "4": 30, "5": 10}
"""Admiralty credibility to STIX confidence (STIX 2.1, appendix A); 6, "cannot be judged", gives none."""

Stix = dict[str, Any]


def write(snapshot: Snapshot) -> str:
    """The bundle as text; ends with a line break."""
    objects = list({made["id"]: made for made in _Bundle(snapshot).objects()}.values())
    bundle = {"type": "bundle", "id": _number("bundle", f"{snapshot.taken_at}"), "objects": objects}
    return json.dumps(bundle, ensure_ascii=False, indent=1) + "\n"


class _Bundle:
    """The objects of one bundle, made in the order in which they refer to each other."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.at = _time(snapshot.taken_at)
        self.items = {item.id: item for item in snapshot.detail.items}
        self.retrievals = {one.item: one for one in snapshot.retrievals}
        self.author = self._identity("analyst", snapshot.taken_by or "analyst", "individual")

    def objects(self) -> Iterator[Stix]:
        detail = self.snapshot.detail
        story = detail.story
        yield self.author
        notes = []
        for item in detail.items:
            publisher = self._identity("publisher", item.publisher, "organization")
            yield publisher
            note = self._note(item, publisher["id"])
            notes.append(note)
            yield note
        members = [note["id"] for note in notes] or [self.author["id"]]
        claim = self._object(
            "note",
            f"claim {story.id}",
            abstract=story.name,
            content=story.claim or story.name,
            object_refs=members,
            **self._confidence(),
        )
        yield claim
        opinions = []
        for number, placed in enumerate(detail.statements):
            for made in self._opinion(number, placed, claim["id"]):
                opinions += [made["id"]] if made["type"] == "opinion" else []
                yield made
        grouping = self._object(
            "grouping",
            f"story {story.id}",
            name=story.name,
            description=detail.because or detail.status.value,
            context="unspecified",
            object_refs=[claim["id"], *members, *opinions],
        )
        yield grouping
        yield self._object(
            "report",
            f"report {story.id} {self.at}",
            name=f"{story.name}: {detail.because or detail.status.value}",
            description=" ".join(self.snapshot.questions),
            published=self.at,
            object_refs=[grouping["id"], claim["id"]],
            **self._confidence(),
        )

    def _note(self, item: Item, publisher: str) -> Stix:
        text = item.summary or item.body or item.title
        return self._object(
            "note",
            f"item {item.publisher} {item.guid or item.link or item.id}",
            abstract=item.title or text[:80],
            content=text,
            object_refs=[publisher],
            external_references=self._references(item),
        )

    def _references(self, item: Item) -> list[Stix]:
        retrieval = self.retrievals.get(item.id, Retrieval(item.id))
        references: list[Stix] = [
            {
                "source_name": "spreadwatch",
                "external_id": item.guid or str(item.id),
                "description": "The item's text as we hold it: title, summary and body, NUL between them.",
                "hashes": {"SHA-256": text_sha256(item)},
            }
        ]
        if item.link:
            hashed = {"hashes": {"SHA-256": retrieval.response_sha256}} if retrieval.response_sha256 else {}
            references.append({"source_name": item.publisher, "url": item.link, **hashed})
        if (page := retrieval.article) is not None:
            described = f"The page that the text was read from on {_time(page.retrieved_at)}."
            hashed = {"hashes": {"SHA-256": page.page_sha256}}
            references.append(
                {"source_name": item.publisher, "url": page.url, "description": described, **hashed}
            )
        return references

    def _opinion(self, number: int, placed: PlacedStatement, claim: str) -> Iterator[Stix]:
        """A stance on the claim as an opinion on it, one on something else as an opinion on its item."""
        statement = placed.statement
        author = {}
        if statement.party or statement.speaker:
            speaker = self._identity("speaker", statement.speaker or statement.party, "unspecified")
            yield speaker
            author = {"authors": [speaker["name"]]}
        item = self.items.get(placed.item)
        about = claim
        if placed.target is not Target.CLAIM and item is not None:
            about = _number("note", f"item {item.publisher} {item.guid or item.link or item.id}")
        span = statement.span
        key = f"{placed.publisher} {placed.guid} {span.where} {span.start} {span.end} {statement.stance} {number}"
        yield self._object(
            "opinion",
            f"statement {key}",
            opinion=_OPINIONS[statement.stance],
            explanation=statement.words,
            object_refs=[about],
            labels=[statement.stance.value, f"about-{placed.target.value}"],
            **author,
        )

    def _identity(self, kind: str, name: str, identity_class: str) -> Stix:
        made: Stix = {
            "type": "identity",
            "spec_version": "2.1",
            "id": _number("identity", f"{kind} {name}"),
            "created": self.at,
            "modified": self.at,
            "name": name,
            "identity_class": identity_class,
        }
        return made

    def _object(self, kind: str, key: str, **values: Any) -> Stix:
        return {
            "type": kind,
            "spec_version": "2.1",
            "id": _number(kind, key),
            "created_by_ref": self.author["id"],
            "created": self.at,
            "modified": self.at,
            **{name: value for name, value in values.items() if value not in ("", [], None)},
        }

    def _confidence(self) -> dict[str, int]:
        rated = self.snapshot.detail.story.rated
        return {"confidence": _CONFIDENCE[rated[1]]} if len(rated) == 2 and rated[1] in _CONFIDENCE else {}


def _number(kind: str, key: str) -> str:
    return f"{kind}--{uuid.uuid5(_OURS, f'{kind} {key}')}"


def _time(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"

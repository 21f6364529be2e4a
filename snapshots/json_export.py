"""A snapshot as JSON, `spreadwatch/story@1`: lossless, so that reading it back gives the same snapshot."""

from __future__ import annotations

import json
from pathlib import Path

from snapshots import document, parsing
from snapshots.document import SCHEMA, Document
from snapshots.errors import SnapshotError
from snapshots.seal import of_value, sealed, unsealed
from snapshots.snapshot import Snapshot, text_sha256
from stories.address import canonical
from stories.evidence import Claim
from stories.provenance import ArticleRead, Retrieval

_NOT_PARTS = ("items", "snapshot", "seal")


def write(snapshot: Snapshot) -> str:
    """The whole snapshot as text, sealed: its last member is the SHA-256 of every byte before it."""
    return sealed(of(snapshot))


def read(text: str) -> Snapshot:
    """The snapshot that `write` wrote; SnapshotError when the text is something else."""
    try:
        found = json.loads(text)
    except ValueError as error:
        raise SnapshotError(f"This is not JSON: {error}.") from error
    schema = found.get("schema") if isinstance(found, dict) else None
    if schema != SCHEMA:
        raise SnapshotError(
            f"This is not a {SCHEMA} snapshot but {schema or 'something without a schema'}.",
            remedy="Export it again with --format json.",
        )
    try:
        if "seal" in found and not unsealed(text):
            raise SnapshotError(
                "The snapshot was altered after it was written.", remedy="See `spreadwatch verify`."
            )
        return _snapshot(found)
    except (KeyError, ValueError, TypeError, IndexError) as error:
        raise SnapshotError(f"The snapshot is incomplete or altered: {error!r}.") from error


def load(path: Path) -> Snapshot:
    """The snapshot in a file; SnapshotError names the file that can't be read."""
    try:
        return read(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise SnapshotError(
            f"{path} can't be read: {error}.", remedy="Give a --format json export."
        ) from error
    except SnapshotError as error:
        raise SnapshotError(f"{path}: {error.message}", remedy=error.remedy) from error


def of(snapshot: Snapshot) -> Document:
    """The snapshot as a plain object: the story, and under ``snapshot`` how and by whom it was taken."""
    hashes = {item.id: text_sha256(item) for item in snapshot.detail.items}
    addresses = {item.id: canonical(item.link) for item in snapshot.detail.items}
    story = document.story(snapshot.detail)
    return {
        **story,
        "snapshot": {
            "taken_at": document.time(snapshot.taken_at),
            "taken_by": snapshot.taken_by,
            "tool": snapshot.tool,
            "opposite_name": snapshot.opposite_name,
            "heard_until": document.time(snapshot.heard_until),
            "questions": list(snapshot.questions),
            "decisions": [document.decision(decision) for decision in snapshot.decisions],
            "retrievals": [
                {
                    **_retrieval(retrieval),
                    "canonical_url": addresses.get(retrieval.item, ""),
                    "text_sha256": hashes.get(retrieval.item),
                }
                for retrieval in snapshot.retrievals
            ],
            "claims": [
                {"item": item, **document.claim(claim)}
                for item, claims in snapshot.claims
                for claim in claims
            ],
            "hashes": part_hashes(story),
        },
    }


def part_hashes(story: Document) -> Document:
    """SHA-256 of each part of a story object and of each of its items: says what was altered, not only that."""
    parts = {name: of_value(value) for name, value in story.items() if name not in _NOT_PARTS}
    return {**parts, "items": {str(item["id"]): of_value(item) for item in story["items"]}}


def _snapshot(found: Document) -> Snapshot:
    taken = found["snapshot"]
    taken_at = parsing.time(taken["taken_at"])
    if taken_at is None:
        raise ValueError("taken_at is missing")
    return Snapshot(
        detail=parsing.story(found),
        taken_at=taken_at,
        tool=taken["tool"],
        taken_by=taken["taken_by"],
        opposite_name=taken["opposite_name"],
        heard_until=parsing.time(taken.get("heard_until")),  # not in older snapshots
        retrievals=tuple(_retrieved(one) for one in taken["retrievals"]),
        decisions=tuple(parsing.decision(one) for one in taken["decisions"]),
        claims=_claims(taken["claims"]),
        questions=tuple(taken["questions"]),
    )


def _claims(found: list[Document]) -> tuple[tuple[int, tuple[Claim, ...]], ...]:
    by_item: dict[int, list[Claim]] = {}
    for one in found:
        by_item.setdefault(one["item"], []).append(parsing.claim(one))
    return tuple((item, tuple(claims)) for item, claims in by_item.items())


def _retrieval(retrieval: Retrieval) -> Document:
    values = {name: getattr(retrieval, name) for name in Retrieval.__slots__}
    page = retrieval.article
    read = page and {
        **{name: getattr(page, name) for name in ArticleRead.__slots__},
        "retrieved_at": document.time(page.retrieved_at),
    }
    return {**values, "retrieved_at": document.time(retrieval.retrieved_at), "article": read}


def _retrieved(found: Document) -> Retrieval:
    values = {name: found[name] for name in Retrieval.__slots__ if name not in ("retrieved_at", "article")}
    page = found.get("article")  # snapshots of before articles were named have none
    return Retrieval(
        **values,
        retrieved_at=parsing.time(found["retrieved_at"]),
        article=ArticleRead(**{**page, "retrieved_at": parsing.time(page["retrieved_at"])}) if page else None,
    )

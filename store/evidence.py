"""What items say, as rows: claims, statements, citations and copies, as they are read now or were at a time."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from store.database import Store
from stories.evidence import Citation, CitationKind, Claim, Copy, CopyKind, Reading, Stance, Statement, Voice
from stories.item import Field, Span

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class StoredStatement:
    """A statement and its number in the file."""

    id: int
    statement: Statement


def keep(store: Store, item: int, reading: Reading, *, since: int | None = None) -> None:
    """Keep an item's reading; with ``since`` (ms) the one before held until then."""
    keep_all(store, [(item, reading)], since=since)


def keep_all(store: Store, read: Sequence[tuple[int, Reading]], *, since: int | None = None) -> None:
    """Keep many readings in the caller's transaction."""
    if since is not None:
        for table in ("statements", "claims", "citations"):
            store.write_all(
                f"UPDATE {table} SET until = ? WHERE item = ? AND until IS NULL",
                [(since, item) for item, _ in read],
            )
    store.write_all(
        "INSERT INTO statements (item, since, stance, party, speaker, affiliation, voice, span, words, cue, "
        "speaker_span, proposition, via) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [_statement_values(item, since, said) for item, reading in read for said in reading.statements],
    )
    store.write_all(
        "INSERT OR REPLACE INTO claims (item, place, since, actor, action, recipient, object, span) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (item, place, since or 0, made.actor, made.action, made.recipient, made.object, _text(made.span))
            for item, reading in read
            for place, made in enumerate(reading.claims)
        ],
    )
    store.write_all(
        "INSERT OR REPLACE INTO citations (item, place, since, source, kind, words, span, href, cited_by) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                item,
                place,
                since or 0,
                made.source,
                made.kind.value,
                made.words,
                _text(made.span),
                made.href,
                made.cited_by,
            )
            for item, reading in read
            for place, made in enumerate(reading.citations)
        ],
    )


def keep_copies(store: Store, copies: Iterable[Copy]) -> None:
    """Keep what was found to be copied, in the caller's transaction."""
    store.write_all(
        "INSERT OR REPLACE INTO copies (item, of, containment, kind) VALUES (?, ?, ?, ?)",
        [(copy.item, copy.of, copy.containment, copy.kind.value) for copy in copies],
    )


def readings(store: Store, items: Sequence[int], at: int | None = None) -> dict[int, Reading]:
    """Each item's reading, as of ``at`` (ms) where given; an item that says nothing has an empty one."""
    said = statements_of(store, items, at)
    claims: dict[int, list[Claim]] = defaultdict(list)
    for row in _of(store, "item, actor, action, recipient, object, span", "claims", items, at, "place"):
        claims[row[0]].append(Claim(row[1], row[2], row[3], row[4], _span(row[5])))
    citations: dict[int, list[Citation]] = defaultdict(list)
    for row in _of(store, "item, source, kind, words, span, href, cited_by", "citations", items, at, "place"):
        citations[row[0]].append(
            Citation(row[1], CitationKind(row[2]), row[3], _span(row[4]), row[5], row[6])
        )
    return {
        item: Reading(
            tuple(claims.get(item, ())),
            tuple(stored.statement for stored in said.get(item, ())),
            tuple(citations.get(item, ())),
        )
        for item in items
    }


def statements_of(
    store: Store, items: Sequence[int], at: int | None = None
) -> Mapping[int, Sequence[StoredStatement]]:
    """The statements of each item with their numbers, in the order they were read."""
    found: dict[int, list[StoredStatement]] = defaultdict(list)
    columns = "item, id, stance, span, words, cue, speaker, speaker_span, affiliation, party, voice, proposition, via"
    for row in _of(store, columns, "statements", items, at, "id"):
        found[row[0]].append(
            StoredStatement(
                row[1],
                Statement(
                    stance=Stance(row[2]),
                    span=_sure_span(row[3]),
                    words=row[4],
                    cue=_sure_span(row[5]),
                    speaker=row[6],
                    speaker_span=_span(row[7]),
                    affiliation=row[8],
                    party=row[9],
                    voice=Voice(row[10]),
                    proposition=row[11],
                    via=tuple(json.loads(row[12])) if row[12] else (),
                ),
            )
        )
    return found


def copies_of(store: Store, items: Sequence[int]) -> list[Copy]:
    """What is copied between these items."""
    inside = set(items)
    found: list[Copy] = []
    for page in _pages(items):
        marks = ",".join("?" * len(page))
        rows = store.rows(f"SELECT item, of, containment, kind FROM copies WHERE item IN ({marks})", page)
        found += [Copy(item, of, share, CopyKind(kind)) for item, of, share, kind in rows if of in inside]
    return found


def _of(
    store: Store, columns: str, table: str, items: Sequence[int], at: int | None, order: str
) -> list[Any]:
    held = "until IS NULL" if at is None else "coalesce(since, 0) <= ? AND (until IS NULL OR until > ?)"
    found: list[Any] = []
    for page in _pages(items):
        marks = ",".join("?" * len(page))
        values = [*page, *([] if at is None else [at, at])]
        found += store.rows(
            f"SELECT {columns} FROM {table} WHERE item IN ({marks}) AND {held} ORDER BY item, {order}", values
        )
    return found


def _pages(items: Sequence[int]) -> list[list[int]]:
    return [list(items[at : at + _CHUNK]) for at in range(0, len(items), _CHUNK)]


def _statement_values(item: int, since: int | None, said: Statement) -> tuple[object, ...]:
    return (
        item,
        since,
        said.stance.value,
        said.party,
        said.speaker,
        said.affiliation,
        said.voice.value,
        _text(said.span),
        said.words,
        _text(said.cue),
        _text(said.speaker_span),
        said.proposition,
        json.dumps(said.via, ensure_ascii=False) if said.via else "",
    )


def _text(span: Span | None) -> str | None:
    return None if span is None else f"{span.where.value}:{span.start}:{span.end}"


def _span(text: str | None) -> Span | None:
    return None if text is None else _sure_span(text)


def _sure_span(text: str) -> Span:
    where, start, end = text.split(":")
    return Span(Field(where), int(start), int(end))

"""A snapshot as three CSV tables: items, statements, citations."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from snapshots import document
from snapshots.snapshot import Snapshot, text_sha256
from stories.address import canonical

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that starts so is run as a formula by spreadsheets (OWASP, "CSV Injection")."""


def write(snapshot: Snapshot) -> Mapping[str, str]:
    """The tables by their names' ending. A text that a spreadsheet would run gets an apostrophe in front."""
    story = document.story(snapshot.detail)
    retrieved = {one.item: one for one in snapshot.retrievals}
    hashes = {item.id: text_sha256(item) for item in snapshot.detail.items}
    addresses = {item.id: canonical(item.link) for item in snapshot.detail.items}
    pages = {one.item: one.article for one in snapshot.retrievals}
    items = [
        {
            **item,
            "canonical_url": addresses[item["id"]],
            "links": " ".join(link["href"] for link in item["links"]),
            "flags": " ".join(item["flags"]),
            "retrieved_at": document.time(retrieved[item["id"]].retrieved_at),
            "http_status": retrieved[item["id"]].http_status,
            "response_sha256": retrieved[item["id"]].response_sha256,
            "text_sha256": hashes[item["id"]],
            "article_url": page.url if (page := pages[item["id"]]) else "",
            "page_sha256": page.page_sha256 if page else "",
        }
        for item in story["items"]
    ]
    statements = [{**one, "via": " < ".join(one["via"])} for one in story["statements"]]
    return {
        "items.csv": _table(items, _ITEMS),
        "statements.csv": _table(statements, _STATEMENTS),
        "citations.csv": _table(story["citations"], _CITATIONS),
    }


_ITEMS = (
    "id", "guid", "publisher", "published", "first_seen", "effective", "flags", "title", "summary", "body", "link", "canonical_url",
    "lang", "feed", "links", "retrieved_at", "http_status", "response_sha256", "text_sha256", "article_url", "page_sha256",
)  # fmt: skip
_STATEMENTS = (
    "item", "guid", "publisher", "at", "stance", "party", "speaker", "affiliation", "voice", "via", "on_claim", "target",
    "claim", "cue", "words", "where", "start", "end", "by_analyst",
)  # fmt: skip
_CITATIONS = ("item", "guid", "publisher", "at", "source", "kind", "cited_by", "words", "href")


def _table(rows: Iterable[Mapping[str, object]], columns: Sequence[str]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")  # RFC 4180
    writer.writerow(columns)
    writer.writerows([_cell(row[column]) for column in columns] for row in rows)
    return text.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    text = "" if value is None else str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text

"""What feedparser's own tests expect of titles, links, ids and dates, against our parse step.

Each of its documents carries a line such as `Expect: not bozo and entries[0]['title'] == 'Example'`, an
expression over its result. The equations about our four fields are taken out of it; all else (authors,
licences, podcasts, whether the document was well-formed) is not ours.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from feeds import clean
from feeds.errors import FeedError, Trouble
from feeds.parse import parse

_EXPECT = re.compile(rb"Expect:[ \t]*([^\r\n]+)")
_HEADER = re.compile(rb"Header:[ \t]*([\w-]+):[ \t]*([^\r\n]+)")
_FIELDS = {
    "title": "title",
    "link": "link",
    "id": "id",
    "guid": "id",
    "published_parsed": "date",
    "updated_parsed": "date",
    "created_parsed": "date",
}


@dataclass(frozen=True, slots=True)
class Expectation:
    """One equation of a document's `Expect` line."""

    field: str
    item: int | None
    """Place of the item; None for the feed itself."""
    value: object


def expectations(body: bytes) -> list[Expectation]:
    """The equations about our fields; none when the line can't be read or says nothing of them."""
    found = _EXPECT.search(body)
    if found is None:
        return []
    try:
        tree = ast.parse(
            found.group(1).decode("ascii", "replace").replace("-->", "").strip(), mode="eval"
        ).body
    except SyntaxError:
        return []
    parts = tree.values if isinstance(tree, ast.BoolOp) and isinstance(tree.op, ast.And) else [tree]
    return [each for part in parts for each in _equations(part)]


def _equations(part: ast.expr) -> Iterator[Expectation]:
    if not isinstance(part, ast.Compare) or not all(isinstance(op, ast.Eq) for op in part.ops):
        return
    sides = [part.left, *part.comparators]
    try:
        value = ast.literal_eval(sides[-1])
    except ValueError:
        return  # compared with another field, or with what a function gives
    for side in sides[:-1]:
        names = _path(side)
        match names:
            case ["entries", int(item), str(field)] if field in _FIELDS:
                yield Expectation(_FIELDS[field], item, value)
            case ["feed", "title"]:
                yield Expectation("title", None, value)


def _path(side: ast.expr) -> list[object]:
    """`entries[0]['title']` as its steps."""
    match side:
        case ast.Name(name):
            return [name]
        case ast.Attribute(inner, name):
            return [*_path(inner), name]
        case ast.Subscript(inner, ast.Constant(step)):
            return [*_path(inner), step]
    return [None]


@dataclass(frozen=True, slots=True)
class Unmet:
    """An expectation that our reading does not meet."""

    expected: Expectation
    ours: object
    reason: str
    """Which kind of difference it is; empty when it is none that we know of."""


def unmet(body: bytes, url: str) -> list[Unmet]:
    """The expectations that our reading does not meet, each with its reason."""
    headers = {name.lower().decode(): value.decode("latin-1") for name, value in _HEADER.findall(body)}
    # Items of nothing but a date are no items to us: each is given a GUID, so that its date can be compared.
    named = body.replace(b"<item>", b"<item><guid>x</guid>").replace(b"<entry>", b"<entry><id>x</id>")
    found: list[Unmet] = []
    for each in expectations(body):
        read = named if each.field == "date" else body
        ours = _ours(read, each, url, headers.get("content-type", ""))
        if ours != _as_we_say(each, url):
            found.append(Unmet(each, ours, _reason(body, each, ours, headers)))
    return found


def _ours(body: bytes, each: Expectation, url: str, content_type: str) -> object:
    try:
        parsed = parse(body, url=url, now=datetime.now(UTC), content_type=content_type)
    except FeedError as error:
        return error.trouble
    if each.item is None:
        return parsed.title
    if each.item >= len(parsed.entries):
        return None
    entry = parsed.entries[each.item]
    fields = {"title": entry.title, "link": entry.link, "id": entry.guid, "date": entry.published}
    return fields[each.field]


def _reason(body: bytes, each: Expectation, ours: object, headers: Mapping[str, str]) -> str:
    """The kind of a difference, by what stands in the document."""
    expected = str(each.value)
    if re.search(rb"<(?:channel|Channel) HREF|<!DOCTYPE Channel|<CHANNEL", body) or ours is Trouble.BROKEN:
        return "a format of 1997 (CDF), which no news feed has"
    if "content-location" in headers and each.field in ("id", "link"):
        return "Content-Location is no base for addresses since RFC 7231"
    if each.field == "id" and expected.endswith(str(ours)):
        return "an id is compared letter by letter, never resolved (RFC 4287, 4.2.6)"
    if ours is None and not clean.title(expected):
        return "nothing but a picture in the title: no words, no address, no GUID, so no item"
    if expected.translate({0x2329: 0x27E8, 0x232A: 0x27E9}) == ours:
        return "HTML 5 gave &lang; and &rang; other characters than HTML 4"
    if each.field == "title" and ours and expected.startswith(str(ours)):
        return "an element that is never closed: what follows is inside of it, and not read"
    if each.item is None and not ours and re.search(rb"<(?!title)[Tt][Ii][Tt][Ll][Ee]>", body):
        return "XML's names are written one way only"
    if each.field == "date" and re.search(rb"<(\w+)>[^<]*</\1>\s*<\1>", body):
        return "of several dates of one name the first; feedparser takes the last"
    return ""


def _as_we_say(each: Expectation, url: str) -> object:
    """The expected value, cleaned as ours is."""
    if each.field == "date":
        return datetime(*each.value[:6], tzinfo=UTC) if isinstance(each.value, tuple) else None
    text = str(each.value)
    if each.field == "link":
        return clean.address(text, url)
    return clean.line(text) if each.field == "id" else clean.title(text)

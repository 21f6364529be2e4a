"""The test feeds of ten feed parsers through our parse step, against feedparser as the reference.

    python -m benchmarks.parser_suites ../shared/data/feeds/parser_suites.tar.xz [--show FIELD] [--expect]

For each suite: documents, how many give the reference's items, and for those how many agree in every
title, link, id and date. A title is compared as we clean it; a date as *we* read feedparser's raw
words; a link after its address is cleaned. Below, every kind of difference with its documents.
`--show` prints each difference of a field, or of `items`. `--expect` holds our reading against what
feedparser's tests themselves expect (`benchmarks.parser_expectations`).
"""

from __future__ import annotations

import argparse
import collections
import re
import tarfile
import warnings
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import feedparser

from benchmarks.parser_expectations import expectations, unmet
from feeds import clean, dates
from feeds.errors import FeedError
from feeds.parse import parse

URL = "http://127.0.0.1:8097/feed"
"""Where feedparser's own tests serve their documents from."""
FIELDS = ("title", "link", "id", "date")
FEEDS = (".xml", ".rss", ".atom", ".rdf", ".json", ".feed", ".z")


def documents(path: Path) -> dict[str, list[tuple[str, bytes]]]:
    """The suites' documents by suite; OPML, HTML and other files left out."""
    found: dict[str, list[tuple[str, bytes]]] = collections.defaultdict(list)
    with tarfile.open(path) as archive:
        for member in archive:
            name = member.name
            suite = "/".join(Path(name).parts[:3] if "/feedparser/" in f"/{name}" else Path(name).parts[:1])
            if member.isfile() and Path(name).suffix in FEEDS and "/listparser/" not in f"/{name}":
                stream = archive.extractfile(member)
                assert stream is not None
                found[suite].append((name, stream.read()))
    return found


def reference(body: bytes) -> list[tuple[str, ...]]:
    """feedparser's items: title, link, id, date."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found: Any = feedparser.parse(body, sanitize_html=False, response_headers={"content-location": URL})
    items = []
    for entry in found.entries:
        raw = next((entry[key] for key in ("published", "updated", "created") if dict.get(entry, key)), "")
        words = clean.title(entry.get("title", "")) or clean.markup(entry.get("summary", ""))[0]
        if not words and not entry.get("link") and not entry.get("id"):
            continue  # neither words, nor an address, nor a GUID: nothing a reader could be shown
        items.append(
            (
                clean.title(entry.get("title", "")),
                clean.address(entry.get("link", ""), URL),
                clean.line(entry.get("id", "")),
                str(dates.read(str(raw).strip())),
            )
        )
    return items


def ours(body: bytes) -> list[tuple[str, ...]] | str:
    """Our items, or the kind of trouble."""
    try:
        parsed = parse(body, url=URL, now=datetime.now(UTC))
    except FeedError as error:
        return error.trouble.value
    return [(entry.title, entry.link, entry.guid, str(entry.published)) for entry in parsed.entries]


def different(field: str, ours: Sequence[str], theirs: Sequence[str]) -> str:
    """Why a field of an item differs from feedparser's; empty when for no reason that we know of."""
    a, b = (dict(zip(FIELDS, item, strict=True))[field] for item in (ours, theirs))
    if field == "title" and not b.isascii() and max(b) < "\u2123":
        return "the charset is told from the bytes; without chardet, feedparser reads Latin-1"
    if field == "link" and not a and (b == clean.address(theirs[2], URL) or b.startswith(urljoin(URL, "/"))):
        return "an id is no address, unless it is one; feedparser makes any id a link"
    if field == "link" and a.endswith("/alternate") and b.endswith("/enclosure"):
        return "the page, not the enclosure, as feedparser's own test demands"
    if field == "link" and a and not b:
        return "an address where feedparser has none"
    if field == "link" and a and b.startswith(a):
        return "RSS's own <link>, not the <atom:link> beside it"
    if field == "id" and not b:
        return "dc:identifier where there is no GUID"
    if field == "id" and b == theirs[1] and a != b:
        return "dc:identifier before rdf:about"
    if field == "id" and (
        a.lower() == b.lower() or b.endswith(a) or b.rpartition("/")[2] == a.rpartition("/")[2]
    ):
        return "an id stays letter by letter; feedparser resolves it as an address"
    return ""


def fewer(body: bytes, found: Sequence[object] | str) -> str:
    """Why a document has not the reference's items."""
    if isinstance(found, str):
        return "an Atom entry alone is no feed" if b"<feed" not in body else ""
    if not found and not re.search(
        rb"<(item|entry)\b[^>]*>\s*<(title|link|description|guid|id|summary)\b", body
    ):
        return "an item of nothing but a category or an enclosure, whose inner title feedparser takes for its own"
    return ""


def tests_expect(archive: Path) -> None:
    """Print how many of feedparser's own expectations our reading meets, and each that it doesn't."""
    asked: collections.Counter[str] = collections.Counter()
    missed: collections.Counter[str] = collections.Counter()
    told: list[str] = []
    for suite, files in sorted(documents(archive).items()):
        for name, body in files if suite.startswith("feedparser/") else ():
            asked.update(each.field for each in expectations(body))
            for one in unmet(body, URL):
                missed[one.expected.field] += 1
                told.append(f"  {one.reason or 'UNEXPLAINED'}: {name} {str(one.ours)[:60]!r}")
    for field in FIELDS:
        print(f"{field:<8}{asked[field] - missed[field]:>6} of {asked[field]} expectations met")
    print("not met:", *sorted(told), sep="\n")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("archive", type=Path)
    parser.add_argument("--show", choices=(*FIELDS, "items"), default="")
    parser.add_argument("--expect", action="store_true", help="what feedparser's tests expect")
    asked = parser.parse_args()
    if asked.expect:
        tests_expect(asked.archive)
        return
    reasons: collections.Counter[tuple[str, str]] = collections.Counter()
    print(
        f"{'suite':<32}{'documents':>10}{'no items':>10}{'same items':>12}"
        + "".join(f"{field:>8}" for field in FIELDS)
    )
    for suite, files in sorted(documents(asked.archive).items()):
        counts: collections.Counter[str] = collections.Counter()
        for name, body in files:
            expected, found = reference(body), ours(body)
            if not expected and not isinstance(found, list):
                counts["none"] += 1
                continue
            if isinstance(found, str) or len(found) != len(expected):
                counts["none"] += not expected
                reasons["items", fewer(body, found)] += bool(expected)
                if expected and asked.show == "items":
                    print(f"  {name}: {found if isinstance(found, str) else len(found)} | {len(expected)}")
                continue
            counts["same"] += bool(expected)
            counts["none"] += not expected
            for number, field in enumerate(FIELDS):
                pairs = [(a[number], b[number]) for a, b in zip(found, expected, strict=True)]
                counts[field] += bool(expected) and all(a == b for a, b in pairs)
                kinds = {
                    different(field, a, b)
                    for a, b in zip(found, expected, strict=True)
                    if a[number] != b[number]
                }
                reasons.update((field, kind) for kind in kinds)
                if field == asked.show:
                    for a, b in pairs:
                        if a != b:
                            print(f"  {name}: {a[:100]!r} | {b[:100]!r}")
        cells = "".join(f"{counts[field]:>8}" for field in FIELDS)
        print(f"{suite:<32}{len(files):>10}{counts['none']:>10}{counts['same']:>12}{cells}")
    print("\ndocuments that differ, by reason")
    for (field, reason), number in sorted((+reasons).items()):
        print(f"{number:>6}  {field}: {reason or 'UNEXPLAINED'}")


if __name__ == "__main__":
    main()

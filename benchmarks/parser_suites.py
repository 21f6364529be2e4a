"""The test feeds of ten feed parsers through our parse step, against feedparser as the reference.

    python -m benchmarks.parser_suites ../shared/data/feeds/parser_suites.tar.xz [--show FIELD]

For each suite: documents, how many give the reference's items, and for those how many agree in every
title, link, id and date. A title is compared as we clean it; a date as *we* read feedparser's raw
words; a link after its address is cleaned. `--show` prints each difference of a field, or of `items`.
"""

from __future__ import annotations

import argparse
import collections
import tarfile
import warnings
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import feedparser

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


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("archive", type=Path)
    parser.add_argument("--show", choices=(*FIELDS, "items"), default="")
    asked = parser.parse_args()
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
                if not expected:
                    counts["none"] += 1
                elif asked.show == "items":
                    print(f"  {name}: {found if isinstance(found, str) else len(found)} | {len(expected)}")
                continue
            counts["same"] += bool(expected)
            counts["none"] += not expected
            for number, field in enumerate(FIELDS):
                pairs = [(a[number], b[number]) for a, b in zip(found, expected, strict=True)]
                counts[field] += bool(expected) and all(a == b for a, b in pairs)
                if field == asked.show:
                    for a, b in pairs:
                        if a != b:
                            print(f"  {name}: {a[:100]!r} | {b[:100]!r}")
        cells = "".join(f"{counts[field]:>8}" for field in FIELDS)
        print(f"{suite:<32}{len(files):>10}{counts['none']:>10}{counts['same']:>12}{cells}")


if __name__ == "__main__":
    main()

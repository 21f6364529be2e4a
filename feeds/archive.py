"""Archives of items for `spreadwatch import`: one JSON object or CSV row each, compressed or not.

Keys: `id` (kept as the GUID), `title`, and any of `summary`, `body`, `link`, `published` (ISO 8601),
`feed`, `source` (the outlet's host or address), `lang`. Common other names of these are read too
(``description`` for ``summary``, as RSS has it); any other key is named to whoever imports.
"""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import lzma
import zlib
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

import zstandard

from feeds import clean, dates
from feeds.catalogue import Catalogue
from feeds.entry import Entry
from feeds.errors import FeedError, Trouble
from feeds.raw import language
from stories.item import DateFlag

if TYPE_CHECKING:
    from _csv import Reader as _Reader

LONGEST_LINE = 16 << 20
"""Bytes; a longer line is none of ours."""


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that is not an item, and why."""

    number: int
    """From 1, as editors count."""
    problem: str


@dataclass(slots=True)
class Progress:
    """How far a reading has come, for a progress bar."""

    done: int = 0
    """Bytes of the file as it lies on disk."""
    total: int = 0
    unread: set[str] = field(default_factory=set)
    """Keys with something under them that mean nothing to us."""


def read(
    path: Path,
    catalogue: Catalogue | None = None,
    *,
    progress: Progress | None = None,
    now: datetime | None = None,
) -> Iterator[Entry | BadLine]:
    """The items of a JSONL or CSV file (`.csv`, `.tsv`), each cleaned; `.xz`, `.gz`, `.bz2`, `.zst` are read directly.

    A line that is not an item comes out as BadLine; an item whose date can't be read keeps the words it was
    written with (``published_raw``) and is undated. FeedError BROKEN when the file itself can't be read.
    """
    catalogue = catalogue or Catalogue()
    with ExitStack() as stack:
        try:
            raw = stack.enter_context(path.open("rb"))
            if progress is not None:
                progress.total = path.stat().st_size
            lines = _opened(raw, path, stack)
            rows = _csv(lines, path) if _suffix(path) in (".csv", ".tsv") else _json(lines)
            maker = _Maker(catalogue, now or datetime.now(UTC))
            for number, row in rows:
                if progress is not None:
                    progress.done = raw.tell()
                if isinstance(row, str):
                    yield BadLine(number, row)
                    continue
                if progress is not None and len(progress.unread) < _UNREAD:
                    progress.unread |= _unknown(row)
                yield maker.entry(number, _named(row))
        except (OSError, EOFError, ValueError, lzma.LZMAError, zlib.error, zstandard.ZstdError) as error:
            raise FeedError(
                Trouble.BROKEN,
                f"{path} can't be read further ({error}).",
                remedy="What came before was taken in.",
            ) from error


class _Maker:
    """Rows to entries; remembers what it worked out for each outlet and feed."""

    def __init__(self, catalogue: Catalogue, now: datetime) -> None:
        self._catalogue = catalogue
        self._now = now
        self._publishers: dict[str, str] = {}
        self._feeds: dict[str, str] = {}

    def entry(self, number: int, row: Mapping[str, Any]) -> Entry | BadLine:
        wrong = next((key for key in _TEXTS if not isinstance(row.get(key) or "", str)), None)
        if wrong is not None:
            return BadLine(
                number, f"its “{wrong}” is {_KINDS.get(type(row[wrong]), 'no text')} instead of text"
            )
        texts = {key: _text(row.get(key)) for key in _KEYS}
        title = clean.title(texts["title"])
        feed = self._feed(texts["feed"])
        link = clean.address(texts["link"], feed)
        summary, links = clean.markup(texts["summary"], clean.SUMMARY, link)
        body, more = clean.markup(texts["body"], clean.BODY, link) if texts["body"] else ("", ())
        if not title and not summary and not body:
            return BadLine(number, "it has neither title, summary nor body")
        published_raw = texts["published"].strip()
        published = dates.read(published_raw) if published_raw else None
        return Entry(
            guid=clean.line(texts["id"] or texts["guid"], clean.GUID),
            title=title,
            summary=summary,
            body=body,
            link=link,
            links=(links + more)[: clean.LINKS] if more else links,
            published=published,
            published_raw=clean.line(published_raw, dates.LONGEST),
            flags=dates.flagged(published, self._now)
            if published is None or published > self._now
            else _NO_FLAGS,
            lang=language(texts["lang"]),
            feed=feed,
            publisher=self._publisher(texts["source"].strip() or link or feed),
        )

    def _feed(self, feed: str) -> str:
        if feed not in self._feeds:
            self._feeds[feed] = clean.address(feed)
        return self._feeds[feed]

    def _publisher(self, source: str) -> str:
        """By host or address; a name that is neither ("Hearst Papers") stands for itself."""
        if not source:
            return ""
        key = source if len(source) < 200 and "/" not in source else source[:200].partition("?")[0]
        if key not in self._publishers:
            if len(self._publishers) > 100_000:
                self._publishers.clear()
            self._publishers[key] = self._catalogue.publisher_of(source) or clean.line(source, 200)
        return self._publishers[key]


def _named(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """The row under our names: another name stands in where ours holds nothing."""
    others = sorted(key for key in row.keys() & _OTHER_NAMES.keys() if isinstance(row[key], str))
    if not others:
        return row
    named = dict(row)
    for other in others:
        named[_OTHER_NAMES[other]] = named.get(_OTHER_NAMES[other]) or row[other]
    return named


def _unknown(row: Mapping[str, Any]) -> set[str]:
    """The keys with something under them that we make nothing of."""
    return {
        key
        for key in row.keys() - _KEYS
        if row[key] and not (key in _OTHER_NAMES and isinstance(row[key], str))
    }


_KEYS = frozenset(("id", "guid", "title", "summary", "body", "link", "published", "feed", "source", "lang"))
_OTHER_NAMES = {
    "description": "summary",
    "content": "body",
    "text": "body",
    "url": "link",
    "date": "published",
    "pubdate": "published",
    "host": "source",
    "publisher": "source",
    "language": "lang",
}
"""What RSS, JSON Feed and common data sets call the same: an archive whose texts silently stay out is worse
than one that is refused."""
_UNREAD = 100
"""Unknown keys remembered; a file with more has no columns but data for keys."""
_TEXTS = ("title", "summary", "body", "link", "feed", "source", "lang")
"""Must be text; `id` may be a number, as it is in many exports, and `published` what can't be read."""
_KINDS = {int: "a number", float: "a number", bool: "true or false", list: "a list", dict: "an object"}
_NO_FLAGS: frozenset[DateFlag] = frozenset()


def _json(lines: IO[bytes]) -> Iterator[tuple[int, Mapping[str, Any] | str]]:
    number = 0
    begun = False
    while line := lines.readline(LONGEST_LINE):
        number += 1
        if not begun and line.lstrip(_BLANK).startswith(b"[") and not line.rstrip().endswith(b"]"):
            raise _array()
        if len(line) == LONGEST_LINE and not line.endswith(b"\n"):
            while (rest := lines.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
                continue
            yield number, "it is longer than 16 MiB"
            continue
        if line.isspace():
            continue
        try:
            row = json.loads(line)
        except UnicodeDecodeError:
            yield number, _NOT_UTF8
            begun = True
            continue
        except (ValueError, RecursionError) as error:
            yield number, f"it is not JSON ({error})"
            begun = True
            continue
        if not begun and isinstance(row, list) and any(isinstance(one, dict) for one in row):
            raise _array()
        begun = True
        yield number, row if isinstance(row, dict) else "it is not a JSON object"


_BLANK = b" \t\r\n\xef\xbb\xbf"
_NOT_UTF8 = "it is not UTF-8 (turn the whole file: iconv -f latin1 -t utf-8)"


def _array() -> FeedError:
    return FeedError(
        Trouble.BROKEN,
        "The file is one JSON array; an archive has one object a line.",
        remedy="Turn it: jq -c '.[]' items.json > items.jsonl",
    )


def _csv(lines: IO[bytes], path: Path) -> Iterator[tuple[int, Mapping[str, Any] | str]]:
    text = io.TextIOWrapper(lines, encoding="utf-8-sig", errors="surrogateescape", newline="")
    csv.field_size_limit(LONGEST_LINE)
    try:
        clean_lines = (line.replace("\0", "") for line in text)
        first = next(clean_lines, "")
        delimiter = "\t" if _suffix(path) == ".tsv" else _delimiter(first)
        # Strict, since a quotation mark that isn't closed would otherwise swallow the rest of the file.
        yield from _csv_rows(csv.reader(chain((first,), clean_lines), delimiter=delimiter, strict=True))
    finally:
        text.detach()  # the file is closed by whoever opened it


def _delimiter(first: str) -> str:
    """What parts the columns, by the line that names them: spreadsheets of many countries write semicolons."""
    return next((mark for mark in ",;\t" if "title" in _header(first.rstrip("\r\n").split(mark))), ",")


def _header(cells: list[str]) -> list[str]:
    return [cell.strip().strip('"').strip().lower() for cell in cells]


def _csv_rows(reader: _Reader) -> Iterator[tuple[int, Mapping[str, Any] | str]]:
    header: list[str] = []
    while True:
        begins = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            till = f", up to line {reader.line_num}" if reader.line_num > begins else ""
            open_mark = "end of data" in str(error) or "expected after" in str(error)
            problem = (
                "a quotation mark is not closed, or not doubled" if open_mark else f"it is not CSV ({error})"
            )
            yield begins, f"{problem}{till}"
            continue
        if not header:
            header = _header(row)
            if "title" not in header:
                raise ValueError("its first line names no column “title”")
        elif row:
            if any("\udc80" <= sign <= "\udcff" for cell in row for sign in cell):
                yield reader.line_num, _NOT_UTF8
            elif len(row) > len(header):
                yield reader.line_num, f"it has {len(row)} columns, the first line {len(header)}"
            else:
                yield reader.line_num, dict(zip(header, row, strict=False))


def _opened(raw: IO[bytes], path: Path, stack: ExitStack) -> IO[bytes]:
    packing = path.suffix.lower()
    if packing == ".xz":
        return io.BufferedReader(cast(Any, stack.enter_context(lzma.open(raw))))
    if packing == ".gz":
        return io.BufferedReader(cast(Any, stack.enter_context(gzip.open(raw))))
    if packing == ".bz2":
        return io.BufferedReader(cast(Any, stack.enter_context(bz2.open(raw))))
    if packing == ".zst":
        return io.BufferedReader(
            cast(Any, stack.enter_context(zstandard.ZstdDecompressor().stream_reader(raw)))
        )
    return raw


def _suffix(path: Path) -> str:
    """The format's ending, before the packing's: ".csv" of "items.csv.xz"."""
    packed = path.suffix.lower() in (".xz", ".gz", ".bz2", ".zst")
    return Path(path.stem).suffix.lower() if packed else path.suffix.lower()


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""

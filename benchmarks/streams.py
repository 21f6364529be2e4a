"""Reads a labelled or plain stream of items, in the form `spreadwatch import` takes."""

from __future__ import annotations

import html
import json
import lzma
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from stories.item import Item

_TAG = re.compile(r"<[^>]{0,2000}>")
_SPACE = re.compile(r"[ \t\r\f\v\xa0]+")


def items_of(path: Path, *, body: bool = True) -> Iterator[tuple[Item, str]]:
    """Every item of a JSONL file in file order, with its gold cluster ("" when it names none)."""
    with (
        lzma.open(path, "rt", encoding="utf-8")
        if path.suffix == ".xz"
        else path.open(encoding="utf-8") as lines
    ):
        for number, line in enumerate(lines, 1):
            if line.strip():
                row = json.loads(line)
                yield _item(number, row, body), str(row.get("cluster") or "")


def _item(number: int, row: dict[str, str | None], body: bool) -> Item:
    link = row.get("link") or row.get("url") or ""
    publisher = row.get("source") or row.get("host") or urlsplit(link).hostname or "unknown"
    return Item(
        id=number,
        guid=str(row.get("id") or number),
        publisher=publisher.removeprefix("www."),
        title=_plain(row.get("title") or ""),
        summary=_plain(row.get("summary") or row.get("description") or "") if body else "",
        body=_plain(row.get("body") or "") if body else "",
        link=link,
        published=_date(row.get("published") or ""),
        lang=(row.get("lang") or "")[:2].lower(),
        feed=row.get("feed") or "",
    )


def _plain(text: str) -> str:
    if "<" in text:
        text = _TAG.sub(" ", text)
    return _SPACE.sub(" ", html.unescape(text)).strip()


def _date(text: str) -> datetime | None:
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        return None
    return read if read.tzinfo else read.replace(tzinfo=UTC)

"""The record of a folder's snapshots: one line each, chained by hash, so that a removed or altered one shows.

A line holds the snapshot's file with its SHA-256, the hash of every item's text, and the hash of the line
before. Whoever can rewrite the whole folder can rewrite the chain: it shows tampering with a part, and a
copy of the last line kept elsewhere shows the rest.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from snapshots.document import Document, time
from snapshots.errors import SnapshotError
from snapshots.seal import of_text
from snapshots.snapshot import Snapshot, text_sha256

SCHEMA = "spreadwatch/manifest@1"
NAME = "spreadwatch-manifest.jsonl"
_BLOCK = 1 << 16
"""Bytes read at once from the end: most lines fit."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a manifest, as it stands in the file."""

    number: int
    text: str
    values: Document
    """Empty when the line can't be read."""

    @property
    def sha256(self) -> str:
        """What the next line must name as ``previous``."""
        return of_text(self.text)

    @property
    def whole(self) -> bool:
        """Whether the line is byte for byte as it was written."""
        body = {name: value for name, value in self.values.items() if name != "seal"}
        return bool(self.values) and self.text == _dumped(body, _seal(body))


def append(folder: Path, snapshot: Snapshot, form: str, files: Mapping[str, bytes]) -> Document:
    """Adds a snapshot's files to the folder's manifest; two programs may do so at once."""
    path = folder / NAME
    pages = {
        one.item: {"page_sha256": one.article.page_sha256}
        for one in snapshot.retrievals
        if one.article is not None
    }
    with _locked(path) as held:
        last = _last(held)
        body = {
            "schema": SCHEMA,
            "sequence": _sequence(held, last),
            "previous": of_text(last) if last else "",
            "format": form,
            "files": {
                name: {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
                for name, data in files.items()
            },
            "story": {"id": snapshot.detail.story.id, "name": snapshot.detail.story.name},
            "as_of": time(snapshot.detail.as_of),
            "taken_at": time(snapshot.taken_at),
            "taken_by": snapshot.taken_by,
            "tool": snapshot.tool,
            "items": [
                {"id": item.id, "guid": item.guid, "text_sha256": text_sha256(item), **pages.get(item.id, {})}
                for item in snapshot.detail.items
            ],
            "unknown": list(snapshot.unknown),
        }
        held.seek(0, os.SEEK_END)
        held.write((_dumped(body, _seal(body)) + "\n").encode())
        held.flush()
        os.fsync(held.fileno())
    return body


def read(path: Path) -> list[Line]:
    """Every line of a manifest; SnapshotError when the file can't be read at all."""
    try:
        return list(_lines(path.read_bytes().decode("utf-8", "surrogateescape")))
    except OSError as error:
        raise SnapshotError(f"{path} can't be read: {error.strerror}.") from error


def _lines(text: str) -> Iterator[Line]:
    for number, line in enumerate(text.removesuffix("\n").split("\n") if text else (), 1):
        try:
            values = json.loads(line)
        except ValueError:
            values = {}
        yield Line(number, line, values if isinstance(values, dict) else {})


def _last(held: BinaryIO) -> str:
    """The last line, found from the end: an export of thousands of stories must not read the whole file each time."""
    end = held.seek(0, os.SEEK_END)
    tail = b""
    while end > 0 and b"\n" not in tail.removesuffix(b"\n"):
        start = max(0, end - _BLOCK)
        held.seek(start)
        tail = held.read(end - start) + tail
        end = start
    return tail.removesuffix(b"\n").rpartition(b"\n")[2].decode("utf-8", "surrogateescape")


def _sequence(held: BinaryIO, last: str) -> int:
    """The next line's number: one more than the last line says, or counted when it was altered."""
    if not last:
        return 1
    line = next(_lines(last))
    if line.whole and isinstance(line.values["sequence"], int):
        return line.values["sequence"] + 1
    held.seek(0)
    return sum(1 for _ in held) + 1


def _dumped(body: Document, seal: str) -> str:
    return json.dumps({**body, "seal": seal}, ensure_ascii=True)


def _seal(body: Document) -> str:
    return of_text(json.dumps(body, ensure_ascii=True))


@contextmanager
def _locked(path: Path) -> Iterator[BinaryIO]:
    with path.open("a+b") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield held

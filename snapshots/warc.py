"""Servers' answers as WARC 1.1 (ISO 28500), the format of web archives."""

from __future__ import annotations

import base64
import gzip
import hashlib
import uuid
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from http import HTTPStatus

from stories.provenance import Retrieval


def records(answers: Iterable[tuple[Retrieval, bytes]], *, tool: str, made: datetime) -> Iterator[bytes]:
    """A warcinfo record, then one response record for each answer; each may be gzipped by itself."""
    yield _record("warcinfo", "application/warc-fields", f"software: {tool}\r\n".encode(), made)
    for fetched, body in answers:
        yield _record(
            "response",
            "application/http; msgtype=response",
            _answer(fetched, body),
            fetched.retrieved_at or made,
            f"WARC-Target-URI: {fetched.feed}",
            f"WARC-Payload-Digest: sha256:{base64.b32encode(hashlib.sha256(body).digest()).decode()}",
        )


def packed(record: bytes) -> bytes:
    """A record as a gzip member of its own, so that readers can jump to it."""
    return gzip.compress(record, mtime=0)


def _record(kind: str, content_type: str, block: bytes, at: datetime, *more: str) -> bytes:
    head = [
        "WARC/1.1",
        f"WARC-Type: {kind}",
        f"WARC-Record-ID: <urn:uuid:{uuid.uuid4()}>",
        f"WARC-Date: {at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        *more,
        f"Content-Type: {content_type}",
        f"Content-Length: {len(block)}",
    ]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def _answer(fetched: Retrieval, body: bytes) -> bytes:
    """The status and the headers that were kept; the body as it was once unpacked, so it has no Content-Encoding."""
    status = fetched.http_status or 200
    phrase = HTTPStatus(status).phrase if status in set(HTTPStatus) else ""
    named = {
        "Content-Type": fetched.content_type,
        "ETag": fetched.etag,
        "Last-Modified": fetched.last_modified,
        "Content-Length": str(len(body)),
    }
    head = [f"HTTP/1.1 {status} {phrase}", *(f"{name}: {value}" for name, value in named.items() if value)]
    return "\r\n".join(head).encode("utf-8", "replace") + b"\r\n\r\n" + body

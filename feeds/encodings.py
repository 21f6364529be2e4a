"""Compressed bodies, decoded as they arrive and never further than allowed.

A gzip bomb of 194 KB is 200 MB: `aiter_bytes` of httpx cannot be stopped in time.
"""

from __future__ import annotations

import zlib
from typing import Protocol

import brotli
import zstandard

from feeds.errors import FeedError, Trouble

ACCEPTED = "gzip, deflate, br, zstd"
_WINDOW = 1 << 23
"""zstd's window, in bytes, that RFC 8878 asks decoders to support; a bomb may ask for gigabytes."""


class Decoder(Protocol):
    """One body's way from the wire to text bytes."""

    def feed(self, data: bytes, room: int) -> bytes:
        """Decode more, at most ``room`` bytes; FeedError TOO_BIG when there would be more."""
        ...


def decoder(names: str) -> Decoder:
    """The decoder for a Content-Encoding header; FeedError PROTOCOL when there is none."""
    found = [
        name.strip().lower() for name in names.split(",") if name.strip().lower() not in ("", "identity")
    ]
    if not found:
        return _Plain()
    if len(found) > 1:
        raise FeedError(Trouble.PROTOCOL, "The answer is compressed more than once.")
    if found[0] in ("gzip", "x-gzip", "deflate"):
        return _Zlib()
    if found[0] == "br":
        return _Brotli()
    if found[0] == "zstd":
        return _Zstd()
    raise FeedError(Trouble.PROTOCOL, f"The answer's encoding “{found[0][:40]}” is unknown.")


def too_big() -> FeedError:
    """What to raise when a body has more than its room."""
    return FeedError(Trouble.TOO_BIG, "The feed is larger than allowed; reading was stopped.")


class _Plain:
    def feed(self, data: bytes, room: int) -> bytes:
        if len(data) > room:
            raise too_big()
        return data


class _Zlib:
    """gzip, and deflate in both of the forms servers mean by it."""

    def __init__(self) -> None:
        self._inner: zlib._Decompress | None = None

    def feed(self, data: bytes, room: int) -> bytes:
        if self._inner is None:
            if not data:
                return b""
            # 47 reads gzip's and zlib's headers; some servers send "deflate" without any.
            headed = data[0] == 0x1F or (
                data[0] & 0x0F == 8 and (len(data) < 2 or int.from_bytes(data[:2], "big") % 31 == 0)
            )
            self._inner = zlib.decompressobj(47 if headed else -15)
        try:
            out = self._inner.decompress(data, room + 1)
        except zlib.error as error:
            raise FeedError(Trouble.PROTOCOL, f"The answer's compression is broken ({error}).") from error
        if len(out) > room or self._inner.unconsumed_tail:
            raise too_big()
        return out


class _Brotli:
    def __init__(self) -> None:
        self._inner = brotli.Decompressor()

    def feed(self, data: bytes, room: int) -> bytes:
        parts: list[bytes] = []
        size = 0
        try:
            while True:
                out = self._inner.process(data, output_buffer_limit=max(1, min(room + 1 - size, 1 << 20)))
                data = b""
                parts.append(out)
                size += len(out)
                if size > room:
                    raise too_big()
                if not out or self._inner.can_accept_more_data():
                    return b"".join(parts)
        except brotli.error as error:
            raise FeedError(Trouble.PROTOCOL, "The answer's brotli compression is broken.") from error


class _Zstd:
    _STEP = 64
    """Compressed bytes at a time: a block of four bytes can stand for 128 KB."""

    def __init__(self) -> None:
        self._inner = zstandard.ZstdDecompressor(max_window_size=_WINDOW).decompressobj()

    def feed(self, data: bytes, room: int) -> bytes:
        parts: list[bytes] = []
        size = 0
        try:
            for start in range(0, len(data), self._STEP):
                out = self._inner.decompress(data[start : start + self._STEP])
                size += len(out)
                if size > room:
                    raise too_big()
                parts.append(out)
        except zstandard.ZstdError as error:
            raise FeedError(Trouble.PROTOCOL, "The answer's zstd compression is broken.") from error
        return b"".join(parts)

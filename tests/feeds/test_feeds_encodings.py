from __future__ import annotations

import gzip
import zlib

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from feeds.encodings import decoder
from feeds.errors import FeedError, Trouble

PACK = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstandard.ZstdCompressor().compress,
}


@pytest.mark.parametrize("name", PACK)
@given(body=st.binary(max_size=5_000), piece=st.integers(1, 700))
def test_a_body_is_decoded_in_whatever_pieces_it_comes(name: str, body: bytes, piece: int) -> None:
    packed = PACK[name](body)
    decode = decoder(name)
    found = b"".join(decode.feed(packed[at : at + piece], 10_000) for at in range(0, len(packed), piece))
    assert found == body


def test_deflate_without_its_header_is_read_too() -> None:
    packer = zlib.compressobj(wbits=-15)
    packed = packer.compress(b"bare" * 50) + packer.flush()
    assert decoder("deflate").feed(packed, 1_000) == b"bare" * 50


@pytest.mark.parametrize("name", PACK)
def test_a_bomb_is_stopped_at_the_cap_and_not_unpacked(name: str) -> None:
    bomb = PACK[name](b"\0" * 50_000_000)
    decode = decoder(name)
    with pytest.raises(FeedError) as caught:
        for at in range(0, len(bomb), 65_536):
            decode.feed(bomb[at : at + 65_536], 1 << 20)
    assert caught.value.trouble is Trouble.TOO_BIG


@pytest.mark.parametrize("name", PACK)
def test_broken_compression_is_a_feed_error(name: str) -> None:
    with pytest.raises(FeedError) as caught:
        decoder(name).feed(b"\x1f\x8b\x08broken" + b"\xff" * 500, 1_000)
    assert caught.value.trouble in (Trouble.PROTOCOL, Trouble.TOO_BIG)


@pytest.mark.parametrize("name", ["gzip, br", "compress", "nonsense"])
def test_an_unknown_or_doubled_encoding_is_refused(name: str) -> None:
    with pytest.raises(FeedError):
        decoder(name)

"""One safe request: a total deadline, a cap on decoded bytes, guarded redirects, byte-exact validators."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import TracebackType

import httpcore
import httpx

from feeds.encodings import ACCEPTED, decoder
from feeds.errors import FeedError, Trouble
from feeds.guard import is_inside
from feeds.network import Network

DEADLINE = 30.0
"""Seconds for everything: names, connections, every hop, the last byte."""
LARGEST = 16 << 20
"""Decoded bytes of a feed; the largest recorded one has a tenth of a megabyte."""
HOPS = 5
_PERMANENT = (301, 308)
_REDIRECTS = (301, 302, 303, 307, 308)
_ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
_CHALLENGE = (
    b"cf-chl",
    b"challenge-platform",
    b"<title>Just a moment...",
    b"_Incapsula_Resource",
    b"ddos-guard",
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said, as far as the poller looks at it."""

    status: int
    url: str
    """Where the last hop led."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """By lower-case name; bytes as latin-1, so that they can be given back exactly."""
    body: bytes = b""
    """Decoded; of an error status only its beginning."""
    moved_to: str = ""
    """Where permanent redirects alone lead from the feed's address; empty when it did not move."""

    def header(self, name: str) -> str:
        """A header's value, empty when it was not sent."""
        return self.headers.get(name, "")


class Fetcher:
    """Makes requests over one guarded network; close it, or use it as an asynchronous context manager."""

    def __init__(
        self,
        agent: str = "spreadwatch",
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        deadline: float = DEADLINE,
        largest: int = LARGEST,
    ) -> None:
        self._agent = agent
        self._transport = transport or Network()
        self._deadline = deadline
        self._largest = largest

    async def get(
        self,
        url: str,
        *,
        etag: str = "",
        last_modified: str = "",
        accept: str = _ACCEPT,
        inside: bool | None = None,
    ) -> Answer:
        """The answer to a GET with these validators; FeedError when there is none to be had.

        ``inside`` allows private addresses on the feed's own host; by default that is so when the
        address was written as one.
        """
        try:
            async with asyncio.timeout(self._deadline):
                return await self._followed(url, etag, last_modified, accept, inside)
        except TimeoutError as error:
            raise FeedError(Trouble.TIMEOUT, f"No complete answer within {self._deadline:g} s.") from error
        except (httpcore.ConnectError, httpx.ConnectError) as error:
            raise FeedError(Trouble.CONNECT, f"No connection ({_words(error)}).") from error
        except ssl.SSLError as error:
            raise FeedError(Trouble.TLS, f"The secure connection failed ({_words(error)}).") from error
        except (httpcore.NetworkError, httpx.NetworkError, httpcore.ProxyError, OSError) as error:
            raise FeedError(Trouble.CONNECT, f"The connection broke ({_words(error)}).") from error
        except (httpcore.ProtocolError, httpx.ProtocolError, httpcore.UnsupportedProtocol) as error:
            raise FeedError(
                Trouble.PROTOCOL, f"The server does not speak proper HTTP ({_words(error)})."
            ) from error

    async def _followed(
        self, url: str, etag: str, last_modified: str, accept: str, inside: bool | None
    ) -> Answer:
        first = _address(url)
        host = first.host
        may_go_inside = is_inside(host) if inside is None else inside
        at = first
        visited = {str(at)}
        moved_to = ""
        permanent = True
        for _ in range(HOPS + 1):
            headers = self._headers(at, host, etag, last_modified, accept)
            # Only the host that the user wrote may be inside: never where it redirects to.
            request = httpx.Request(
                "GET", at, headers=headers, extensions={"inside": may_go_inside and at.host == host}
            )
            response = await self._asked(request)
            try:
                if response.status_code not in _REDIRECTS:
                    return await self._read(response, str(at), moved_to)
                at = self._next(at, response)
            finally:
                await response.aclose()
            permanent = permanent and response.status_code in _PERMANENT
            moved_to = str(at) if permanent else moved_to
            if str(at) in visited:
                raise FeedError(Trouble.REDIRECTS, f"Redirects lead in a circle through {at.host}.")
            visited.add(str(at))
        raise FeedError(Trouble.REDIRECTS, f"More than {HOPS} redirects.")

    async def _asked(self, request: httpx.Request) -> httpx.Response:
        """The beginning of an answer; asked for once more when a kept connection was closed under the request."""
        try:
            return await self._transport.handle_async_request(request)
        except (httpcore.ReadError, httpcore.WriteError):
            pass
        except httpcore.RemoteProtocolError as error:
            if "disconnected" not in str(error):
                raise
        return await self._transport.handle_async_request(request)

    async def _read(self, response: httpx.Response, url: str, moved_to: str) -> Answer:
        headers = {
            name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers.raw
        }
        status = response.status_code
        useful = status in (200, 203, 226)
        room = self._largest if useful else 65_536
        body = bytearray()
        length = headers.get("content-length", "")
        if (
            useful
            and not headers.get("content-encoding")
            and length.isascii()
            and length.isdigit()
            and int(length[:15]) > room
        ):
            raise FeedError(Trouble.TOO_BIG, f"The feed has {length[:15]} bytes; {room} are allowed.")
        try:
            # Also where there is no body: only an answer read to its end leaves its connection usable.
            await self._collect(response, headers.get("content-encoding", ""), body, room)
        except FeedError:
            if useful:
                raise
        return Answer(status, url, headers, bytes(body), moved_to)

    async def _collect(self, response: httpx.Response, encoding: str, body: bytearray, room: int) -> None:
        decode = None
        async for chunk in response.stream:  # type: ignore[union-attr]
            if decode is None:
                # A file served as it lies on disk: compressed, and nothing says so.
                decode = decoder(encoding or ("gzip" if chunk[:3] == b"\x1f\x8b\x08" else ""))
            body += decode.feed(chunk, room - len(body))

    def _next(self, at: httpx.URL, response: httpx.Response) -> httpx.URL:
        location = response.headers.get("location", "")
        if not location:
            raise FeedError(Trouble.REDIRECTS, f"A redirect ({response.status_code}) that names no address.")
        try:
            target = at.join(location)
        except (httpx.InvalidURL, UnicodeError) as error:
            raise FeedError(Trouble.REDIRECTS, "A redirect to something that is not an address.") from error
        if target.scheme not in ("http", "https") or not target.host:
            raise FeedError(
                Trouble.GUARDED, f"A redirect to a {target.scheme or 'nameless'} address; not followed."
            )
        return target.copy_with(fragment=None)

    def _headers(
        self, at: httpx.URL, host: str, etag: str, last_modified: str, accept: str
    ) -> list[tuple[bytes, bytes]]:
        headers = [
            (b"Host", at.netloc),
            (b"User-Agent", self._agent.encode("latin-1", "replace")),
            (b"Accept", accept.encode("ascii")),
            (b"Accept-Encoding", ACCEPTED.encode("ascii")),
        ]
        if etag:
            headers.append((b"If-None-Match", etag.encode("latin-1")))
            # RFC 3229 with feeds: the server may send the new entries only.
            headers.append((b"A-IM", b"feed"))
        if last_modified:
            headers.append((b"If-Modified-Since", last_modified.encode("latin-1")))
        if at.username and at.host == host:
            headers.append((b"Authorization", _basic(at)))
        return headers

    async def close(self) -> None:
        """Close every connection."""
        await self._transport.aclose()

    async def __aenter__(self) -> Fetcher:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()


@lru_cache(maxsize=4_096)
def _address(url: str) -> httpx.URL:
    """A feed's address, read once: httpx takes 60 µs for it."""
    try:
        found = httpx.URL(url)
    except (httpx.InvalidURL, UnicodeError) as error:
        raise FeedError(Trouble.PROTOCOL, f"Not an address: {error}.") from error
    if found.scheme not in ("http", "https") or not found.host:
        raise FeedError(Trouble.PROTOCOL, "Only http and https addresses can be read.")
    return found


def refusal(answer: Answer) -> FeedError | None:
    """Why an answer holds no feed, or None for 200, 226 and 304."""
    status = answer.status
    if status in (200, 203, 226, 304):
        return None
    if answer.header("cf-mitigated").lower() == "challenge" or (
        status in (403, 429, 503) and any(mark in answer.body for mark in _CHALLENGE)
    ):
        return FeedError(
            Trouble.CHALLENGE,
            f"The site asks for a browser (status {status}).",
            remedy="Ask the publisher to let feed readers in, or use another feed of theirs.",
            status=status,
        )
    if status == 410:
        return FeedError(
            Trouble.GONE, "The publisher took the feed down for good.", remedy="Remove it.", status=status
        )
    if status in (429, 503):
        return FeedError(Trouble.BUSY, f"The server asks for patience (status {status}).", status=status)
    if status == 204:
        return FeedError(Trouble.EMPTY, "The server sent no document (status 204).", status=status)
    return FeedError(Trouble.STATUS, f"The server answered with status {status}.", status=status)


def _basic(url: httpx.URL) -> bytes:
    from base64 import b64encode

    return b"Basic " + b64encode(f"{url.username}:{url.password}".encode())


def _words(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__

"""A feed server on the loopback: recorded or written feeds that change from poll to poll, and faults on demand.

Tests, benchmarks and the demo poll it with the real poller, so that nothing between socket and
store is imitated. Use it as an asynchronous context manager:

    async with ReplayServer() as server:
        url = server.add("/feed.xml", [first, second])   # one step per poll, the last one stays
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from email.utils import formatdate
from hashlib import blake2b

Respond = Callable[["Request"], "Reply"]


@dataclass(frozen=True, slots=True)
class Request:
    """What a client asked."""

    path: str
    headers: Mapping[str, str]
    """By lower-case name."""
    turn: int
    """How often this path was asked before."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server says, and how badly."""

    body: bytes = b""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    delay: float = 0.0
    """Seconds before the first byte."""
    drip: float = 0.0
    """Seconds between single bytes of the body; 0 sends it at once."""
    drip_headers: float = 0.0
    """Seconds between single bytes of the status line and headers."""
    endless: bool = False
    """Repeats the body for as long as the client reads."""
    reset_after: int | None = None
    """Breaks the connection off after so many bytes of the body."""
    raw: bytes | None = None
    """Sent instead of an HTTP answer."""


@dataclass(slots=True)
class Path:
    """One path's steps and what was asked of it."""

    steps: Sequence[bytes | Reply] | Respond
    content_type: str
    validators: bool
    delay: float
    turn: int = 0
    """How many steps were given out; a 304 counts as none."""
    requests: list[Request] = field(default_factory=list)


class ReplayServer:
    """Serves bytes per path on 127.0.0.x; ETag, Last-Modified and 304 like a good server, unless told otherwise."""

    def __init__(self, hosts: int = 1, port: int = 0) -> None:
        self._hosts = [f"127.0.0.{number}" for number in range(1, hosts + 1)]
        self._servers: list[asyncio.Server] = []
        self._talks: set[asyncio.Task[None]] = set()
        self.port = port
        self.paths: dict[str, Path] = {}
        self.connections = 0

    def add(
        self,
        path: str,
        steps: bytes | Reply | Sequence[bytes | Reply] | Respond,
        *,
        content_type: str = "application/xml",
        validators: bool = True,
        delay: float = 0.0,
        host: int = 0,
    ) -> str:
        """Serve a path: fixed bytes, a sequence of which each poll gets the next, or a function; returns its URL.

        A step equal to the one before is answered with 304 when the client's validators say it has it.
        """
        if isinstance(steps, bytes | Reply):
            steps = [steps]
        self.paths[path] = Path(steps, content_type, validators, delay)
        return self.url(path, host)

    def url(self, path: str, host: int = 0) -> str:
        """The address of a path on one of the server's hosts."""
        return f"http://{self._hosts[host % len(self._hosts)]}:{self.port}{path}"

    async def __aenter__(self) -> ReplayServer:
        for host in self._hosts:
            server = await asyncio.start_server(self._talk, host, self.port, backlog=1024)
            self.port = server.sockets[0].getsockname()[1]
            self._servers.append(server)
        return self

    async def __aexit__(self, *raised: object) -> None:
        for server in self._servers:
            server.close()
        for talk in self._talks:
            talk.cancel()
        await asyncio.gather(*self._talks, return_exceptions=True)
        self._servers.clear()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        talk = asyncio.current_task()
        assert talk is not None
        self._talks.add(talk)
        try:
            while await self._exchange(reader, writer):
                pass
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass  # the client hung up, as it may at any byte
        except asyncio.CancelledError:
            pass  # by __aexit__; Python 3.11's streams log a cancelled handler as an error
        finally:
            self._talks.discard(talk)
            with suppress(OSError, RuntimeError):
                writer.close()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Answer one request; False when the connection ends."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        target = head[0].split(" ")[1]
        headers = {
            name.strip().lower(): value.strip()
            for name, _, value in (line.partition(":") for line in head[1:] if line)
        }
        path = self.paths.get(target)
        if path is None:
            await self._send(writer, Reply(status=404), "text/plain")
            return True
        request = Request(target, headers, len(path.requests))
        path.requests.append(request)
        reply = self._reply(path, request)
        if path.delay or reply.delay:
            await asyncio.sleep(path.delay + reply.delay)
        return await self._send(writer, reply, path.content_type)

    def _reply(self, path: Path, request: Request) -> Reply:
        if callable(path.steps):
            return path.steps(request)
        if not path.steps:
            return Reply(status=404)
        step = path.steps[min(path.turn, len(path.steps) - 1)]
        path.turn += 1
        if isinstance(step, Reply):
            return step
        if not path.validators:
            return Reply(step)
        etag = f'"{blake2b(step, digest_size=8).hexdigest()}"'
        # A distinct second per step, for servers that know Last-Modified only.
        modified = formatdate(1_600_000_000 + min(path.turn, len(path.steps)), usegmt=True)
        own = (("ETag", etag), ("Last-Modified", modified))
        asked = request.headers.get("if-none-match")
        if asked == etag or (asked is None and request.headers.get("if-modified-since") == modified):
            return Reply(status=304, headers=own)
        return Reply(step, headers=own)

    async def _send(self, writer: asyncio.StreamWriter, reply: Reply, content_type: str) -> bool:
        if reply.raw is not None:
            writer.write(reply.raw)
            await writer.drain()
            return False
        names = {name.lower() for name, _ in reply.headers}
        lines = [f"HTTP/1.1 {reply.status} {'OK' if reply.status == 200 else 'Answer'}"]
        lines += [f"{name}: {value}" for name, value in reply.headers]
        if reply.status not in (204, 304):
            if "content-type" not in names:
                lines.append(f"Content-Type: {content_type}")
            lines.append("Connection: close" if reply.endless else f"Content-Length: {len(reply.body)}")
        head = ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")
        for byte in head if reply.drip_headers else b"":
            writer.write(bytes([byte]))
            await writer.drain()
            await asyncio.sleep(reply.drip_headers)
        body = reply.body if reply.reset_after is None else reply.body[: reply.reset_after]
        if not reply.drip_headers:
            writer.write(head)
        if reply.drip:
            for byte in body:
                writer.write(bytes([byte]))
                await writer.drain()
                await asyncio.sleep(reply.drip)
        else:
            writer.write(body)
        await writer.drain()
        while reply.endless:
            writer.write(body)
            await writer.drain()
        if reply.reset_after is not None:
            writer.transport.abort()
            return False
        return True

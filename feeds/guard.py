"""Which addresses a request may reach, decided at connect time: after DNS, on every hop.

A name that was public when the feed was added can lead to 10.0.0.1 today, by DNS or by redirect.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import Iterable

import httpcore

from feeds.errors import FeedError, Trouble

CONNECT_SECONDS = 8.0
"""For each address of a name; the request's own deadline is over all of them."""
_PUBLIC_EXCEPTIONS = (
    # Reach the inside of a network through an address that Python calls global.
    ipaddress.ip_network("64:ff9b::/96"),  # NAT64: the IPv4 address is in it
    ipaddress.ip_network("2002::/16"),  # 6to4: likewise
    ipaddress.ip_network("2001::/32"),  # Teredo: likewise
)


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet: not private, loopback, link-local, reserved, multicast."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            found = found.ipv4_mapped
        elif any(found in network for network in _PUBLIC_EXCEPTIONS):
            return False
    return found.is_global and not found.is_multicast and not found.is_reserved


def is_inside(host: str) -> bool:
    """Whether a host was *written* as a private or loopback address, or as `localhost`: asked for on purpose."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return not is_public(host)


class GuardedNetwork(httpcore.AsyncNetworkBackend):
    """Connects for httpcore on asyncio, and refuses addresses that are not public unless ``inside`` is set.

    The address that was checked is the one connected to: nothing resolves the name a second time.
    """

    def __init__(self, *, inside: bool = False, trusted: frozenset[str] = frozenset()) -> None:
        self._inside = inside
        self._trusted = trusted
        """Hosts the user's own environment names (a proxy), wherever they are."""

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        async with asyncio.timeout(timeout):
            addresses = await self._addresses(host, port)
            failure: OSError | None = None
            for address in addresses:
                try:
                    # A network without IPv6 may swallow its packets: the next address gets its turn.
                    async with asyncio.timeout(CONNECT_SECONDS):
                        reader, writer = await asyncio.open_connection(address, port)
                except OSError as error:
                    failure = error
                    continue
                return _Stream(reader, writer)
        raise httpcore.ConnectError(f"{host}: {str(failure) or 'no answer'}") from failure

    async def _addresses(self, host: str, port: int) -> list[str]:
        loop = asyncio.get_running_loop()
        try:
            ipaddress.ip_address(host)
            found = [host]
        except ValueError:
            try:
                answers = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            except OSError as error:
                raise FeedError(
                    Trouble.DNS, f"The name {host} has no address ({error.strerror or error})."
                ) from error
            found = list(dict.fromkeys(str(answer[4][0]) for answer in answers))
        if self._inside or host in self._trusted:
            return found
        public = [address for address in found if is_public(address)]
        if not public:
            raise FeedError(
                Trouble.GUARDED,
                f"{host} leads to {found[0] if found else 'no address'}, which is not on the open internet; not connected.",
                remedy="Add the feed with that address itself if it is meant.",
            )
        return public


class _Stream(httpcore.AsyncNetworkStream):
    """An asyncio connection as httpcore wants it."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        try:
            return await self._reader.read(max_bytes)
        except OSError as error:
            raise httpcore.ReadError(str(error)) from error

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        if not buffer:
            return
        try:
            self._writer.write(buffer)
            await self._writer.drain()
        except OSError as error:
            raise httpcore.WriteError(str(error)) from error

    async def aclose(self) -> None:
        # Not awaiting `wait_closed`: a peer that never answers a TLS goodbye must not hold us.
        self._writer.close()

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.AsyncNetworkStream:
        try:
            await self._writer.start_tls(ssl_context, server_hostname=server_hostname)
        except ssl.SSLError as error:
            raise FeedError(
                Trouble.TLS, f"The secure connection to {server_hostname} failed ({error.reason or error})."
            ) from error
        except OSError as error:
            raise httpcore.ConnectError(str(error)) from error
        return self

    def get_extra_info(self, info: str) -> object:
        if info == "is_readable":
            # httpcore asks this of idle connections: readable means the server has closed them.
            return self._reader.at_eof()
        names = {
            "ssl_object": "ssl_object",
            "socket": "socket",
            "client_addr": "sockname",
            "server_addr": "peername",
        }
        return self._writer.get_extra_info(names[info]) if info in names else None

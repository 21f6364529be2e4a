"""The way out: connection pools with the address guard, the environment's proxies and certificates."""

from __future__ import annotations

import ssl
from collections import OrderedDict
from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import cache
from urllib.request import getproxies_environment, proxy_bypass

import httpcore
import httpx

from feeds.errors import FeedError, Trouble
from feeds.guard import GuardedNetwork, is_inside

HOSTS = 100
"""Hosts whose connections are kept for a next request; the one longest unused goes first."""
PER_HOST = 8
"""Connections to one host; the poller asks for fewer at once."""
KEPT_SECONDS = 15.0


@dataclass(slots=True)
class _Pool:
    """One host's connections and how many requests are on them."""

    inner: httpcore.AsyncConnectionPool
    under_way: int = 0


class Network(httpx.AsyncBaseTransport):
    """A transport whose every connection is guarded; requests that may go inside say so by an extension.

    ``request.extensions["inside"]`` is true only where a feed was added with a private address. Open
    and inside requests have pools of their own, so that no kept connection is lent across. Each host
    has its own too: httpcore looks at every connection of a pool for every request.
    """

    def __init__(self) -> None:
        self._pools: OrderedDict[tuple[bool, str, str], _Pool] = OrderedDict()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        host = request.url.raw_host.decode("ascii")
        inside = bool(request.extensions.get("inside"))
        if not inside and is_inside(host.strip("[]")):
            raise FeedError(
                Trouble.GUARDED,
                f"{host} is not on the open internet; not connected.",
                remedy="Add the feed with that address itself if it is meant.",
            )
        pool = await self._pool(request.url, host, inside)
        pool.under_way += 1
        try:
            answer = await pool.inner.handle_async_request(
                httpcore.Request(
                    method=request.method,
                    url=httpcore.URL(
                        scheme=request.url.raw_scheme,
                        host=request.url.raw_host,
                        port=request.url.port,
                        target=request.url.raw_path,
                    ),
                    headers=request.headers.raw,
                )
            )
        except (
            BaseException
        ):  # the deadline's cancellation too: else its host's connections are kept for ever
            pool.under_way -= 1
            raise
        return httpx.Response(
            answer.status, headers=answer.headers, stream=_Body(answer, pool), extensions=answer.extensions
        )

    async def aclose(self) -> None:
        for pool in self._pools.values():
            await pool.inner.aclose()
        self._pools.clear()

    async def _pool(self, url: httpx.URL, host: str, inside: bool) -> _Pool:
        proxy = "" if inside else _proxy(url.scheme, host)
        key = (inside, proxy, url.scheme if proxy else f"{url.scheme}://{host}:{url.port}")
        pool = self._pools.get(key)
        if pool is None:
            pool = self._pools[key] = _Pool(_connections(url.scheme, proxy, inside))
            if len(self._pools) > HOSTS:
                await self._close_unused()
        self._pools.move_to_end(key)
        return pool

    async def _close_unused(self) -> None:
        for key, pool in list(self._pools.items())[:-1]:
            if not pool.under_way:
                del self._pools[key]
                await pool.inner.aclose()
                return


def _connections(scheme: str, proxy: str, inside: bool) -> httpcore.AsyncConnectionPool:
    tls = _certificates() if scheme == "https" or proxy.startswith("https") else None
    if not proxy:
        return httpcore.AsyncConnectionPool(
            ssl_context=tls,
            max_connections=PER_HOST,
            keepalive_expiry=KEPT_SECONDS,
            network_backend=GuardedNetwork(inside=inside),
        )
    address = httpx.URL(proxy)
    return httpcore.AsyncHTTPProxy(
        proxy_url=httpcore.URL(
            scheme=address.raw_scheme, host=address.raw_host, port=address.port, target=b"/"
        ),
        proxy_auth=(address.username, address.password) if address.username else None,
        ssl_context=tls,
        max_connections=HOSTS,
        keepalive_expiry=KEPT_SECONDS,
        network_backend=GuardedNetwork(trusted=frozenset({address.host})),
    )


class _Body(httpx.AsyncByteStream):
    """An answer's bytes as they come from the wire."""

    def __init__(self, answer: httpcore.Response, pool: _Pool) -> None:
        self._answer = answer
        self._pool = pool
        self._open = True

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._answer.aiter_stream():
            yield chunk

    async def aclose(self) -> None:
        if self._open:
            self._open = False
            self._pool.under_way -= 1
        await self._answer.aclose()


def _proxy(scheme: str, host: str) -> str:
    """The proxy that the environment names for a host, empty for none."""
    proxies = getproxies_environment()
    found = proxies.get(scheme) or proxies.get("all") or ""
    if not found or proxy_bypass(host):
        return ""
    if "://" not in found:
        found = f"http://{found}"
    if not found.startswith(("http://", "https://")):
        raise FeedError(
            Trouble.CONNECT,
            f"The environment names a {found.partition(':')[0]} proxy, which spreadwatch can't use.",
            remedy="Set http_proxy and https_proxy to an HTTP proxy, or no_proxy.",
        )
    return found


@cache
def _certificates() -> ssl.SSLContext:
    # 20 ms, so not before the first https feed. Honours SSL_CERT_FILE and SSL_CERT_DIR.
    return httpx.create_ssl_context(trust_env=True)

"""The way out: connection pools with the address guard, the environment's proxies and certificates."""

from __future__ import annotations

import ssl
from functools import cache
from urllib.request import getproxies_environment, proxy_bypass

import httpcore
import httpx

from feeds.errors import FeedError, Trouble
from feeds.guard import GuardedNetwork, is_inside

CONNECTIONS = 100
KEPT_ALIVE = 20
KEPT_SECONDS = 15.0


class Network(httpx.AsyncBaseTransport):
    """A transport whose every connection is guarded; requests that may go inside say so by an extension.

    ``request.extensions["inside"]`` is true only where a feed was added with a private address. Open
    and inside requests have pools of their own, so that no kept connection is lent across.
    """

    def __init__(self) -> None:
        self._pools: dict[tuple[bool, str, str], httpcore.AsyncConnectionPool] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        host = request.url.raw_host.decode("ascii")
        inside = bool(request.extensions.get("inside"))
        if not inside and is_inside(host.strip("[]")):
            raise FeedError(
                Trouble.GUARDED,
                f"{host} is not on the open internet; not connected.",
                remedy="Add the feed with that address itself if it is meant.",
            )
        pool = self._pool(inside, request.url.scheme, "" if inside else _proxy(request.url.scheme, host))
        answer = await pool.handle_async_request(
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
        assert not isinstance(answer.stream, bytes)
        return httpx.Response(
            answer.status, headers=answer.headers, stream=_Body(answer), extensions=answer.extensions
        )

    async def aclose(self) -> None:
        for pool in self._pools.values():
            await pool.aclose()
        self._pools.clear()

    def _pool(self, inside: bool, scheme: str, proxy: str) -> httpcore.AsyncConnectionPool:
        key = (inside, scheme, proxy)
        if key not in self._pools:
            tls = _certificates() if scheme == "https" or proxy.startswith("https") else None
            if proxy:
                address = httpx.URL(proxy)
                self._pools[key] = httpcore.AsyncHTTPProxy(
                    proxy_url=httpcore.URL(
                        scheme=address.raw_scheme, host=address.raw_host, port=address.port, target=b"/"
                    ),
                    proxy_auth=(address.username, address.password) if address.username else None,
                    ssl_context=tls,
                    max_connections=CONNECTIONS,
                    max_keepalive_connections=KEPT_ALIVE,
                    keepalive_expiry=KEPT_SECONDS,
                    network_backend=GuardedNetwork(trusted=frozenset({address.host})),
                )
            else:
                self._pools[key] = httpcore.AsyncConnectionPool(
                    ssl_context=tls,
                    max_connections=CONNECTIONS,
                    max_keepalive_connections=KEPT_ALIVE,
                    keepalive_expiry=KEPT_SECONDS,
                    network_backend=GuardedNetwork(inside=inside),
                )
        return self._pools[key]


class _Body(httpx.AsyncByteStream):
    """An answer's bytes as they come from the wire."""

    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    async def __aiter__(self):  # type: ignore[no-untyped-def]
        async for chunk in self._answer.aiter_stream():
            yield chunk

    async def aclose(self) -> None:
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

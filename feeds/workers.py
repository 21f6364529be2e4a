"""Parsing in processes of their own, kept warm, and ended when a document takes too long or too much.

Some two hundred kilobytes of `<!--` keep feedparser busy for nine seconds and five megabytes for ever:
only a process can be stopped.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import resource
import signal
from collections.abc import Callable
from datetime import datetime
from types import TracebackType
from typing import TypeVar

from pebble import ProcessExpired, ProcessPool

from feeds.entry import Parsed
from feeds.errors import FeedError, Trouble

T = TypeVar("T")

SECONDS = 10.0
"""A document may take this long; the largest of 2,122 recorded ones takes 0.05 s."""
MEMORY = 1 << 30
"""Bytes of address space a worker may use beyond its start."""


class Workers:
    """A few warm processes that parse; close it, or use it as an asynchronous context manager."""

    def __init__(self, count: int = 2, *, seconds: float = SECONDS) -> None:
        # forkserver: a fork of the collector would carry its sockets, threads and database along.
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["feeds.parse"])
        self._seconds = seconds
        self._pool = ProcessPool(max_workers=count, initializer=_prepared, context=context)

    async def parse(
        self,
        body: bytes,
        *,
        url: str,
        now: datetime,
        content_type: str = "",
        country: str = "",
        lang: str = "",
    ) -> Parsed:
        """`feeds.parse.parse` in a worker; FeedError KILLED when it did not end in time."""
        return await self.call(_parsed, body, url, now, content_type, country, lang)

    async def call(self, function: Callable[..., T], *args: object) -> T:
        """A module's function in a worker, which it and its arguments must reach by pickling; FeedErrors come through."""
        future = self._pool.schedule(_caught, args=(function, args), timeout=self._seconds)
        try:
            found: T | FeedError = await asyncio.wrap_future(future)
        except TimeoutError as error:
            raise FeedError(
                Trouble.KILLED, f"Reading the feed took more than {self._seconds:g} s, so it was ended."
            ) from error
        except (ProcessExpired, MemoryError) as error:
            raise FeedError(
                Trouble.KILLED, "Reading the feed needed more memory than it may have."
            ) from error
        if isinstance(found, FeedError):
            raise found
        return found

    def close(self) -> None:
        """End all workers now."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()

    async def __aenter__(self) -> Workers:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await asyncio.to_thread(self.close)


def _prepared() -> None:
    # The terminal sends ^C to the whole group; the collector ends its workers itself.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, hard))


def _caught(function: Callable[..., T], args: tuple[object, ...]) -> T | FeedError:
    # As a value: raised in a worker, an error would come back with the worker's traceback as its cause.
    try:
        return function(*args)
    except FeedError as error:
        return error


def _parsed(body: bytes, url: str, now: datetime, content_type: str, country: str, lang: str) -> Parsed:
    from feeds.parse import parse  # in the worker: the collector itself never loads the parsers

    return parse(body, url=url, now=now, content_type=content_type, country=country, lang=lang)

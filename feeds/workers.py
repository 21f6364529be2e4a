"""Parsing: plain documents where they are, all others in processes that are ended when it takes too long or too much.

Some two hundred kilobytes of `<!--` keep feedparser busy for nine seconds and five megabytes for ever:
only a process can be stopped. Nearly every feed is plain, though, and a process costs 15 MB and, for each
document, as much again as reading it: so none is started before the first document that needs one.
"""

from __future__ import annotations

import asyncio
import resource
import signal
from collections.abc import Callable
from datetime import datetime
from types import TracebackType
from typing import TYPE_CHECKING, TypeVar

from feeds.entry import Parsed
from feeds.errors import FeedError, Trouble
from feeds.parse import parse, parse_plain

if TYPE_CHECKING:
    from pebble import ProcessPool

T = TypeVar("T")

SECONDS = 10.0
"""A document may take this long; the largest of 2,122 recorded ones takes 0.05 s."""
MEMORY = 1 << 30
"""Bytes of address space a worker may use beyond its start."""
IDLE = 30.0
"""Seconds without a document after which the workers end; starting them again takes a tenth of one."""


class Workers:
    """Up to ``count`` processes, kept while they are used; close it, or use it as an asynchronous context manager."""

    def __init__(self, count: int = 2, *, seconds: float = SECONDS, idle: float = IDLE) -> None:
        self._count = count
        self._seconds = seconds
        self._idle = idle
        self._started: ProcessPool | None = None
        self._under_way = 0
        self._uses = 0

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
        """`feeds.parse.parse`, in a worker unless it is sure to be short; FeedError KILLED when it did not end in time."""
        found = parse_plain(body, url=url, now=now, content_type=content_type, country=country, lang=lang)
        if found is not None:
            return found
        return await self.call(_parsed, body, url, now, content_type, country, lang)

    async def call(self, function: Callable[..., T], *args: object) -> T:
        """A module's function in a worker, which it and its arguments must reach by pickling; FeedErrors come through."""
        from pebble import ProcessExpired

        self._under_way += 1
        try:
            future = self._pool().schedule(_caught, args=(function, args), timeout=self._seconds)
            found: T | FeedError = await asyncio.wrap_future(future)
        except TimeoutError as error:
            raise FeedError(
                Trouble.KILLED, f"Reading the feed took more than {self._seconds:g} s, so it was ended."
            ) from error
        except (ProcessExpired, MemoryError) as error:
            raise FeedError(
                Trouble.KILLED, "Reading the feed needed more memory than it may have."
            ) from error
        finally:
            self._under_way -= 1
            self._uses += 1
            asyncio.get_running_loop().call_later(self._idle, self._rest, self._uses)
        if isinstance(found, FeedError):
            raise found
        return found

    def close(self) -> None:
        """End all workers now."""
        if self._started is not None:
            _end(self._started)

    def _rest(self, uses: int) -> None:
        """End the workers when nobody has used them since; the next document starts others."""
        if self._started is not None and not self._under_way and self._uses == uses:
            asyncio.get_running_loop().run_in_executor(None, _end, self._started)
            self._started = None

    def _pool(self) -> ProcessPool:
        if self._started is None:
            import multiprocessing

            from pebble import ProcessPool  # with multiprocessing 20 ms, which most collectors never need

            # forkserver: a fork of the collector would carry its sockets, threads and database along.
            context = multiprocessing.get_context("forkserver")
            context.set_forkserver_preload(["feeds.lenient"])
            self._started = ProcessPool(max_workers=self._count, initializer=_prepared, context=context)
        return self._started

    async def __aenter__(self) -> Workers:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await asyncio.to_thread(self.close)


def _end(pool: ProcessPool) -> None:
    pool.stop()  # type: ignore[no-untyped-call]
    pool.join()


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
    return parse(body, url=url, now=now, content_type=content_type, country=country, lang=lang)

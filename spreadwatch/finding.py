"""Looking at addresses before they are polled: which feeds a page has, and how feeds are doing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

from feeds.catalogue import Catalogue
from feeds.checking import Health, check
from feeds.discovery import Found, discover, reading_with
from feeds.poller import Poller
from feeds.request import Fetcher
from feeds.workers import Workers


def feeds_at(address: str) -> tuple[Found, ...]:
    """The feeds at an address, or that its page names, best first; FeedError when there is none to be had."""

    async def look() -> tuple[Found, ...]:
        async with Fetcher() as fetcher, Workers(1) as workers:
            return await discover(address, fetcher, reading_with(workers, datetime.now(UTC)))

    return asyncio.run(look())


def checked(catalogue: Catalogue, each: Callable[[Health], None]) -> list[Health]:
    """Polls every feed once, keeping nothing; ``each`` is told as answers come."""

    async def look() -> list[Health]:
        found = []
        async with Poller(catalogue, {}, clock=lambda: datetime.now(UTC)) as poller:
            async for one in check(poller):
                found.append(one)
                each(one)
        return found

    return asyncio.run(look())

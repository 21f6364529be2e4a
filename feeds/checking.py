"""The health of feeds: polled once each, and what that says in one row."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from feeds.poller import Outcome, Polled, Poller
from stories.item import DateFlag

STALE = timedelta(days=14)
"""Without an item for so long, a news feed is no longer kept up."""


class Verdict(StrEnum):
    """What there is to do about a feed."""

    GOOD = "good"
    REPAIRED = "repaired"
    """It is read, but not as it is written."""
    UNDATED = "undated"
    """Most of its items have no date that can be read."""
    STALE = "stale"
    EMPTY = "empty"
    MOVED = "moved"
    """It is read, from another address."""
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Health:
    """One row of `feeds check`."""

    url: str
    publisher: str
    verdict: Verdict
    because: str
    """One sentence; empty when all is well."""
    status: int = 0
    items: int = 0
    newest: datetime | None = None
    undated: int = 0
    moved_to: str = ""


def health(polled: Polled) -> Health:
    """What one poll says of a feed; an unchanged one is as good as it was."""
    state = polled.state
    dates = [entry.published for entry in polled.entries if entry.published and entry.published <= polled.at]
    newest = max(dates, default=None)
    undated = sum(DateFlag.UNDATED in entry.flags for entry in polled.entries)
    verdict, because = Verdict.GOOD, ""
    if polled.error is not None:
        verdict, because = Verdict.FAILED, str(polled.error)
    elif polled.outcome is Outcome.READ and not polled.entries:
        verdict, because = Verdict.EMPTY, "The feed has no items."
    elif newest is not None and polled.at - newest > STALE:
        verdict, because = Verdict.STALE, f"Its newest item is {(polled.at - newest).days} days old."
    elif undated * 2 > len(polled.entries):
        verdict, because = (
            Verdict.UNDATED,
            f"{undated} of {len(polled.entries)} items have no date that can be read.",
        )
    elif state.moved_to:
        verdict, because = Verdict.MOVED, f"The publisher says it moved to {state.moved_to}."
    elif state.warnings:
        verdict = Verdict.REPAIRED
    if polled.error is None:
        because = " ".join(filter(None, (because, *state.warnings)))
    return Health(
        url=polled.feed.url,
        publisher=polled.publisher.key,
        verdict=verdict,
        because=because,
        status=state.last_status,
        items=len(polled.entries),
        newest=newest,
        undated=undated,
        moved_to=state.moved_to,
    )


async def check(poller: Poller) -> AsyncIterator[Health]:
    """Poll every feed of the poller's catalogue once and say how it is, as answers come.

    The poller should start without states, so that every feed is asked for plainly.
    """
    poller.hurry()
    async for polls in poller.round():
        for polled in polls:
            yield health(polled)

"""What the poller remembers of a feed, as a row of the store, and back."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from typing import Any

from feeds import dates
from feeds.catalogue import Feed
from feeds.clocks import Sample, Twin
from feeds.errors import Trouble
from feeds.poller import Polled
from feeds.schedule import FeedState
from spreadwatch import TOOL
from store import feeds as rows
from store.database import Store
from store.elsewhere import copied_elsewhere
from store.retrievals import Answered
from store.times import from_ms, to_ms


def kept(url: str, state: FeedState, publisher: str, changed: datetime | None) -> rows.FeedState:
    """The row of a feed that the catalogue has at ``url``; ``changed`` is when it last brought something new."""
    return rows.FeedState(
        url=url,
        publisher=publisher,
        title=state.title,
        polled=True,
        muted=state.muted,
        etag=state.etag.encode("latin-1") or None,
        last_modified=state.last_modified.encode("latin-1") or None,
        next_due=state.next_due,
        last_fetched=state.last_fetched,
        last_changed=changed,
        last_status=state.last_status or None,
        error_kind=state.trouble.value if state.trouble else "",
        error_text=state.error,
        failures=state.failures,
        rhythm=int(state.rhythm.total_seconds()) if state.rhythm else 0,
        items_per_hour=state.items_per_hour,
        extra={
            "url": state.url,
            "gone": state.muted,
            "mark": state.mark,
            "last_good": to_ms(state.last_good),
            "polls": state.polls,
            "moved_to": state.moved_to,
            "moved_count": state.moved_count,
            "old_urls": list(state.old_urls),
            "home": state.home,
            "ttl": state.ttl.total_seconds() if state.ttl else None,
            "skip_hours": sorted(state.skip_hours),
            "skip_days": sorted(state.skip_days),
            "warnings": list(state.warnings),
            "clock": [
                [to_ms(each.seen), each.lag.total_seconds(), each.gap.total_seconds()] for each in state.clock
            ],
        },
    )


def remembered(row: rows.FeedState) -> FeedState:
    """What the poller starts from; a row of a feed never polled gives a fresh state."""
    extra: dict[str, Any] = dict(row.extra)
    ttl = extra.get("ttl")
    return FeedState(
        url=extra.get("url") or row.url,
        etag=(row.etag or b"").decode("latin-1"),
        last_modified=(row.last_modified or b"").decode("latin-1"),
        mark=extra.get("mark", ""),
        next_due=row.next_due,
        last_fetched=row.last_fetched,
        last_good=from_ms(extra.get("last_good")),
        last_status=row.last_status or 0,
        trouble=Trouble(row.error_kind) if row.error_kind else None,
        error=row.error_text,
        failures=row.failures,
        rhythm=timedelta(seconds=row.rhythm) if row.rhythm else None,
        items_per_hour=row.items_per_hour,
        polls=extra.get("polls", 0),
        muted=extra.get(
            "gone", row.muted
        ),  # the row is muted by the catalogue too, which may change its mind
        moved_to=extra.get("moved_to", ""),
        moved_count=extra.get("moved_count", 0),
        old_urls=tuple(extra.get("old_urls", ())),
        title=row.title,
        home=extra.get("home", ""),
        ttl=timedelta(seconds=ttl) if ttl else None,
        skip_hours=frozenset(extra.get("skip_hours", ())),
        skip_days=frozenset(extra.get("skip_days", ())),
        warnings=tuple(extra.get("warnings", ())),
        clock=tuple(_sample(*values) for values in extra.get("clock", ())),
    )


def _sample(seen: int, lag: float, gap: float) -> Sample:
    return Sample(from_ms(seen), timedelta(seconds=lag), timedelta(seconds=gap))


def twins(store: Store, feed: Feed) -> list[Twin]:
    """What other publishers copied of a feed's newest items, with both dates."""
    found = ((dates.read(copied.raw, feed.country), copied) for copied in copied_elsewhere(store, feed.url))
    return [Twin(own, copied.at, copied.publisher) for own, copied in found if own is not None]


def retrieval(polled: Polled) -> Answered | None:
    """What is kept of the answer that brought new items; None when nothing was read."""
    answer = polled.answer
    if answer is None:
        return None
    return Answered(
        at=polled.at,
        status=answer.status,
        etag=answer.header("etag"),
        last_modified=answer.header("last-modified"),
        content_type=answer.header("content-type"),
        sha256=sha256(answer.body).hexdigest(),
        extractor=f"{TOOL}, {_parser()}, {polled.format}",
    )


@cache
def _parser() -> str:
    return f"feedparser {version('feedparser')}"

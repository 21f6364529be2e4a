"""When a feed is due next: pure functions of its state, what happened, and the time.

Never earlier than the publisher asked, never later than a day, quick where much is published.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import blake2b

from feeds import dates
from feeds.clocks import Sample
from feeds.entry import Parsed
from feeds.errors import FeedError, Trouble
from feeds.request import Answer

FLOOR = timedelta(minutes=5)
"""No feed is asked more often, unless its catalogue entry says so."""
CEILING = timedelta(hours=3)
"""A quiet feed is asked at least so often: a denial may come at any time."""
UNKNOWN = timedelta(minutes=20)
"""Before a feed's rhythm is known."""
WISH_CEILING = timedelta(hours=12)
"""As long as a feed's own wishes (ttl, max-age, Expires) count; a mistyped year must not silence it."""
PATIENCE_CEILING = timedelta(hours=24)
"""As long as Retry-After counts."""
FAILURE_FIRST = timedelta(minutes=5)
FAILURE_CEILING = timedelta(hours=12)
ADOPT_AFTER = 5
"""Valid answers in a row through the same permanent redirect before its target becomes the address."""
PLAIN_EVERY = 50
"""Every so many polls validators are left out: some servers answer 304 for ever."""
_SAMPLE = 20
_MAX_AGE = re.compile(r"(?:\A|[,\s])max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FeedState:
    """What is remembered of a feed between polls; a row of the store, a value here."""

    url: str
    etag: str = ""
    """As sent, byte for byte (latin-1)."""
    last_modified: str = ""
    """As sent, byte for byte; never parsed."""
    mark: str = ""
    """A digest of the last document that could be read: the same bytes need no second reading."""
    next_due: datetime | None = None
    """None: at once."""
    last_fetched: datetime | None = None
    last_good: datetime | None = None
    """The last answer that was a feed or 304."""
    last_status: int = 0
    trouble: Trouble | None = None
    error: str = ""
    failures: int = 0
    """In a row."""
    rhythm: timedelta | None = None
    """The usual time between two items, from their dates; None when it can't be told."""
    items_per_hour: float = 0.0
    polls: int = 0
    muted: bool = False
    """By 410 or by the analyst; not polled."""
    moved_to: str = ""
    """Where permanent redirects have led lately."""
    moved_count: int = 0
    """How many valid answers in a row came from there."""
    old_urls: tuple[str, ...] = ()
    """Addresses this feed had before, oldest first."""
    title: str = ""
    """The feed's own name, as it says."""
    home: str = ""
    """The page the feed belongs to, as it says."""
    ttl: timedelta | None = None
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()
    warnings: tuple[str, ...] = ()
    """What the last document needed repaired."""
    clock: tuple[Sample, ...] = ()
    """New items and their dates, by which `feeds.clocks` judges the feed's clock."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How often a feed may and must be asked."""

    floor: timedelta = FLOOR
    ceiling: timedelta = CEILING
    fixed: timedelta | None = None
    """The catalogue's own interval, which outranks the rhythm but not Retry-After."""


def is_due(state: FeedState, now: datetime) -> bool:
    """Whether a feed is to be asked now."""
    return not state.muted and (state.next_due is None or state.next_due <= now)


def validators(state: FeedState) -> tuple[str, str]:
    """The ETag and Last-Modified to send, both empty when it is time for a plain request."""
    if state.polls % PLAIN_EVERY == PLAIN_EVERY - 1:
        return "", ""
    return state.etag, state.last_modified


def after_feed(state: FeedState, answer: Answer, parsed: Parsed, now: datetime, bounds: Bounds) -> FeedState:
    """The state after a document that could be read."""
    rhythm, per_hour = rhythm_of([entry.published for entry in parsed.entries if entry.published], now)
    state = replace(
        state,
        # Dropped when the server stops sending them: an old one would never match again.
        etag=answer.header("etag"),
        last_modified=answer.header("last-modified"),
        mark=mark_of(answer.body),
        rhythm=rhythm,
        items_per_hour=per_hour,
        title=parsed.title or state.title,
        home=parsed.home or state.home,
        ttl=parsed.ttl,
        skip_hours=parsed.skip_hours,
        skip_days=parsed.skip_days,
        warnings=parsed.warnings,
    )
    return _good(state, answer, now, bounds)


def after_unchanged(state: FeedState, answer: Answer, now: datetime, bounds: Bounds) -> FeedState:
    """The state after a 304, or the same bytes again."""
    if answer.status == 304:
        # A 304 need not repeat the validators; where it does, they are the newer ones.
        state = replace(
            state,
            etag=answer.header("etag") or state.etag,
            last_modified=answer.header("last-modified") or state.last_modified,
        )
    return _good(state, answer, now, bounds)


def after_failure(
    state: FeedState, error: FeedError, now: datetime, bounds: Bounds, answer: Answer | None = None
) -> FeedState:
    """The state after a poll that gave no feed: back off, never for good but for 410."""
    failures = state.failures + 1
    wait = min(FAILURE_CEILING, max(FAILURE_FIRST, bounds.floor) * 2 ** min(failures - 1, 12))
    wait = min(wait * (0.75 + 0.5 * _spread(state.url, failures)), FAILURE_CEILING)
    due = now + wait
    if answer is not None:
        asked = retry_after(answer.header("retry-after"), now)
        due = max(due, now + asked) if asked is not None else due
    return replace(
        state,
        next_due=due,
        last_fetched=now,
        last_status=error.status,
        trouble=error.trouble,
        error=str(error),
        failures=failures,
        polls=state.polls + 1,
        muted=state.muted or error.trouble is Trouble.GONE,
        moved_to="",
        moved_count=0,
    )


def adopted(state: FeedState) -> FeedState:
    """The state under its new address, once permanent redirects have led there often enough."""
    if not state.moved_to or state.moved_count < ADOPT_AFTER:
        return state
    if state.url.startswith("https:") and not state.moved_to.startswith("https:"):
        # Followed, but never made permanent: whoever sits on the wire could have said it.
        return state
    return replace(
        state, url=state.moved_to, old_urls=(*state.old_urls, state.url), moved_to="", moved_count=0
    )


def rhythm_of(times: Sequence[datetime], now: datetime) -> tuple[timedelta | None, float]:
    """The usual time between items and items an hour over the last day, by the newest dates that aren't ahead."""
    newest = sorted((time for time in times if time <= now), reverse=True)[:_SAMPLE]
    recent = sum(1 for time in times if now - timedelta(days=1) <= time <= now)
    if len(newest) < 2:
        return None, recent / 24
    # From the newest back, and from now: a feed that has gone quiet slows down by itself.
    span = max(now - newest[-1], timedelta(seconds=1))
    return span / len(newest), recent / 24


def mark_of(body: bytes) -> str:
    """The digest that `FeedState.mark` keeps."""
    return blake2b(body, digest_size=16).hexdigest()


def interval(state: FeedState, bounds: Bounds) -> timedelta:
    """How long to wait by the feed's own rhythm: half the usual time between items, within bounds."""
    if bounds.fixed is not None:
        return bounds.fixed
    if state.rhythm is None:
        return min(max(UNKNOWN, bounds.floor), bounds.ceiling)
    return min(max(state.rhythm / 2, bounds.floor), bounds.ceiling)


def wish(state: FeedState, answer: Answer, now: datetime) -> timedelta:
    """How long the publisher asks to be left alone: ttl, updatePeriod, max-age less Age, Expires; capped."""
    asked = [state.ttl or timedelta(0)]
    control = answer.header("cache-control")
    max_age = _MAX_AGE.search(control)
    if max_age is not None:
        age = answer.header("age").strip()
        spent = int(age) if age.isascii() and age.isdigit() and len(age) < 10 else 0
        asked.append(timedelta(seconds=max(0, int(max_age.group(1)) - spent)))
    elif "no-cache" not in control.lower() and "no-store" not in control.lower():
        # Expires speaks only where max-age doesn't, by the server's own clock if it tells it.
        expires = dates.read(answer.header("expires"))
        server = dates.read(answer.header("date")) or now
        if expires is not None:
            asked.append(expires - server)
    return max(timedelta(0), min(max(asked), WISH_CEILING))


def retry_after(text: str, now: datetime) -> timedelta | None:
    """How long Retry-After asks for, as seconds or a date, capped at a day; None when it says nothing sensible."""
    text = text.strip()
    if text.isascii() and text.isdigit():
        seconds = min(int(text[:9]), 10**8) if len(text) <= 9 else 10**8
        return min(timedelta(seconds=seconds), PATIENCE_CEILING)
    until = dates.read(text)
    if until is None:
        return None
    return min(max(until - now, timedelta(0)), PATIENCE_CEILING)


def outside_quiet(due: datetime, hours: frozenset[int], days: frozenset[int]) -> datetime:
    """The first time from ``due`` on that is in none of the hours and days a feed asks to skip."""
    if len(hours) >= 24 or len(days) >= 7:
        # A feed that never wants to be read has made a mistake.
        return due
    for _ in range(24 * 8):
        if due.hour not in hours and due.weekday() not in days:
            return due
        due = due.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return due


def _good(state: FeedState, answer: Answer, now: datetime, bounds: Bounds) -> FeedState:
    wait = interval(state, bounds)
    # A tenth to either side, so that feeds started together don't stay together; never before a wish.
    wait = wait * (0.9 + 0.2 * _spread(state.url, state.polls))
    if bounds.fixed is None:
        wait = max(wait, wish(state, answer, now))
    due = now + wait
    asked = retry_after(answer.header("retry-after"), now)
    due = max(due, now + asked) if asked is not None else due
    if bounds.fixed is None:
        due = outside_quiet(due, state.skip_hours, state.skip_days)
    same = bool(answer.moved_to) and answer.moved_to == state.moved_to
    return adopted(
        replace(
            state,
            next_due=due,
            last_fetched=now,
            last_good=now,
            last_status=answer.status,
            trouble=None,
            error="",
            failures=0,
            polls=state.polls + 1,
            moved_to=answer.moved_to,
            moved_count=(state.moved_count + 1 if same else 1) if answer.moved_to else 0,
        )
    )


def _spread(url: str, turn: int) -> float:
    """A number from 0 to 1 that differs from feed to feed and from turn to turn, yet can be computed again."""
    digest = blake2b(f"{turn}\x1f{url}".encode("utf-8", "surrogatepass"), digest_size=4).digest()
    return int.from_bytes(digest, "big") / 0xFFFFFFFF

"""A feed as a page: how it is, in words, and what would help."""

from __future__ import annotations

from datetime import datetime, timedelta

from store.feeds import FeedState
from stories.logins import shown
from tui import words
from tui.drawing import Look, Piece
from tui.rows import called, health
from tui.sheet import Sheet, ToLink

_MEND = "What could be read is kept. r polls it now; what stays so only its publisher can mend."


def feed_page(sheet: Sheet, feed: FeedState, now: datetime) -> None:
    """Health, times, rhythm, the last error with its remedy, what was mended or corrected, and the address."""
    state, look = health(feed)
    sheet.add(Piece(called(feed), Look.STRONG))
    sheet.gap()
    sheet.labelled(
        "Health",
        Piece(state, look),
        f" after {words.count(feed.failures, 'failure')}" if feed.failures else "",
    )
    sheet.labelled("Publisher", Piece(feed.publisher or "unknown", Look.NAME))
    sheet.labelled("Polled", _ago(feed.last_fetched, now))
    sheet.labelled("Changed", _ago(feed.last_changed, now))
    if feed.muted:
        sheet.labelled("Next", "never: it is muted")
    elif feed.next_due is not None:
        sheet.labelled("Next", f"in {words.seconds(feed.next_due - now)}")
    if feed.rhythm:
        sheet.labelled(
            "Rhythm", f"every {words.span(timedelta(seconds=max(60, feed.rhythm)))}, learnt from the feed"
        )
    if feed.items_per_hour >= 0.05:
        sheet.labelled("Brings", f"{feed.items_per_hour:.1f} items an hour")
    if feed.last_status is not None:
        sheet.labelled("HTTP", str(feed.last_status))
    if feed.error_text or feed.error_kind:
        sheet.head("Last error")
        sheet.add(Piece(feed.error_text or feed.error_kind, Look.BAD))
        sheet.add(Piece(_remedy(feed), Look.TEXT))
    if feed.warnings:
        sheet.head("Read with care")
        for warning in feed.warnings:
            sheet.add(Piece(warning, Look.WARN))
        sheet.add(Piece(_MEND))
    sheet.gap()
    sheet.labelled("Address", Piece(shown(feed.url), Look.INFO), to=ToLink(feed.url))


def _ago(at: datetime | None, now: datetime) -> str:
    return "never" if at is None else f"{words.span(now - at)} ago ({words.moment(at)})"


def _remedy(feed: FeedState) -> str:
    """What would help, by the kind of error or the server's answer."""
    status = feed.last_status or 0
    if status in (401, 403):
        return "The site refuses us. Open it in the browser; it may have moved its feed or want a contact address."
    if status in (404, 410):
        return "The feed is gone. Look for its new address on the publisher's page, then add that."
    if status == 429:
        return "We asked too often; polling has slowed down by itself."
    if status >= 500:
        return "The site has trouble. It is asked again, ever more rarely, and comes back by itself."
    if "html" in feed.error_kind or "html" in feed.error_text.lower():
        return "The address gives a web page, not a feed. Add the page's address: its feeds are then found."
    return "It is asked again, ever more rarely, and comes back by itself. r polls it now."

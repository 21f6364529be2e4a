"""A feed's wrong clock, told by the copies that other publishers date."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

from feeds.catalogue import Catalogue, Feed
from feeds.replay import ReplayServer
from spreadwatch.collector import Collector, Task
from store import feeds
from store.database import collector_lock, open_store

START = datetime(2026, 3, 2, 12, tzinfo=UTC)
SUBJECTS = ("harbour", "bridge", "school", "railway", "orchard", "glacier", "market", "library")


def rss(items: int, *, early: timedelta = timedelta(0)) -> bytes:
    """An agency's reports, five hours apart, as a feed dates them."""
    entries = "".join(
        f"<item><guid>{number}</guid><title>Report {number} on the {SUBJECTS[number % 8]} of district {number}</title>"
        f"<description>Workers number {number} opened the {SUBJECTS[number % 8]} in district {number} after {number + 3} "
        f"years while visitors from valley {number * 7} sang song {number * 5} for hour {number * 3}.</description>"
        f"<pubDate>{format_datetime(START - timedelta(hours=5 * (items - number)) - early, usegmt=True)}</pubDate></item>"
        for number in range(items)
    )
    return f"<rss version='2.0'><channel><title>T</title>{entries}</channel></rss>".encode()


async def test_a_feed_whose_items_all_others_date_hours_later_is_shown_with_a_wrong_clock(
    tmp_path: Path,
) -> None:
    async with ReplayServer() as server:
        honest = [
            Feed(server.add(f"/{n}", rss(8)), publisher=f"{n}.example") for n in ("one", "two", "three")
        ]
        early = timedelta(hours=5)
        steps = [rss(8, early=early), rss(8, early=early) + b"\n"]
        wrong = Feed(server.add("/wrong", steps), publisher="wrong.example")
        path = tmp_path / "news.db"
        with open_store(path, create=True) as store, collector_lock(path) as lock:
            for _ in range(2):
                task = Task(lambda: Catalogue((*honest, wrong)), once=True)
                await Collector(store, lock, task).run()
            told = {row.publisher: row.warnings for row in feeds.rows(store)}
    (warning,) = told.pop("wrong.example")
    assert warning == (
        "Its clock is behind: other publishers' copies of its items are dated 5.0 h later; nothing is corrected."
    )
    assert set(told.values()) == {()}

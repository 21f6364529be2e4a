"""The demo's news: TOML beside this file, read into outlets and items, and written out as RSS."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from importlib import resources
from typing import Any
from xml.sax.saxutils import escape, quoteattr

NEWS = ("2017.toml", "2023_claim.toml", "2023_news.toml")
"""In order of release."""

DAY_BEGINS = timedelta(hours=6)
DAY_LASTS = timedelta(hours=16)
"""The hours of a story's day over which its items are released, evenly; no outlet gave a time of day."""


@dataclass(frozen=True, slots=True)
class Outlet:
    """One publisher of the demo, served as one feed."""

    key: str
    """The last part of its feed's address."""
    name: str
    publisher: str
    home: str
    kind: str
    country: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class NewsItem:
    """One item, and when the demo's feed begins to carry it."""

    outlet: str
    guid: str
    title: str
    summary: str
    link: str
    day: date
    dated: bool
    """Whether the outlet's page carries a date; without one the feed gives none."""
    released: datetime


def outlets() -> dict[str, Outlet]:
    """Every outlet by its key."""
    return {key: Outlet(key=key, **fields) for key, fields in _read("outlets.toml").items()}


def items() -> list[NewsItem]:
    """Every item in order of release."""
    homes = {key: outlet.home for key, outlet in outlets().items()}
    found: list[NewsItem] = []
    for name in NEWS:
        rows = _read(name)["item"]
        for day in sorted({row["day"] for row in rows}):
            todays = [row for row in rows if row["day"] == day]
            for place, row in enumerate(todays):
                # A page of its own for each: an address shared by several items would make them one.
                guid = f"{row['outlet']}-{day.isoformat()}-{place}"
                found.append(
                    NewsItem(
                        outlet=row["outlet"],
                        guid=guid,
                        title=row["title"],
                        summary=row["summary"],
                        link=row.get("link", f"{homes[row['outlet']]}?spreadwatch-demo={guid}"),
                        day=day,
                        dated=row.get("dated", True),
                        released=_released(day, place, len(todays)),
                    )
                )
    return sorted(found, key=lambda item: item.released)


def rss(outlet: Outlet, carried: Sequence[NewsItem]) -> bytes:
    """The outlet's feed with these items, newest first, as a publisher would serve it."""
    entries = "".join(_entry(item) for item in reversed(carried))
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>\n'
        f"<title>{escape(outlet.name)}</title><link>{escape(outlet.home)}</link>\n"
        f"<description>Retold for spreadwatch's demo</description>\n{entries}</channel></rss>\n"
    ).encode()


def _entry(item: NewsItem) -> str:
    # A day without a time of day can be said in dc:date (W3C-DTF) and not in pubDate (RFC 822).
    stamp = f"<dc:date>{item.day.isoformat()}</dc:date>" if item.dated else ""
    return (
        f"<item><title>{escape(item.title)}</title><link>{escape(item.link)}</link>"
        f"<guid isPermaLink={quoteattr('false')}>{escape(item.guid)}</guid>{stamp}"
        f"<description>{escape(escape(item.summary))}</description></item>\n"
    )


def _released(day: date, place: int, of: int) -> datetime:
    midnight = datetime.combine(day, time(), UTC)
    return midnight + DAY_BEGINS + DAY_LASTS * ((place + 0.5) / of)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath(name).read_text("utf-8"))

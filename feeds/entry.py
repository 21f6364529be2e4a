"""What one reading of a feed gives: cleaned entries and what the feed says about itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from stories.item import DateFlag, Link


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed or one line of an archive; every text is cleaned and plain."""

    guid: str
    """As published, cut to a bounded length; empty when the feed gives none."""
    title: str
    summary: str = ""
    body: str = ""
    """The full text where the feed or the archive carries one beside the summary."""
    link: str = ""
    """Absolute http or https address, else empty."""
    links: tuple[Link, ...] = ()
    """Hyperlinks of the summary and body, http and https only."""
    published: datetime | None = None
    """Timezone-aware UTC, as *we* read the raw words; None when they can't be read."""
    published_raw: str = ""
    """The feed's own words for the date, kept as evidence."""
    flags: frozenset[DateFlag] = frozenset()
    lang: str = ""
    """ISO 639-1 where the entry, the feed or the archive says so."""
    source_name: str = ""
    """An aggregator's word for the true outlet (`<source>`), else empty."""
    source_url: str = ""
    """The address in that `<source>`, http or https, else empty."""
    feed: str = ""
    """URL of the feed it was read from; empty for an archive that names none."""
    publisher: str = ""
    """Who stands behind it (`feeds.publisher`): a registrable domain or the catalogue's key."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A feed document, read."""

    entries: tuple[Entry, ...]
    """In the document's order."""
    format: str
    """"rss20", "atom10", "json11" … as feedparser names versions."""
    title: str = ""
    home: str = ""
    """The page the feed belongs to, absolute, else empty."""
    lang: str = ""
    ttl: timedelta | None = None
    """How long the feed asks to be left alone: `ttl`, or `sy:updatePeriod` by `sy:updateFrequency`."""
    skip_hours: frozenset[int] = frozenset()
    """Hours of the day, UTC, in which the feed asks not to be read."""
    skip_days: frozenset[int] = frozenset()
    """Days of the week, Monday 0, in which the feed asks not to be read."""
    warnings: tuple[str, ...] = ()
    """What had to be repaired to read it, one plain sentence each."""

"""An entry's fields as they stand in the document, and the one place where they become an `Entry`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from time import monotonic, thread_time
from urllib.parse import unquote

from feeds import clean, dates
from feeds.entry import Entry

_COUNTED = re.compile(
    r"https?://(?:www\.)?(?:bing\.com/news/apiclick\.aspx|google\.[a-z.]{2,6}/url)\?(?:[^#]*&)?url=([^&#]+)",
    re.IGNORECASE,
)
MOST_ENTRIES = 5_000
"""Entries read of one document, the first ones; real feeds have at most some hundreds."""


@dataclass(slots=True)
class RawEntry:
    """Fields as the document has them, undecoded HTML and all."""

    guid: str = ""
    guid_is_link: bool = False
    title: str = ""
    summary: str = ""
    content: str = ""
    link: str = ""
    published: str = ""
    lang: str = ""
    base: str = ""
    source_name: str = ""
    source_url: str = ""


class Patience:
    """Some seconds of this thread's own work, however long others keep the processor."""

    def __init__(self, seconds: float) -> None:
        self._wall = monotonic() + seconds
        self._own = thread_time() + seconds

    def is_over(self) -> bool:
        """Whether they are used up."""
        # The thread's time is asked of the system, which costs a hundred times what the wall's does.
        return monotonic() > self._wall and thread_time() > self._own


@dataclass(frozen=True, slots=True)
class Setting:
    """What an entry's fields are read against."""

    url: str
    """The feed's address: relative links are relative to it."""
    now: datetime
    country: str = ""
    """ISO 3166, of the feed; settles zone letters (`feeds.dates`)."""
    lang: str = ""
    """Of the feed as a whole."""
    patience: Patience | None = None
    """How long reading may take; None for as long as it takes."""


class TooLongError(Exception):
    """Reading took longer than its patience; nothing of it is kept."""


def entries(raws: Iterable[RawEntry], setting: Setting) -> tuple[Entry, ...]:
    """The cleaned entries, without those that have neither words nor an address nor a GUID; may raise TooLongError."""
    found: list[Entry] = []
    for raw in raws:
        if setting.patience is not None and setting.patience.is_over():
            raise TooLongError
        each = entry(raw, setting)
        if each.title or each.summary or each.link or each.guid:
            found.append(each)
    return tuple(found)


def entry(raw: RawEntry, setting: Setting) -> Entry:
    """The cleaned entry."""
    base = (clean.address(raw.base, setting.url) if raw.base else "") or setting.url
    guid = clean.line(raw.guid, clean.GUID)
    link = _unwrapped(clean.address(raw.link, base))
    if not link and raw.guid_is_link:
        link = clean.address(raw.guid, base)
    summary, links = clean.markup(raw.summary, clean.SUMMARY, base)
    body = ""
    if raw.content and raw.content != raw.summary:
        body, more = clean.markup(raw.content, clean.BODY, base)
        links += tuple(found for found in more if found not in links)
        if not summary:
            summary, body = (clean.prose(body, clean.SUMMARY), body if len(body) > clean.SUMMARY else "")
        elif body == summary:
            body = ""
    source_name = clean.title(raw.source_name, 200) if raw.source_name else ""
    title = clean.title(raw.title)
    if source_name and title.endswith(f" - {source_name}"):
        # Aggregators sign the headline with the outlet, which `source_name` already says.
        title = title[: -len(source_name) - 3].rstrip()
    published_raw = clean.line(raw.published, dates.LONGEST)
    published = dates.read(raw.published.strip(), setting.country)
    return Entry(
        guid=guid,
        title=title,
        summary=summary,
        body=body,
        link=link,
        links=links[: clean.LINKS],
        published=published,
        published_raw=published_raw,
        flags=dates.flagged(published, setting.now),
        lang=language(raw.lang or setting.lang),
        source_name=source_name,
        source_url=clean.address(raw.source_url, base) if raw.source_url else "",
        feed=setting.url,
    )


def _unwrapped(link: str) -> str:
    """Where a search engine's counting link leads: Bing News and Google Alerts say it in the link itself."""
    found = _COUNTED.match(link)
    return (clean.address(unquote(found.group(1))) or link) if found else link


def language(code: str) -> str:
    """The ISO 639-1 letters of a language tag ("en-US" → "en"), empty when it has none."""
    letters = code.strip().lower().replace("_", "-").partition("-")[0]
    return letters if len(letters) == 2 and letters.isascii() and letters.isalpha() else ""

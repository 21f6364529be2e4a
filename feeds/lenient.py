"""Feeds as they are found in the wild, read by feedparser: the reference for what a feed says."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import feedparser

from feeds import clean
from feeds.entry import Parsed
from feeds.errors import FeedError, Trouble
from feeds.raw import MOST_ENTRIES, RawEntry, Setting, entries, language

_ITEM_END = re.compile(r"</(?:item|entry)\s*>", re.IGNORECASE)
_LONG_FIELD = re.compile(
    r"<((?:[\w.-]{1,20}:)?(?:author|creator|managingEditor|webMaster|contributor|category|generator))\b[^<>]*>[^<]{2000,}</\1>",
    re.IGNORECASE,
)


def read(text: str, setting: Setting) -> Parsed:
    """The feed in a document without prolog; FeedError when nothing can be read from it."""
    ends = list(_ITEM_END.finditer(text))
    warnings: tuple[str, ...] = ()
    if len(ends) > MOST_ENTRIES:
        # feedparser is quadratic nowhere but slow everywhere: fifty thousand items take a minute.
        text = text[: ends[MOST_ENTRIES - 1].end()]
        warnings = (f"Only the first {MOST_ENTRIES} of {len(ends)} items were read.",)
    # Its e-mail pattern is quadratic in an author's length.
    text = _LONG_FIELD.sub("", text)
    found: Any = feedparser.parse(
        # As a stream: of bytes, as of words, it tries first whether they name a file.
        BytesIO(text.encode("utf-8", "replace")),
        sanitize_html=False,
        resolve_relative_uris=False,
        response_headers={"content-type": "application/xml; charset=utf-8"},
    )
    if not found.version and not found.entries:
        raise FeedError(Trouble.BROKEN, "The document begins like a feed, but nothing in it can be read.")
    feed = found.feed
    own = Setting(setting.url, setting.now, setting.country, language(str(feed.get("language") or "")))
    if found.bozo:
        warnings += ("The feed is not well-formed; it was read as far as it makes sense.",)
    ttl = str(feed.get("ttl") or "")
    return Parsed(
        entries=entries((_raw(item) for item in found.entries[:MOST_ENTRIES]), own),
        format=found.version or "unknown",
        title=clean.title(str(feed.get("title") or ""), 200),
        home=clean.address(str(feed.get("link") or ""), setting.url),
        lang=own.lang,
        ttl=timedelta(minutes=int(ttl)) if ttl.isascii() and ttl.isdigit() and len(ttl) < 7 else None,
        warnings=warnings,
    )


def _raw(item: Any) -> RawEntry:
    content = item.get("content") or []
    source = item.get("source") or {}
    title = item.get("title_detail") or {}
    link = str(item.get("link") or "")
    return RawEntry(
        guid=str(item.get("id") or ""),
        guid_is_link=bool(item.get("guidislink")),
        title=str(item.get("title") or ""),
        summary=str(item.get("summary") or ""),
        content=str(content[0].get("value") or "") if content else "",
        link=link,
        # The words, read by our own rule. `dict.get`, as feedparser's own falls back from one to another.
        published=str(
            next((found for key in ("published", "updated", "created") if (found := dict.get(item, key))), "")
        ),
        lang=str(title.get("language") or ""),
        base=str(title.get("base") or ""),
        source_name=str(source.get("title") or ""),
        source_url=str(source.get("href") or source.get("link") or ""),
    )

"""JSON Feed 1.0 and 1.1, which feedparser does not know."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from feeds import clean
from feeds.entry import Parsed
from feeds.errors import FeedError, Trouble
from feeds.raw import MOST_ENTRIES, RawEntry, Setting, entries, language


def read(text: str, setting: Setting) -> Parsed:
    """The feed in a JSON document; FeedError when it is some other JSON or none."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise FeedError(Trouble.BROKEN, f"The document is not valid JSON ({error}).") from error
    if not isinstance(found, dict) or not isinstance(found.get("items"), list):
        raise FeedError(Trouble.NOT_A_FEED, "The document is JSON, but not a JSON Feed.")
    version = _text(found.get("version"))
    if "jsonfeed.org" not in version:
        raise FeedError(Trouble.NOT_A_FEED, "The document is JSON, but names no JSON Feed version.")
    lang = language(_text(found.get("language")))
    own = replace(setting, lang=lang)
    items = [item for item in found["items"][:MOST_ENTRIES] if isinstance(item, dict)]
    warnings: list[str] = []
    if len(found["items"]) > MOST_ENTRIES:
        warnings.append(f"Only the first {MOST_ENTRIES} of {len(found['items'])} items were read.")
    if len(items) < len(found["items"][:MOST_ENTRIES]):
        warnings.append("Items that are not JSON objects were skipped.")
    return Parsed(
        entries=entries((_raw(item) for item in items), own),
        format="json" + version.rpartition("/")[2].replace(".", "")[:4],
        title=clean.title(_text(found.get("title")), 200),
        home=clean.address(_text(found.get("home_page_url")), setting.url),
        lang=lang,
        warnings=tuple(warnings),
    )


def _raw(item: dict[str, Any]) -> RawEntry:
    content = _text(item.get("content_html"))
    plain = _text(item.get("content_text"))
    if not content and plain:
        # Plain text has no markup to read: "<" and "&" mean themselves.
        content = plain.replace("&", "&amp;").replace("<", "&lt;")
    return RawEntry(
        guid=_text(item.get("id")),
        title=_text(item.get("title")),
        summary=_text(item.get("summary")),
        content=content,
        link=_text(item.get("url")) or _text(item.get("external_url")),
        published=_text(item.get("date_published")) or _text(item.get("date_modified")),
        lang=_text(item.get("language")),
    )


def _text(value: object) -> str:
    """A JSON string; numbers as feeds write ids; anything else is not text."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""

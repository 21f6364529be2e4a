"""A response body as a feed: which characters, which format, which entries.

Called in a worker process that can be killed (`feeds.workers`): some documents are made to never end.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from feeds import jsonfeed, strict
from feeds.document import Document, Form, document, repaired
from feeds.entry import Parsed
from feeds.raw import Setting


def parse(
    body: bytes, *, url: str, now: datetime, content_type: str = "", country: str = "", lang: str = ""
) -> Parsed:
    """The feed in a body; FeedError says what it is instead when it is none."""
    found = document(body, content_type)
    setting = Setting(url, now, country, lang)
    if found.form is Form.JSON:
        parsed = jsonfeed.read(found.text, setting)
    else:
        parsed = strict.read(found.text, setting) or _mended(found, setting)
    return replace(parsed, warnings=found.warnings + parsed.warnings) if found.warnings else parsed


def _mended(found: Document, setting: Setting) -> Parsed:
    from feeds import lenient  # 80 ms; most workers never need it

    text = repaired(found.text, found.entities)
    parsed = strict.read(text, setting)
    if parsed is None:
        return lenient.read(text, setting)
    return replace(parsed, warnings=("Mended unescaped characters.", *parsed.warnings))

"""A response body as a feed: which characters, which format, which entries.

`parse` reads everything and is called in a worker process that can be killed (`feeds.workers`): some
documents are made to never end. `parse_plain` reads what nearly all feeds are where it is called.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from feeds import jsonfeed, strict
from feeds.document import Document, Form, document, plain_document, repaired
from feeds.entry import Parsed
from feeds.raw import Patience, Setting, TooLongError

PLAIN_BYTES = 512 << 10
"""The largest document that is read in the collector; of 2,122 recorded ones none is larger."""
PLAIN_TAGS = 20_000
"""As many tags it may have: each costs memory, and their nesting too."""
PLAIN_SECONDS = 0.25
"""CPU time after which its reading is left to a worker; a usual document takes two milliseconds."""
_NAMESPACE = re.compile(r"""xmlns(?::[\w.-]{1,40})?\s{0,3}=\s{0,3}(?:"[^"<]{0,200}"|'[^'<]{0,200}')""")
_NAMESPACES = 200


def parse(
    body: bytes, *, url: str, now: datetime, content_type: str = "", country: str = "", lang: str = ""
) -> Parsed:
    """The feed in a body; FeedError says what it is instead when it is none."""
    found = document(body, content_type, lang)
    setting = Setting(url, now, country, lang)
    parsed = _read(found, setting)
    if parsed is None:
        from feeds import lenient  # 80 ms; most workers never need it

        parsed = lenient.read(repaired(found.text, found.entities), setting)
    return _warned(parsed, found.warnings)


def parse_plain(
    body: bytes, *, url: str, now: datetime, content_type: str = "", country: str = "", lang: str = ""
) -> Parsed | None:
    """What `parse` gives, or None for a document that is not surely read within bounds of time and memory.

    Raises the same FeedErrors. Bounded are bytes, tags, what a tag's name can grow to by its namespace,
    entities (there are none) and the time between two entries; an entry's own fields are cut before
    they are looked at (`feeds.clean`).
    """
    if len(body) > PLAIN_BYTES:
        return None
    found = plain_document(body, content_type)
    if found is None or found.entities or not _is_small(found.text):
        return None
    try:
        parsed = _read(found, Setting(url, now, country, lang, Patience(PLAIN_SECONDS)))
    except TooLongError:
        return None
    return None if parsed is None else _warned(parsed, found.warnings)


def _read(found: Document, setting: Setting) -> Parsed | None:
    """The feed by our own readers, its commonest slips mended; None where only feedparser makes sense of it."""
    if found.form is Form.JSON:
        return jsonfeed.read(found.text, setting)
    parsed = strict.read(found.text, setting)
    if parsed is not None:
        return parsed
    parsed = strict.read(repaired(found.text, found.entities), setting)
    return None if parsed is None else _warned(parsed, ("Mended unescaped characters.",))


def _is_small(text: str) -> bool:
    """Whether a document stays small as a tree: expat puts a namespace's address into each name that has it."""
    spaces = text.count("xmlns")
    return (
        text.count("<") <= PLAIN_TAGS
        and spaces <= _NAMESPACES
        and spaces == sum(1 for _ in _NAMESPACE.finditer(text))
    )


def _warned(parsed: Parsed, warnings: tuple[str, ...]) -> Parsed:
    return replace(parsed, warnings=warnings + parsed.warnings) if warnings else parsed

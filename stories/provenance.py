"""How items reached us and what people decided about them: the evidence that stands beside a story."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from stories.decision import Decision
from stories.evidence import Claim


@dataclass(frozen=True, slots=True)
class ArticleRead:
    """The web page whose text is an item's body, where one was read."""

    retrieved_at: datetime
    url: str
    """Where the last redirect led."""
    text_sha256: str
    """Of the extracted text, UTF-8, hexadecimal."""
    page_sha256: str
    """Of the page's bytes as they were received, hexadecimal."""
    extractor: str
    """What took the text out of the page, with its version."""


@dataclass(frozen=True, slots=True)
class Retrieval:
    """How one item's words reached us; empty where that isn't known."""

    item: int
    retrieved_at: datetime | None = None
    """When we read it, timezone-aware UTC; None for an imported item, which we never fetched."""
    feed: str = ""
    published_as_given: str = ""
    """The date exactly as the feed wrote it."""
    http_status: int | None = None
    etag: str = ""
    last_modified: str = ""
    content_type: str = ""
    response_sha256: str = ""
    """Of the raw response's bytes, hexadecimal."""
    extractor: str = ""
    """What took the text out of the response, with its version."""
    article: ArticleRead | None = None


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a snapshot needs besides the story itself."""

    opposite_name: str = ""
    """The name of the story that claims the reverse, where one is known."""
    decisions: tuple[Decision, ...] = ()
    """The analysts' acts that shaped the story, oldest first."""
    retrievals: tuple[Retrieval, ...] = ()
    claims: tuple[tuple[int, tuple[Claim, ...]], ...] = ()
    """What each item claims, by its number: what the board was read from, beside the statements."""
    heard_until: datetime | None = None
    """Until when anybody listened, at the latest the story's ``as_of``; None where that isn't known."""


NOTHING_KNOWN = Provenance()

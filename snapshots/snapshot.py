"""A story frozen at a time: the one value that every export is written from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from snapshots.questions import questions
from stories.decision import Decision
from stories.item import Item
from stories.story import StoryDetail


@dataclass(frozen=True, slots=True)
class Retrieval:
    """How one item's words reached us; empty where the store does not know."""

    item: int
    retrieved_at: datetime | None = None
    """When we read it; None for an imported item, which we never fetched."""
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


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A story as it was known at ``detail.as_of``, and everything a reader needs to check it."""

    detail: StoryDetail
    taken_at: datetime
    tool: str
    """Name and version of the program that froze it."""
    taken_by: str = ""
    opposite_name: str = ""
    """The name of the story that claims the reverse, where one is known."""
    retrievals: tuple[Retrieval, ...] = ()
    """In the order of the items."""
    decisions: tuple[Decision, ...] = ()
    """The analyst's acts that shaped the story, oldest first."""
    questions: tuple[str, ...] = ()
    """What the items leave open."""

    @property
    def publishers(self) -> int:
        """How many publishers carry the story (their feeds count once)."""
        return len({item.publisher for item in self.detail.items})

    @property
    def origins(self) -> int:
        """Independent origins as measured; 0 when none could be named."""
        return self.detail.measures.origins if self.detail.measures else len(self.detail.origin.chains)


def freeze(
    detail: StoryDetail,
    *,
    taken_at: datetime,
    tool: str,
    taken_by: str = "",
    opposite_name: str = "",
    retrievals: Iterable[Retrieval] = (),
    decisions: Sequence[Decision] = (),
) -> Snapshot:
    """Freezes a story; an item without a known retrieval gets one that says only what the item says."""
    known = {retrieval.item: retrieval for retrieval in retrievals}
    return Snapshot(
        detail=detail,
        taken_at=taken_at,
        tool=tool,
        taken_by=taken_by,
        opposite_name=opposite_name,
        retrievals=tuple(known.get(item.id) or Retrieval(item.id, feed=item.feed) for item in detail.items),
        decisions=tuple(decisions),
        questions=questions(detail),
    )


def text_sha256(item: Item) -> str:
    """SHA-256 over an item's texts, hexadecimal; a NUL between them, since a cleaned text holds none."""
    text = "\0".join((item.title, item.summary, item.body))
    return hashlib.sha256(text.encode()).hexdigest()

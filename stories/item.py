"""One entry as a feed published it, cleaned, and the words that point into it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from stories.states import DateFlag as DateFlag
from stories.states import Field as Field


@dataclass(frozen=True, slots=True)
class Link:
    """A hyperlink found in an item's text."""

    href: str
    """Always http or https."""
    text: str
    """The words that were linked."""


@dataclass(frozen=True, slots=True)
class Span:
    """Where words stand: characters ``start`` to ``end`` (exclusive) of one of the item's texts."""

    where: Field
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Item:
    """One entry as published; every text is already cleaned and is what offsets refer to."""

    id: int
    """The store's number, in order of arrival; 0 before it is stored."""
    guid: str
    publisher: str
    """Who stands behind it: a registrable domain or the catalogue's key ("bbc.co.uk")."""
    title: str
    summary: str = ""
    body: str = ""
    """The article's text where it was fetched or imported, else empty."""
    link: str = ""
    published: datetime | None = None
    """The feed's word, timezone-aware UTC; None when it gave none that can be read."""
    first_seen: datetime | None = None
    """When we first saw it, timezone-aware UTC; None only before it is stored."""
    lang: str = ""
    """ISO 639-1 where known, else empty."""
    feed: str = ""
    """URL of the feed it was first seen in; empty for an imported item that names none."""
    links: tuple[Link, ...] = ()
    flags: frozenset[DateFlag] = frozenset()

    @property
    def effective(self) -> datetime | None:
        """When it counts as said: the earlier of ``published`` and ``first_seen`` (rule of evidence 4)."""
        if self.published is None:
            return self.first_seen
        if self.first_seen is None:
            return self.published
        return min(self.published, self.first_seen)

    def text(self, where: Field) -> str:
        """The text that offsets with this field refer to."""
        if where is Field.TITLE:
            return self.title
        return self.summary if where is Field.SUMMARY else self.body

    def words(self, span: Span) -> str:
        """The exact words a span points at."""
        return self.text(span.where)[span.start : span.end]

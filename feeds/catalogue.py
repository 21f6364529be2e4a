"""The catalogue: which feeds and publishers there are, as TOML that the user writes and reads."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from feeds.catalogue_values import Kind as Kind
from feeds.catalogue_values import checked, line_of, unique, unknown
from feeds.catalogue_values import interval_words as interval_words
from feeds.catalogue_values import parse_interval as parse_interval
from feeds.errors import CatalogueError
from feeds.publisher import publisher_of

STARTER = Path(__file__).with_name("starter.toml")


@dataclass(frozen=True, slots=True)
class Feed:
    """One URL that is polled, as the catalogue has it; empty fields are taken from its publisher."""

    url: str
    publisher: str = ""
    """A publisher's key; by default the registrable domain of the feed's home page or address."""
    name: str = ""
    kind: Kind = Kind.UNKNOWN
    country: str = ""
    """ISO 3166, two letters."""
    lang: str = ""
    """ISO 639-1."""
    label: str = ""
    """State affiliation in words ("Russian state media"), shown wherever the publisher is."""
    tier: int = 0
    """1 best known to 3; 0 not said."""
    interval: timedelta | None = None
    """How often to ask, instead of by the feed's own rhythm."""
    muted: bool = False
    inside: bool | None = None
    """Whether its host may have a private address; by default when it is written as one."""
    articles: bool = False
    """Fetch the text of its articles."""


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who stands behind feeds, as the catalogue has it."""

    key: str
    """By convention the registrable domain it is best known by ("bbc.co.uk")."""
    name: str = ""
    domains: tuple[str, ...] = ()
    """Other registrable domains that are the same publisher ("bbc.com", "bbci.co.uk")."""
    kind: Kind = Kind.UNKNOWN
    country: str = ""
    lang: str = ""
    label: str = ""
    tier: int = 0


@dataclass(frozen=True)
class Catalogue:
    """All feeds and publishers that are known, and how the poller introduces itself."""

    feeds: tuple[Feed, ...] = ()
    publishers: tuple[Publisher, ...] = ()
    contact: str = ""
    """An address or page that servers are given with each request."""

    @cached_property
    def by_domain(self) -> Mapping[str, str]:
        """Publisher keys by every domain that is theirs."""
        found = {domain: each.key for each in self.publishers for domain in each.domains}
        return found | {each.key: each.key for each in self.publishers}

    @cached_property
    def by_key(self) -> Mapping[str, Publisher]:
        """Publishers by their key."""
        return {each.key: each for each in self.publishers}

    def publisher_of(self, url: str) -> str:
        """Who stands behind an address or host: the catalogue's key, else the registrable domain."""
        domain = publisher_of(url)
        return self.by_domain.get(domain, domain)

    def publisher_of_feed(self, feed: Feed, home: str = "") -> str:
        """Who stands behind a feed: as named, else by its home page (feeds live on other domains), else by its address."""
        if feed.publisher:
            return self.by_domain.get(feed.publisher, feed.publisher)
        own = self.publisher_of(feed.url)
        if own in self.by_key or not home:
            return own
        return self.publisher_of(home) or own

    def publisher(self, feed: Feed, home: str = "") -> Publisher:
        """The feed's publisher with what the feed's own entry says put over it."""
        key = self.publisher_of_feed(feed, home)
        known = self.by_key.get(key, Publisher(key))
        return Publisher(
            key=key,
            name=known.name or feed.name or key,
            domains=known.domains,
            kind=feed.kind or known.kind,
            country=feed.country or known.country,
            lang=feed.lang or known.lang,
            label=feed.label or known.label,
            tier=feed.tier or known.tier,
        )


_TOP = ("contact", "feed", "publisher")


def load(path: Path) -> Catalogue:
    """The catalogue in a file; an empty one when there is no file.

    CatalogueError names file, line and key of the first thing that isn't right.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Catalogue()
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueError(path, f"it can't be read ({error}).") from error
    return read(text, path)


def starter() -> Catalogue:
    """The catalogue that comes with the program."""
    return load(STARTER)


def read(text: str, path: Path) -> Catalogue:
    """The catalogue in a text; ``path`` is only for error messages."""
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"at line (\d+)", str(error))
        line = int(place.group(1)) if place else text.count("\n") + 1
        raise CatalogueError(path, f"it is not valid TOML: {error}", line=line) from error
    for key in found:
        if key not in _TOP:
            raise unknown(path, text, "", 0, key, _TOP)
    contact = found.get("contact", "")
    if not isinstance(contact, str):
        raise CatalogueError(
            path, "contact must be text.", line=line_of(text, "", 0, "contact"), key="contact"
        )
    feeds = tuple(
        Feed(**checked(_names(Feed), table, path, text, "feed", number))
        for number, table in _tables(found, "feed", path, text)
    )
    publishers = tuple(
        Publisher(**checked(_names(Publisher), table, path, text, "publisher", number))
        for number, table in _tables(found, "publisher", path, text)
    )
    unique((each.url for each in feeds), path, text, "feed", "url")
    unique((each.key for each in publishers), path, text, "publisher", "key")
    return Catalogue(feeds, publishers, contact)


def _tables(
    found: Mapping[str, Any], name: str, path: Path, text: str
) -> Iterable[tuple[int, Mapping[str, Any]]]:
    tables = found.get(name, [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise CatalogueError(
            path, f"write [[{name}]] with double brackets.", line=line_of(text, "", 0, name), key=name
        )
    return enumerate(tables)


def _names(shape: type[Feed] | type[Publisher]) -> tuple[str, ...]:
    return tuple(each.name for each in fields(shape))

"""The catalogue: which feeds and publishers there are, as TOML that the user writes and reads."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import timedelta
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any

from feeds import clean
from feeds.errors import CatalogueError
from feeds.publisher import publisher_of

STARTER = Path(__file__).with_name("starter.toml")


class Kind(StrEnum):
    """What a publisher is, in the words the catalogue uses."""

    WIRE = "wire"
    PUBLIC = "public"
    PRIVATE = "private"
    STATE = "state"
    OFFICIAL = "official"
    FACT_CHECKER = "fact-checker"
    SPECIALIST = "specialist"
    AGGREGATOR = "aggregator"
    TELEGRAM = "telegram"
    """A bridge that makes a Telegram channel readable as a feed."""
    SEARCH = "search"
    """A query at a search engine, made for a watched story."""
    UNKNOWN = ""


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
_SPAN = re.compile(r"\A\s*(\d{1,6})\s*(s|m|min|h|d)\s*\Z")
_UNITS = {"s": 1, "m": 60, "min": 60, "h": 3600, "d": 86_400}


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
            raise _unknown(path, text, "", 0, key, _TOP)
    contact = found.get("contact", "")
    if not isinstance(contact, str):
        raise CatalogueError(path, "contact must be text.", line=_line(text, "", 0, "contact"), key="contact")
    feeds = tuple(
        Feed(**_checked(Feed, table, path, text, "feed", number))
        for number, table in _tables(found, "feed", path, text)
    )
    publishers = tuple(
        Publisher(**_checked(Publisher, table, path, text, "publisher", number))
        for number, table in _tables(found, "publisher", path, text)
    )
    _unique((each.url for each in feeds), path, text, "feed", "url")
    _unique((each.key for each in publishers), path, text, "publisher", "key")
    return Catalogue(feeds, publishers, contact)


def _tables(
    found: Mapping[str, Any], name: str, path: Path, text: str
) -> Iterable[tuple[int, Mapping[str, Any]]]:
    tables = found.get(name, [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise CatalogueError(
            path, f"write [[{name}]] with double brackets.", line=_line(text, "", 0, name), key=name
        )
    return enumerate(tables)


def _checked(
    shape: type[Feed] | type[Publisher],
    table: Mapping[str, Any],
    path: Path,
    text: str,
    section: str,
    number: int,
) -> dict[str, Any]:
    known = tuple(each.name for each in fields(shape))
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in known:
            raise _unknown(path, text, section, number, key, known)
        problem, values[key] = _value(key, value)
        if problem:
            raise CatalogueError(path, f"{key} {problem}.", line=_line(text, section, number, key), key=key)
    missing = "url" if shape is Feed else "key"
    if missing not in values:
        raise CatalogueError(
            path, f"this [[{section}]] has no {missing}.", line=_line(text, section, number, ""), key=missing
        )
    return values


def _value(key: str, value: object) -> tuple[str, object]:
    """What is wrong with a value, if anything, and the value as the dataclass wants it."""
    if key in ("muted", "articles", "inside"):
        return ("" if isinstance(value, bool) else "must be true or false"), value
    if key == "tier":
        fits = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 3
        return ("" if fits else "must be 1, 2 or 3"), value
    if key == "domains":
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            return "must be a list of domains", ()
        return "", tuple(each.lower() for each in value)
    if not isinstance(value, str):
        return "must be text", ""
    if key == "interval":
        span = parse_interval(value)
        return ("" if span else 'must be a time such as "15m" or "2h"'), span
    if key == "kind":
        if value in tuple(Kind):
            return "", Kind(value)
        return "must be one of " + ", ".join(kind for kind in Kind if kind), ""
    if key == "url":
        return ("" if clean.address(value) == value else "must be an http or https address"), value
    if key == "country":
        return (
            "" if re.fullmatch("[A-Za-z]{2}|", value) else 'must be two letters such as "GB"'
        ), value.upper()
    if key == "lang":
        return ("" if re.fullmatch("[a-z]{2}|", value) else 'must be two letters such as "en"'), value
    return "", clean.line(value, 300)


def parse_interval(text: str) -> timedelta | None:
    """A time such as "90s", "15m", "2h" or "1d"; None when it is none or nothing."""
    found = _SPAN.match(text)
    seconds = int(found.group(1)) * _UNITS[found.group(2)] if found else 0
    return timedelta(seconds=seconds) if seconds else None


def interval_words(value: timedelta) -> str:
    """A time as the catalogue writes it ("15m")."""
    seconds = int(value.total_seconds())
    for unit, size in (("d", 86_400), ("h", 3600), ("m", 60)):
        if seconds % size == 0:
            return f"{seconds // size}{unit}"
    return f"{seconds}s"


def _unknown(
    path: Path, text: str, section: str, number: int, key: str, known: Iterable[str]
) -> CatalogueError:
    near = difflib.get_close_matches(key, list(known), n=1, cutoff=0.5)
    where = f"[[{section}]]" if section else "the catalogue"
    return CatalogueError(
        path,
        f"{where} has no key “{clean.line(key, 60)}”.",
        line=_line(text, section, number, key),
        key=key,
        remedy=f"Did you mean “{near[0]}”?" if near else f"Known keys: {', '.join(known)}.",
    )


def _unique(values: Iterable[str], path: Path, text: str, section: str, key: str) -> None:
    seen: set[str] = set()
    for number, value in enumerate(values):
        if value in seen:
            raise CatalogueError(
                path,
                f"{key} “{value}” stands here a second time.",
                line=_line(text, section, number, key),
                key=key,
            )
        seen.add(value)


def _line(text: str, section: str, number: int, key: str) -> int:
    """The line of a key in the ``number``-th table of a section, of the table itself for no key; 0 if not found."""
    lines = text.splitlines()
    start = 0
    if section:
        heads = [at for at, line in enumerate(lines) if re.match(rf"\s*\[\[\s*{section}\s*\]\]", line)]
        if number >= len(heads):
            return 0
        start = heads[number]
    if not key:
        return start + 1
    pattern = re.compile(rf"""\s*(?:\[+\s*)?["']?{re.escape(key)}["']?\s*(?:\]+\s*)?(?:=|\Z|#)""")
    for at in range(start, len(lines)):
        if at > start and section and re.match(r"\s*\[", lines[at]):
            break
        if pattern.match(lines[at]):
            return at + 1
    return start + 1 if section else 0

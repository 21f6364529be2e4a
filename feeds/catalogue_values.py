"""The values a catalogue may hold, and where in its file a wrong one stands."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from feeds import clean
from feeds.errors import CatalogueError

_SPAN = re.compile(r"\A\s*(\d{1,6})\s*(s|m|min|h|d)\s*\Z")
_UNITS = {"s": 1, "m": 60, "min": 60, "h": 3600, "d": 86_400}


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


def checked(
    known: tuple[str, ...],
    table: Mapping[str, Any],
    path: Path,
    text: str,
    section: str,
    number: int,
) -> dict[str, Any]:
    """One table's values as its dataclass wants them; CatalogueError names the first that is wrong."""
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in known:
            raise unknown(path, text, section, number, key, known)
        problem, values[key] = _value(key, value)
        if problem:
            raise CatalogueError(path, f"{key} {problem}.", line=line_of(text, section, number, key), key=key)
    missing = "url" if section == "feed" else "key"
    if missing not in values:
        raise CatalogueError(
            path,
            f"this [[{section}]] has no {missing}.",
            line=line_of(text, section, number, ""),
            key=missing,
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


def unknown(
    path: Path, text: str, section: str, number: int, key: str, known: Iterable[str]
) -> CatalogueError:
    """The error for a key that nobody knows, with the nearest that is known."""
    near = difflib.get_close_matches(key, list(known), n=1, cutoff=0.5)
    where = f"[[{section}]]" if section else "the catalogue"
    return CatalogueError(
        path,
        f"{where} has no key “{clean.line(key, 60)}”.",
        line=line_of(text, section, number, key),
        key=key,
        remedy=f"Did you mean “{near[0]}”?" if near else f"Known keys: {', '.join(known)}.",
    )


def unique(values: Iterable[str], path: Path, text: str, section: str, key: str) -> None:
    """CatalogueError when one of these values stands in the file twice."""
    seen: set[str] = set()
    for number, value in enumerate(values):
        if value in seen:
            raise CatalogueError(
                path,
                f"{key} “{value}” stands here a second time.",
                line=line_of(text, section, number, key),
                key=key,
            )
        seen.add(value)


def line_of(text: str, section: str, number: int, key: str) -> int:
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

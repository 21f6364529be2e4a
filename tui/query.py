"""The filter's small language: words, "exact words", -without, field:value and -field:value.

Fields: status, party, source, stance, since, until, lang, story, is. What can't be read as a field is a word,
and `trouble` says so, so that no input is an error.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from difflib import get_close_matches

from stories.evidence import Stance
from stories.story import Status

_PART = re.compile(r'(-?)(?:([A-Za-z]+):(?:"([^"]*)"?|(\S*))|"([^"]*)"?|(\S+))')
_LENGTH = re.compile(r"(\d+)(min|[mhdw])?$")
_DAY = re.compile(r"(today|yesterday)?\s*(?:(\d{1,2}):(\d\d))?")
_UNITS = {"m": timedelta(minutes=1), "min": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}  # fmt: skip
FIELDS = {
    "status": "a story's status: " + " ".join(status.value.lower() for status in Status),
    "party": "a party for whom somebody speaks in a statement",
    "source": "a publisher, or part of its name",
    "stance": "what an item says: " + " ".join(stance.value for stance in Stance),
    "since": "within 30m, 6h, 2d, 1w, or after 2023-03-12",
    "until": "before 2023-03-12, or longer ago than 2d",
    "lang": "a language by its code: en ru",
    "story": "words of the story's name",
    "is": "starred, unread, watched, dismissed, waiting",
}
_IS = ("starred", "unread", "watched", "dismissed", "waiting")
_OF_BOTH = frozenset({"status", "party", "source", "since", "until", "story", "is:starred", "is:unread"})
OF_ITEMS = _OF_BOTH | {"stance", "lang", "is:dismissed", "is:waiting"}
"""The fields that say something of items."""
OF_STORIES = _OF_BOTH | {"is:watched"}
"""The fields that say something of stories."""


@dataclass(frozen=True, slots=True)
class Query:
    """What a filter asks for; everything set must hold."""

    words: tuple[str, ...] = ()
    """Words and phrases, each of which must stand in the text."""
    without: tuple[str, ...] = ()
    status: frozenset[Status] = frozenset()
    party: str = ""
    source: str = ""
    stance: Stance | None = None
    since: datetime | None = None
    until: datetime | None = None
    lang: str = ""
    story: str = ""
    flags: frozenset[str] = frozenset()
    """Of "starred", "unread", "watched", "dismissed", "waiting"."""
    unless: tuple[Query, ...] = ()
    """What must not hold, each of one field alone."""
    trouble: str = ""
    """What could not be read, in words; empty when all could."""

    @property
    def fields(self) -> frozenset[str]:
        """The fields it asks for, of `is` each of its marks: "status", "is:watched"."""
        here = {name for name in FIELDS if name != "is" and getattr(self, name)}
        here |= {f"is:{flag}" for flag in self.flags}
        return frozenset(here.union(*(one.fields for one in self.unless)))

    @property
    def text(self) -> str:
        """Words and phrases as `store.search` takes them; what must not stand there is asked apart."""
        return " ".join(f'"{word}"' if " " in word else word for word in self.words)


def parse(text: str, now: datetime) -> Query:
    """What a person typed, as a query; lengths of time count back from ``now``."""
    query = Query()
    for minus, field, quoted, bare, phrase, word in _PART.findall(text):
        if field:
            query = _field(query, minus, field.lower(), quoted or bare, now)
        elif minus and (phrase or word):
            query = replace(query, without=(*query.without, phrase or word))
        elif phrase or word:
            query = replace(query, words=(*query.words, phrase or word))
    return query


def _field(query: Query, minus: str, field: str, value: str, now: datetime) -> Query:
    if field not in FIELDS:
        word = f"{field}:{value}"
        near = get_close_matches(field, FIELDS, 1)
        hint = f'Did you mean "{near[0]}:"?' if near else f"There are: {' '.join(FIELDS)}"
        trouble = f'No "{field}:". {hint}'
        if minus:
            return replace(query, without=(*query.without, word), trouble=trouble)
        return replace(query, words=(*query.words, word), trouble=trouble)
    if not value:
        return query  # still being typed
    if minus:
        denied = _field(Query(), "", field, value, now)
        if denied.trouble:
            return replace(query, trouble=denied.trouble)
        each = [Query(flags=frozenset({flag})) for flag in sorted(denied.flags)] or [denied]
        return replace(query, unless=(*query.unless, *each))
    if field in ("since", "until"):
        at = time_of(value, now)
        if at is None:
            return replace(query, trouble=f"{value} is no time: write 6h, 2d or 2023-03-12.")
        return replace(query, since=at) if field == "since" else replace(query, until=at)
    if field == "status":
        found = _begins(value.upper().split(","), [status.value for status in Status])
        if not found:
            return replace(query, trouble=f"{value} is no status: {FIELDS['status'].partition(': ')[2]}.")
        return replace(query, status=query.status | {Status(name) for name in found})
    if field == "stance":
        names = _begins([value.lower().replace("-", "_")], [stance.value for stance in Stance])
        if not names:
            return replace(query, trouble=f"{value} is no stance: {FIELDS['stance'].partition(': ')[2]}.")
        return replace(query, stance=Stance(names[0]))
    if field == "is":
        flags = _begins(value.lower().split(","), list(_IS))
        if not flags:
            return replace(query, trouble=f"is: knows {', '.join(_IS)}.")
        return replace(query, flags=query.flags | set(flags))
    return replace(query, **{field: value})  # type: ignore[arg-type]


def unfit(query: Query, fields: frozenset[str], what: str) -> str:
    """What of a query says nothing of ``what`` ("stories"), of which only these fields do; empty when all does."""
    missed = sorted(name if ":" in name else f"{name}:" for name in query.fields - fields)
    verb = "says" if len(missed) == 1 else "say"
    return f"{' '.join(missed)} {verb} nothing of {what}: nothing is narrowed by it." if missed else ""


def _begins(asked: list[str], known: list[str]) -> list[str]:
    """The known words that begin with what was typed, so that a half-typed value narrows already."""
    return [word for word in known if any(part and word.startswith(part) for part in asked)]


def time_of(value: str, now: datetime) -> datetime | None:
    """A time as it is typed: 6h, 2d, yesterday, today 09:30, 2023-03-12 10:00 (UTC); None when it is none."""
    if (found := _DAY.fullmatch(value.strip().lower())) and value.strip():
        day = now.date() - timedelta(days=found[1] == "yesterday")
        hour, minute = int(found[2] or 0), int(found[3] or 0)
        return datetime.combine(day, time(hour, minute), UTC) if hour < 24 and minute < 60 else None
    try:
        if found := _LENGTH.fullmatch(value.lower()):
            return now - int(found[1]) * _UNITS[found[2] or "d"]
        at = datetime.fromisoformat(value)
    except (ValueError, OverflowError):  # also a length that reaches back to before the year 1
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)

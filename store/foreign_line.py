"""One line of a colleague's log: what anybody may have written there is checked before anything is done by it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from stories.decision import Act
from stories.harmless import harmless
from stories.states import Field, Stance, Status, Target

SCHEMA = "spreadwatch/decision@1"
_AHEAD = timedelta(days=1)
"""A clock may be so far ahead of ours; by one in 2099 a decision would outrank all that come."""
_LONGEST = 20_000
"""Characters of one text: far above any note."""


@dataclass(frozen=True, slots=True)
class ForeignStory:
    """A story by what it is called and holds there."""

    name: str
    made_by: str
    """The uid of the decision that made it; empty when grouping did."""
    items: tuple[bytes, ...]
    """A key of each of some of its items."""


@dataclass(frozen=True, slots=True)
class ForeignLine:
    """A decision as its line has it."""

    uid: str
    at: datetime
    by: str
    act: Act
    items: tuple[tuple[bytes, ...], ...]
    """Each item's keys."""
    story: ForeignStory | None
    makes: bool
    """Whether it made the story that it is about."""
    details: Mapping[str, str]
    undoes: str
    """The uid of what it takes back or does again; empty for any other act."""
    other: ForeignStory | None
    """The second story, of an act that is about two."""


def read(text: str, now: datetime) -> ForeignLine:
    """The decision of one line, its texts harmless.

    Raises:
        ValueError: it isn't one, and why.
    """
    try:
        line = json.loads(text)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    if not isinstance(line, dict) or line.get("schema") != SCHEMA:
        raise ValueError(f"it is not a {SCHEMA}")
    at = datetime.fromisoformat(_text(line, "at"))
    if at.tzinfo is None:
        raise ValueError(f"its time {at} doesn't say how far it is from UTC")
    if at > now + _AHEAD:
        raise ValueError(f"it was decided in the future, at {at}: is the clock there right?")
    act, undoes = Act(_text(line, "act")), line.get("undoes")
    if act is Act.RULE:
        raise ValueError("a rule is of one's own screens")
    if (act in (Act.UNDO, Act.REDO)) != (undoes is not None):
        raise ValueError(f"“undoes” doesn't go with “{act}”")
    if not isinstance(line.get("makes"), bool):
        raise ValueError("its “makes” is neither true nor false")
    return ForeignLine(
        _name(line, "uid"),
        at,
        _name(line, "by"),
        act,
        () if undoes else tuple(_keys(one, "keys") for one in _list(line, "items")),
        None if undoes else _story(line, "story"),
        line["makes"],
        {} if undoes else _details(line),
        "" if undoes is None else _name(line, "undoes"),
        _story(line, "other"),
    )


def _text(held: Mapping[str, Any], name: str) -> str:
    found = held.get(name)
    if not isinstance(found, str) or len(found) > _LONGEST:
        raise ValueError(f"its “{name}” is no text of at most {_LONGEST:,} characters")
    return harmless(found)


def _name(held: Mapping[str, Any], name: str) -> str:
    found = " ".join(_text(held, name).split())
    if not found or len(found) > 200:
        raise ValueError(f"its “{name}” is empty or longer than 200 characters")
    return found


def _list(held: Mapping[str, Any], name: str) -> list[Any]:
    found = held.get(name)
    if not isinstance(found, list):
        raise ValueError(f"its “{name}” is no list")
    return found


def _object(held: object, what: str) -> Mapping[str, Any]:
    if not isinstance(held, dict):
        raise ValueError(f"{what} is no object")
    return held


def _keys(held: object, name: str) -> tuple[bytes, ...]:
    return tuple(_key(one) for one in _list(_object(held, "one of its items"), name))


def _key(held: object) -> bytes:
    if not isinstance(held, str):
        raise ValueError("a key of an item is no text")
    return bytes.fromhex(held)


def _story(line: Mapping[str, Any], name: str) -> ForeignStory | None:
    if line.get(name) is None:
        return None
    held = _object(line[name], f"its “{name}”")
    return ForeignStory(_text(held, "name"), _text(held, "made_by"), _keys(held, "items"))


def _details(line: Mapping[str, Any]) -> dict[str, str]:
    held = _object(line.get("details"), "its “details”")
    # The other story of an act that is about two is told by what it holds, never by a number.
    found = {harmless(name): _text(held, name) for name in held if name != "other"}
    for name, check in _CHECKED.items():
        if found.get(name):
            try:
                check(found[name])
            except ValueError as error:
                raise ValueError(f"its “{name}” can't be “{found[name][:40]}”") from error
    return found


def _terms(text: str) -> None:
    held = json.loads(text)
    if not isinstance(held, list) or not all(isinstance(one, str) for one in held):
        raise ValueError


_CHECKED: Mapping[str, Callable[[str], object]] = {
    "where": Field,
    "start": int,
    "end": int,
    "stance": Stance,
    "target": Target,
    "status": Status,
    "terms": _terms,
}
"""Details that are read again and again wherever their story is told."""

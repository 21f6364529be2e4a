"""Times and lengths of time as a person types them: "2023-01-27 09:00", "yesterday 09:00", "3h ago", "10m"."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta

import click

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_LONGEST = timedelta(days=36_525)
"""A hundred years. Two thousand before today there is no date that Python has, and some options count back by it."""
_LENGTH = re.compile(r"(\d+(?:\.\d+)?)\s*([smhdw])", re.IGNORECASE)
_DAY = re.compile(r"(today|yesterday)?\s*(\d{1,2}:\d{2})?", re.IGNORECASE)


def length(text: str) -> timedelta:
    """ "10m", "1h 30m", "2d"; ValueError when it is none of these."""
    if not text.strip() or _LENGTH.sub("", text).strip():
        raise ValueError(text)
    return sum(
        (timedelta(**{_UNITS[unit.lower()]: float(number)}) for number, unit in _LENGTH.findall(text)),
        timedelta(),
    )


def moment(text: str, now: datetime) -> datetime:
    """A time in UTC, where no zone is written; ValueError when it can't be read."""
    text = text.strip()
    if text.endswith(" ago"):
        return now - length(text.removesuffix(" ago"))
    day = _DAY.fullmatch(text)
    if text and day:
        base = now.date() - timedelta(days=1 if (day[1] or "").lower() == "yesterday" else 0)
        return datetime.combine(base, time.fromisoformat(f"{day[2]:0>5}" if day[2] else "00:00"), UTC)
    found = datetime.fromisoformat(text)
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def as_moment(_: click.Context, __: click.Parameter, value: str | None) -> datetime | None:
    """An option's callback: a time that was, or None when it wasn't given."""
    if value is None:
        return None
    now = datetime.now(UTC)
    try:
        found = moment(value, now)
    except (ValueError, OverflowError) as error:
        raise click.BadParameter(
            f"'{value}' is not a time. Write 2023-01-27T09:00Z, 'yesterday 09:00' or '3h ago'."
        ) from error
    if found > now:  # a snapshot of then would claim to show what nobody can know yet
        raise click.BadParameter(f"'{value}' is in the future: it is {now:%Y-%m-%d %H:%M} UTC.")
    return found


def as_length(_: click.Context, __: click.Parameter, value: str | None) -> timedelta | None:
    """An option's callback: a length of time, or None when it wasn't given."""
    if value is None:
        return None
    try:
        found = length(value)
    except (ValueError, OverflowError) as error:
        raise click.BadParameter(f"'{value}' is not a length of time. Write 90s, 10m, 2h or 1d.") from error
    if found > _LONGEST:
        raise click.BadParameter(f"'{value}' is longer than a hundred years.")
    return found

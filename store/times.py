"""Times in the file: INTEGER milliseconds since 1970-01-01 UTC; aware datetimes everywhere else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import overload

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MS = timedelta(milliseconds=1)


@overload
def to_ms(moment: datetime) -> int: ...
@overload
def to_ms(moment: None) -> None: ...
@overload
def to_ms(moment: datetime | None) -> int | None: ...
def to_ms(moment: datetime | None) -> int | None:
    """Milliseconds since the epoch; raises TypeError for a naive datetime, which would be a guess."""
    return None if moment is None else (moment - _EPOCH) // _MS


@overload
def from_ms(ms: int) -> datetime: ...
@overload
def from_ms(ms: None) -> None: ...
@overload
def from_ms(ms: int | None) -> datetime | None: ...
def from_ms(ms: int | None) -> datetime | None:
    """The aware UTC datetime; integer arithmetic, so nothing is lost to floats."""
    return None if ms is None else _EPOCH + timedelta(milliseconds=ms)

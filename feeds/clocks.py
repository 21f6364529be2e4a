"""How far a feed's clock is off, by when its items were first seen.

Real feeds give US Eastern time labelled UTC, lose AM and PM, or stamp one hour on everything; by raw
time an amplifier then precedes its source. An item that was not there at the last poll was published
since: its date should lie between the two polls, give or take an editor's minutes. A constant excess
over that is the clock's error. Only an excess that hardly varies, over many items and more than a day,
is corrected; anything less is shown and left alone.

Before a feed was watched for so long, copies tell: the same text at other publishers, dated hours away by
all of them alike. That alone corrects nothing, since who always prints an agency's text two hours late
looks the same; together with some items seen as they came it does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

KEPT = 80
"""Samples kept for each feed, the newest: a clock changes with summer time, and the estimate with it."""
ENOUGH = 20
"""Items before anything is said."""
LONGEST_GAP = timedelta(hours=1)
"""Between two polls: a longer absence says too little about when an item came."""
LEAST = timedelta(minutes=90)
"""A smaller excess may be an editor's or a cache's delay, which no clock can be blamed for."""
STEADY = timedelta(minutes=35)
"""How far the middle half of the samples may vary around a constant error."""
SEEN_BESIDE = 5
"""Items seen as they came that must bear copies out."""
WITNESSES = 3
"""Publishers that must agree on an excess; one alone may have the wrong clock itself."""
_TWINS_EACH = 3
"""Copies at a publisher before it is a witness."""
_HALF_DAY = timedelta(hours=12)
_HOUR = timedelta(hours=1)


class ClockState(StrEnum):
    """What is known of a feed's clock."""

    UNKNOWN = "unknown"
    GOOD = "good"
    BEHIND = "behind"
    """Its dates are too early, by a constant."""
    AHEAD = "ahead"
    """Its dates are too late, by a constant."""
    COARSE = "coarse"
    """It stamps the same time of day on nearly everything."""
    HALF_DAY = "half a day lost"
    """Some dates are twelve hours early: the afternoon's mark is lost."""
    UNSTEADY = "unsteady"
    """Its dates are off, but by no constant."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One new item of a feed that was watched when it came."""

    seen: datetime
    """When it was first seen."""
    lag: timedelta
    """First seen less published, as the feed said it."""
    gap: timedelta
    """Since the poll that had not seen it."""


@dataclass(frozen=True, slots=True)
class Twin:
    """An item of a feed whose text another publisher has too."""

    own: datetime
    """Its date as the feed said it, uncorrected."""
    other: datetime
    """The copy's date, as well as we know it."""
    publisher: str
    """Who has the copy."""


@dataclass(frozen=True, slots=True)
class ClockHealth:
    """An estimate, with its ground."""

    state: ClockState
    correction: timedelta | None = None
    """What to add to a date of this feed; None unless the evidence is strong."""
    because: str = ""

    @property
    def warning(self) -> str:
        """One sentence for the feed's row; empty when there is nothing to warn of."""
        if self.state in (ClockState.UNKNOWN, ClockState.GOOD):
            return ""
        if self.correction is None:
            return f"Its clock is {self.state.value}: {self.because}; nothing is corrected."
        hours = f"{abs(self.correction) / _HOUR:g} h"
        return (
            f"Its clock is {hours} {self.state.value}: {self.because}; dates are corrected, raw words kept."
        )


def sampled(kept: Sequence[Sample], new: Sequence[Sample]) -> tuple[Sample, ...]:
    """The samples to keep after a poll."""
    useful = [sample for sample in new if sample.gap <= LONGEST_GAP and abs(sample.lag) < timedelta(days=2)]
    return (*kept, *useful)[-KEPT:]


def by_copies(twins: Sequence[Twin]) -> timedelta | None:
    """How much earlier a feed dates its items than other publishers date their copies of them.

    None where too few publishers have copies, they don't agree, the copies vary as a reprint's delay does,
    or the excess is small. The middle one of all witnesses' excesses, each publisher's weight by its copies.
    """
    by_publisher: dict[str, list[timedelta]] = {}
    for twin in twins:
        if abs(twin.other - twin.own) < timedelta(days=2):
            by_publisher.setdefault(twin.publisher, []).append(twin.other - twin.own)
    witnesses = [sorted(each) for each in by_publisher.values() if len(each) >= _TWINS_EACH]
    excess = sorted(value for each in witnesses for value in each)
    if len(excess) < ENOUGH:
        return None
    low, middle, high = (excess[len(excess) * part // 4] for part in (1, 2, 3))
    agreed = sum(abs(each[len(each) // 2] - middle) <= STEADY for each in witnesses)
    if agreed < WITNESSES or agreed * 3 < len(witnesses) * 2:
        return None
    return middle if high - low <= STEADY and abs(middle) >= LEAST else None


def health(samples: Sequence[Sample], twins: Sequence[Twin] = ()) -> ClockHealth:
    """What the samples say of a feed's clock, and as long as they are too few, the copies elsewhere."""
    if len(samples) < ENOUGH and (told := by_copies(twins)) is not None:
        return _copied(told, samples)
    if len(samples) < ENOUGH:
        return ClockHealth(ClockState.UNKNOWN, because=f"{len(samples)} of {ENOUGH} items seen as they came")
    # The midpoint between the polls is when the item came, as far as we can tell.
    excess = sorted(sample.lag - sample.gap / 2 for sample in samples)
    low, middle, high = (excess[len(excess) * part // 4] for part in (1, 2, 3))
    stamped = _commonest([(sample.seen - sample.lag).strftime("%H:%M") for sample in samples])
    if stamped * 5 >= len(samples) * 4:
        return ClockHealth(
            ClockState.COARSE, because=f"{stamped} of {len(samples)} items have the same time of day"
        )
    late = sum(abs(each - _HALF_DAY) <= STEADY * 2 for each in excess)
    right = sum(abs(each) <= STEADY * 2 for each in excess)
    if late >= len(excess) // 5 and right >= len(excess) // 5 and late + right >= len(excess) * 0.8:
        return ClockHealth(
            ClockState.HALF_DAY, because=f"{late} of {len(samples)} dates are twelve hours early"
        )
    if abs(middle) < LEAST:
        return ClockHealth(ClockState.GOOD)
    words = f"the middle one of {len(samples)} new items is dated {_words(middle)}"
    span = max(sample.seen for sample in samples) - min(sample.seen for sample in samples)
    if high - low > STEADY or span < timedelta(days=1):
        return ClockHealth(ClockState.UNSTEADY, because=words)
    return ClockHealth(_side(middle), correction=_corrected(middle, samples), because=words)


def _copied(excess: timedelta, samples: Sequence[Sample]) -> ClockHealth:
    """What copies say, borne out by the items seen as they came or not."""
    words = f"other publishers' copies of its items are dated {_size(excess)} {'later' if excess > timedelta(0) else 'earlier'}"
    came = sorted(sample.lag - sample.gap / 2 for sample in samples)
    if len(came) < SEEN_BESIDE or abs(came[len(came) // 2] - excess) > STEADY:
        return ClockHealth(_side(excess), because=words)
    because = f"{words}, and so are {len(came)} items against when they came"
    return ClockHealth(_side(excess), correction=_corrected(excess, samples), because=because)


def _side(excess: timedelta) -> ClockState:
    return ClockState.BEHIND if excess > timedelta(0) else ClockState.AHEAD


def _corrected(excess: timedelta, samples: Sequence[Sample]) -> timedelta:
    """The excess in whole hours, or half ones: few zones need those, so only where polls were close enough to tell."""
    gaps = sorted(sample.gap for sample in samples)
    correction = round(excess / _HOUR) * _HOUR
    if abs(excess - correction) > max(_HOUR / 4, gaps[len(gaps) // 2] / 2):
        correction = round(excess / (_HOUR / 2)) * (_HOUR / 2)
    return correction


def _commonest(values: Sequence[str]) -> int:
    counts: dict[str, int] = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    return max(counts.values(), default=0)


def _words(excess: timedelta) -> str:
    return f"{_size(excess)} {'before' if excess > timedelta(0) else 'after'} it came"


def _size(excess: timedelta) -> str:
    minutes = round(abs(excess).total_seconds() / 60)
    return f"{minutes / 60:.1f} h" if minutes >= 60 else f"{minutes} min"

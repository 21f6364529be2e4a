"""The demo's clock: a week of news in a minute, and the years in between skipped."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the past that is played at an even pace."""

    start: datetime
    end: datetime
    seconds: float
    """How long playing it takes."""


class ReplayedClock:
    """Tells what time it is in the story; after the last stretch it runs on at the pace of real time.

    ``started`` is a reading of `time.monotonic`, which all processes of one machine share, so the
    collector's process and the screen's agree on the story's time; infinity while it hasn't started,
    and the clock stands at the beginning.
    """

    def __init__(self, stretches: Sequence[Stretch], started: float) -> None:
        self.stretches = tuple(stretches)
        self.started = started

    def now(self) -> datetime:
        """The story's time at this moment, timezone-aware UTC."""
        return self.at(time.monotonic() - self.started)

    def at(self, elapsed: float) -> datetime:
        """The story's time ``elapsed`` real seconds after the start."""
        for stretch in self.stretches:
            if elapsed < stretch.seconds:
                return stretch.start + (stretch.end - stretch.start) * (max(elapsed, 0.0) / stretch.seconds)
            elapsed -= stretch.seconds
        return self.stretches[-1].end + timedelta(seconds=elapsed)

    def until(self, moment: datetime) -> float:
        """How many real seconds from now until the story's time reaches ``moment``; 0 when it has."""
        real = 0.0
        for stretch in self.stretches:
            if moment < stretch.end:
                share = (moment - stretch.start) / (stretch.end - stretch.start)
                return max(0.0, real + max(share, 0.0) * stretch.seconds - self._elapsed())
            real += stretch.seconds
        real += (moment - self.stretches[-1].end).total_seconds()
        return max(0.0, real - self._elapsed())

    @property
    def played(self) -> bool:
        """Whether the last stretch is over."""
        return self._elapsed() >= sum(stretch.seconds for stretch in self.stretches)

    def _elapsed(self) -> float:
        return time.monotonic() - self.started

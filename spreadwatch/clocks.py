"""What time it is for a collector: the computer's, or a replayed one."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time and how long to wait; `spreadwatch.demo.clock.ReplayedClock` is one."""

    def now(self) -> datetime:
        """The time, timezone-aware UTC."""
        ...

    def until(self, moment: datetime) -> float:
        """Real seconds until ``moment``, 0 when it has passed."""
        ...


class SystemClock:
    """The computer's own."""

    def now(self) -> datetime:
        """The time, timezone-aware UTC."""
        return datetime.now(UTC)

    def until(self, moment: datetime) -> float:
        """Real seconds until ``moment``, 0 when it has passed."""
        return max(0.0, (moment - self.now()).total_seconds())

"""What grouping proposes for an item."""

from __future__ import annotations

from dataclasses import dataclass

from stories.evidence import Copy


@dataclass(frozen=True, slots=True)
class Placement:
    """What grouping proposes for one item."""

    story: int | None
    """The story it belongs to; None when it should start one."""
    score: float
    """How likely, 0..1, it belongs to ``story`` (to the nearest story when that is None)."""
    why: tuple[str, ...]
    """Reasons in words, strongest first."""
    copies: tuple[Copy, ...] = ()
    opposite: int | None = None
    """A story that claims the reverse direction; never ``story``."""
    runners_up: tuple[tuple[int, float], ...] = ()
    """Other near stories and their scores, best first."""

"""What an import has come to, as its command and a collector that does it for the command tell each other."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field

from feeds.archive import BadLine
from snapshots.wording import counted
from spreadwatch.pipeline import TakenIn
from spreadwatch.reading_ahead import Batch

SHOWN = 20
"""Bad lines shown one by one; beyond that only their number."""


@dataclass(slots=True)
class Imported:
    """What an import has come to so far."""

    lines: int = 0
    new: int = 0
    revised: int = 0
    seen: int = 0
    bad: int = 0
    unread_dates: int = 0
    unread_keys: list[str] = field(default_factory=list)
    """Keys that mean nothing to us, in order."""
    shown: list[BadLine] = field(default_factory=list)
    done: int = 0
    """Bytes of the file, of ``total``."""
    total: int = 0
    trouble: str = ""
    """Why it went no further, in one sentence, and how to mend it; empty when all is well."""
    remedy: str = ""
    waiting: str = ""
    """Why the collector that does it can't write just now."""

    def add(self, batch: Batch, taken: TakenIn) -> None:
        """Count a batch."""
        self.lines += len(batch.entries) + len(batch.bad)
        self.new += len(taken.new)
        self.revised += len(taken.revised)
        self.seen += taken.seen
        self.bad += len(batch.bad)
        self.unread_dates += sum(bool(one.published_raw) and one.published is None for one in batch.entries)
        self.unread_keys = sorted(batch.unread.union(self.unread_keys))
        self.shown += batch.bad[: SHOWN - len(self.shown)]
        self.done, self.total = batch.done, batch.total

    def __str__(self) -> str:
        known = f", {self.revised:,} revised" if self.revised else ""
        known += f", {self.seen:,} known already" if self.seen else ""
        read = f"{counted(self.lines, 'line')}: {counted(self.new, 'new item')}"
        return f"{read}{known}, {counted(self.bad, 'bad line')}"

    def packed(self) -> str:
        """As the outcome of a request."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def unpacked(cls, text: str) -> Imported:
        """What `packed` wrote; nothing so far where nothing was written yet."""
        told = json.loads(text or "{}")
        shown = [BadLine(**line) for line in told.pop("shown", ())]
        return cls(**told, shown=shown)

"""What can go wrong with feeds, by kind, so that a screen can group failures and say what each needs.

SpreadwatchError
├── FeedError        one feed's trouble; a row on the Feeds screen, never the end of the collector
└── CatalogueError   the user's catalogue can't be read; names file, line and key
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from stories.errors import SpreadwatchError


class Trouble(StrEnum):
    """Why a poll gave no items."""

    TIMEOUT = "timeout"
    """The whole exchange, however slowly it drips, did not end before the deadline."""
    DNS = "dns"
    CONNECT = "connect"
    """Refused, reset or broken off."""
    TLS = "tls"
    PROTOCOL = "protocol"
    """The answer is not HTTP, or its encoding is broken."""
    TOO_BIG = "too big"
    """More decoded bytes than allowed; stopped while reading."""
    REDIRECTS = "redirects"
    """A loop, too many hops, or a hop that leads nowhere."""
    GUARDED = "guarded"
    """It leads to a private, loopback or otherwise unreachable address, and was not followed."""
    STATUS = "status"
    """An HTTP error status."""
    BUSY = "busy"
    """429 or 503: the server asks for patience."""
    GONE = "gone"
    """410: the feed was taken down; it is muted until the analyst says otherwise."""
    CHALLENGE = "challenge"
    """A page that asks for a browser (Cloudflare and its like), not a plain refusal."""
    EMPTY = "empty"
    """A success status without a body."""
    NOT_A_FEED = "not a feed"
    """An HTML page or some other document."""
    BROKEN = "broken"
    """A feed by its first words, but nothing could be read from it."""
    KILLED = "killed"
    """Reading it took too long or too much memory; its worker was ended."""


class FeedError(SpreadwatchError):
    """One feed's trouble: its kind, one sentence, and what can be done."""

    def __init__(self, trouble: Trouble, message: str, *, remedy: str = "", status: int = 0) -> None:
        super().__init__(message, remedy=remedy)
        self.trouble = trouble
        self.status = status

    def __reduce__(self) -> tuple[object, ...]:
        # Errors cross from the parser's worker process; the default would lose the keyword arguments.
        return (_rebuilt, (self.trouble, self.message, self.remedy, self.status))


def _rebuilt(trouble: Trouble, message: str, remedy: str, status: int) -> FeedError:
    return FeedError(trouble, message, remedy=remedy, status=status)


class CatalogueError(SpreadwatchError):
    """The catalogue can't be read or written: which file, which line, which key."""

    def __init__(self, path: Path, message: str, *, line: int = 0, key: str = "", remedy: str = "") -> None:
        place = f"{path}, line {line}" if line else str(path)
        super().__init__(f"{place}: {message}", remedy=remedy)
        self.path = path
        self.line = line
        self.key = key

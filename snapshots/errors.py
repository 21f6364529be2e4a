"""What can go wrong with a snapshot, in words for the person who asked for it."""

from __future__ import annotations

from stories.errors import SpreadwatchError


class SnapshotError(SpreadwatchError):
    """An export can't be written, or a file isn't a snapshot this program can read."""


class NothingToWriteError(SnapshotError):
    """A format has nothing for this story, though it may have for another: no rating to review."""


class AlreadyThereError(SnapshotError):
    """A file of this name is there, and whoever exports did not say that it may be replaced."""

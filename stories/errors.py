"""The root of spreadwatch's errors, and how each says what to do about it.

SpreadwatchError
├── feeds.errors.FeedError       one feed's trouble: a row on the Feeds screen
├── store.errors.StoreError      the database can't be used as asked
├── snapshots.errors.SnapshotError   an export can't be written or doesn't verify
├── stories.meaning.EncoderError     an encoder that the settings ask for isn't installed
└── spreadwatch.config.ConfigError   a setting or a catalogue entry is wrong
"""

from __future__ import annotations


class SpreadwatchError(Exception):
    """What went wrong in one sentence, and how to mend it.

    ``remedy`` is shown after the message wherever the error reaches a reader. The cause is kept
    with ``raise … from``.
    """

    def __init__(self, message: str, *, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".rstrip()

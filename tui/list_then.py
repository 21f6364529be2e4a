"""The stories of a list as they were known at a time: those in sight, told a few at a go behind the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from store.story_rows import row_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from store.database import Store
    from store.story_rows import StoryRow
    from tui.live import ReadingThread

TOPIC = "stories then"
AT_ONCE = 4
"""Stories told for one answer. Each takes 1 to 60 ms, so a further step in time waits a tenth of a second at most;
the 33 of a screen take half a second, where all 500 that are listed took 5.7 s."""


class ToldThen(NamedTuple):
    """Some stories as they were known at a time."""

    at: datetime
    rows: Mapping[int, StoryRow | None]
    """None for a story that there was not yet."""


class ListThen:
    """What of a list's stories was known at the time that the pane shows."""

    def __init__(self, reads: ReadingThread) -> None:
        self._reads = reads
        self.at: datetime | None = None
        """The time; None while the list is live."""
        self._rows: dict[int, StoryRow | None] = {}

    def turn_to(self, at: datetime | None) -> bool:
        """Show another time, or None for live; says whether it is another one."""
        turned = at != self.at
        if turned:
            self.at = at
            self._rows = {}
        return turned

    def told(self, story: int) -> bool:
        """Whether it is known what was known of a story."""
        return story in self._rows

    def row(self, story: int) -> StoryRow | None:
        """The story's line as it was; None when there was no such story, or while it is still being read."""
        return self._rows.get(story)

    def ask(self, in_sight: Sequence[int]) -> None:
        """Have the next few of those in sight told that are not yet."""
        at = self.at
        wanted = [story for story in in_sight if story not in self._rows][:AT_ONCE]
        if at is not None and wanted:
            self._reads.ask(TOPIC, lambda store: _rows_then(store, wanted, at))

    def take(self, told: ToldThen) -> bool:
        """Keep what was told; False when it is of another time than is shown by now."""
        if told.at != self.at:
            return False
        self._rows |= told.rows
        return True


def _rows_then(store: Store, wanted: Sequence[int], at: datetime) -> ToldThen:
    from store import stories

    return ToldThen(
        at,
        {
            story: row_of(stories.detail(store, story, as_of=at))
            if stories.story(store, story, at) is not None
            else None
            for story in wanted
        },
    )

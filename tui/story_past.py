"""A story's steps back in time: change by change, by the day, to a time that is typed, and what changed since."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from store import looks
from tui.deciding import ItemDecisions

if TYPE_CHECKING:
    from datetime import datetime

    from tui.desk import Desk
    from tui.story_pane import StoryPane


class StoryPast(ItemDecisions):
    """Keys that show the story of the pane as it was known at a time."""

    def __init__(self, desk: Desk, pane: StoryPane) -> None:
        super().__init__(desk)
        self.pane = pane
        """The story pane."""

    def story_here(self) -> int | None:
        """The story an action is about."""
        return self.pane.story_id

    def do_earlier(self) -> None:
        """As of the change before the one that is shown."""
        self._step(-1)

    def do_later(self) -> None:
        """As of the next change; after the last one it is live again."""
        self._step(1)

    def _step(self, way: int) -> None:
        changes = self.pane.changes
        at = self.pane.as_of or self.desk.clock()
        if way < 0:
            before = [change for change in changes if change < at]
            if not before:
                self.say("This is how the story began.")
                return
            self.pane.show_as_of(before[-1])
        else:
            after = [change for change in changes if change > at]
            self.pane.show_as_of(after[0] if after and self.pane.as_of is not None else None)

    def do_day_earlier(self) -> None:
        """As of a day before."""
        self._day(-1)

    def do_day_later(self) -> None:
        """As of a day after; never beyond now."""
        self._day(1)

    def _day(self, way: int) -> None:
        self._show_at((self.pane.as_of or self.desk.clock()) + way * timedelta(days=1))

    def do_as_of(self) -> None:
        """As of a time that is typed."""
        from tui.prompt import Prompt
        from tui.query import time_of

        def typed(text: str | None) -> None:
            if text is None:
                return
            at = time_of(text, self.desk.clock())
            if at is None:
                ask(
                    text,
                    f"{text} is no time: write 2023-01-28 10:30, yesterday 09:00 or 2d for two days ago.",
                )
            elif at > self.desk.clock():
                ask(text, f"{text} is in the future: nothing is known of it yet.")
            else:
                self._show_at(at)

        def ask(text: str, note: str) -> None:
            self.app.push_screen(Prompt("Show the story as of", text, note=note), typed)

        ask("", "2023-01-28 10:30 (UTC), yesterday 09:00, or 6h or 2d for so long ago")

    def _show_at(self, at: datetime) -> None:
        """The story at a time between its beginning and now."""
        now = self.desk.clock()
        first = self.pane.changes[0] if self.pane.changes else now
        self.pane.show_as_of(None if at >= now else max(at, first))

    def shown_as_of(self) -> datetime | None:
        """The time the story is shown at."""
        return self.pane.as_of

    def do_changes(self) -> None:
        """What changed since a time, or since a snapshot, up to what is shown."""
        from tui.since_picker import Since, SincePicker

        story = self.story_here()
        if story is None or not self.pane.changes:
            return

        def chosen(since: Since | None) -> None:
            if since is not None:
                self.add_class("-detail")
                self.pane.inner.focus()
                self.pane.compare(since)

        last = looks.last(self.desk.store, "stories")
        looked = None if last is None else last.at
        self.app.push_screen(SincePicker(self.desk, story, self.pane.changes, looked), chosen)

    def do_live(self) -> None:
        """Back to live; what was said of the past no longer holds."""
        self.hush()
        self.pane.show_as_of(None)

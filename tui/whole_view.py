"""The key that exports a whole view: which stories, in what format, surely, and stopped by the same key."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from tui import words
from tui.story_acts import StoryDecisions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.database import Store
    from store.story_rows import StoriesView
    from tui.messages import Answered

EVERY = 1_000_000
"""As many stories as a view can have."""


class WholeView(StoryDecisions):
    """A screen that lists stories of a view."""

    @property
    @abstractmethod
    def view(self) -> StoriesView:
        """The view that is listed."""

    def why_not(self, name: str) -> str:
        """Why an action can't be done."""
        if name == "export-view" and not self.row_list.ids:
            return "no story is listed."
        return super().why_not(name)

    def answered(self, answer: Answered) -> None:
        """Which stories the view has."""
        if answer.topic != "export view":
            super().answered(answer)
        elif answer.error is not None:
            self.say(str(answer.error), warn=True)
        elif self.desk.reads.current(answer):
            self._export_view(*answer.value)

    def do_export_view(self) -> None:
        """Write every story that the view has, however many are listed, or the marked ones; pressed again it stops."""
        from tui.format_picker import FormatPicker

        if self.desk.exporting is not None and self.desk.exporting.running:
            self.desk.exporting.stop()
            return
        marked = self.joinable()

        def chosen(form: str | None) -> None:
            if form is None:
                return
            self.desk.reads.ask("export view", lambda store: (form, marked or self.matches(store, self.view)))

        self.app.push_screen(FormatPicker(self.desk), chosen)

    def matches(self, store: Store, view: StoriesView) -> list[int]:
        """Every story of a view that matches the filter."""
        from store.story_filters import matching
        from tui.narrowing import stories_wanted
        from tui.query import parse

        wanted = stories_wanted(parse(self.filter_text, self.desk.clock()))
        return [story.id for story in matching(store, wanted, view, EVERY)]

    def _export_view(self, form: str, found: Sequence[int]) -> None:
        from tui.exporting import ViewExport
        from tui.prompt import Confirm

        as_of = self.shown_as_of()

        def sure(yes: bool | None) -> None:
            if yes:
                self.desk.exporting = ViewExport(
                    self.desk, found, form, self.app.post_message, self.desk.failed, as_of
                )
                self.desk.exporting.start()

        many = words.count(len(found), "story", "stories")
        then = "" if as_of is None else f" as of {words.moment(as_of)}, those there were then,"
        self.app.push_screen(Confirm(f"Export {many}{then} as {form} into {self.desk.exports}?"), sure)

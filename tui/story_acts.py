"""The analyst's keys on a story: export, rename, watch, join, split, rate."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from store import story_rows
from stories.decision import Act
from stories.errors import SpreadwatchError
from tui import words
from tui.actions import Where
from tui.story_past import StoryPast

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from store.items import ItemRow
    from stories.story import Story
    from tui.correcting import Said
    from tui.messages import Answered
    from tui.page_view import PageView
    from tui.row_list import RowList
    from tui.sheet import To
    from tui.story_pane import StoryPane
    from tui.told import Split, Told

_RATING = re.compile(r"[A-F][1-6]")
_LIKE_RATING = re.compile(r"[A-Z]\d{1,2}|\d[A-Z]")
"""What is meant as an Admiralty rating, right or wrong; any other beginning is a note's."""
_STORY = frozenset(
    {
        "export",
        "export-as",
        "rename",
        "watch",
        "join",
        "status",
        "earlier",
        "later",
        "day-earlier",
        "day-later",
        "as-of",
        "changes",
    }
)

STORY_PLACES = (Where.EVERYWHERE, Where.LIST, Where.ROW, Where.TRIAGE, Where.STORY)
"""Where the keys of a screen with a story are from."""
STORY_KEYS = (
    "open",
    "back",
    "next-tab",
    "export",
    "correct",
    "earlier",
    "star",
    "browser",
    "undo",
    "pager",
)
"""What a story's pane names in the key line."""
_TOLD = frozenset({"earlier", "later", "day-earlier", "day-later", "as-of", "changes"})
"""What needs the story to have been read, not only its line."""
_READ_NOW = frozenset({"stance", "add-statement", "correct"})
"""What changes how words are read: from now on, so at a past time nobody would see it."""


class StoryDecisions(StoryPast):
    """Keys that act on the story under the cursor or in the pane."""

    @property
    def detail(self) -> StoryPane:
        """The story pane."""
        return self.pane

    @property
    def inner(self) -> PageView | RowList[ItemRow]:
        """The pane's page or its list of items."""
        return self.pane.inner

    def story_name(self) -> str:
        """Its name, as it is shown."""
        return self.pane.told.detail.story.name if self.pane.told else ""

    def told_here(self) -> Told | None:
        """What is known of that story; None while the pane shows another one or none."""
        told = self.pane.told
        return told if told is not None and told.detail.story.id == self.story_here() else None

    def why_not(self, name: str) -> str:
        """Why an action can't be done."""
        if name == "star" and self.story_here() is not None:
            return ""
        if name in _STORY and self.story_here() is None:
            return "there is no story under the cursor."
        if name in _TOLD and self.told_here() is None:
            return "open the story first (Enter)." if self.on_list else "the story is still being read."
        if name in _READ_NOW and self.pane.as_of is not None:
            return f"this is a past time; {self.desk.keys.first('live')} goes back to live."
        if name == "correct" and (self._on_opposite() or self._on_claim()):
            return ""
        if name == "live" and self.pane.as_of is None:
            return "the story is shown live already."
        if name == "split" and not self.pane.row_list.marked and self._suggested() is None:
            return "mark items first (Items tab, Space)."
        if name == "whole" and self._suggested() is None:
            return "no split of this story is suggested."
        if name == "join" and len(self.joinable()) < 2:
            return "mark the stories to join first (Space)."
        return super().why_not(name)

    def why_grey(self, name: str) -> str:
        """At a past time nothing is corrected, and the key line shows it."""
        return (
            self.why_not(name)
            if name in _READ_NOW and self.pane.as_of is not None
            else super().why_grey(name)
        )

    def do_correct(self) -> None:
        """Correct a statement, the story's claim, or that a story is the opposite."""
        told = self.told_here()
        if told is not None and self._on_claim():
            self._correct_claim(told.detail.story)
            return
        if told is None or not self._on_opposite():
            super().do_correct()
            return
        story = told.detail.story
        details = {"other": str(story.opposite_of), "opposite": "no"}
        # not `decide`: "." repeats the last decision on another story, which has another opposite
        title = f"No longer linked as its opposite: {told.opposite_name}"
        self.desk.decide_all(title, [(Act.STATUS, (), story.id, details)])

    def _correct_claim(self, story: Story) -> None:
        from stories.watching import claim_read
        from tui.prompt import Prompt

        hint = "Russia → send arms → Taliban, or Russia sends arms to the Taliban; empty: as the items say it"

        def given(text: str | None) -> None:
            claim = claim_read(text) if text else ""
            if text and not claim:
                ask(text, "That can't be read as who does what to whom: write Russia → send arms → Taliban.")
            elif text is not None:
                title = f"The claim is {claim} now" if claim else "The claim is what the items say"
                # not `decide`: "." repeats the last decision on another story, which has another claim
                made = (Act.STATUS, (), story.id, {"claim": claim})
                self.desk.decide_all(self.desk.glyphs.own(title), [made])

        def ask(text: str, note: str) -> None:
            own = self.desk.glyphs.own
            self.app.push_screen(Prompt("The story's claim", own(text), note=own(note), empty=True), given)

        ask(story.claim, hint)

    def _on_claim(self) -> bool:
        """Whether the cursor is on the line that tells the story's claim: the one that leads to its statements."""
        from tui.sheet import ToTab

        return not self.pane.trail and self._target() == ToTab("statements")

    def _on_opposite(self) -> bool:
        """Whether the cursor is on the line that names the story's opposite."""
        from tui.sheet import ToStory

        told, target = self.told_here(), self._target()
        if told is None or not isinstance(target, ToStory) or self.pane.trail:
            return False
        return target.story == told.detail.story.opposite_of

    def _target(self) -> To | None:
        """Where the line under the pane's cursor leads; None on a list."""
        listed = self.on_list or self.inner is self.pane.row_list
        return None if listed else self.pane.page.target()

    def joinable(self) -> list[int]:
        """The stories that are marked."""
        return []

    def said_here(self) -> Sequence[Said]:
        """The statements that the line under the cursor rests on, else those of the item it is about."""
        from tui.correcting import Said
        from tui.sheet import ToStatements

        told = self.told_here()
        placed = (
            {} if told is None else {(one.item, one.statement.cue): one for one in told.detail.statements}
        )
        target = self._target()
        if isinstance(target, ToStatements):
            return [
                Said(one.item, one.statement, one.target) for key in target.said if (one := placed.get(key))
            ]
        return [
            replace(one, target=here.target) if (here := placed.get((one.item, one.statement.cue))) else one
            for one in super().said_here()
        ]

    # -- decisions ------------------------------------------------------------------------------------

    def do_rename(self) -> None:
        """Give the story a name that naming will not change again."""
        from tui.prompt import Prompt

        story = self.story_here()

        def named(name: str | None) -> None:
            if name:
                self.desk.decide(f"Renamed to {name}", Act.RENAME, story=story, details={"name": name})

        self.app.push_screen(Prompt("Rename the story", self.story_name(), replace=True), named)

    def do_star(self) -> None:
        """Star the item that the cursor is about, else the story."""
        story = self.story_here()
        if story is None or self.items_here():
            super().do_star()
            return
        for row in story_rows.rows_of(self.desk.store, [story], self.desk.clock()):
            act = Act.UNSTAR if row.starred else Act.STAR
            self.desk.decide(f"{'Unstarred' if row.starred else 'Starred'} {row.name}", act, story=story)

    def do_watch(self) -> None:
        """Watch the story: it stays listed whatever happens."""
        story = self.story_here()
        rows = [] if story is None else story_rows.rows_of(self.desk.store, [story], self.desk.clock())
        watched = bool(rows) and rows[0].watched
        act = Act.UNWATCH if watched else Act.WATCH
        name = self.story_called(story) if story is not None else ""
        self.desk.decide(f"{'Stopped watching' if watched else 'Watching'} {name}", act, story=story)

    def do_watch_for(self) -> None:
        """Watch for a story that may not be there yet."""
        from tui.watching import WatchFor, watch_for

        asked: Mapping[str, str] | None = None

        def ask(typed: Mapping[str, str], note: str = "") -> None:
            self.app.push_screen(WatchFor(typed, self.desk.glyphs, note), given)

        def given(typed: Mapping[str, str] | None) -> None:
            nonlocal asked
            if typed is not None:
                again, asked = typed == asked, typed
                watch_for(self.desk, typed, lambda trouble: ask(typed, trouble), sure=again)

        ask({})

    def do_split(self) -> None:
        """The marked items become a story of their own."""
        items, name = sorted(self.pane.row_list.marked), ""
        if not items and (split := self._suggested()) is not None:
            items, name = list(split.items), split.name
        told = f"Split {self._counted(items)} into {self.desk.glyphs.own(name) or 'a story of their own'}"
        # Naming may find a better name as the story grows: what was only suggested is nobody's choice.
        self.desk.decide(told, Act.SPLIT, items=items, story=self.story_here())
        self.pane.row_list.marked.clear()

    def do_whole(self) -> None:
        """The story is one: the items suggested for another belong to it, and are suggested no more."""
        split = self._suggested()
        if split is not None:
            told = f"Kept {self._counted(split.items)} in the story"
            self.desk.decide(told, Act.ACCEPT, items=split.items, story=self.story_here())

    def _suggested(self) -> Split | None:
        told = self.told_here()
        return None if told is None else told.split

    def do_join(self) -> None:
        """The marked stories become one, under the first one's name."""
        first, *others = self.joinable()
        what = (
            self.story_called(others[0]) if len(others) == 1 else words.count(len(others), "story", "stories")
        )
        self.desk.decide_all(
            f"Joined {what} into {self.story_called(first)}",
            [(Act.JOIN, (), first, {"other": str(other)}) for other in others],
        )
        self.row_list.marked.clear()

    def do_status(self) -> None:
        """The analyst's own rating (Admiralty A–F, 1–6) and note; the tool never rates."""
        from tui.prompt import Prompt

        story = self.story_here()
        told = self.told_here()
        present = "" if told is None else f"{told.detail.story.rated} {told.detail.story.note}".strip()

        def rated(text: str | None) -> None:
            if text is None:
                return
            first, _, rest = text.partition(" ")
            code = first.upper()
            if not text:
                told, details = "Took your rating and note away", {"rating": "", "note": ""}
            elif _RATING.fullmatch(code):
                told, details = f"Rated {code}", {"rating": code, "note": rest.strip()}
            elif _LIKE_RATING.fullmatch(code):
                ask(text, f"{code} is no rating: the source is A to F, the information 1 to 6.")
                return
            else:
                told, details = "Kept as a note, without a rating", {"rating": "", "note": text}
            self.desk.decide(told, Act.STATUS, story=story, details=details)

        def ask(text: str, note: str) -> None:
            self.app.push_screen(Prompt("Your rating and note", text, note=note, empty=True), rated)

        ask(
            present,
            'Source A to F and information 1 to 6, then your note: "B2 seen by two desks"; empty takes it away',
        )

    def do_export(self) -> None:
        """Write a snapshot of the story as it is shown."""
        self._export(())

    def do_export_as(self) -> None:
        """Write a snapshot in a format that is chosen; the one used last stands first."""
        from tui.format_picker import FormatPicker

        def chosen(name: str | None) -> None:
            if name is not None:
                self._export((name,))

        self.app.push_screen(FormatPicker(self.desk), chosen)

    def _export(self, formats: tuple[str, ...]) -> None:
        from store import stories
        from tui.export import WRITTEN, export

        story, told = self.story_here(), self.told_here()
        if story is None:
            return
        try:
            files = export(
                self.desk.store,
                told.detail if told is not None else stories.detail(self.desk.store, story),
                self.desk.exports,
                taken_at=self.desk.clock(),
                by=self.desk.by,
                formats=formats or WRITTEN,
            )
        except SpreadwatchError as error:
            self.say(str(error), warn=True)
            return
        first = files[0].name.partition(".")[0]
        endings = [path.name.removeprefix(first) for path in files]
        self.say(f"Wrote {first}{' and '.join(endings)} to {self.desk.exports}")

    def do_next_tab(self) -> None:
        """The story's next tab."""
        self.pane.turn(1)

    def do_previous_tab(self) -> None:
        """The story's tab before."""
        self.pane.turn(-1)

    def open_inside(self) -> None:
        """Follow the line under the pane's cursor."""
        self.pane.open()

    def back_inside(self) -> bool:
        """A step back along what was opened in the pane."""
        return self.pane.back()

    def answered(self, answer: Answered) -> None:
        """The pane's story was read."""
        if answer.topic == f"changes {self.pane.id}" and answer.error is not None:
            self.say(str(answer.error), warn=True)
        elif self.pane.answered(answer):
            self.titles()
            self.look_at("status")

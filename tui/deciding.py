"""The analyst's keys on items: accept, move, new story, dismiss, star, read; undone, redone, repeated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store import story_rows
from stories.decision import Act
from stories.states import Stance
from tui import words
from tui.page_view import PageView
from tui.sheet import ToItem
from tui.watch_screen import WatchScreen

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from stories.decision import Decision
    from tui.correcting import Said
    from tui.messages import Decided

ASKED = 20
"""More items than this, and all that the list shows, are asked about first; anything less can be undone at a glance."""
_PLACING = frozenset(
    {
        "rule",
        "accept",
        "move",
        "new-story",
        "dismiss",
        "stance",
        "add-statement",
        "star",
        "read",
        "read-above",
    }
)
_DONE = {Act.MOVE: "Moved", Act.STAR: "Starred", Act.UNSTAR: "Unstarred"}
"""How an act that is repeated is told, where its name says it badly."""


class ItemDecisions(WatchScreen):
    """Keys that act on the items marked, else on the one under the cursor; each acts and moves on."""

    def items_here(self) -> Sequence[int]:
        """The items an action is about: those marked in the list with the keys, else the one under the cursor."""
        return ()

    def took(self, items: Sequence[int]) -> None:
        """These items were decided on: the list goes on to the next."""

    def proposed(self, item: int) -> int | None:
        """The story an item is proposed for."""
        return None

    def why_not(self, name: str) -> str:
        """Why an action can't be done."""
        if name in _PLACING and not self.items_here():
            return "there is no item under the cursor."
        if name == "accept" and len(self.items_here()) == 1 and self.proposed(self.items_here()[0]) is None:
            return "it is proposed for no story; c starts one, v moves it."
        if name == "add-statement" and len(self.items_here()) > 1:
            return "several items are marked: words are selected in one."
        if name == "correct" and not self.said_here():
            return "no statement is under the cursor."
        if name == "pager":
            return "" if self.page_text() else "no page is shown."
        if name in ("browser", "copy-link", "copy-title"):
            return (
                self.why_not_link(self.item_row())
                if name != "copy-title"
                else ("" if self.item_row() else "there is no item here.")
            )
        if name == "repeat" and self.desk.last is None:
            return "nothing was decided yet."
        return super().why_not(name)

    def why_grey(self, name: str) -> str:
        """An item's statements are read when a key wants them, not for each key line's sake."""
        return "" if name == "correct" else super().why_grey(name)

    def _counted(self, items: Sequence[int]) -> str:
        return words.count(len(items), "item")

    def _named(self, items: Sequence[int]) -> str:
        """The items in words: an item's title, or how many they are."""
        if len(items) == 1:
            from store import items as item_rows

            row = next(iter(item_rows.rows(self.desk.store, items)), None)
            marks = self.desk.glyphs
            return f"{marks.open_quote}{row.title}{marks.close_quote}" if row is not None else "1 item"
        return self._counted(items)

    def sure(self, items: Sequence[int], question: str, act: Callable[[], None]) -> None:
        """Do it; when it is about a whole long view, only after a yes."""
        if len(items) <= ASKED or len(items) < len(self.row_list.ids):
            act()
            return
        from tui.prompt import Confirm

        def answered(yes: bool | None) -> None:
            if yes:
                act()

        self.app.push_screen(Confirm(f"{question} all {len(items):,} items of this view?"), answered)

    def do_accept(self) -> None:
        """The items belong where they were proposed."""
        items = list(self.items_here())
        self.sure(items, "Accept", lambda: self._accept(items))

    def _accept(self, items: list[int]) -> None:
        by_story: dict[int | None, list[int]] = {}
        for item in items:
            by_story.setdefault(self.proposed(item), []).append(item)
        by_story.pop(None, None)
        if len(by_story) == 1:
            ((story, members),) = by_story.items()
            assert story is not None
            many = "" if len(members) == 1 else f" {self._counted(members)}"
            title = f"Accepted{many} into {self.story_called(story)}"
            self.desk.decide(title, Act.ACCEPT, items=members, story=story)
        elif by_story:
            placed = [item for members in by_story.values() for item in members]
            into = words.count(len(by_story), "story", "stories")
            self.desk.last = (Act.ACCEPT, None, {})
            self.desk.decide_all(
                f"Accepted {self._counted(placed)} into {into}",
                [(Act.ACCEPT, members, story, {}) for story, members in by_story.items()],
            )
        self.took(items)

    def story_called(self, story: int) -> str:
        """A story's name, for a word to the person."""
        rows = story_rows.rows_of(self.desk.store, [story], self.desk.clock())
        return self.desk.glyphs.own(rows[0].name) if rows and rows[0].name else f"story {story}"

    def story_of(self, item: int) -> str:
        """The name of the story that an item is in; empty when it is in none."""
        from store import items as item_rows

        row = next(iter(item_rows.rows(self.desk.store, [item])), None)
        return "" if row is None or row.story_id is None else self.story_called(row.story_id)

    def do_dismiss(self) -> None:
        """The items belong to no story."""
        items = list(self.items_here())
        self.sure(
            items, "Dismiss", lambda: self._decide(Act.DISMISS, f"Dismissed {self._named(items)}", items)
        )

    def do_new_story(self) -> None:
        """The items start a story of their own; its name is suggested by their words."""
        from store import corrections
        from store import items as item_rows
        from stories.naming import name as suggested
        from tui.prompt import Prompt

        items = list(self.items_here())
        store = self.desk.store
        read = corrections.readings(store, items[:ASKED])
        found = item_rows.get(store, items[:ASKED])

        def named(name: str | None) -> None:
            if name:
                told = f"Started {name} with {self._counted(items)}"
                self._decide(Act.NEW_STORY, told, items, {"name": name})

        name = suggested(found, [read[item.id] for item in found])
        self.app.push_screen(Prompt(f"New story with {self._counted(items)}", name, replace=True), named)

    def do_stance(self) -> None:
        """Turn the stance of each item's main statement on; kept as a decision, so it can be undone."""
        for item in self.items_here():
            self.desk.turn_stance(item)

    def do_add_statement(self) -> None:
        """Add a statement to the item by selecting its words; kept as a decision, so it can be undone."""
        from tui.adding import add_statement

        inner = self.inner
        target = inner.target() if isinstance(inner, PageView) and not self.on_list else None
        item = self.items_here()[0]
        near = target.span if isinstance(target, ToItem) and target.item == item else None
        add_statement(self, item, near)

    def said_here(self) -> Sequence[Said]:
        """The statement that the cursor is on, else those of the item it is about."""
        from tui.correcting import said_in

        items = self.items_here()
        found = said_in(self.desk.store, items[0]) if len(items) == 1 else []
        inner = self.inner
        target = inner.target() if isinstance(inner, PageView) and not self.on_list else None
        cue = target.cue if isinstance(target, ToItem) and target.item in items else None
        return [one for one in found if one.statement.cue == cue] or found

    def do_correct(self) -> None:
        """Correct what was read of a statement; kept as a decision, so it can be undone."""
        from tui.correcting import correct

        correct(self, self.said_here())

    def do_move(self) -> None:
        """The items belong to a story that is chosen by typing."""
        from tui.picker import StoryPicker

        items = list(self.items_here())

        def chosen(story: int | None) -> None:
            if story is not None:
                told = f"Moved {self._counted(items)} to {self.story_called(story)}"
                self.desk.decide(told, Act.MOVE, items=items, story=story)
                self.took(items)

        self.app.push_screen(StoryPicker(self.desk, f"Move {self._counted(items)} to"), chosen)

    def _decide(
        self, act: Act, title: str, items: Sequence[int], details: dict[str, str] | None = None
    ) -> None:
        self.desk.decide(title, act, items=items, details=details)
        self.took(items)

    def do_rule(self) -> None:
        """A rule made from the item under the cursor."""
        self.make_rule(self.item_row())

    def do_star(self) -> None:
        """Star the items, or unstar them."""
        items = list(self.items_here())
        row = self.item_row()
        act = Act.UNSTAR if row is not None and row.starred else Act.STAR
        title = "Unstarred" if act is Act.UNSTAR else "Starred"
        what = self._counted(items)

        def star() -> None:
            self.desk.decide(f"{title} {what}", act, items=items)
            self.stepped()

        self.sure(items, "Unstar" if act is Act.UNSTAR else "Star", star)

    def do_read(self) -> None:
        """Mark the items read, or unread."""
        items = list(self.items_here())
        row = self.item_row()
        act = Act.UNREAD if row is not None and row.read else Act.READ

        def mark() -> None:
            self.desk.decide(f"Marked {self._counted(items)} {act.value}", act, items=items)
            if act is Act.READ:
                self.took(items) if self.MODE == "triage" else self.stepped()

        self.sure(items, f"Mark {act.value}", mark)

    def do_read_above(self) -> None:
        """Mark everything from the top to the cursor read: one way, as newsboat's users ask."""
        items = list(self.row_list.ids[: self.row_list.cursor + 1])

        def mark() -> None:
            self.desk.decide(f"Marked {self._counted(items)} read", Act.READ, items=items)
            if self.MODE == "triage":
                self.took(items)

        self.sure(items, "Mark read", mark)

    def stepped(self) -> None:
        """An act that leaves the row where it is: the row is drawn anew when it is written."""

    def do_undo(self) -> None:
        """Take back the last decision, also one about many items."""
        self.desk.undo()

    def do_redo(self) -> None:
        """Take back the last undo."""
        self.desk.redo()

    def do_repeat(self) -> None:
        """The last decision once more, here."""
        if self.desk.last is None:
            return
        act, story, details = self.desk.last
        items = list(self.items_here())
        own = {
            Act.ACCEPT: self.do_accept,
            Act.DISMISS: self.do_dismiss,
            Act.NEW_STORY: self.do_new_story,
            Act.STANCE: self.do_stance,
        }
        if act in own:  # these find out anew what they are about here
            own[act]()
            return

        def again() -> None:
            into = f" to {self.story_called(story)}" if act is Act.MOVE and story is not None else ""
            told = (
                f"{_DONE.get(act) or act.value.replace('_', ' ').capitalize()} {self._counted(items)}{into}"
            )
            self.desk.decide(told, act, items=items, story=story, details=details)
            if act is Act.MOVE:
                self.took(items)

        self.sure(items, act.value.replace("_", " ").capitalize(), again)

    def decided(self, told: Decided) -> None:
        """Say what was done, undone, or could not be written; the lists follow the store."""
        super().decided(told)
        if told.error is None:
            self._done(told)
        self.reload()

    def _done(self, told: Decided) -> None:
        if told.title in ("Undo", "Redo"):
            if told.decision is None:
                self.say(f"Nothing to {told.title.lower()}.")
            else:
                self._taken_back(told.title, told.decision)
        elif told.decision is not None and told.title == "Stance":
            stance = words.stance_word(Stance(told.decision.details["stance"]))
            self.acted(f"The main statement {stance} now")
        elif told.decision is not None and told.title != "Rule":  # a rule says itself what it is
            # what a watch took in and what will come to it is nowhere else to be read
            self.acted(told.title, whole=told.decision.act is Act.WATCH)
        elif told.title == "Stance":
            self.say("No statement was found in this item's words.", warn=True)

    def _taken_back(self, title: str, decision: Decision) -> None:
        """Say what was undone or done again, and the key for the other way, which is never cut off."""
        from tui.taken_back import decision_words, still_dismissed

        undone = title == "Undo"
        told = decision_words(self.desk.store, decision, self.desk.clock(), self.desk.glyphs)
        stays = undone and still_dismissed(self.desk.store, decision)
        act = "Undone, but dismissed before, too" if stays else "Undone" if undone else "Done again"
        said = f"{act}: {told}"
        back = "redo" if undone else "undo"
        self.acted(said, back)

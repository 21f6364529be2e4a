"""The analyst's keys on items: accept, move, new story, dismiss, star, read; undone, redone, repeated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stories.decision import Act
from tui import words
from tui.watch_screen import WatchScreen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.messages import Decided

_PLACING = frozenset({"rule", "accept", "move", "new-story", "dismiss", "stance", "read", "read-above"})


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

    def _counted(self, items: Sequence[int]) -> str:
        return words.count(len(items), "item")

    def do_accept(self) -> None:
        """The items belong where they were proposed."""
        items = list(self.items_here())
        by_story: dict[int | None, list[int]] = {}
        for item in items:
            by_story.setdefault(self.proposed(item), []).append(item)
        for story, members in by_story.items():
            if story is not None:
                self.desk.decide(f"Accepted {self._counted(members)}", Act.ACCEPT, items=members, story=story)
        self.took(items)

    def do_dismiss(self) -> None:
        """The items belong to no story."""
        self._decide(Act.DISMISS, "Dismissed")

    def do_new_story(self) -> None:
        """The items start a story of their own, named by their words."""
        self._decide(Act.NEW_STORY, "Started a story with")

    def do_move(self) -> None:
        """The items belong to a story that is chosen by typing."""
        from tui.picker import StoryPicker

        items = list(self.items_here())

        def chosen(story: int | None) -> None:
            if story is not None:
                self.desk.decide(f"Moved {self._counted(items)}", Act.MOVE, items=items, story=story)
                self.took(items)

        self.app.push_screen(StoryPicker(self.desk, f"Move {self._counted(items)} to"), chosen)

    def _decide(self, act: Act, title: str, story: int | None = None) -> None:
        items = list(self.items_here())
        self.desk.decide(f"{title} {self._counted(items)}", act, items=items, story=story)
        self.took(items)

    def do_rule(self) -> None:
        """A rule made from the item under the cursor."""
        self.choose_rule(self.item_row())

    def do_star(self) -> None:
        """Star the items, or unstar them."""
        items = list(self.items_here())
        row = self.item_row()
        act = Act.UNSTAR if row is not None and row.starred else Act.STAR
        title = "Unstarred" if act is Act.UNSTAR else "Starred"
        self.desk.decide(f"{title} {self._counted(items)}", act, items=items)
        self.stepped()

    def do_read(self) -> None:
        """Mark the items read, or unread."""
        items = list(self.items_here())
        row = self.item_row()
        act = Act.UNREAD if row is not None and row.read else Act.READ
        self.desk.decide(f"Marked {self._counted(items)} {act.value}", act, items=items)
        if act is Act.READ:
            self.took(items) if self.MODE == "triage" else self.stepped()

    def do_read_above(self) -> None:
        """Mark everything from the top to the cursor read: one way, as newsboat's users ask."""
        items = list(self.row_list.ids[: self.row_list.cursor + 1])
        self.desk.decide(f"Marked {self._counted(items)} read", Act.READ, items=items)
        if self.MODE == "triage":
            self.took(items)

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
        if act is Act.ACCEPT:
            self.do_accept()
            return
        if act is Act.STANCE:
            for item in items:
                self.desk.turn_stance(item)
            return
        self.desk.decide(f"{act.value.replace('_', ' ').capitalize()} {self._counted(items)}", act, items=items,
                         story=None if act is Act.NEW_STORY else story, details=details)  # fmt: skip
        if act in (Act.MOVE, Act.DISMISS, Act.NEW_STORY):
            self.took(items)

    def decided(self, told: Decided) -> None:
        """Say what was undone, or what could not be written; the lists follow the store."""
        if told.error is not None:
            self.say(f"{told.title} failed. {told.error}", warn=True)
        elif told.title in ("Undo", "Redo"):
            if told.decision is None:
                self.say(f"Nothing to {told.title.lower()}.")
            else:
                what = told.decision.act.value.replace("_", " ")
                items = f" of {self._counted(told.decision.items)}" if told.decision.items else ""
                self.say(f"{'Undone' if told.title == 'Undo' else 'Done again'}: {what}{items}.")
        self.reload()

"""Rules: what each one hides, flags, routes or rings for, whether it is on, and what it matches just now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from store import items, setups, story_rows, triage
from store.database import Store
from store.setups import Rule, RuleKind, RuleState
from store.story_filters import matching
from store.story_rows import StoriesView
from stories.decision import Act
from tui.actions import DEFAULT_KEYS, Where
from tui.alerts import LOOKED_AT
from tui.deciding import ItemDecisions
from tui.desk import Desk
from tui.drawing import Look, Piece, Pieces, wrap
from tui.messages import Answered
from tui.narrowing import ruled, stories_wanted, trouble_of
from tui.page_beside import PageBeside
from tui.page_rule import Matched, rule_page
from tui.query import parse
from tui.row_list import RowList
from tui.rules import DOES
from tui.sheet import columns

_PLACES = (Where.EVERYWHERE, Where.LIST, Where.RULE)
SHOWN = 12
"""Items or stories named of what a rule matches."""


class RulesScreen(PageBeside, ItemDecisions):
    """The rules, oldest first; at the right what the one under the cursor matches."""

    MODE = "rules"
    PLACES = _PLACES
    BINDINGS = DEFAULT_KEYS.bindings(*_PLACES)
    KEY_LINE = ("toggle-rule", "add-rule", "change-rule", "delete-rule", "undo", "pane", "back")
    PAGE_TITLE = "What it matches"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._rules: list[tuple[Rule, RuleState]] = []
        self._list: RowList[tuple[Rule, RuleState]] = RowList(
            self._fetch, self._paint, id="rules-list", empty=self._nothing
        )
        self._matched: tuple[Rule, Matched] | None = None

    @property
    def row_list(self) -> RowList[tuple[Rule, RuleState]]:
        """The rules."""
        return self._list

    def list_title(self) -> str:
        """What is listed."""
        return f"Rules [{self.filter_text}]" if self.filter_text else "Rules"

    def _fetch(self, wanted: Sequence[int]) -> Mapping[int, tuple[Rule, RuleState]]:
        return {place: self._rules[place] for place in wanted if place < len(self._rules)}

    def _paint(self, row: tuple[Rule, RuleState], width: int, *, marked: bool) -> Pieces:
        rule, state = row
        on = state is RuleState.ON
        return columns(
            width,
            (self.desk.glyphs.marked if marked else " ", 1, Look.NEW),
            ("ON" if on else "off", 3, Look.GOOD if on else Look.DIM),
            (DOES[rule.kind], 26, Look.TEXT if on else Look.DIM),
            (rule.query, 0, Look.STRONG if on else Look.DIM),
            glyphs=self.desk.glyphs,
        )

    def _nothing(self) -> Sequence[Pieces]:
        keys = self.desk.keys
        told = (
            f"No rule matches. {keys.first('back')} clears the filter."
            if self.filter_text
            else f"No rules yet. {keys.first('add-rule')} adds one; {keys.first('rule')} on an item makes one from it."
        )
        return wrap((Piece(told, Look.DIM),), max(20, self.row_list.size.width - 2))

    def reload(self) -> None:
        """The rules anew, and what the one under the cursor matches."""
        words = self.filter_text.casefold().split()
        self._rules = [
            (rule, state)
            for rule, state in setups.all_rules(self.desk.store).items()
            if all(word in f"{rule.kind} {rule.query} {state.name}".casefold() for word in words)
        ]
        self.row_list.forget()
        if len(self.row_list.ids) != len(self._rules):
            self.row_list.show(range(len(self._rules)))
        self.titles()
        self.row_rested(self.row_list.cursor_id)

    def set_filter(self, text: str) -> None:
        """Rules are narrowed by letters of them, whatever those would ask of the news."""
        self.filter_text = text

    def row_rested(self, row_id: int | None) -> None:
        """Have counted what the rule matches."""
        here = self._here()
        if here is None:
            self.page.show(None)
            return
        rule, now = here[0], self.desk.clock()
        self._show(keep=self._matched is not None and self._matched[0] == rule)
        self.desk.reads.ask("rule", lambda store: (rule, _matched(store, rule, now)))

    def _show(self, *, keep: bool) -> None:
        here = self._here()
        if here is None:
            return
        rule, state = here
        found = self._matched[1] if self._matched is not None and self._matched[0] == rule else None
        name = "" if rule.story is None else self.story_called(rule.story)
        self.page.show(lambda sheet: rule_page(sheet, rule, state, name, found, self.desk.clock()), keep=keep)

    def answered(self, answer: Answered) -> None:
        """What the rule under the cursor matches."""
        if answer.topic == "rule" and answer.error is None and self.desk.reads.current(answer):
            self._matched = answer.value
            self._show(keep=True)

    def _here(self) -> tuple[Rule, RuleState] | None:
        place = self.row_list.cursor_id
        return None if place is None or place >= len(self._rules) else self._rules[place]

    def why_not(self, name: str) -> str:
        """Why an action can't be done."""
        if name in ("toggle-rule", "change-rule", "delete-rule") and self._here() is None:
            return "there is no rule under the cursor."
        return super().why_not(name)

    # -- keys ------------------------------------------------------------------------------------------

    def do_toggle_rule(self) -> None:
        """Turn the rule on or off; it stays listed."""
        if (here := self._here()) is not None:
            rule, state = here
            self.turn_rule(rule, RuleState.OFF if state is RuleState.ON else RuleState.ON)

    def do_delete_rule(self) -> None:
        """Take the rule away."""
        if (here := self._here()) is not None:
            self.turn_rule(here[0], RuleState.GONE)

    def do_add_rule(self) -> None:
        """A rule of what is typed."""
        self.make_rule(None)

    def do_change_rule(self) -> None:
        """Give the rule another filter: one decision, so that one undo brings the old one back."""
        from tui.prompt import Prompt

        here = self._here()
        if here is None:
            return
        rule, state = here

        def typed(query: str | None) -> None:
            if query is None or query == rule.query:
                return
            if trouble := trouble_of(replace(rule, query=query), self.desk.clock()):
                ask(query, trouble)
                return
            gone = {**rule.details, "on": RuleState.GONE.value}
            new = {**replace(rule, query=query).details, "on": state.value}
            self.desk.decide_all("Rule", [(Act.RULE, (), None, gone), (Act.RULE, (), None, new)])
            self.acted(f"Changed: {rule.kind} {query}")

        def ask(query: str, note: str) -> None:
            self.app.push_screen(Prompt(DOES[rule.kind], query, note=note), typed)

        ask(rule.query, 'A filter in the language of /: source:tass "exact words" -sport')

    def do_back(self) -> None:
        """Close the pane, then the filter, then the screen."""
        if self.on_list and not self.has_class("-zoom") and not self.row_list.marked and not self.filter_text:
            self.dismiss(None)
        else:
            super().do_back()


def _matched(store: Store, rule: Rule, now: datetime) -> Matched:
    """What a rule matches; counted by the reading thread, since a rule may ask for what no index holds."""
    if rule.kind is RuleKind.ALERT:
        wanted = stories_wanted(parse(rule.query, now))
        found = [story.id for story in matching(store, wanted, StoriesView.ACTIVE, LOOKED_AT)]
        return Matched(len(found), 0, stories=story_rows.rows_of(store, found[:SHOWN], now))
    wanted_items = ruled(rule, now)
    newest = items.newest(store, limit=SHOWN, wanted=wanted_items)
    waiting = triage.left_out(store, [wanted_items])
    return Matched(items.count(store, wanted_items), waiting, items=newest)

"""The keys that work on every screen: the other screens, search, help, views, rules, theme, quit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from store import looks
from store.database import collector_running
from stories.decision import Act
from tui.drawing import spaced
from tui.frame import Frame
from tui.sheet import ToItem
from tui.theme import THEMES

if TYPE_CHECKING:
    from store.database import Store
    from store.items import ItemRow
    from store.setups import Rule, RuleState


class Everywhere(Frame):
    """Keys that need neither a list nor a pane."""

    def do_stories(self) -> None:
        """The Stories screen."""
        self.go_to("stories")

    def do_triage(self) -> None:
        """The Triage screen."""
        self.go_to("triage")

    def do_wire(self) -> None:
        """The Wire."""
        self.go_to("wire")

    def do_feeds(self) -> None:
        """The Feeds screen."""
        self.go_to("feeds")

    def go_to(self, mode: str) -> None:
        """Another screen; on the present one nothing happens."""
        if mode != self.app.current_mode:
            self.looked()
            self.app.switch_mode(mode)

    def looked(self) -> None:
        """Leaving: what is here now is not new next time."""
        mode, at = self.MODE, self.desk.clock()

        def order(store: Store) -> None:
            looks.look(store, mode, at)

        self.desk.writes.order("Remember what was seen", order)

    def on_screen_resume(self) -> None:
        """Shown again: the store may have changed meanwhile. The first time `on_mount` has just read it."""
        if self._was_shown:
            self.reload()
        self._was_shown = True

    def do_quit(self) -> None:
        """Leave; what was decided is written first."""
        self.looked()
        self.app.exit()

    def do_theme(self) -> None:
        """The next theme."""
        names = [one.name for one in THEMES]
        place = names.index(self.app.theme) if self.app.theme in names else -1
        self.app.theme = names[(place + 1) % len(names)]
        self.say(f"Theme: {self.app.theme}")

    def do_screenshot(self) -> None:
        """Save a picture of the screen, once the commands have gone from it."""
        self.call_after_refresh(self._picture)

    def _picture(self) -> None:
        path = self.desk.exports / f"spreadwatch-{self.desk.clock():%Y%m%d-%H%M%S}.svg"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(spaced(self.app.export_screenshot(title="spreadwatch")), "utf-8")
        except OSError as error:
            self.say(f"No picture was saved: {error.strerror}", warn=True)
        else:
            self.say(f"Saved {path.name}")

    def do_poll(self) -> None:
        """Poll all feeds now; what is asked while no collector runs waits for one."""
        self.desk.poll_now()
        if collector_running(self.desk.store.path) is None:
            self.say("No collector runs: all feeds are polled as soon as one does", warn=True)
        else:
            self.say("Polling all feeds")

    def do_help(self) -> None:
        """Every key, narrowed by typing."""
        self._actions("Help: every key", everything=True)

    def do_commands(self) -> None:
        """Everything that can be done here, by name."""
        self._actions("Commands", everything=False)

    def _actions(self, heading: str, *, everything: bool) -> None:
        from tui.help import Actions

        def chosen(name: str | None) -> None:
            if name is not None:
                self.action_do(name)

        dialog = Actions(heading, self.desk.keys, self.commands(), self.desk.glyphs, everything=everything)
        self.app.push_screen(dialog, chosen)

    def do_search(self) -> None:
        """Full-text search over every item."""
        from tui.search import SearchScreen

        def chosen(item: int | None) -> None:
            if item is not None:
                self.follow(ToItem(item))

        self.app.push_screen(SearchScreen(self.desk), chosen)

    def do_views(self) -> None:
        """Show a saved view, or save the present filter under a name."""
        from store import setups
        from tui.views import View, Views

        def chosen(view: View | None) -> None:
            if view is None:
                return
            if view.new:
                self.desk.write(
                    "Saved the view", lambda store: setups.save_view(store, view.name, view.query)
                )
                self.say(f"Saved as {view.name}")
            else:
                self.apply_filter(view.query)
                self.say(f"Showing the view {view.name}")

        saved = setups.views(self.desk.store)
        self.app.push_screen(Views(saved, self.filter_text, self.desk.glyphs), chosen)

    def do_alerts(self) -> None:
        """All rules: what each does and matches, turned on and off, added and taken away."""
        from tui.rules_screen import RulesScreen

        if not isinstance(self, RulesScreen):
            self.app.push_screen(RulesScreen(self.desk))

    def make_rule(self, row: ItemRow | None) -> None:
        """A rule made from an item, or typed; where a route leads is chosen after it."""
        from store import setups
        from store.setups import RuleKind, RuleState
        from tui.narrowing import trouble_of
        from tui.picker import StoryPicker
        from tui.rules import NewRule

        def chosen(rule: Rule | None) -> None:
            if rule is None:
                return
            if trouble := trouble_of(rule, self.desk.clock()):
                self.say(trouble, warn=True)
            elif rule.kind is RuleKind.ROUTE and rule.story is None:
                picker = StoryPicker(self.desk, f"Propose what matches {rule.query} for")
                self.app.push_screen(picker, lambda story: led(rule, story))
            else:
                self.turn_rule(rule, RuleState.ON)

        def led(rule: Rule, story: int | None) -> None:
            if story is not None:
                self.turn_rule(replace(rule, story=story), RuleState.ON)

        held = setups.rules(self.desk.store)
        self.app.push_screen(NewRule(held, row, self.desk.glyphs), chosen)

    def turn_rule(self, rule: Rule, to: RuleState) -> None:
        """Turn a rule on or off, or take it away; the decision can be undone."""
        from store.setups import RuleState

        self.desk.decide("Rule", Act.RULE, details={**rule.details, "on": to.value})
        said = {RuleState.ON: "On", RuleState.OFF: "Off", RuleState.GONE: "Taken away"}
        self.acted(f"{said[to]}: {rule.kind} {rule.query}")

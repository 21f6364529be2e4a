"""The screen people keep open: opens the store, shows it at once, then starts a collector if none runs."""

from __future__ import annotations

from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import App, SystemCommand

from store.database import Store, open_store
from stories.errors import SpreadwatchError
from tui import words
from tui.actions import DEFAULT_KEYS, Keys, Where
from tui.collecting import CollectorBeside
from tui.decoding import forgive_bytes
from tui.desk import Catalogue, Clock, Desk
from tui.drawing import PLAIN, UNICODE
from tui.freed_lines import free_lines
from tui.hangup import heed_hangup
from tui.live import ReadingThread, WritingThread
from tui.live_app import LiveApp
from tui.messages import CatalogueChanged, Decided
from tui.starting import started
from tui.stories_screen import StoriesScreen
from tui.theme import THEMES
from tui.typing_order import TypingOrder
from tui.watch_screen import WatchScreen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime

    from rich.console import RenderableType
    from textual.screen import Screen

    from tui.exporting import Exported


CACHE_KIB = 1_024
"""Of each of three connections. Whenever the collector commits SQLite drops what it had cached, so the system's cache
serves a screen as well: 16 MiB read 500 stories no faster and cost 17 MB, nor did 4 MiB a million ids, for 7 MB."""


class SpreadwatchApp(LiveApp):
    """Four screens over one store.

    Args:
        store_path: the database; it must exist. Its errors are raised by the constructor, before the
            terminal is touched.
        start_collector: starts one and gives a function that stops it; None where no collector is wanted.
            Called after the first frame when none runs on this database, and again some seconds after the one
            that ran has gone.
        now: the clock to show, for tests; the default follows the computer, or the store's replayed time.
        plain: ASCII only, no box or block characters.
        by: who decides, for decisions and snapshots.
        exports: the folder for snapshots.
        keymap: an action's name to its keys, parted by spaces; KeymapError when two clash.
        theme: a theme's name; empty for the dark one.
        catalogue: edits the feeds from the Feeds screen.
        note: what the status line says in place of the feeds; "" while there is nothing to know.
    """

    TITLE = "spreadwatch"
    DEFAULT_MODE = "stories"
    # With the first screen's sheets: read here they are parsed once, as a screen's own a second time.
    CSS_PATH = ["theme.tcss", "watch_screen.tcss", "stories_screen.tcss"]
    ENABLE_COMMAND_PALETTE = False
    BINDINGS = DEFAULT_KEYS.bindings(Where.EVERYWHERE)

    def __init__(
        self,
        store_path: str | Path,
        *,
        start_collector: Callable[[], Callable[[], object]] | None = None,
        now: Callable[[], datetime] | None = None,
        plain: bool = False,
        by: str = "",
        exports: Path | None = None,
        keymap: Mapping[str, str] | None = None,
        theme: str = "",
        catalogue: Catalogue | None = None,
        note: Callable[[], str] = str,
    ) -> None:
        super().__init__()
        forgive_bytes()
        free_lines()
        keys = Keys.mapped(keymap or {})
        self.store: Store = open_store(store_path, cache_kib=CACHE_KIB)
        self.desk = Desk(
            self.store,
            ReadingThread(self.store, self.post_message, self._failed),
            WritingThread(self.store, self.post_message, self._failed),
            Clock(now),
            by=by,
            exports=exports or Path.cwd(),
            catalogue=catalogue,
            keys=keys,
            glyphs=PLAIN if plain else UNICODE,
            note=note,
            failed=self._failed,
        )
        self.desk.look_at_clock()
        self._collector = CollectorBeside(
            self.store.path,
            start_collector,
            lambda error: self.post_message(Decided("Starting the collector", None, error)),
        )
        self.set_keymap(keys.keymap())
        for one in THEMES:
            self.register_theme(one)
        self.set_reactive(App.theme, theme if theme in self.available_themes else THEMES[0].name)
        self.stylesheet.set_variables(self.get_css_variables())
        if plain:
            self.add_class("-plain")
        self._typing = TypingOrder(self, super().on_event)
        self.add_mode("triage", self._triage)
        self.add_mode("wire", self._wire)
        self.add_mode("feeds", self._feeds)

    # Only the first screen is imported before the first frame.

    def get_default_screen(self) -> Screen[Any]:
        """The Stories screen: made as a mode's own, Textual (8.2.8) reads every sheet twice before the first frame."""
        return StoriesScreen(self.desk)

    def _triage(self) -> Screen[Any]:
        from tui.triage_screen import TriageScreen

        return TriageScreen(self.desk)

    def _wire(self) -> Screen[Any]:
        from tui.wire_screen import WireScreen

        return WireScreen(self.desk)

    def _feeds(self) -> Screen[Any]:
        from tui.feeds_screen import FeedsScreen

        return FeedsScreen(self.desk)

    async def on_mount(self) -> None:
        """The Stories screen is there, from the store; everything else begins behind it."""
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        started()
        self.add_mode(
            self.DEFAULT_MODE, self.get_default_screen
        )  # it is there: known, so that one can go back to it
        heed_hangup(lambda code: self.exit(return_code=code))
        self.desk.reads.start()
        self.desk.writes.start()
        self.go_live()
        self._offer_feeds()

    def _offer_feeds(self) -> None:
        """Have feeds polled, or ask which, where nobody has chosen any; of an archive nobody has asked for news."""
        from store import feeds, items

        catalogue = self.desk.catalogue
        # With rows of feeds a collector polls already what comes with the program.
        if catalogue is None or catalogue.chosen() or feeds.rows(self.store):
            self._collector.begin()
        elif items.count(self.store):
            self._not_polled()
        else:
            from tui.first_run import FirstRun

            self.push_screen(FirstRun(catalogue.offers(), self.desk.glyphs), self._chosen)

    def _chosen(self, groups: Sequence[str] | None) -> None:
        """The first run's feeds; leaving the dialog polls nothing."""
        if groups is None or self.desk.catalogue is None:
            self._not_polled()
            return
        try:
            self.desk.catalogue.adopt(groups)
        except SpreadwatchError as error:
            self.notify(str(error), severity="error", markup=False, timeout=15)
        else:
            self._collector.begin()

    def _not_polled(self) -> None:
        """Say where feeds are chosen."""
        if (screen := self._front()) is not None:
            keys = self.desk.keys
            screen.say(
                f"Nothing is polled. {keys.first('feeds')} then {keys.first('offered-feeds')} chooses feeds."
            )

    def on_catalogue_changed(self, _: CatalogueChanged) -> None:
        """There is a catalogue now, if there was none: it shall be polled."""
        catalogue = self.desk.catalogue
        if not self._collector.begun and catalogue is not None and catalogue.chosen():
            self._collector.begin()

    def _failed(self, error: BaseException) -> None:
        """A bug in a thread: end with its traceback, on the app's own thread."""
        self.call_later(self._handle_exception, error)

    def panic(self, *renderables: RenderableType) -> None:
        """End with an error's words, and tell the shell: Textual's input thread comes here with code 0 (8.2.8)."""
        self._return_code = self._return_code or 1
        super().panic(*renderables)

    async def on_unmount(self) -> None:
        """Write what was ordered, stop what was started."""
        if self.desk.exporting is not None:
            self.desk.exporting.stop()
        self.desk.writes.stop()
        self.desk.reads.stop()
        self._collector.end()
        self.store.close()

    def on_decided(self, told: Decided) -> None:
        """Give the outcome to the screen that is shown."""
        screen = self._front()
        if screen is not None and screen.ready:
            screen.decided(told)

    def on_exported(self, told: Exported) -> None:
        """Say how far the export of a view is, on whatever screen is shown."""
        screen = self._front()
        if screen is None or not screen.ready:
            return
        stories = words.count(told.done, "story", "stories")
        if told.error is not None:
            screen.say(f"The export ended after {stories}. {told.error}", warn=True)
        elif not told.ended:
            key = self.desk.keys.first("export-view")
            screen.say(
                f"Exporting {told.done:,} of {told.total:,}: {told.name} {self.desk.glyphs.dot} {key} stops"
            )
        else:
            missed = f"; {len(told.left_out)} left out: {told.left_out[0]}" if told.left_out else ""
            rest = "" if told.done == told.total else f" of {told.total:,}; the others were not begun"
            screen.say(f"Exported {stories}{rest} to {self.desk.exports}{missed}", warn=bool(missed or rest))

    async def on_event(self, event: events.Event) -> None:
        """What is typed goes on key by key; everything else as it comes."""
        if isinstance(event, (events.Key, events.Paste)) and not event.is_forwarded:
            self._pressed_at = monotonic()
            await self._typing.take(_one_line(event) if isinstance(event, events.Paste) else event)
        else:
            await super().on_event(event)

    async def on_typed_dialog_opened(self) -> None:
        """Its line has the keys: what was typed meanwhile is meant for it."""
        await self._typing.go_on()

    # -- actions that work everywhere -------------------------------------------------------------------

    def action_do(self, name: str) -> None:
        """Run an action of the table on the screen that is shown."""
        if isinstance(self.screen, WatchScreen):
            self.screen.action_do(name)

    def action_help_quit(self) -> None:
        """Ctrl-C, with which many a program is left: say with what this one is, instead of Textual's own word."""
        if isinstance(self.screen, WatchScreen):
            self.screen.say(f"{self.desk.keys.first('quit')} quits")

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """None: the one table of actions has its own palette."""
        return ()


def _one_line(pasted: events.Paste) -> events.Paste:
    """What was pasted with a space for each line break: every line one types into is one, and kept only the first."""
    return events.Paste(" ".join(pasted.text.splitlines()))

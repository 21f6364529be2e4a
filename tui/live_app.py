"""An app that follows its store: it looks when somebody wrote, once a second by the clock, and not while keys come."""

from __future__ import annotations

import gc
from time import monotonic
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from textual.app import App

from tui.watch_screen import WatchScreen

if TYPE_CHECKING:
    from datetime import datetime

    from textual.screen import Screen
    from textual.timer import Timer

    from store.database import Store
    from tui.alerts import AlertWatch
    from tui.bars import Standing
    from tui.collecting import CollectorBeside
    from tui.desk import Desk
    from tui.messages import Answered, StoreChanged
    from tui.standing import HowThingsStand

LOOK = 0.5
"""Least seconds between two looks at a store that is being written all the time."""
RESTED = 0.15
"""Seconds without a key after which a person is taken to look rather than to move. While keys come the store is not
looked at: reading it needs Python's lock and a processor, and the key's own frame comes first."""
PATIENCE = 2.0
"""Seconds after which the store is looked at even while keys come: what is held down is still live."""
SWEEP, IDLE = 60.0, 1.0
"""Seconds between two searches of all objects for garbage, and without a key before one: it takes 20 to 50 ms. Left to
itself Python does it every ten minutes, in the midst of a key, and 10 MB have come together."""
LEFT = 300.0
"""Seconds without a key after which nobody is taken to sit at the screen."""
TICK = 1.0
"""The status line's clock and the count-down to the next poll."""


@runtime_checkable
class Answering(Protocol):
    """A screen that asks the reading thread."""

    def answered(self, answer: Answered) -> None:
        """Take an answer."""


@runtime_checkable
class Resting(Protocol):
    """A screen that puts off what a moving cursor or a typing hand would make it do in vain."""

    @property
    def resting(self) -> bool:
        """Whether nothing is put off."""


class LiveApp(App[None]):
    """Keeps the screen that is shown as the store is, tells alerts, and finds garbage while nobody types."""

    desk: Desk
    _collector: CollectorBeside

    def __init__(self) -> None:
        super().__init__()
        self._alerts: AlertWatch | None = None
        self._stands: HowThingsStand | None = None
        self._look_due: Timer | None = None
        self._looked_at = 0.0
        self._pressed_at = monotonic()
        self._away = False
        self._swept_at = monotonic()

    def go_live(self) -> None:
        """Say how things stand, now and every second."""
        self._ask_standing()
        self.set_interval(TICK, self._tick)

    @property
    def quiet(self) -> bool:
        """Whether all that was asked, ordered or put off is done: what a picture, or a test, waits for."""
        busy = self.desk.reads.busy or self.desk.writes.busy or self._look_due is not None
        return not busy and all(screen.resting for screen in self.screen_stack if isinstance(screen, Resting))

    def _ask_standing(self) -> None:
        mode, now, away = self.current_mode, self.desk.clock(), self._away
        self.desk.reads.ask("standing", lambda store: self._standing_of(store, mode, now, away=away))

    def _standing_of(self, store: Store, mode: str, now: datetime, *, away: bool) -> Standing:
        from tui.standing import HowThingsStand

        self._stands = self._stands or HowThingsStand()
        return self._stands.read(store, mode, now, away=away)

    def _tick(self) -> None:
        self._look_for_somebody()
        self._ask_standing()
        if monotonic() > max(self._swept_at + SWEEP, self._pressed_at + IDLE):
            gc.collect()
            self._swept_at = monotonic()

    def _look_for_somebody(self) -> None:
        """Without a key for minutes nobody is there: what they saw up to now is what they last looked at."""
        gone = monotonic() > self._pressed_at + LEFT
        screen = next(iter(self.screen_stack), None)  # none while the program ends, when a last tick may come
        if gone and not self._away and isinstance(screen, WatchScreen):
            screen.looked()
        self._away = gone

    def on_store_changed(self, _: StoreChanged) -> None:
        """Somebody wrote: the shown screen looks again, twice a second at most; the others when they are shown."""
        if self._look_due is None:
            self._look_due = self.set_timer(max(0.01, self._looked_at + LOOK - monotonic()), self._look)

    def _look(self) -> None:
        now = monotonic()
        typing = now < min(self._pressed_at + RESTED, self._looked_at + PATIENCE)
        if typing or self.desk.reads.busy:  # asked again before it is answered, nothing would ever be shown
            self._look_due = self.set_timer(RESTED, self._look)
            return
        self._look_due, self._looked_at = None, now
        self.desk.look_at_clock()
        self._ask_standing()
        time = self.desk.clock()
        self.desk.reads.ask("alerts", lambda store: self._alerted(store, time))
        shown = self._shown()
        if isinstance(shown, WatchScreen) and shown.ready:
            shown.reload()

    def on_answered(self, answer: Answered) -> None:
        """Give an answer to the screen that is shown; one for another screen is asked again when that is shown."""
        shown = self._shown()
        if answer.topic == "standing":
            if answer.error is None:
                self._collector.look(answer.value.running)
                if isinstance(shown, WatchScreen):
                    shown.stand(answer.value)
            return
        if answer.topic == "alerts":
            for text in answer.value or ():
                self._alert(text)
            return
        # A dialog that asks nothing may lie over the screen that did, and be closing just now.
        screen = shown if isinstance(shown, Answering) else self._front()
        if isinstance(screen, WatchScreen) and not screen.ready:
            pass  # it reads everything itself once it is there
        elif screen is not None:
            screen.answered(answer)

    def _alerted(self, store: Store, now: datetime) -> list[str]:
        from tui.alerts import AlertWatch

        self._alerts = self._alerts or AlertWatch()
        return self._alerts.look(store, now)

    def _alert(self, text: str) -> None:
        self.bell()
        self.notify(text, title="Alert", severity="warning", timeout=15, markup=False)
        from tui.alerts import to_desktop

        to_desktop(text)

    def _shown(self) -> Screen[Any] | None:
        """The topmost screen; none while the program ends, when what was asked may still be answered."""
        return self.screen_stack[-1] if self.screen_stack else None

    def _front(self) -> WatchScreen | None:
        """The topmost screen that is no dialog."""
        found = (screen for screen in reversed(self.screen_stack) if isinstance(screen, WatchScreen))
        return next(found, None)

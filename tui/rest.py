"""Something put off until a cursor or a typing hand rests; asked for again it begins anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.message_pump import MessagePump
    from textual.timer import Timer


class Rest:
    """One thing at a time that a widget has put off."""

    def __init__(self, owner: MessagePump) -> None:
        self._owner = owner
        self._timer: Timer | None = None

    @property
    def due(self) -> bool:
        """Whether something is still to be done."""
        return self._timer is not None

    def after(self, seconds: float, do: Callable[[], object]) -> None:
        """Do this once so many seconds have passed, instead of what was put off before."""
        self.stop()

        def rested() -> None:
            self._timer = None
            do()

        self._timer = self._owner.set_timer(seconds, rested)

    def stop(self) -> None:
        """Nothing is to be done any more."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

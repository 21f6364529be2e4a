"""Keys in turn: the next one goes to whatever the one before it opened.

Textual sends a key to the widget that has the focus when the key arrives, and runs its action only when the key has
come back up through that widget's queue. Typed fast, pasted, or on a slow line, the letters after `/` or `v` therefore
went to the list below, or arrived in the new line out of order.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from textual import events
    from textual.app import App
    from textual.dom import DOMNode


@runtime_checkable
class Opening(Protocol):
    """A dialog with a line to type in."""

    @property
    def opening(self) -> bool:
        """Whether its line can't take the keys yet."""


class TypingOrder:
    """Hands on keys and pastes one at a time: each once the one before it has been dealt with.

    Args:
        app: whose keys.
        send: gives an event to the widget that has the focus at that moment.
    """

    def __init__(self, app: App[None], send: Callable[[events.Event], Awaitable[None]]) -> None:
        self._app = app
        self._send = send
        self._waiting: deque[events.Event] = deque()
        self._under_way = False

    async def take(self, event: events.Event) -> None:
        """A key or a paste from the terminal."""
        self._waiting.append(event)
        await self.go_on()

    async def go_on(self) -> None:
        """Hand on the next one, unless the last is under way or the dialog it opened is not there yet."""
        app = self._app
        if self._under_way or not self._waiting or not app.screen_stack:
            return
        if isinstance(app.screen, Opening) and app.screen.opening:
            return
        self._under_way = True
        first = app.focused or app.screen
        await self._send(self._waiting.popleft())
        self._follow(first)

    def _follow(self, node: DOMNode | None) -> None:
        """Go the way the event goes, behind it: up from the widget to the app, where its action is run."""
        if node is None or node is self._app or not node.call_later(self._follow, node.parent):
            # The app itself, or a widget that has left in the meantime: what it was sent before is done.
            self._app.call_later(self._done)

    async def _done(self) -> None:
        self._under_way = False
        await self.go_on()

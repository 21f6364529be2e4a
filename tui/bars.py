"""The lines around the panes: how things stand, which screen this is, the filter, and the keys that help here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.widget import Widget

from tui import words
from tui.actions import BY_NAME, Keys
from tui.drawing import Look, Piece, Pieces, pad, strip_of, width_of
from tui.looks import palette_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from textual import events
    from textual.strip import Strip


@dataclass(frozen=True, slots=True)
class Standing:
    """What the top line and the screens' names say; made from the store's tallies."""

    running: bool = False
    """A collector works on this database."""
    writable: bool = True
    """Decisions can be written into this database."""
    trouble: str = ""
    doing: str = ""
    next_poll: datetime | None = None
    feeds_ok: int = 0
    feeds_failing: int = 0
    feeds_waiting: int = 0
    """Never polled yet: nobody knows how they are."""
    stories: int = 0
    waiting: int = 0
    items: int = 0
    new: int = 0
    """Items since the last look at this screen."""
    looked: datetime | None = None


class OneLine(Widget):
    """A line of pieces over the whole width."""

    DEFAULT_CSS = "OneLine { height: 1; width: 1fr; }"

    def __init__(self, tell: Callable[[int], Pieces], *, id: str) -> None:
        super().__init__(id=id)
        self._tell = tell
        self._drawn: Pieces = ()
        self._fresh = False
        """What is to be drawn was told just now, by `look_again`."""

    def look_again(self) -> None:
        """Have it drawn if it says something else now: a line that stays as it is costs a frame nothing."""
        if not self.display:
            return
        told = pad(self._tell(self.size.width), self.size.width)
        if told != self._drawn:
            self._drawn, self._fresh = told, True
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """The line at its present width."""
        width = self.size.width
        if not self._fresh:
            self._drawn = pad(self._tell(width), width)
        self._fresh = False
        looks = palette_of(self.app.theme_variables).looks
        return strip_of(pad(self._drawn, width), looks, self.rich_style, width)


def status_line(
    standing: Standing,
    now: datetime,
    width: int,
    *,
    paused: bool,
    as_of: datetime | None = None,
    note: str = "",
) -> Pieces:
    """LIVE, PAUSED or READ-ONLY, the feeds, the next poll, what is new, and the time.

    ``as_of``: the story beside it is shown at that time, which must not be taken for now. ``note`` stands for
    the feeds when there is something to know that matters more.
    """
    wide = width >= 100
    word, look = _collector(standing, paused)
    pieces: list[Piece] = [Piece(word, look), Piece("  ")]
    if as_of is not None:
        pieces.insert(0, Piece(f"AS OF {words.moment(as_of)}  ", Look.WARN))
    if note:
        pieces[-2:] = [Piece(note, Look.WARN)]
    elif standing.trouble:
        pieces.append(Piece(standing.trouble, Look.BAD))
    elif standing.doing:
        pieces.append(Piece(standing.doing, Look.INFO))
    else:
        ok = f"feeds {standing.feeds_ok} ok" if wide else f"{standing.feeds_ok} ok"
        pieces.append(Piece(ok, Look.TEXT))
        if standing.feeds_failing:
            pieces.append(Piece(f" {standing.feeds_failing} failing", Look.BAD))
        if standing.feeds_waiting:
            pieces.append(Piece(f" {standing.feeds_waiting} not polled yet", Look.DIM))
        if standing.running and standing.next_poll is not None:
            left = words.seconds(standing.next_poll - now)
            pieces.append(Piece(f"  next poll {left}" if wide else f"  poll {left}", Look.DIM))
    if standing.new and not note:
        since = "" if standing.looked is None else f" {words.when(standing.looked, now)}"
        told = f"{standing.new:,} new since you last looked" if wide else f"{standing.new:,} new since"
        pieces.append(Piece(f"  {told}{' at' + since if wide and since else since}", Look.NEW))
    clock = Piece(f"{now:%d %b %Y %H:%M} UTC" if wide else f"{now:%H:%M}Z", Look.DIM)
    room = width - width_of([clock]) - 1
    return (*pad(tuple(pieces), room), Piece(" "), clock)


def _collector(standing: Standing, paused: bool) -> tuple[str, Look]:
    if paused:
        return "PAUSED", Look.WARN
    if not standing.writable:
        return "READ-ONLY", Look.WARN
    if standing.running:
        return "LIVE", Look.GOOD
    return "NO COLLECTOR", Look.WARN


def mode_line(standing: Standing, mode: str, width: int) -> Pieces:
    """The four screens with their counts; the present one is marked by brackets as well as by colour."""
    names = (
        ("stories", f"1 STORIES {standing.stories:,}", f"1 Stories {standing.stories:,}"),
        ("triage", f"2 TRIAGE {standing.waiting:,}", f"2 Triage {standing.waiting:,}"),
        ("wire", f"3 WIRE {standing.items:,}", f"3 Wire {standing.items:,}"),
        ("feeds", f"4 FEEDS{_failing(standing)}", f"4 Feeds{_failing(standing)}"),
    )
    pieces: list[Piece] = []
    for name, here, there in names:
        if name == mode:
            pieces.append(Piece(f"[{here}]", Look.HEAD))
        else:
            pieces.append(Piece(f" {there} ", Look.TEXT))
        pieces.append(Piece(" "))
    return pad(tuple(pieces), width)


def _failing(standing: Standing) -> str:
    return f" {standing.feeds_failing}!" if standing.feeds_failing else ""


def key_line(keys: Keys, names: Sequence[str], off: Mapping[str, str], width: int) -> Pieces:
    """The keys that help most here, as many as fit; Command and Help always do. Disabled ones are dimmed."""
    gap = "  " if width >= 100 else " "
    ends = [_key(keys, name, off, gap) for name in ("commands", "help")]
    room = width - sum(width_of(end) for end in ends)
    pieces: list[Piece] = []
    for name in names:
        one = _key(keys, name, off, gap)
        if width_of(one) > room:
            break
        pieces += one
        room -= width_of(one)
    for end in ends:
        pieces += end
    return tuple(pieces)


def _key(keys: Keys, name: str, off: Mapping[str, str], gap: str) -> list[Piece]:
    if name in off:
        return [Piece(f"({keys.first(name)} {BY_NAME[name].short}){gap}", Look.OFF)]
    return [Piece(keys.first(name), Look.KEY), Piece(f" {BY_NAME[name].short}{gap}", Look.TEXT)]


class KeyLine(OneLine):
    """The key line; a click opens the help."""

    async def on_click(self, event: events.Click) -> None:
        """The mouse is optional; a click here only shows what there is."""
        event.stop()
        await self.run_action("screen.do('help')")

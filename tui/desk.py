"""What every screen works with: the store and its two threads, the clock, the keys, the marks, who decides."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from uuid import uuid4

from store import state
from stories.decision import Act, Decision
from tui.actions import DEFAULT_KEYS, Keys
from tui.drawing import UNICODE, Glyphs
from tui.rows import Painter
from tui.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from store.database import Store
    from tui.exporting import ViewExport
    from tui.live import ReadingThread, WritingThread

    OneAct = tuple[Act, Sequence[int], int | None, Mapping[str, str]]
    """An act, the items and the story it is about, and its details."""

_ONCE = frozenset({Act.READ, Act.UNREAD, Act.RULE, Act.JOIN})
"""What nobody repeats elsewhere with one key."""
REPLAYED = timedelta(days=1)
"""A store whose own time is farther from the computer's than this is an archive or a replay, shown in its time."""


class Clock:
    """The time it is on the screen: the computer's, or the store's own where that is another day.

    A replayed demo and an imported archive are so shown in their time, and "silent 31 h" is true in it.
    """

    def __init__(self, fixed: Callable[[], datetime] | None = None) -> None:
        self._fixed = fixed
        self._told: datetime | None = None
        self._at = 0.0

    def tell(self, moment: datetime) -> None:
        """The store's own time, as just read."""
        if moment != self._told:
            self._told, self._at = moment, time.monotonic()

    def __call__(self) -> datetime:
        """Now, aware UTC."""
        if self._fixed is not None:
            return self._fixed()
        now = datetime.now(UTC)
        if self._told is None or abs(now - self._told) < REPLAYED:
            return now
        return self._told


class Catalogue(Protocol):
    """What the Feeds screen asks of the file of feeds; the front door gives it, screens never reach the network."""

    def add(self, address: str) -> str:
        """Add the feed at an address, or the one a page names; gives what was found in one sentence.

        Raises SpreadwatchError with a remedy. May take as long as a request.
        """

    def mute(self, url: str, muted: bool) -> str:
        """Mute a feed or let it be polled again; raises SpreadwatchError, as do all that follow."""

    def values(self, url: str) -> Mapping[str, tuple[str, str]]:
        """What it says of a feed by field, and what holds where it says nothing."""

    def edit(self, url: str, values: Mapping[str, str]) -> str:
        """Give a feed other values."""

    def remove(self, url: str) -> str:
        """Take a feed out."""

    def take_in(self, file: Path) -> str:
        """Add the feeds of an OPML file; further lines of what it gives say what could not be taken."""

    def give_out(self, file: Path, titles: Mapping[str, str]) -> str:
        """Write all feeds as OPML, with the titles that polls found."""

    def undo(self) -> str:
        """Take the last change back."""

    def offers(self) -> Mapping[str, int]:
        """Groups of the feeds that come with the program and how many each has; none once there are feeds."""

    def chosen(self) -> bool:
        """Whether there is a catalogue, if one without feeds: then nobody is asked at the start."""

    def adopt(self, groups: Sequence[str]) -> None:
        """Make the catalogue of these groups; raises SpreadwatchError."""


def _raise(error: BaseException) -> None:
    raise error


@dataclass
class Desk:
    """One app's store, threads, clock and settings; given to each of its screens."""

    store: Store
    reads: ReadingThread
    writes: WritingThread
    clock: Clock
    by: str = ""
    """Who decides, as the decisions and snapshots name it."""
    exports: Path = field(default_factory=Path.cwd)
    """The folder that snapshots are written to."""
    catalogue: Catalogue | None = None
    """Edits the feeds; None where the front door gave none."""
    keys: Keys = DEFAULT_KEYS
    glyphs: Glyphs = UNICODE
    note: Callable[[], str] = str
    """What the status line says in place of the feeds, when it is something to know; usually nothing."""
    failed: Callable[[BaseException], Any] = _raise
    """What becomes of a bug in a thread: the app ends with its traceback."""
    exporting: ViewExport | None = None
    """The export of a view that was begun last."""
    last: tuple[Act, int | None, Mapping[str, str]] | None = None
    """The last decision's act, story and details, for repeat."""
    last_format: str = ""
    """What a snapshot was last written as, so that it stands first the next time."""

    @property
    def painter(self) -> Painter:
        """Draws rows with this desk's marks and clock."""
        return Painter(self.glyphs, self.clock)

    def sheet(self, width: int) -> Sheet:
        """An empty page of this width."""
        return Sheet(width, self.glyphs)

    def decide(
        self,
        title: str,
        act: Act,
        *,
        items: Sequence[int] = (),
        story: int | None = None,
        details: Mapping[str, str] | None = None,
    ) -> None:
        """Order a decision to be written; the screen need not wait for it."""
        told = dict(details or {})
        if act not in _ONCE:
            self.last = (act, story, told)
        self.decide_all(title, [(act, items, story, told)])

    def decide_all(self, title: str, acts: Sequence[OneAct]) -> None:
        """Order decisions made with one key: written together or not at all, undone together."""
        by, at = self.by, self.clock()
        batch = uuid4().hex if len(acts) > 1 else ""

        def write(store: Store) -> Decision | None:
            from store import decisions

            with store.transaction(durable=True):
                made = [
                    decisions.record(
                        store, act, items=items, story=story, details=told, by=by, at=at, batch=batch
                    )
                    for act, items, story, told in acts
                ]
            return replace(made[-1], items=tuple(item for one in made for item in one.items))

        self.writes.order(title, write)

    def watch_for(self, title: str, name: str, claim: str, terms: Sequence[str]) -> None:
        """Order a story of the analyst's own, with what holds its words and no watched story and none of
        several publishers holds; one undo takes both back."""
        by, at, batch = self.by, self.clock(), uuid4().hex
        details = {"name": name, "claim": claim, "terms": json.dumps(terms, ensure_ascii=False)}

        def write(store: Store) -> Decision | None:
            from store import decisions, watched

            with store.transaction(durable=True):
                made = decisions.record(store, Act.WATCH, details=details, by=by, at=at, batch=batch)
                if held := watched.holding(store, terms).free:
                    decisions.record(store, Act.MOVE, items=held, story=made.story, by=by, at=at, batch=batch)
            return made

        self.writes.order(title, write)

    def write(self, title: str, write: Callable[[Store], None]) -> None:
        """Order something to be written that is no decision about the news."""
        self.writes.order(title, write)

    def turn_stance(self, item: int) -> None:
        """Turn an item's statement to its next stance: from the one it has when the turn is written."""
        by, at = self.by, self.clock()
        self.last = (Act.STANCE, None, {})

        def write(store: Store) -> Decision | None:
            from store import corrections, decisions

            details = corrections.next_stance(store, item)
            if details is None:
                return None
            return decisions.record(store, Act.STANCE, items=[item], details=details, by=by, at=at)

        self.writes.order("Stance", write)

    def undo(self) -> None:
        """Take back the last decision, however many items it was about."""
        by, at = self.by, self.clock()

        def write(store: Store) -> Decision | None:
            from store import decisions

            return decisions.undo(store, by=by, at=at)

        self.writes.order("Undo", write)

    def redo(self) -> None:
        """Take back the last undo."""
        by, at = self.by, self.clock()

        def write(store: Store) -> Decision | None:
            from store import decisions

            return decisions.redo(store, by=by, at=at)

        self.writes.order("Redo", write)

    def poll_now(self, url: str = "") -> None:
        """Ask the collector to poll a feed, or all of them."""
        at = self.clock()

        def write(store: Store) -> None:
            from store import requests

            requests.ask(store, requests.Ask.POLL_NOW, at, url)

        self.writes.order("Poll now", write)

    def catalogue_changed(self, url: str = "") -> None:
        """Tell the collector to read the catalogue again."""
        at = self.clock()

        def write(store: Store) -> None:
            from store import requests

            requests.ask(store, requests.Ask.ADD_FEED, at, url)

        self.writes.order("Catalogue", write)

    def look_at_clock(self) -> None:
        """Read the store's own time."""
        self.clock.tell(state.moment(self.store))

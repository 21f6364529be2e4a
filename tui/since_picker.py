"""Choose what a story is compared with: an earlier time, or a snapshot of it that was exported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tui import words
from tui.desk import Desk
from tui.drawing import Look, Piece, Pieces
from tui.query import time_of
from tui.sheet import columns
from tui.typed_list import TypedList

_AGO = (
    ("An hour ago", timedelta(hours=1)),
    ("Yesterday, a day ago", timedelta(days=1)),
    ("A week ago", timedelta(weeks=1)),
)


@dataclass(frozen=True, slots=True)
class Since:
    """What to compare with."""

    name: str
    at: datetime | None
    """None for a snapshot: it knows its own time."""
    snapshot: Path | None = None


class SincePicker(TypedList[Since, Since | None]):
    """Gives the time or the snapshot."""

    TITLE_TEXT = "What changed since"
    HINT = "Enter compares, Esc leaves"
    PLACEHOLDER = "a time: 6h, 2d, yesterday 09:00, 2023-01-28 10:30"

    def __init__(self, desk: Desk, story: int, changes: Sequence[datetime], looked: datetime | None) -> None:
        super().__init__()
        self._desk = desk
        self._began = began = changes[0]
        now = desk.clock()
        times = [Since(name, now - ago) for name, ago in _AGO if now - ago > began]
        if looked is not None and looked > began:
            times.insert(0, Since("You last looked at the stories", looked))
        if len(changes) > 1:
            times.append(Since("Before its last change", changes[-2]))
        self._choices = [*times, Since("It began", began), *_snapshots(desk.exports, story)]

    def matching(self, typed: str) -> Sequence[Since]:
        """The time that was typed, and what is called so."""
        text = typed.strip()
        at = time_of(text, self._desk.clock()) if text else None
        found = [each for each in self._choices if text.casefold() in each.name.casefold()]
        return found if at is None else [Since(text, max(at, self._began)), *found]

    def paint(self, row: Since, width: int) -> Pieces:
        """Its name and its time."""
        time = "snapshot" if row.at is None else f"{words.moment(row.at)} UTC"
        return columns(width, (row.name, 0, Look.TEXT), (time, 20, Look.DIM), glyphs=self._desk.glyphs)

    def nothing(self) -> Sequence[Pieces]:
        """What was typed is no time."""
        return ((Piece("That is no time: write 6h, 2d, yesterday 09:00 or 2023-01-28 10:30.", Look.DIM),),)

    def choose(self, row: Since | None, typed: str) -> None:
        """Give it."""
        self.dismiss(row)


def _snapshots(folder: Path, story: int) -> list[Since]:
    """The story's own exports that can be read back, newest first (`snapshots.saving.file_name`)."""
    found = sorted(
        folder.glob(f"*-{story}_????????T????Z.json"), key=lambda path: path.name[-18:], reverse=True
    )
    return [Since(_taken(path), None, path) for path in found]


def _taken(path: Path) -> str:
    """The time in a snapshot's name, then the name: a long one is cut, and the time is what tells two apart."""
    try:
        at = datetime.strptime(path.stem[-14:], "%Y%m%dT%H%MZ").replace(tzinfo=UTC)
    except ValueError:  # named like a snapshot by somebody else
        return path.name
    return f"{words.moment(at)} UTC, {path.name}"

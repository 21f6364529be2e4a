"""Help and commands: the one table of actions, narrowed while one types; a disabled one says why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tui.actions import ACTIONS, Action, Keys, Where, shown
from tui.drawing import UNICODE, Glyphs, Look, Piece, Pieces
from tui.sheet import columns
from tui.typed_list import TypedList

ROOMY = 60
"""Columns from which a place or a reason stands beside what a key does: its longest word then has 26."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One action as help lists it."""

    action: Action
    keys: str
    why_not: str
    """Why it can't be done now; empty when it can."""
    elsewhere: bool
    """It works on another screen."""


class Actions(TypedList[Entry, str | None]):
    """Every action with its keys; Enter runs the one under the cursor and gives its name."""

    HINT = "Enter does it, Esc leaves"
    PLACEHOLDER = "type a word or a key"

    def __init__(
        self, title: str, keys: Keys, here: Mapping[str, str], glyphs: Glyphs = UNICODE, *, everything: bool
    ) -> None:
        super().__init__()
        self._title = title
        self._glyphs = glyphs
        self._entries = [
            Entry(
                action,
                " ".join(shown(key) for key in keys.of[action.name]),
                here.get(action.name, ""),
                action.name not in here,
            )
            for place in Where
            for action in ACTIONS
            if action.where is place and (everything or action.name in here)
        ]

    def title_text(self) -> str:
        """Help or Commands."""
        return self._title

    def matching(self, typed: str) -> Sequence[Entry]:
        """Actions whose words or keys hold everything typed; a key typed alone comes first."""
        parts = typed.casefold().split()
        found = [entry for entry in self._entries if _holds(entry, parts)]
        exact = [entry for entry in self._entries if typed and typed in entry.keys.split()]
        rest = [entry for entry in found if entry not in exact]
        return (
            [*exact, *sorted(rest, key=lambda entry: bool(entry.why_not or entry.elsewhere))]
            if parts
            else rest
        )

    def paint(self, row: Entry, width: int) -> Pieces:
        """Keys, what it does, and where or why not."""
        off = row.why_not or row.elsewhere
        note = (
            row.why_not if row.why_not else "not on this screen" if row.elsewhere else str(row.action.where)
        )
        keys = (row.keys, 14 if width >= ROOMY else 8, Look.KEY if not off else Look.OFF)
        does = (row.action.title, 0, Look.TEXT if not off else Look.DIM)
        if width < ROOMY:  # what a key does comes first; Enter on a dimmed one says why it can't be done
            return columns(width, keys, does, glyphs=self._glyphs)
        # A reason is longer than a place.
        room = min(46, width * 2 // 5) if row.why_not else 18
        return columns(width, keys, does, (note, room, Look.DIM), glyphs=self._glyphs)

    def nothing(self) -> Sequence[Pieces]:
        """No action has these words."""
        return ((Piece("No action has these words.", Look.DIM),),)

    def choose(self, row: Entry | None, typed: str) -> None:
        """Give the action's name; on a disabled one the screen says why."""
        self.dismiss(None if row is None else row.action.name)


def _holds(entry: Entry, parts: Sequence[str]) -> bool:
    text = f"{entry.action.title} {entry.action.name} {entry.action.where} {entry.action.short}".casefold()
    return all(part in text for part in parts)

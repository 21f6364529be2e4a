"""What a person is asked of a statement: what it says, who says it and for whom, and which claim it is on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stories.actors import mentions
from stories.affiliation import party
from stories.evidence import Stance, Target
from stories.item import Field
from tui import words
from tui.drawing import Glyphs, Look, Piece, Pieces
from tui.sheet import columns
from tui.typed_list import TypedList

if TYPE_CHECKING:
    from stories.evidence import Reading
    from stories.item import Item, Span
    from tui.desk import Desk

_STANCES = {
    Stance.DENY: "says that it is not so",
    Stance.CONFIRM: "says that what was claimed is so",
    Stance.CANNOT_CONFIRM: "can't say, has seen no evidence",
    Stance.NO_COMMENT: "declines to answer",
    Stance.DOUBT: "thinks it unlikely, without denying it",
    Stance.ASSERT: "claims it",
}
_SHOWN = 28
"""Cells of the words that a dialog's title repeats."""


def in_title(told: str, glyphs: Glyphs) -> str:
    """Words between quotation marks, as many as a dialog's title has room for."""
    told = " ".join(told.split())
    short = told if len(told) <= _SHOWN else told[: _SHOWN - 1] + glyphs.ellipsis
    own = any(mark in short for mark in '“”"«»')  # a second pair would mislead
    return short if own else f"{glyphs.open_quote}{short}{glyphs.close_quote}"


class StancePicker(TypedList[Stance, Stance | None]):
    """Gives what the words say."""

    def __init__(self, desk: Desk, title: str) -> None:
        super().__init__()
        self._desk, self._title = desk, title

    def title_text(self) -> str:
        """The words it is asked of."""
        return self._title

    def matching(self, typed: str) -> Sequence[Stance]:
        """Stances whose words hold what was typed."""
        parts = typed.casefold().split()
        return [
            one
            for one, meaning in _STANCES.items()
            if all(part in f"{words.stance_word(one)} {meaning}".casefold() for part in parts)
        ]

    def paint(self, row: Stance, width: int) -> Pieces:
        """Mark, word, and what it means."""
        mark = words.stance_mark(row, self._desk.glyphs)
        return columns(
            width,
            (f"{mark} {words.stance_word(row)}", 16, words.stance_look(row)),
            (_STANCES[row], 0, Look.DIM),
            glyphs=self._desk.glyphs,
        )

    def nothing(self) -> Sequence[Pieces]:
        """No stance is called that."""
        return ((Piece("No stance is called that.", Look.DIM),),)

    def choose(self, row: Stance | None, typed: str) -> None:
        """Give the stance."""
        if row is not None:
            self.dismiss(row)


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody who may have said it."""

    name: str
    """Empty for nobody."""
    party: str
    """Whom they speak for, where that is known."""
    why: str = ""
    """Where the name is from; not shown where it speaks for another."""


class SpeakerPicker(TypedList[Named, Named | None]):
    """Gives who says it, or for whom: one whom the item names, just what is typed, or nobody."""

    PLACEHOLDER = "type a name, or choose one"

    def __init__(self, desk: Desk, item: Item, named: Sequence[Named], asked: str = "Who says it?") -> None:
        super().__init__()
        self._desk, self._item, self._named, self._asked = desk, item, named, asked

    def title_text(self) -> str:
        """What is asked."""
        return self._asked

    def matching(self, typed: str) -> Sequence[Named]:
        """Names that hold what was typed, then what was typed."""
        wanted = typed.strip()
        found = [one for one in self._named if wanted.casefold() in one.name.casefold()]
        if wanted and all(one.name != wanted for one in found):
            found.append(Named(wanted, party(wanted, "", self._item.effective), "as you typed it"))
        return found

    def paint(self, row: Named, width: int) -> Pieces:
        """The name, and for whom it speaks."""
        name = row.name or "nobody is named"
        look = Look.TEXT if row.name else Look.DIM
        return columns(
            width, (name, 0, look), (row.why, min(34, width // 2), Look.DIM), glyphs=self._desk.glyphs
        )

    def choose(self, row: Named | None, typed: str) -> None:
        """Give them."""
        if row is not None:
            self.dismiss(row)


def target_words(story: str) -> Mapping[Target, str]:
    """What a statement may be on, in words; ``story``: the name of its item's, empty when that is in none."""
    return {
        Target.CLAIM: f"the claim of {story}" if story else "the claim of the story it will be in",
        Target.OTHER: "another claim: not on the board",
        Target.BACKGROUND: "an earlier or wider matter: not on the board",
        Target.UNCLEAR: "the words don't say: never counted",
    }


class TargetPicker(TypedList[Target, Target | None]):
    """Gives which claim it is on."""

    def __init__(self, desk: Desk, story: str) -> None:
        super().__init__()
        self._desk = desk
        self._told = target_words(story)

    def title_text(self) -> str:
        """What is asked."""
        return "Of which claim?"

    def matching(self, typed: str) -> Sequence[Target]:
        """Those whose words hold what was typed."""
        parts = typed.casefold().split()
        return [one for one, told in self._told.items() if all(part in told.casefold() for part in parts)]

    def paint(self, row: Target, width: int) -> Pieces:
        """In words."""
        return columns(width, (self._told[row], 0, Look.TEXT), glyphs=self._desk.glyphs)

    def nothing(self) -> Sequence[Pieces]:
        """None of the four is called that."""
        return ((Piece("None of the four is called that.", Look.DIM),),)

    def choose(self, row: Target | None, typed: str) -> None:
        """Give the target."""
        if row is not None:
            self.dismiss(row)


def suggested(item: Item, read: Reading, chosen: Span) -> list[Named]:
    """Who speaks in the item, nearest to the chosen words first, then whom its texts name, then nobody; each once."""
    found: dict[str, Named] = {}
    for said in sorted(read.statements, key=lambda one: _apart(one.span, chosen)):
        if said.speaker:
            found.setdefault(said.speaker, Named(said.speaker, said.party, "speaks in it"))
    for where in Field:
        for mention in mentions(item.text(where), item.published):
            found.setdefault(mention.actor, Named(mention.actor, mention.actor, "is named in it"))
    return [*found.values(), Named("", "", "counts for no party")]


def parties_in(item: Item, read: Reading) -> list[Named]:
    """For whom somebody may speak: the parties of what the item says, whom its texts name, then nobody; each once."""
    spoken = [said.party for said in read.statements if said.party]
    named = [mention.actor for where in Field for mention in mentions(item.text(where), item.published)]
    found = {name: Named(name, name, "speaks in it") for name in spoken}
    found |= {name: Named(name, name, "is named in it") for name in named if name not in found}
    return [*found.values(), Named("", "", "counts for no party")]


def _apart(one: Span, other: Span) -> tuple[bool, int]:
    return one.where is not other.where, max(0, one.start - other.end, other.start - one.end)

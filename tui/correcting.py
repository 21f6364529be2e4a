"""Correct what was read of a statement: what it says, who says it and for whom, its claim, or that it is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from store import corrections, items
from stories.decision import Act
from tui import words
from tui.drawing import Look, Piece, Pieces
from tui.sheet import columns
from tui.statement_pickers import (
    Named,
    SpeakerPicker,
    StancePicker,
    TargetPicker,
    in_title,
    parties_in,
    suggested,
    target_words,
)
from tui.typed_list import TypedList

if TYPE_CHECKING:
    from store.database import Store
    from stories.evidence import Stance, Statement, Target
    from tui.deciding import ItemDecisions
    from tui.desk import Desk


class Part(StrEnum):
    """What of a statement can be corrected, as the dialog words it."""

    STANCE = "What it says"
    SPEAKER = "Who says it"
    PARTY = "For whom they speak"
    TARGET = "Which claim it is on"
    WRONG = "It is wrong"
    RIGHT = "It is right"


_CELLS = max(len(part) for part in Part) + 1


@dataclass(frozen=True, slots=True)
class Said:
    """A statement that can be corrected."""

    item: int
    statement: Statement
    target: Target | None = None
    """Which claim it is on; None where no story is shown, since that depends on the story."""
    left_out: bool = False
    """The analyst said that it is wrong."""

    @property
    def who(self) -> str:
        """The speaker, else for whom they speak."""
        return self.statement.speaker or self.statement.party or "nobody named"


def said_in(store: Store, item: int) -> list[Said]:
    """All statements of an item as they now stand, then those that were left out."""
    read = corrections.readings(store, [item]).get(item)
    if read is None:
        return []
    left_out = corrections.own(store, item).left_out
    return [
        *(Said(item, one) for one in read.statements),
        *(Said(item, one, left_out=True) for one in left_out),
    ]


class SaidPicker(TypedList[Said, Said | None]):
    """Gives which of several statements is meant."""

    TITLE_TEXT = "Correct which statement?"

    def __init__(self, desk: Desk, said: Sequence[Said]) -> None:
        super().__init__()
        self._desk, self._said = desk, said

    def matching(self, typed: str) -> Sequence[Said]:
        """Those whose speaker, party, stance or words hold what was typed."""
        parts = typed.casefold().split()
        return [one for one in self._said if all(part in _told(one).casefold() for part in parts)]

    def paint(self, row: Said, width: int) -> Pieces:
        """What it says, who says it, and its words."""
        said = row.statement
        look = Look.DIM if row.left_out else words.stance_look(said.stance)
        return columns(
            width,
            (
                f"{words.stance_mark(said.stance, self._desk.glyphs)} {words.stance_short(said.stance)}",
                7,
                look,
            ),
            (row.who, min(24, width // 4), Look.STRONG if not row.left_out else Look.DIM),
            (" ".join(said.words.split()), 0, Look.DIM if row.left_out else Look.QUOTE),
            *([("left out", 8, Look.WARN)] if row.left_out else []),
            glyphs=self._desk.glyphs,
        )

    def choose(self, row: Said | None, typed: str) -> None:
        """Give the statement."""
        if row is not None:
            self.dismiss(row)


def _told(one: Said) -> str:
    said = one.statement
    return f"{words.stance_word(said.stance)} {said.speaker} {said.party} {said.words}"


class PartPicker(TypedList[Part, Part | None]):
    """Gives what of the statement is to be set; beside each stands what it is now."""

    def __init__(self, desk: Desk, one: Said, story: str) -> None:
        super().__init__()
        self._desk, self._one = desk, one
        said = one.statement
        if one.left_out:
            self._now = {Part.RIGHT: "put it back"}
        else:
            self._now = {
                Part.STANCE: words.stance_word(said.stance),
                Part.SPEAKER: said.speaker or "nobody is named",
                Part.PARTY: said.party or "no party",
                Part.TARGET: "" if one.target is None else target_words(story)[one.target],
                Part.WRONG: "leave it out of board, counts and exports",
            }

    def title_text(self) -> str:
        """The statement's words."""
        return f"Correct {in_title(self._one.statement.words, self._desk.glyphs)}"

    def matching(self, typed: str) -> Sequence[Part]:
        """The parts whose name or present value holds what was typed."""
        parts = typed.casefold().split()
        return [
            part
            for part, now in self._now.items()
            if all(each in f"{part} {now}".casefold() for each in parts)
        ]

    def paint(self, row: Part, width: int) -> Pieces:
        """The part, and what it is now."""
        return columns(
            width, (row.value, _CELLS, Look.TEXT), (self._now[row], 0, Look.DIM), glyphs=self._desk.glyphs
        )

    def nothing(self) -> Sequence[Pieces]:
        """No part is called that."""
        return ((Piece("Nothing of a statement is called that.", Look.DIM),),)

    def choose(self, row: Part | None, typed: str) -> None:
        """Give the part."""
        if row is not None:
            self.dismiss(row)


def correct(screen: ItemDecisions, said: Sequence[Said]) -> None:
    """Ask which statement where there are several, what of it, and what it is; Esc leaves all as it was."""
    if len(said) == 1:
        _correct(screen, said[0])
        return

    def chosen(one: Said | None) -> None:
        if one is not None:
            _correct(screen, one)

    screen.app.push_screen(SaidPicker(screen.desk, said), chosen)


def _correct(screen: ItemDecisions, one: Said) -> None:
    desk, said = screen.desk, one.statement
    item = next(iter(items.get(desk.store, [one.item])), None)
    if item is None:
        screen.say("This item is no longer in the store.", warn=True)
        return
    read = corrections.readings(desk.store, [one.item])[one.item]
    story = screen.story_of(one.item)

    def keep(told: str, **details: str) -> None:
        place = {"where": said.cue.where.value, "start": str(said.cue.start)}
        # not `decide`: "." repeats the last decision on another item, whose words these are not
        desk.decide_all(told, [(Act.STANCE, [one.item], None, place | details)])

    def part(chosen: Part | None) -> None:
        if chosen is Part.STANCE:
            ask = StancePicker(desk, f"What does {in_title(said.words, desk.glyphs)} say?")
            screen.app.push_screen(ask, stanced)
        elif chosen is Part.SPEAKER:
            screen.app.push_screen(SpeakerPicker(desk, item, suggested(item, read, said.span)), spoken)
        elif chosen is Part.PARTY:
            asked = f"For whom does {one.who} speak?"
            screen.app.push_screen(SpeakerPicker(desk, item, parties_in(item, read), asked), sided)
        elif chosen is Part.TARGET:
            screen.app.push_screen(TargetPicker(desk, story), aimed)
        elif chosen is Part.WRONG:
            keep(f"Left out: {in_title(said.words, desk.glyphs)}", wrong="yes")
        elif chosen is Part.RIGHT:
            keep(f"Put back: {in_title(said.words, desk.glyphs)}", wrong="no")

    def stanced(stance: Stance | None) -> None:
        if stance is not None:
            keep(f"{one.who} {words.stance_word(stance)} now", stance=stance.value)

    def spoken(named: Named | None) -> None:
        if named is not None:
            party = named.party or named.name  # who speaks for no known party speaks for themselves
            keep(f"{named.name or 'Nobody named'} says it now", speaker=named.name, party=party)

    def sided(named: Named | None) -> None:
        if named is not None:
            party = named.party or named.name
            keep(f"{one.who} speaks for {party or 'no party'} now", party=party)

    def aimed(target: Target | None) -> None:
        if target is not None:
            keep(f"It is on {target_words(story)[target]} now", target=target.value)

    screen.app.push_screen(PartPicker(desk, one, story), part)

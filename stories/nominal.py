"""Claims by nouns: "Russian arms transfers to the Taliban", "attack on Kyiv by Moscow", "more arms for Kyiv"."""

from __future__ import annotations

from stories.actors import is_office
from stories.acts import Flow, Form, acts
from stories.clauses import Unit
from stories.evidence import Claim
from stories.item import Field, Span
from stories.roles import BY_PLACE, agent, behind, faced, held_at, imposer, owner, subject_of, whose
from stories.untold import compared, into_a_death, looked_into

_BESIDE = 6
"""Units within which "for" names who receives."""


def of_noun(row: list[Unit], index: int, where: Field) -> Claim | None:
    """A claim by a noun: "Russian arms transfers to the Taliban", "attack on Kyiv by Moscow"."""
    for told in row[index].nouns:
        frame = told
        if frame.family == "recognise" and any(
            unit.word in acts().material for unit in row[max(0, index - 2) : index]
        ):
            frame = acts().by_name["supply"]  # "Chinese military support for Russia": more than words
        goods = next(
            (unit.word for unit in row[max(0, index - 2) : index + 1] if unit.word in acts().goods), ""
        )
        if frame.flow is Flow.GIVE:
            if not goods:
                of = row[index + 1 : index + 5]
                goods = next((unit.word for unit in of if unit.word in acts().goods), "")
            if not goods:
                continue
            giver = owner(row, index) or behind(row, index + 1, ("from", "by"), "")
            # "Ukraine aid opened the floodgates for …": what a thing is for stands right behind it.
            receiver = behind(row, index + 1, ("to",), giver) or behind(
                row[: index + _BESIDE], index + 1, ("for",), giver
            )
            if not giver and "with" in (unit.word for unit in row[max(0, index - 3) : index]):
                giver = subject_of(
                    row, index, Form.PLAIN
                )  # "UK breaks taboo with first delivery of missiles to Kyiv"
        elif frame.flow is Flow.GET:
            giver = owner(row, index)
            receiver = behind(row, index + 1, ("from",), giver) or whose(row, index + 1, giver)
        else:
            giver = owner(row, index)
            towards = ("on", "against", "at", "of", "into", "for", *(("to",) if frame.mutual else ()))
            if frame.family == "sanction" or (frame.family == "attack" and _theirs(row, index, giver)):
                towards = (*towards, "in")  # "Israeli raids in the West Bank"
            if frame.family == "sanction":
                towards = (*towards, "to", "from")  # "restrictions on chip sales to China", "on imports from"
            elif frame.family == "recognise":
                towards = (*towards, "to", "with")
            receiver = behind(row, index + 1, towards, giver)
            if giver and not receiver:
                receiver = faced(row, index)
            if giver and not receiver and frame.family in BY_PLACE:
                # "EU eyes new Russia sanctions": whom they hit stands before them, who imposes at the front.
                whose_ban = imposer(row, index)
                giver, receiver = (whose_ban, giver) if whose_ban != giver else (giver, "")
            if not giver:
                giver = agent(row, index + 1)
            if frame.family == "arrest" and not receiver:
                giver, receiver = held_at(row, index, giver)
        if frame.family in ("attack", "sue") and looked_into(row, index):
            continue
        if frame.family == "sue" and into_a_death(row, index, receiver):
            continue
        if giver and receiver and giver != receiver:
            return Claim(
                actor=giver,
                action={"give": "supply", "fire": "attack"}.get(frame.name, frame.name),
                recipient=receiver,
                object=goods or row[index].word,
                span=Span(where, row[index].start, row[index].end),
            )
    return None


def _theirs(row: list[Unit], index: int, giver: str) -> bool:
    """Whether an attack is told as somebody's own: "Israeli raids", "Iran's raids"; a "Kremlin attack" hit it."""
    held = next((unit for unit in reversed(row[:index]) if unit.actor == giver), None)
    return held is not None and (held.owns or not held.country)


def of_goods(row: list[Unit], index: int, where: Field) -> Claim | None:
    """A claim by the thing alone: "Berlin announces more arms for Kyiv"; no "Iranian drones for Ukraine war"."""
    giver = owner(row, index)
    receiver = behind(row, index + 1, ("to", "for"), giver) if giver else ""
    held = next((at for at in range(index, len(row)) if receiver and row[at].actor == receiver), None)
    if held is None or compared(row, index) or not 1 <= held - index <= 4:
        return None
    follows = row[held + 1].word if held + 1 < len(row) else ""
    if row[held].adjective and not (row[held].owns or is_office(follows)):
        return None
    return Claim(giver, "supply", receiver, row[index].word, Span(where, row[index].start, row[index].end))

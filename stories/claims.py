"""Claims: actor → action → recipient, read from the headline and the lead by frames, and their direction.

Two claims point the same way or against each other when they are of one family ("supply") and name the
same two actors. "Russia arms the Taliban" and "Russia seeks arms from the Taliban" are opposite: what
counts is the way the thing goes, not who is the grammatical subject.

Mirror claims are told apart by the family. Where opposite directions are different deeds (supply, attack,
arrest), grouping keeps the stories apart and links them. Where they answer each other (families marked
``mutual``: accusations), "Moscow blames Kyiv for the drones" and "Kyiv blames Moscow" are two sides of one
event and share a story; `stories.sides` says which side an item leads with.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from enum import StrEnum

from stories.actors import is_known
from stories.acts import Flow, Form, Frame, Sense, acts
from stories.clauses import Part, Unit, is_determiner, units
from stories.evidence import Claim
from stories.item import Field, Item, Span
from stories.roles import (
    REACH,
    agent,
    antecedent,
    bare_object,
    behind,
    imposer,
    object_of,
    owner,
    subject_of,
    whose,
)
from stories.text import sentences

_MOST = 6
"""Claims kept of one item: the headline's and the lead's; later ones are background."""
_LEAD = 2_000
"""Characters of a text in which its lead is looked for."""
_BODY_SENTENCES = 8
"""Sentences read of a body without a summary: page furniture stands before many leads."""


class Direction(StrEnum):
    """How two items' claims point."""

    SAME = "same"
    OPPOSITE = "opposite"
    NEUTRAL = "neutral"
    """No answer: they share no two actors in one family."""


def claims(item: Item) -> tuple[Claim, ...]:
    """The claims of an item's headline and lead, in order of standing.

    Reads the title, two sentences of the summary and, when there is no summary, of the body.
    """
    found: list[Claim] = []
    said: set[tuple[str, str, str]] = set()
    at = item.published
    for where, text, start, end in _places(item):
        for claim in read_sentence(text, start, end, where, at):
            key = (claim.actor, claim.action, claim.recipient)
            if key not in said:
                said.add(key)
                found.append(claim)
                if len(found) == _MOST:
                    return tuple(found)
    return tuple(found)


def _places(item: Item) -> Iterator[tuple[Field, str, int, int]]:
    if item.title:
        yield Field.TITLE, item.title, 0, len(item.title)
    lead = Field.SUMMARY if item.summary else Field.BODY
    text = item.text(lead)[:_LEAD]
    most = 2 if item.summary else _BODY_SENTENCES
    for start, end in sentences(text)[:most]:
        yield lead, text, start, end


def read_sentence(text: str, start: int, end: int, where: Field, at: datetime | None) -> list[Claim]:
    """The claims of one sentence, in order."""
    row = units(text, start, end, at)
    if not any(unit.part is Part.ACTOR for unit in row):
        return []
    found = []
    played = any(unit.word in acts().scenes for unit in row)
    for index, unit in enumerate(row):
        claim = None
        if unit.part is Part.VERB:
            claim = _of_verb(row, index, where)
        if claim is None and unit.nouns:
            claim = _of_noun(row, index, where)
        if claim is not None and not (played and claim.action == "attack" and not _states(claim)):
            found.append(claim)
    return found


def _states(claim: Claim) -> bool:
    """Whether both actors are known ones, whose attacks are meant even where rain or a match is spoken of."""
    return is_known(claim.actor) and is_known(claim.recipient)


def _of_verb(row: list[Unit], index: int, where: Field) -> Claim | None:
    for sense in row[index].senses:
        after = index + 1
        if sense.particle:
            if after >= len(row) or row[after].word != sense.particle:
                continue
            after += 1
        elif sense.frame.flow is Flow.GET and after < len(row) and row[after].word == "to":
            continue  # "seeks to recover": a plan, nothing sought from anybody
        if sense.ambiguous and not _stands_as_verb(row, index):
            continue
        claim = _claim(row, index, after, sense, where)
        if claim is not None:
            return claim
    return None


def _stands_as_verb(row: list[Unit], index: int) -> bool:
    """Whether a form that is also a noun ("arms", "strikes") is a verb here, by its neighbours."""
    before = row[index - 1] if index else None
    after = row[index + 1] if index + 1 < len(row) else None
    if before is None or after is None:
        return False
    if before.word in ("to", "not") and row[index].word in {sense.lemma for sense in row[index].senses}:
        return True  # "warns China not to supply lethal aid"
    opened = before.part in (Part.ACTOR, Part.AUXILIARY) and not before.owns
    if before.part is Part.WORD and before.word.endswith("ly"):
        opened = True
    closed = after.part in (Part.ACTOR, Part.PRONOUN) or is_determiner(after)
    if not closed and row[index].senses[0].frame.flow is Flow.GIVE and after.word in acts().goods:
        closed = any(unit.word == "to" for unit in row[index + 2 : index + 6])  # "ships missiles to"
    return opened and closed


def _claim(row: list[Unit], index: int, after: int, sense: Sense, where: Field) -> Claim | None:
    frame = sense.frame
    if frame.family == "attack" and (penalty := _with_penalty(row, after)) is not None:
        frame = penalty
    goods = _goods_near(row, index, after)
    if frame.needs_goods and not goods:
        return None
    if frame.without_goods and goods:
        return None
    passive = sense.form is Form.PAST and _is_passive(row, index, after)
    subject = agent(row, after) if passive else subject_of(row, index, sense.form)
    if passive:
        other = subject_of(row, index, sense.form)
        if frame.flow is Flow.GIVE and (not frame.transitive or other == ""):
            other = behind(row, after, ("to", "for"), subject) or other
        elif frame.flow is Flow.GET:
            other = behind(row, after, ("from",), subject)
    else:
        # "turns to the Taliban for arms", "asks the Taliban for arms": after the particle, or before it.
        direct = bare_object(row, after) or bare_object(row, index + 1)
        other = object_of(row, after, frame, subject, direct, antecedent(row, index, subject))
    return _make(frame, sense, subject, other, goods, row[index], where, row, after)


def _with_penalty(row: list[Unit], after: int) -> Frame | None:
    """The frame of sanctions in "hits Russia with more sanctions"; None when nothing of the kind follows."""
    for at in range(after, min(len(row), after + 5)):
        if row[at].word == "with":
            held = (frame for unit in row[at + 1 : at + 6] for frame in unit.nouns)
            return next((frame for frame in held if frame.family == "sanction"), None)
    return None


def _make(
    frame: Frame,
    sense: Sense | None,
    subject: str,
    other: str,
    goods: str,
    unit: Unit,
    where: Field,
    row: list[Unit],
    after: int,
) -> Claim | None:
    if not subject and frame.flow is Flow.GIVE:
        subject = behind(row, after, ("from",), other)
    if not subject or subject == other:
        return None
    if not other and frame.flow is Flow.ACT:
        return None
    return Claim(
        actor=subject,
        action={"give": "supply", "fire": "attack"}.get(frame.name, frame.name),
        recipient=other,
        object=goods,
        span=Span(where, row[0].start if unit is row[0] else unit.start, unit.end),
    )


def _goods_near(row: list[Unit], index: int, after: int) -> str:
    """The thing given or sought, in the item's words; empty when none is near."""
    goods = acts().goods
    for at, unit in enumerate(row[after : after + REACH], after):
        if unit.part is Part.MARK and unit.word not in "'’‘\"“”":
            break
        if unit.part is Part.PREPOSITION and unit.word not in ("of", "with", "from", "to", "for"):
            break
        if unit.word in goods:
            # "lethal arms", "Leopard 2 tanks": the thing, not what it is like or how it is called.
            next_words = [each.word for each in row[at + 1 : at + 3]]
            if next_words and next_words[0].isdigit():
                next_words = next_words[1:]
            return next_words[0] if next_words and next_words[0] in goods else unit.word
    for unit in reversed(row[max(0, index - 5) : index]):
        if unit.word in goods:
            return unit.word
    return ""


def _is_passive(row: list[Unit], index: int, after: int) -> bool:
    lexicon = acts()
    for unit in reversed(row[max(0, index - 3) : index]):
        if unit.word in lexicon.passives:
            return True
        if unit.part not in (Part.WORD, Part.AUXILIARY) or not unit.word.endswith(
            ("ly", "not", "been", "being")
        ):
            break
    if bare_object(row, after):
        return False
    follows = row[after] if after < len(row) else None
    # "Briton arrested in Iran", "Qatar accused of bribes": a bare participle, its agent is not told.
    bare = follows is None or (
        follows.part is Part.PREPOSITION and follows.word not in ("on", "at", "against", "to")
    )
    return bool(agent(row, after)) or (bare and row[index].senses[0].frame.flow is Flow.ACT)


def _of_noun(row: list[Unit], index: int, where: Field) -> Claim | None:
    """A claim by a noun: "Russian arms transfers to the Taliban", "attack on Kyiv by Moscow"."""
    for frame in row[index].nouns:
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
            receiver = behind(row, index + 1, ("to", "for"), giver)
        elif frame.flow is Flow.GET:
            giver = owner(row, index)
            receiver = behind(row, index + 1, ("from",), giver) or whose(row, index + 1, giver)
        else:
            giver = owner(row, index)
            towards = ("on", "against", "at", "of", "into", "for", *(("to",) if frame.mutual else ()))
            receiver = behind(row, index + 1, towards, giver)
            if giver and not receiver and frame.family == "sanction":
                # "EU eyes new Russia sanctions": whom they hit stands before them, who imposes at the front.
                whose_ban = imposer(row, index)
                giver, receiver = (whose_ban, giver) if whose_ban != giver else (giver, "")
            if not giver:
                giver = agent(row, index + 1)
        if giver and receiver and giver != receiver:
            return Claim(
                actor=giver,
                action={"give": "supply", "fire": "attack"}.get(frame.name, frame.name),
                recipient=receiver,
                object=goods or row[index].word,
                span=Span(where, row[index].start, row[index].end),
            )
    return None


def flow(claim: Claim) -> tuple[str, str, str] | None:
    """(family, from, to): which way the thing or the act goes; None when only one actor is known."""
    if not claim.actor or not claim.recipient:
        return None
    frame = acts().by_name.get(claim.action)
    if frame is None:
        return None
    if frame.flow is Flow.GET:
        return frame.family, claim.recipient, claim.actor
    return frame.family, claim.actor, claim.recipient


def direction(a: Sequence[Claim], b: Sequence[Claim]) -> Direction:
    """Whether two items' claims point the same way, against each other, or share no comparable claim.

    The first claim of ``a`` that meets a claim of ``b`` decides, since claims stand in order of standing.
    """
    for first in a:
        here = flow(first)
        if here is None:
            continue
        for second in b:
            there = flow(second)
            if there is None or here[0] != there[0]:
                continue
            if here == there:
                return Direction.SAME
            if here[1:] == (there[2], there[1]):
                return Direction.OPPOSITE
    return Direction.NEUTRAL

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

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from itertools import pairwise

from stories.actors import is_known
from stories.acts import Flow, Form, Frame, Sense, acts
from stories.captions import captions
from stories.clauses import Part, Unit, is_determiner, tells_of_acts, units
from stories.evidence import Claim
from stories.giving import given
from stories.item import Field, Item, Span
from stories.nominal import of_goods, of_noun
from stories.roles import (
    BY_PLACE,
    REACH,
    agent,
    antecedent,
    bare_object,
    behind,
    object_of,
    subject_of,
)
from stories.text import first_sentences, sentences, within
from stories.untold import downed, is_asked, refused, untold

_MOST = 6
"""Claims kept of one item: the headline's and the lead's; later ones are background."""
_LEAD = 2_000
"""Characters of a text in which its lead is looked for."""
_BODY_SENTENCES = 8
"""Sentences read of a body without a summary: page furniture stands before many leads."""
_QUOTES = "'’‘\"“”"
_SAID = frozenset({"claim", "claims", "report", "reports", "rumors", "rumours", "suggestions", "allegations"})
"""What is shot down or hit in words alone."""
_MONEY = re.compile(r"[\d.,]+(?:k|m|b|bn)")


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
        held = read_sentence(text, start, end, where, at)
        if not held and where is Field.TITLE and (other := given(text, start, end, where, at)) is not None:
            held = [other]
        for claim in held:
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
    shown = captions(text)
    told = [each for each in sentences(text) if within(shown, each[0]) is None] if shown else None
    for start, end in first_sentences(text, most) if told is None else told[:most]:
        yield lead, text, start, end


def read_sentence(text: str, start: int, end: int, where: Field, at: datetime | None) -> list[Claim]:
    """The claims of one sentence, in order."""
    if not tells_of_acts(text, start, end):
        return []
    row = units(text, start, end, at)
    parts = {unit.part for unit in row}
    if Part.ACTOR not in parts:
        return []
    found = []
    if is_asked(row, text[start:end]):
        return []
    played = not acts().scenes.isdisjoint([unit.word for unit in row])
    for index, unit in enumerate(row):
        claim = None
        if unit.part is Part.VERB:
            claim = _of_verb(row, index, where)
        if claim is None and unit.nouns:
            claim = of_noun(row, index, where)
        if claim is None and unit.part is Part.GOODS:
            claim = of_goods(row, index, where)
        if claim is not None and refused(row, index):
            continue
        if claim is not None and not (played and claim.action == "attack" and not _states(claim)):
            found.append(claim)
            found.extend(_shared(row, index, claim))
    return found


def _shared(row: list[Unit], index: int, claim: Claim) -> Iterator[Claim]:
    """The same claim of those named beside its actors ("US, South Korea threaten", "warns Taiwan and the US")."""
    named = {unit.actor: at for at, unit in reversed(list(enumerate(row[index:], index))) if unit.actor}
    at = named.get(claim.recipient, len(row))
    # An apposition tells whose somebody unknown is: "frees Saad Almadi, US citizen".
    likewise = at < len(row) and (row[at].adjective or not is_known(claim.recipient))
    other = _next(row, at + 1, adjective=likewise)
    if other is not None and is_known(other.actor) and other.actor not in (claim.actor, claim.recipient):
        yield replace(claim, recipient=other.actor)
    pair = len(row) > 2 and row[1].word in (",", "and", "&") and row[2].actor == claim.actor and index > 2
    if pair and is_known(row[0].actor) and not row[0].owns and row[0].actor != claim.recipient:
        yield replace(claim, actor=row[0].actor)


def _next(row: list[Unit], at: int, *, adjective: bool) -> Unit | None:
    """The actor joined on by "and" or a comma; None where a new clause begins with it."""
    if at >= len(row) or row[at].word not in ("and", "&", ","):
        return None
    at += 1
    while at < len(row) and is_determiner(row[at]):
        at += 1
    if at >= len(row) or row[at].part is not Part.ACTOR or (row[at].adjective and not adjective):
        return None
    follows = row[at + 1].part if at + 1 < len(row) else Part.MARK
    return None if follows in (Part.VERB, Part.AUXILIARY, Part.SAYER) else row[at]


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
    plain = [unit for unit in row if unit.word not in _QUOTES]
    index = plain.index(row[index])
    row = plain
    before = row[index - 1] if index else None
    after = row[index + 1] if index + 1 < len(row) else None
    if before is None or after is None:
        return False
    if before.word in ("to", "not") and row[index].word in {sense.lemma for sense in row[index].senses}:
        return True  # "warns China not to supply lethal aid"
    opened = before.part in (Part.ACTOR, Part.AUXILIARY) and not before.owns
    if before.word == "and" and index > 1:
        opened = row[index - 2].part is Part.VERB  # "pardons and releases two Americans"
    if before.part is Part.WORD:  # "openly arms", "US commandos capture"
        opened = before.word.endswith("ly") or (index > 1 and row[index - 2].adjective)
    closed = after.part in (Part.ACTOR, Part.PRONOUN) or is_determiner(after)
    if not closed and after.part is Part.WORD and index + 2 < len(row):
        closed = row[index + 2].adjective  # "sanctions prominent Turkish businessman"
    if row[index].word in (
        "ban",
        "bans",
        "bar",
        "block",
    ):  # the noun is followed by "on", or by a verb of its own
        closed = closed or bool(after.nouns) or after.part in (Part.WORD, Part.GOODS)
    giving = row[index].senses[0].frame
    noun = giving.transitive and bool(after.nouns)  # "Western arms supplies to Ukraine"
    if not closed and not noun and giving.flow is Flow.GIVE and after.word in acts().goods:
        closed = any(unit.word == "to" for unit in row[index + 2 : index + 6])  # "ships missiles to"
    return opened and closed


def _claim(row: list[Unit], index: int, after: int, sense: Sense, where: Field) -> Claim | None:
    frame = sense.frame
    if frame.family == "accuse" and index and row[index - 1].word == "," and sense.lemma == "warn":
        return None  # "China takes steps, warns Trudeau" and "Iran arms Russia, warns Israel" look alike
    if frame.family == "attack" and (penalty := _with_penalty(row, index, after)) is not None:
        frame = penalty
    if frame.family == "attack" and (_in_words(row, after) or _criticised(row, index, after)):
        frame = acts().by_name["accuse"]  # "US shoots down Iranian claims"
    goods = _goods_near(row, index, after)
    if frame.needs_goods and not goods:
        return None
    if frame.without_goods and goods:
        return None
    past = sense.form is Form.PAST or row[index].word == "hit"  # "plant hit in Russian strikes"
    passive = past and _is_passive(row, index, after)
    if passive and frame.family == "arrest" and index and row[index - 1].word in acts().goods:
        return None  # "weapons seized by the Taliban": nobody is arrested
    subject = agent(row, after) if passive else subject_of(row, index, sense.form)
    if passive:
        other = subject_of(row, index, sense.form)
        if frame.flow is Flow.GIVE and (not frame.transitive or other == ""):
            other = behind(row, after, ("to", "for"), subject) or other
        elif frame.flow is Flow.GET:
            other = behind(row, after, ("from",), subject)
    else:
        # "turns to the Taliban for arms", "asks the Taliban for arms": after the particle, or before it.
        gerund = sense.form is Form.ING
        direct = bare_object(row, after, gerund=gerund) or bare_object(row, index + 1, gerund=gerund)
        other = object_of(row, after, frame, subject, direct, antecedent(row, index, subject))
    if passive and not subject and frame.family in BY_PLACE:
        subject = behind(row, after, BY_PLACE[frame.family], other)
    if frame.family == "attack" and (
        downed(row, index, passive=passive) or untold(row, index, after, subject, other, passive=passive)
    ):
        return None
    return _make(frame, sense, subject, other, goods, row[index], where, row, after)


_HARSH = frozenset({"attack", "attacks", "attacked", "hit", "hits", "targets", "pounds"})
_REACH = 8


def _in_words(row: list[Unit], after: int) -> bool:
    """Whether what is hit is only said ("shoots down Iranian claims")."""
    for unit in row[after : after + 5]:
        if unit.word in _SAID:
            return True
        if unit.part is Part.MARK or unit.country:
            return False
    return False


def _criticised(row: list[Unit], index: int, after: int) -> bool:
    """Whether an attack is in words by what it is over ("Roe attacks ministers over taxes", "hits the firm for refusing")."""
    if row[index].word not in _HARSH or any(unit.country for unit in row[:index]):
        return False
    rest = row[after : after + _REACH]
    return any(
        unit.word == "over" or (unit.word == "for" and follows.word.endswith("ing"))
        for unit, follows in pairwise(rest)
    )


def _with_penalty(row: list[Unit], index: int, after: int) -> Frame | None:
    """The frame of sanctions in "sanctions hit Russia", "hits Russia with more sanctions"; None when none are near."""
    before = next((frame for frame in row[index - 1].nouns if frame.family == "sanction"), None)
    if index and before is not None:
        return before
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
        object="" if frame.family == "recognise" else goods,
        span=Span(where, row[0].start if unit is row[0] else unit.start, unit.end),
    )


def _goods_near(row: list[Unit], index: int, after: int) -> str:
    """The thing given or sought, in the item's words; empty when none is near."""
    goods = acts().goods
    for at, unit in enumerate(row[after : after + REACH], after):
        if unit.part is Part.MARK and unit.word not in _QUOTES:
            break
        if unit.part is Part.PREPOSITION and unit.word not in ("of", "with", "from", "to", "for"):
            break
        if _MONEY.fullmatch(unit.word):
            return unit.word
        if unit.word in goods:
            if any(each.word in acts().papers for each in row[at + 1 : at + 3]):
                return ""
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
    after += after < len(row) and row[after].word in ("captive", "hostage")
    follows = row[after] if after < len(row) else None
    # "Briton arrested in Iran", "Qatar accused of bribes": a bare participle, its agent is not told.
    family = row[index].senses[0].frame.family
    bare = follows is None or (
        follows.part is Part.PREPOSITION
        and (
            follows.word not in ("on", "at", "against", "to") or (follows.word == "on" and family == "arrest")
        )
    )
    return bool(agent(row, after)) or (bare and row[index].senses[0].frame.flow is Flow.ACT)


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

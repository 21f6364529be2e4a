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

from stories.actors import is_office
from stories.acts import Flow, Form, Frame, Sense, acts
from stories.clauses import Part, Unit, is_determiner, units
from stories.evidence import Claim
from stories.item import Field, Item, Span
from stories.text import sentences

_MOST = 6
"""Claims kept of one item: the headline's and the lead's; later ones are background."""
_LEAD = 2_000
"""Characters of a text in which its lead is looked for."""
_BODY_SENTENCES = 8
"""Sentences read of a body without a summary: page furniture stands before many leads."""
_REACH = 9
"""Units after a verb in which its recipient is looked for; headlines are rarely longer."""


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
    for index, unit in enumerate(row):
        claim = None
        if unit.part is Part.VERB:
            claim = _of_verb(row, index, where)
        if claim is None and unit.nouns:
            claim = _of_noun(row, index, where)
        if claim is not None:
            found.append(claim)
    return found


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
    subject = _by_actor(row, after) if passive else _subject(row, index, sense.form)
    if passive:
        other = _subject(row, index, sense.form)
        if frame.flow is Flow.GIVE and (not frame.transitive or other == ""):
            other = _after(row, after, ("to", "for"), subject) or other
        elif frame.flow is Flow.GET:
            other = _after(row, after, ("from",), subject)
    else:
        # "turns to the Taliban for arms", "asks the Taliban for arms": after the particle, or before it.
        direct = _direct(row, after) or _direct(row, index + 1)
        other = _object(row, after, frame, subject, direct, _antecedents(row, index, subject))
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
        subject = _after(row, after, ("from",), other)
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
    for at, unit in enumerate(row[after : after + _REACH], after):
        if unit.part is Part.MARK and unit.word not in "'’‘\"“”":
            break
        if unit.part is Part.PREPOSITION and unit.word not in ("of", "with", "from", "to", "for"):
            break
        if unit.word in goods:
            behind = row[at + 1].word if at + 1 < len(row) else ""
            return behind if behind in goods else unit.word  # "lethal arms": the thing, not what it is like
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
    if _direct(row, after):
        return False
    follows = row[after] if after < len(row) else None
    # "Briton arrested in Iran", "Qatar accused of bribes": a bare participle, its agent is not told.
    bare = follows is None or (
        follows.part is Part.PREPOSITION and follows.word not in ("on", "at", "against", "to")
    )
    return bool(_by_actor(row, after)) or (bare and row[index].senses[0].frame.flow is Flow.ACT)


def _by_actor(row: list[Unit], after: int) -> str:
    """The actor after "by", before the clause ends."""
    for at in range(after, min(len(row), after + _REACH)):
        if row[at].word == "by":
            return next((unit.actor for unit in row[at + 1 : at + 5] if unit.actor), "")
        if row[at].word in ("in", "after", "as") and (actor := _attacker(row, at + 1)):
            return actor
        if row[at].part is Part.BREAK:
            return ""
    return ""


def _attacker(row: list[Unit], after: int) -> str:
    """Whose attack it is in "killed in an Israeli raid", "wounded after Israeli forces storm …"."""
    for at in range(after, min(len(row), after + 3)):
        if row[at].part is Part.ACTOR:
            acted = any(
                frame.family == "attack"
                for unit in row[at + 1 : at + 4]
                for frame in (*unit.nouns, *(sense.frame for sense in unit.senses))
            )
            return row[at].actor if acted else ""
        if row[at].part not in (Part.WORD, Part.GOODS):
            return ""
    return ""


def _subject(row: list[Unit], index: int, form: Form) -> str:
    """The nearest actor to the left that can act: not one behind a preposition, not across a clause."""
    fallback = ""
    crossed = 0
    at = index - 1
    if form is Form.ING and at >= 0 and row[at].word == "about":
        return ""  # "a report about arming the Taliban" does not say who arms
    while at >= 0:
        unit = row[at]
        if (
            unit.part is Part.BREAK
            and unit.word not in ("and", "who", "that", "which")
            and form is not Form.ING
            and not is_office(row[at + 1].word)  # "Moldova: airspace closed after President accuses Russia"
        ):
            return fallback
        if unit.part is Part.VERB:
            crossed += 1
            if crossed > 2:
                return fallback
        if unit.word == "it" and at and row[at - 1].part is not Part.VERB:
            # "Belarus says it downed …", "China knocks US over claims it considers …": the sentence's own actor.
            return next((each.actor for each in row[:at] if each.actor), fallback)
        if unit.part is Part.ACTOR:
            before = _governor(row, at)
            if before == "":
                return unit.actor
            if before == "of" and not fallback:
                fallback = unit.actor
        at -= 1
    return fallback


def _governor(row: list[Unit], at: int) -> str:
    """The preposition an actor hangs on, over its determiner and adjectives; empty when none."""
    if at + 1 < len(row) and row[at + 1].word == "to" and at and row[at - 1].word in ("for", "of"):
        return ""  # "a mistake for China to provide weapons"
    for unit in reversed(row[max(0, at - 3) : at]):
        if unit.part is Part.BREAK:
            return ""
        if unit.part is Part.PREPOSITION:
            return "" if unit.word == "to" and unit is row[0] else unit.word
        if unit.part is not Part.WORD and not is_determiner(unit):
            return ""
    return ""


def _antecedents(row: list[Unit], index: int, subject: str) -> str:
    return next((unit.actor for unit in reversed(row[:index]) if unit.actor and unit.actor != subject), "")


def _direct(row: list[Unit], after: int) -> str:
    """The actor that stands as bare object right after a verb."""
    for at, unit in enumerate(row[after : after + 4], after):
        if unit.part is Part.ACTOR:
            follows = row[at + 1] if at + 1 < len(row) else None
            if follows is not None and follows.part is Part.AUXILIARY and follows.word not in ("to", "not"):
                return ""  # "warns Australia could face war": the subject of what follows
            return "" if unit.adjective else unit.actor
        if unit.part is Part.PREPOSITION or unit.part in (Part.BREAK, Part.VERB, Part.GOODS):
            return ""
        if unit.part is Part.MARK and unit.word not in "'’‘\"“”":
            return ""
    return ""


def _after(row: list[Unit], after: int, prepositions: tuple[str, ...], subject: str) -> str:
    """The actor behind one of these prepositions, before the clause ends."""
    for at in range(after, min(len(row), after + _REACH + 3)):
        unit = row[at]
        if unit.part is Part.BREAK and unit.word != "and":
            return ""
        if unit.word in prepositions:
            for held in row[at + 1 : at + 5]:
                if held.actor and held.actor != subject:
                    return held.actor
                if held.part in (Part.PREPOSITION, Part.BREAK, Part.VERB):
                    break
    return ""


def _object(row: list[Unit], after: int, frame: Frame, subject: str, direct: str, earlier: str) -> str:
    pronoun = after < len(row) and row[after].part is Part.PRONOUN
    if frame.flow is Flow.GIVE:
        if pronoun and frame.transitive:
            return earlier
        if frame.transitive and direct and direct != subject:
            return direct
        return (
            _after(row, after, ("to",), subject)
            or _given(row, after, subject)
            or (direct if direct != subject else "")
            or _after(row, after, ("for",), subject)
            or (earlier if pronoun else "")
        )
    if frame.flow is Flow.GET:
        # "negotiates with the Taliban for arms": with whom one bargains is the source.
        source = ("from", "with") if frame.name == "seek" else ("from",)
        other = _after(row, after, source, subject)
        if other:
            return other
        if direct and direct != subject:
            return direct
        # "buys Russian gas": what is got is the people's own.
        owned = next(
            (unit for unit in row[after : after + 4] if unit.part is Part.ACTOR and unit.adjective), None
        )
        return owned.actor if owned and owned.actor != subject else ""
    if direct and direct != subject:
        return direct
    if pronoun:
        return earlier
    # Beyond the bare object only what an act goes against: "fires missiles at", "imposes a ban on".
    hung = False
    for unit in row[after : after + _REACH]:
        if unit.part is Part.BREAK or (unit.part is Part.MARK and unit.word in ",;:—–"):
            return ""
        if unit.part is Part.PREPOSITION:
            hung = True
            if unit.word not in ("on", "at", "against", "into", "of", "towards", "toward", "with"):
                return ""
        elif unit.part is Part.VERB and not hung and unit.word.endswith("ing"):
            return ""
        elif unit.actor and unit.actor != subject:
            follows = row[row.index(unit) + 1 : row.index(unit) + 2]
            clause = (
                bool(follows) and follows[0].part is Part.AUXILIARY and follows[0].word not in ("to", "not")
            )
            return "" if clause else unit.actor
    return ""


def _given(row: list[Unit], after: int, subject: str) -> str:
    """Whom a thing is given to when both stand bare: "sends Ukraine tanks" (but "sends Russian tanks")."""
    first = next((unit for unit in row[after : after + 2] if unit.part is Part.ACTOR), None)
    return first.actor if first and first.country and not first.owns and first.actor != subject else ""


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
            giver = _owner(row, index) or _after(row, index + 1, ("from", "by"), "")
            receiver = _after(row, index + 1, ("to", "for"), giver)
        elif frame.flow is Flow.GET:
            giver = _owner(row, index)
            receiver = _after(row, index + 1, ("from",), giver) or _whose(row, index + 1, giver)
        else:
            giver = _owner(row, index)
            towards = ("on", "against", "at", "of", "into", "for", *(("to",) if frame.mutual else ()))
            receiver = _after(row, index + 1, towards, giver)
            if giver and not receiver and frame.family == "sanction":
                # "EU eyes new Russia sanctions": whom they hit stands before them, who imposes at the front.
                imposer = _imposer(row, index)
                giver, receiver = (imposer, giver) if imposer != giver else (giver, "")
            if not giver:
                giver = _by_actor(row, index + 1)
        if giver and receiver and giver != receiver:
            return Claim(
                actor=giver,
                action={"give": "supply", "fire": "attack"}.get(frame.name, frame.name),
                recipient=receiver,
                object=goods or row[index].word,
                span=Span(where, row[index].start, row[index].end),
            )
    return None


def _whose(row: list[Unit], after: int, taker: str) -> str:
    """Whose goods are got: "imports of Russian uranium"."""
    for unit in row[after : after + 4]:
        if unit.part is Part.ACTOR and unit.actor != taker:
            return unit.actor
        if unit.part in (Part.BREAK, Part.MARK, Part.VERB) or unit.word in ("to", "for", "by", "in"):
            return ""
    return ""


def _imposer(row: list[Unit], index: int) -> str:
    held = next((at for at in range(index - 1, max(-1, index - 3), -1) if row[at].part is Part.ACTOR), None)
    return _owner(row, held) if held is not None and row[held - 1].word in acts().enactors else ""


def _owner(row: list[Unit], index: int) -> str:
    """Whose act a noun is: the adjective or possessive before it ("Russian strike", "Iran's attack")."""
    enactors, strange = acts().enactors, 0
    for at in range(index - 1, max(-1, index - 9), -1):
        unit = row[at]
        if unit.part is Part.ACTOR:
            return "" if strange and not _enacts(row, at, index) else unit.actor
        if unit.word == "of" or (unit.part is Part.PREPOSITION and at and row[at - 1].word in enactors):
            continue  # "a wave of strikes", "agrees on sanctions against"
        if unit.part in (Part.PREPOSITION, Part.BREAK, Part.MARK, Part.SAYER) and unit.word not in enactors:
            return ""
        if unit.part is Part.VERB and unit.word not in enactors and unit.word not in acts().goods:
            return ""
        if unit.part is Part.WORD and unit.word not in enactors and not is_determiner(unit):
            strange += 1
            if strange > 2:
                return ""
    return ""


def _enacts(row: list[Unit], at: int, index: int) -> bool:
    """Whether a word between an actor and a noun says that the act is the actor's, or nothing but adjectives do."""
    between = row[at + 1 : index]
    return any(unit.word in acts().enactors for unit in between) or len(between) <= 2


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

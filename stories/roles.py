"""Who acts and who receives, around a verb or a noun in a sentence's units (`stories.clauses`)."""

from __future__ import annotations

from stories.actors import is_office
from stories.acts import Flow, Form, Frame, acts
from stories.clauses import Part, Unit, is_determiner

REACH = 9
"""Units after a verb in which its recipient is looked for; headlines are rarely longer."""


def agent(row: list[Unit], after: int) -> str:
    """The actor after "by", before the clause ends."""
    for at in range(after, min(len(row), after + REACH)):
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


def subject_of(row: list[Unit], index: int, form: Form) -> str:
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


def antecedent(row: list[Unit], index: int, subject: str) -> str:
    """Whom a pronoun can mean: the nearest actor before it that is not the subject."""
    return next((unit.actor for unit in reversed(row[:index]) if unit.actor and unit.actor != subject), "")


def bare_object(row: list[Unit], after: int) -> str:
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


def behind(row: list[Unit], after: int, prepositions: tuple[str, ...], subject: str) -> str:
    """The actor behind one of these prepositions, before the clause ends."""
    for at in range(after, min(len(row), after + REACH + 3)):
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


def object_of(row: list[Unit], after: int, frame: Frame, subject: str, direct: str, earlier: str) -> str:
    """Who receives, is asked, or is acted upon, by the way the frame points; empty when the words do not say."""
    pronoun = after < len(row) and row[after].part is Part.PRONOUN
    if frame.flow is Flow.GIVE:
        if pronoun and frame.transitive:
            return earlier
        if frame.transitive and direct and direct != subject:
            return direct
        return (
            behind(row, after, ("to",), subject)
            or _given(row, after, subject)
            or (direct if direct != subject else "")
            or behind(row, after, ("for",), subject)
            or (earlier if pronoun else "")
        )
    if frame.flow is Flow.GET:
        # "negotiates with the Taliban for arms": with whom one bargains is the source.
        source = ("from", "with") if frame.name == "seek" else ("from",)
        other = behind(row, after, source, subject)
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
    for unit in row[after : after + REACH]:
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


def whose(row: list[Unit], after: int, taker: str) -> str:
    """Whose goods are got: "imports of Russian uranium"."""
    for unit in row[after : after + 4]:
        if unit.part is Part.ACTOR and unit.actor != taker:
            return unit.actor
        if unit.part in (Part.BREAK, Part.MARK, Part.VERB) or unit.word in ("to", "for", "by", "in"):
            return ""
    return ""


def imposer(row: list[Unit], index: int) -> str:
    """Who imposes, where the actor before the noun is the one it hits ("EU eyes new Russia sanctions")."""
    held = next((at for at in range(index - 1, max(-1, index - 3), -1) if row[at].part is Part.ACTOR), None)
    return owner(row, held) if held is not None and row[held - 1].word in acts().enactors else ""


def owner(row: list[Unit], index: int) -> str:
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

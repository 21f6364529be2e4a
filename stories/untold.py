"""Acts that a sentence doesn't tell of its actors, though their names stand around the word for it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from stories.acts import acts
from stories.clauses import Part, Unit, is_determiner
from stories.phrase import grammar

_FIRED = frozenset(
    {
        "fire",
        "fires",
        "fired",
        "firing",
        "launch",
        "launches",
        "launched",
        "shoots",
        "shot",
        "test",
        "tests",
        "tested",
    }
)
_OUT_OF_REACH = frozenset(
    {
        "capable",
        "able",
        "reach",
        "reaching",
        "test",
        "tests",
        "test-fires",
        "range",
        "threatens",
        "threatening",
        "summit",
        "drills",
    }
)
"""Between a launch and a name these say that nothing was fired at it ("capable of reaching Peru")."""
_INQUIRIES = frozenset(
    {
        "probe",
        "probes",
        "investigation",
        "investigations",
        "inquiry",
        "trial",
        "case",
        "lawsuit",
        "into",
        "over",
    }
)
_DEATHS = frozenset(
    {
        "killing",
        "killings",
        "death",
        "deaths",
        "murder",
        "shooting",
        "slaying",
        "assassination",
        "disappearance",
        "attack",
        "bombing",
    }
)
_COMPARING = ("compar", "liken", "equat")
_REFUSED = re.compile(
    r"\b(?:won't|wouldn't|(?:will|would|shall)(?: also| still| now| \w+ly)? (?:not|never|no longer)|refus\w+ to|declin\w+ to"
    r"|(?:choos\w+|chosen?|decid\w+|opt\w*|vow\w*|promis\w+|pledg\w+|agree\w*) not to|(?<!not )(?<!n't )rul(?:e|es|ed|ing) out"
    r"|no (?:plans?|intention|way)\b(?: \w+){0,4}|(?:not|n't) (?:going|planning|ready|willing|prepared) to)"
    r"(?: (?:be|been|have|just|simply|even|ever|yet|['‘’]|\w+ly))*$"
)
"""What before an act says that it won't be, by its end; what is denied ("is not arming", "denies arming") was alleged."""
_REFUSING = 9
"""Units before an act in which it is refused."""
_WHETHER = frozenset({"will", "would", "should", "can", "must"})
"""First words of a question whether something is going to be."""
_INTERCEPTING = frozenset({"intercept", "intercepts", "intercepted", "intercepting"})
_DOWNING = frozenset({"downs", "downed", "downing"})
_SHOOTING = frozenset({"shoot", "shoots", "shot", "shooting", "brings", "brought", "takes", "took"})
_UNMANNED = re.compile(r"(?:drone|uav|missile|rocket|balloon|object|projectile|airship|ufo|craft|spycraft)s?")
_FLYING = re.compile(
    rf"{_UNMANNED.pattern}|(?:plane|warplane|airplane|aircraft|jet|bomber|fighter|helicopter)s?"
)


def untold(row: Sequence[Unit], index: int, after: int, subject: str, other: str, *, passive: bool) -> bool:
    """Whether an attack that a verb seems to tell is none of its actor's on the other.

    A private person's deed is not their country's ("French hunter who shot a Briton"), and what is only fired or
    tested isn't fired at whoever is named behind.
    """
    if looked_into(row, index):
        return True
    if not passive and any(_private(row, at, subject) for at in range(index)):
        return True
    if row[index].word not in _FIRED:
        return False
    held = next((at for at in range(after, len(row)) if row[at].actor == other), after)
    return any(unit.word in _OUT_OF_REACH for unit in row[after:held])


def refused(row: Sequence[Unit], index: int) -> bool:
    """Whether a sentence says of an act that it won't be ("will not send", "refuses to impose sanctions on")."""
    starts = [index]
    if row[index].part is not Part.VERB:
        for at in range(index - 1, max(-1, index - 4), -1):
            if row[at].word in acts().enactors:
                starts.append(at)
            elif not is_determiner(row[at]) and row[at].part not in (Part.WORD, Part.GOODS):
                break
    return any(
        _REFUSED.search(" ".join(unit.word for unit in row[max(0, at - _REFUSING) : at])) for at in starts
    )


def is_asked(row: Sequence[Unit], sentence: str) -> bool:
    """Whether a sentence only asks if something is going to be ("Should Chile send Peru tanks?")."""
    return row[0].word in _WHETHER and sentence.rstrip("'’\"” ").endswith("?")


def downed(row: Sequence[Unit], index: int, *, passive: bool) -> bool:
    """Whether what flies is stopped ("Chile downs Peruvian drone over Bolivia"), which attacks nobody's country.

    Whoever intercepts a plane only meets it; whoever shoots one down attacks those in it.
    """
    word = row[index].word
    down = word in _SHOOTING and index + 1 < len(row) and row[index + 1].word == "down"
    if not down and word not in _DOWNING and word not in _INTERCEPTING:
        return False
    flying = _FLYING if word in _INTERCEPTING else _UNMANNED
    if passive:
        return any(flying.fullmatch(unit.word) for unit in row[max(0, index - 6) : index])
    for unit in row[index + 1 : index + 9]:
        if flying.fullmatch(unit.word):
            return True
        if unit.part is Part.BREAK or (unit.part is Part.PREPOSITION and unit.word != "of"):
            return False
    return False


def _private(row: Sequence[Unit], at: int, actor: str) -> bool:
    """Whether a country's name only says where a person is from, or lives ("a French hunter", "a hunter in France")."""
    if row[at].actor != actor or (row[at].country and not (at and row[at - 1].word == "in")):
        return False
    persons = grammar("kin", "private", "persons")
    if row[at].country:
        return at > 1 and row[at - 2].word in persons
    return any(unit.word in persons for unit in row[at + 1 : at + 3])


def looked_into(row: Sequence[Unit], index: int) -> bool:
    """Whether a noun's act is what somebody only looks into ("US probe into the killing of Ada Roe")."""
    before = row[max(0, index - 3) : index]
    return (
        row[index].word in _DEATHS
        and any(unit.word in _INQUIRIES for unit in before)
        and not before[-1].actor
    )


def into_a_death(row: Sequence[Unit], index: int, receiver: str) -> bool:
    """Whether an inquiry is into what happened to somebody, who is no party that it is held against."""
    held = next((at for at in range(index, len(row)) if row[at].actor == receiver), index)
    return any(unit.word in _DEATHS for unit in row[index + 1 : held + 2])


def compared(row: Sequence[Unit], index: int) -> bool:
    """Whether things are only likened to others ("a post comparing Chilean troops to pirates")."""
    return any(unit.word.startswith(_COMPARING) for unit in row[:index])

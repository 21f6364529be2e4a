"""Acts that a sentence doesn't tell of its actors, though their names stand around the word for it."""

from __future__ import annotations

from collections.abc import Sequence

from stories.clauses import Unit
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

"""Names that only hold a known one: another's surname, a club, whoever is told of beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from stories.actors import Mention, MentionKind, given_names, mentions
from stories.phrase import grammar, is_adverb

_WORD = re.compile(r"[^\W\d_]+")
_HANGS = re.compile(r"(?:^| )(?:from|by|against|between|toward|towards|about|on|in|with|near|at) ")
_UNDER = re.compile(r" (?:of|for|to) ")
_TITLES = frozenset(
    {
        "mr",
        "mrs",
        "ms",
        "sir",
        "lord",
        "lady",
        "dr",
        "both",
        "the",
        "a",
        "an",
        "la",
        "le",
        "el",
        "die",
        "der",
        "das",
    }
)
_LATIN = re.compile(r"[A-Z][a-z]+|[A-Z]{2,}")


def who_heads(before: str) -> str | None:
    """Who heads a phrase that ends with a person whom they don't speak for ("a judge in the trial of"); None where they do."""
    near, under = _HANGS.search(before), _UNDER.search(before)
    cut = near or under
    if cut is None:
        return None
    head = {word.lower() for word in _WORD.findall(before[: cut.start()])}
    speaking = grammar("speaks for a person")
    if head & (speaking if near else speaking | grammar("roles", "offices")):
        return None  # "a spokesman for", "an aide to"
    return before[: cut.start()]


def only_near(name: str) -> bool:
    """Whether whoever heads a name is nobody's, though the words behind it name one ("a trader from Chad")."""
    found = _HANGS.search(name)
    if found is None or name[0] == "’":
        return False
    before = name[: found.start()]
    head = [word.lower() for word in _WORD.findall(before)]
    if not head or mentions(before, None):
        return False
    acts = head[-1].endswith("ed")  # "stoked by Roe"
    return acts or (grammar("offices").isdisjoint(head) and head[-1] not in grammar("roles"))


def of_a_town(words: str, named: Sequence[Mention]) -> bool:
    """Whether words name an institution of a town ("Lima Police Chief", "London's mayor"), not who governs from there."""
    if grammar("local").isdisjoint(word.lower() for word in _WORD.findall(words)):
        return False
    towns = [
        words[each.start : each.end].split()[0].lower() for each in named if each.kind is MentionKind.SEAT
    ]
    return len(towns) == len(named) and grammar("seats of power").isdisjoint(towns)


def another(name: str, at: datetime | None) -> bool:
    """Whether a name only ends or begins like a known one ("Ada Putin", "Theo Paris", "Paris Jones", "PEN Peru")."""
    bare = name.rstrip(" '’\"”")
    held = mentions(bare, at)
    if len(held) != 1:
        return False
    (one,) = held
    words = bare[one.start : one.end]
    if one.start == 0:
        behind = bare[one.end :].split()
        return (
            one.kind is MentionKind.SEAT
            and words.split()[0].lower() not in grammar("seats of power")
            and 0 < len(behind) < 3
            and all(_LATIN.fullmatch(word) and _is_name(word) for word in behind)
        )
    ahead = bare[: one.start].split()
    if " " in words or len(words) < 4 or not ahead or not bare[: one.start].endswith(" "):
        return False
    if not (_LATIN.fullmatch(ahead[-1]) and _is_name(ahead[-1])):
        return False
    if one.kind is MentionKind.PERSON:  # "Ada Putin", and "Ada Putin's lawyer"
        known = given_names(words)  # "Dmitri" may be the "Dmitry" that is known
        return bool(known) and ahead[-1][:2] not in {each[:2] for each in known}
    if one.end < len(bare):
        return False
    if one.kind not in (MentionKind.SEAT, MentionKind.STATE):
        return False
    return all(_LATIN.fullmatch(word) and _is_name(word) for word in ahead) or ahead[-1].isupper()


def _is_name(word: str) -> bool:
    """Whether a word with a capital is part of a name: no office, title or small word of a headline."""
    low = word.lower()
    small = grammar("prepositions", "conjunctions", "determiners", "time", "offices", "roles")
    return not (low in _TITLES or low in small or is_adverb(low))

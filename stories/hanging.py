"""Names that only hang on the one who speaks: whom they are accused of hurting, among whom they are counted."""

from __future__ import annotations

from stories.phrase import Phrase, grammar, phrase_ends
from stories.text import Word

_HELD = frozenset(
    {"accused", "charged", "suspected", "convicted", "arrested", "jailed", "guilty", "acquitted"}
)
_PLACING = frozenset({"in", "at", "near", "within", "across", "around", "on", "under", "from"})
_OF = frozenset({"of", "with", "for", "in", "over", "after"})


def hung_on(words: list[Word], first: int, floor: int) -> int | None:
    """Where the phrase ends that the name beginning at ``first`` hangs on; None where it stands by itself.

    "The man accused of hitting Roe", "countries including Peru", "the border between Peru and Chile".
    """
    if first - 1 <= floor:
        return None
    last = words[first - 1].low
    if (
        last.endswith("ing")
        and first - 3 > floor
        and words[first - 2].low in _OF
        and words[first - 3].low in _HELD
    ):
        return first - 3
    if last == "including":
        return first - 2 if words[first - 2].text == "," else first - 1
    if last != "and":
        return None
    at = first - 1
    while at > floor and (words[at - 1].text == "," or words[at - 1].text[0].isupper()):
        at -= 1
    if at - 1 > floor and words[at - 1].low in ("between", "including"):
        return at - 2 if words[at - 2].text == "," else at - 1
    return None


def antecedent(words: list[Word], who: int, floor: int, found: Phrase | None) -> Phrase | None:
    """The kind of person a "who" tells of, where the words before it don't begin with them; None where they do.

    "According to officials who say", "the civil trial of a writer who accused", "Roe withdraws nominee who said".
    """
    kinds = grammar("roles", "unnamed", "private", "persons", "kin")
    if who <= floor or not words[who - 1].text.islower():
        return None
    if found is not None and words[found.first].low not in grammar("determiners"):
        lead = words[found.first - 1].low if found.first > floor else ""
        found = None if lead in grammar("auxiliaries") else found  # "be shown in the trial of a writer who"
    first = who
    while first > floor and words[first - 1].text[0].isalnum() and words[first - 1].low not in phrase_ends():
        first -= 1
    for at in range(who - 1, first - 1, -1):
        last = next((end for end in range(at + 1, who) if words[end].low in grammar("prepositions")), who)
        if words[at].low in grammar("prepositions") and found is None:
            if words[last - 1].low in kinds:
                return Phrase(at + 1, who)
        elif (
            first < at < who - 1
            and words[at].text.islower()
            and words[at].low.endswith("s")
            and not words[at].low.endswith(("ss", "'s"))
            and words[at].low not in kinds
            and words[at - 1].text[0].isupper()
            and words[who - 1].low in kinds
        ):
            return Phrase(at + 1, who)
    if found is not None:
        return None
    # no kind of person is named, but only a person is a "who": the nearest one that is no place
    return next(
        (
            Phrase(at + 1, who)
            for at in range(who - 2, first - 1, -1)
            if words[at].low in grammar("prepositions") and words[at].low not in _PLACING
        ),
        None,
    )


def calls_it(words: list[Word], at: int) -> bool:
    """Whether a participle tells of the name before it what the sentence's subject does ("attacked Roe calling it a lie")."""
    return (
        words[at].low in ("calling", "branding", "labelling", "labeling", "dismissing")
        and words[at - 1].text[0].isupper()
        and any(word.low.endswith("ed") or word.low in grammar("verbs") for word in words[1 : at - 1])
    )

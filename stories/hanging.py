"""Names that only hang on the one who speaks: whom they are accused of hurting, among whom they are counted."""

from __future__ import annotations

from stories.phrase import grammar
from stories.text import Word

_HELD = frozenset(
    {"accused", "charged", "suspected", "convicted", "arrested", "jailed", "guilty", "acquitted"}
)
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


def calls_it(words: list[Word], at: int) -> bool:
    """Whether a participle tells of the name before it what the sentence's subject does ("attacked Roe calling it a lie")."""
    return (
        words[at].low in ("calling", "branding", "labelling", "labeling", "dismissing")
        and words[at - 1].text[0].isupper()
        and any(word.low.endswith("ed") or word.low in grammar("verbs") for word in words[1 : at - 1])
    )

"""A noun phrase that names somebody, and the words of English that end one."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from stories.lexicon import load
from stories.text import Word

MAX_PHRASE = 16
"""Words a noun phrase is looked for in."""
MAX_APPOSITION = 28
"""Words an apposition may have; longer stretches between commas are clauses of their own."""


class Phrase(NamedTuple):
    """A speaker's words, from word ``first`` to ``last`` (exclusive), and an apposition, if one follows."""

    first: int
    last: int
    apposition: tuple[int, int] | None = None


class Speaker(NamedTuple):
    """Who a text names, by character offsets."""

    name: str
    start: int
    end: int
    affiliation: str = ""


@cache
def grammar(*names: str) -> frozenset[str]:
    """Lists of English function words or verb forms, as one; verbs of speech of the other languages too."""
    held = frozenset(word for name in names for word in load("grammar_en")[name].split())
    return held | foreign_say() if "say" in names else held


@cache
def foreign_say() -> frozenset[str]:
    """The verbs of speech of the other languages."""
    return frozenset(word for lang in _OTHERS for word in load(lang).get("say", "").split())


_OTHERS = ("ru", "uk", "de", "fr", "es", "ar", "pl")


@cache
def phrase_ends() -> frozenset[str]:
    """The words no noun phrase goes on over: verbs, conjunctions, relative pronouns, of other languages too."""
    own = grammar("conjunctions", "verbs", "auxiliaries", "say")
    return (own | _foreign() | {"which", "who"}) - {"of", "report"}


@cache
def _foreign() -> frozenset[str]:
    """The words that end a noun phrase in the other languages, so far as English doesn't use them otherwise."""
    found = {word for lang in _OTHERS for word in load(lang)["stops"].split()}
    return frozenset(found - {"a", "es", "son", "war", "fue", "mit", "den", "dit", "o", "i", "na", "est"})


def is_adverb(word: str) -> bool:
    """Whether a word only colours a verb ("flatly", "also")."""
    return word in grammar("adverbs") or (
        len(word) > 4 and word.endswith("ly") and word not in grammar("ending in ly")
    )


def heads(words: list[Word], first: int, end: int) -> bool:
    """Whether a word that can be a verb heads the phrase right before the verb, as two verbs don't meet, or its office."""
    word = words[first - 1]
    if word.text == "state" and first < end and words[first].low in grammar("roles"):
        return True  # "an Ohio state senator"
    return word.text in ("States", "State") or (first == end and word.low in grammar("nouns"))


def title_of_work(words: list[Word], closing: int, floor: int) -> int | None:
    """Where a quoted title opens that stands inside a phrase ("the co-creator of “Monster: A Story” denied")."""
    if words[closing].text not in "\"”’'" or closing < floor + 3:
        return None
    for at in range(closing - 1, max(floor, closing - MAX_PHRASE), -1):
        if words[at].text in "\"“‘'":
            before = words[at - 1].low
            named = words[at + 1].text[0].isupper() and words[closing - 1].text[0].isupper()
            return (
                at
                if named and (before.endswith(("'s", "s'")) or before in ("of", "the", "series", "film"))
                else None
            )
        if words[at].text in ".;,?!":
            return None
    return None


def opens_subject(word: Word) -> bool:
    """Whether a word behind "who" or "which" opens a subject of its own ("…, which Kyiv denies"), not a verb."""
    named = word.text[0].isupper() and not word.low.endswith("ed")
    return named or word.low in grammar("determiners") or word.low in grammar("roles")


def past_label(words: list[Word], first: int, end: int) -> int:
    """Where a clause begins that hangs on a word for what is told ("a charge Moscow denies", "the claim its army rejects")."""
    for at in range(first, end - 1):
        if words[at].text in ("updates", "glance") and words[at + 1].text[0].isupper():
            return (
                at + 1
            )  # a page's own heading runs into its text: "war – latest news updates Oslo has accused"
    at = first if words[first].text in grammar("tales") else first + 1
    owned = at == first or words[first].low in grammar("determiners")
    if at + 1 < end and owned and words[at].text in grammar("tales"):
        nxt = words[at + 1]
        if nxt.text[0].isupper() or nxt.low in grammar("determiners"):
            return at + 1
    return first

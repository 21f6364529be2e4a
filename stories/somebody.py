"""Whether words name somebody who can speak: a person, an office, a group, an outlet; a thing can't."""

from __future__ import annotations

import re
from functools import lru_cache

from stories.sources import is_outlet
from stories.speakers import grammar

_WORD = re.compile(r"[^\W_][\w.’'&-]*|,")
_BEHIND = frozenset(
    {
        ",",
        "who",
        "which",
        "that",
        "leaked",
        "obtained",
        "published",
        "released",
        "posted",
        "seen",
        "reviewed",
        "shared",
    }
)
"""What begins an addition to whom or what a phrase is about ("documents leaked online")."""
_EDGES = " ,.;:!?\"“”‘’'"
_ARTICLES = frozenset({"the", "a", "an", "no", "my", "our"})
_OPENING = frozenset(
    {"nie", "czy", "że", "gdy", "jeśli", "bo", "kiedy", "dlaczego", "które", "która", "który"}
)
"""Polish words that open a clause ("Nie mam wątpliwości"), and no name."""
_GOES = frozenset({"goes", "gets", "makes", "takes", "gives", "comes", "becomes", "brings", "keeps", "loses"})
"""Verbs that are never nouns."""
_COLOURING = frozenset(
    {"based", "backed", "appointed", "nominated", "elected", "funded", "owned", "named", "allied", "turned"}
)
"""Past forms that as often colour the name behind them ("Oslo based Acme")."""
_CONTRACTED = ("'ve", "’ve", "n't", "n’t", "'ll", "’ll")
_CALLS = frozenset({"Follow", "Watch", "Click", "Subscribe", "Listen", "Image", "Photo", "Pictured"})
"""First words of what a page says to its reader, or of a picture's credit."""
_NUMBERED = frozenset(
    {
        "article",
        "section",
        "chapter",
        "part",
        "episode",
        "day",
        "week",
        "season",
        "round",
        "page",
        "phase",
        "rule",
        "figure",
    }
)
_SCARE = re.compile(r"[a-z] [“\"][a-z]+[”\"]$")
"""A quoted word that ends a clause, no nickname ("flew over Oslo “often”")."""
_NUMBER = re.compile(r"\d[\d.,/]*(?:m|bn|k|kg|km|mln|mld|am|pm|p|c)?$")
_YEAR = re.compile(r"(?:19|20)\d\d$")


@lru_cache(maxsize=8_192)
def somebody(name: str) -> bool:
    """Whether a phrase can be a speaker.

    Sorted out are phrases that are clauses of their own ("the channel is anonymous and"), begin with a
    preposition ("of emergency"), or are headed by a thing ("heavy machine guns in the hands of …").
    """
    name = name.replace("’", "'")
    words = _WORD.findall(name.strip(_EDGES))
    lows = [word.lower() for word in words]
    if (
        not words
        or "|" in name
        or _SCARE.search(name)
        or _function_words(lows)
        or (len(words) > 1 and lows[0] in _OPENING)
    ):
        return False
    if not name.isascii():
        return True  # the lists are English
    if lows[0] in grammar("prepositions") and words[0].islower():
        return False
    if lows[-1] in _ARTICLES or lows[-1] in grammar("conjunctions", "auxiliaries"):
        return False
    if len(words) > 1 and lows[-1] in grammar("pronouns") | {"only"} and words[-1].islower():
        return False  # "a committee in March he believed …"
    if words[0][0].isdigit() and not _counted(words, lows):
        return False
    if _YEAR.match(words[-1]) and not grammar("roles") & set(lows):
        return False  # "Oscars 2023: …" heads a page
    if _is_clause(words, lows) or _is_infinitive(words, lows) or _speaks_to_reader(lows):
        return False
    if words[0] in _CALLS or (len(words) > 1 and lows[-1].isdigit() and lows[-2] in _NUMBERED):
        return False  # "Follow me on …", "Article 4"
    head = _head(words, lows)
    if lows[head] not in grammar("things"):
        return True
    # "Human Rights Watch", "The Oslo Post": a body's own name
    if words[head] not in ("Post", "Watch") or head < len(words) - 1 or head == 0:
        return False
    return is_outlet(name) or (lows[head] == "watch" and head > 1 and words[head - 1][0].isupper())


def _counted(words: list[str], lows: list[str]) -> bool:
    """Whether what begins with a number tells of people, or is a name ("50 officials", "10 Downing Street", "9to5Google")."""
    if not _NUMBER.match(words[0]):
        return True
    people = grammar("roles", "unnamed", "private", "persons")
    return not people.isdisjoint(lows) or (len(words) > 1 and words[1][0].isupper())


def _function_words(lows: list[str]) -> bool:
    """Whether words only join others, in English or in the other languages ("there", "should've", "na razie")."""
    return all(low in grammar("nobody") or low.endswith(_CONTRACTED) for low in lows)


def _is_infinitive(words: list[str], lows: list[str]) -> bool:
    """Whether a phrase goes on to what somebody is to do ("the ex-president to delay"; not "adviser to president Roe")."""
    beside = grammar("roles", "determiners", "pronouns", "unnamed")
    return any(
        lows[at] == "to"
        and words[at + 1].islower()
        and lows[at + 1] not in beside
        and lows[at - 1] not in beside
        for at in range(1, len(words) - 1)
    )


def _speaks_to_reader(lows: list[str]) -> bool:
    """Whether a phrase holds who writes or reads ("Get our morning", "I’m trying", "you make coffee"), or only opens a clause."""
    if len(lows) > 1 and (lows[0] in grammar("conjunctions") or lows[-1] == "to"):
        return True
    person = {"i", "you", "we", "i'm", "i’m", "we're", "we’re", "you're", "you’re"}
    return len(lows) > 1 and (
        not person.isdisjoint(lows)
        or (lows[1] in ("our", "your", "my", "me", "us") and lows[0] not in ("of", "all", "most"))
    )


def _is_clause(words: list[str], lows: list[str]) -> bool:
    """Whether a verb or an object of its own stands inside a phrase."""
    prepositions = grammar("prepositions")
    for at in range(1, len(words)):
        word, low, last = words[at], lows[at], lows[at - 1]
        if not word.islower():
            continue
        if low in grammar("auxiliaries") and last not in ("who", "that", ",") and "who" not in lows[:at]:
            return True
        if last in prepositions or last in (",", "and", "or", "as") or last.endswith(("'s", "’s")):
            continue
        told_of = {"who", "that", "which"}.isdisjoint(lows[:at])
        if (told_of and low in _GOES) or (words[at - 1][0].isupper() and _acts_on(words, at)):
            return True
        if low in ("the", "a", "an", "some", "any", "no", "its", "their") and last not in (
            "all",
            "both",
            "half",
            "who",
            "that",
        ):
            return True
        follows = lows[at + 1] if at + 1 < len(lows) else ""
        if (
            low.endswith("ed")
            and at > 1
            and follows
            and "who" not in lows[:at]
            and last not in grammar("determiners")
        ):
            noun_before = last in grammar("things") or last in grammar("unnamed")
            if noun_before and follows not in prepositions and follows not in ("to", "as"):
                return True  # "a CNN report featured videos"; not "people briefed on the matter"
    return False


def _acts_on(words: list[str], at: int) -> bool:
    """Whether a past form behind a name has an object ("President Roe assailed House Republicans")."""
    word, behind = words[at], words[at + 1] if at + 1 < len(words) else ""
    return words[at - 1].lower() not in grammar("determiners") and (
        word.endswith("ed")
        and "-" not in word
        and word not in _COLOURING
        and (behind[:1].isupper() or behind in ("his", "her", "mass", "down", "up", "out", "off"))
    )


def _head(words: list[str], lows: list[str]) -> int:
    """The word a phrase is about: the last before "of", "in", a comma or "who"."""
    for at in range(1, len(words)):
        if lows[at] in grammar("prepositions") or lows[at] in _BEHIND:
            return at - 1
    return len(words) - 1

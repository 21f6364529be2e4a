"""Words that carry a stance: found by the patterns of the lexicons, other senses of the same words set aside."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from typing import NamedTuple

from stories.evidence import Stance
from stories.lexicon import load
from stories.text import lowered

LANGUAGES = ("en", "ru", "uk", "de", "fr", "es", "ar", "pl")
_LATIN = frozenset({"en", "de", "fr", "es"})
_WORD = re.compile(r"\w+")
_PLAIN = (
    ("‘", "'"),
    ("“", '"'),
    ("”", '"'),
    ("„", '"'),
    ("«", '"'),
    ("»", '"'),
    ("\u00a0", " "),
    ("\n", " "),
)
_CLASS = re.compile(r"<(\w+)>")


_SHORTEST, _LONGEST = 4, 14
"""Letters of the beginnings of words that cues are called by."""


class Shape(StrEnum):
    """How a cue is built, which tells where its speaker stands."""

    VERB = "verb"
    PASSIVE = "passive"
    NOUN = "noun"
    PREDICATE = "predicate"
    LABEL = "label"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Cue:
    """One pattern of a lexicon; ``stance`` is None for another sense that only takes its words away."""

    stance: Stance | None
    shape: Shape
    lang: str
    match: str
    voiced: bool = False
    """It counts only from somebody's mouth; as the writer's own words it states nothing."""


class _Lexicon(NamedTuple):
    """All cues in their order, and which of them words call for, by their numbers."""

    cues: tuple[Cue, ...]
    words: dict[str, tuple[int, ...]]
    stems: dict[str, tuple[int, ...]]
    """By beginnings of words ("опроверг*")."""
    openings: frozenset[str]
    """The first letters of every stem."""
    silent: frozenset[int]
    """The cues that only take words away: a sentence with no other states nothing."""


Calls = Mapping[str, tuple[int, ...]]
"""Words of a text, and the numbers of the cues each calls for."""


class Found(NamedTuple):
    """A cue that stands in a text, by offsets."""

    stance: Stance
    shape: Shape
    start: int
    end: int
    lang: str
    voiced: bool


@lru_cache(maxsize=4)
def plain(text: str) -> str:
    """The text in lower case with straight quotes, every character still in its place."""
    low = lowered(text)
    for mark, straight in _PLAIN:  # one by one is a fifth of what `translate` takes where few are held
        low = low.replace(mark, straight)
    return low


@cache
def _lexicon(known: str) -> _Lexicon:
    """The cues of every language; those of other languages in Latin letters are never called in a text of one of these."""
    cues: list[Cue] = []
    words: dict[str, list[int]] = {}
    stems: dict[str, list[int]] = {}
    for lang in LANGUAGES:
        lexicon = load(lang)
        classes = lexicon.get("words", {})
        for entry in lexicon["cue"]:
            match = _widened(entry["match"], classes)
            stance = None if entry["stance"] == "none" else Stance(entry["stance"])
            shape = Shape(entry.get("shape", "verb"))
            cues.append(Cue(stance, shape, lang, match, entry.get("voiced", False)))
            if lang != known and {lang, known} <= _LATIN:
                continue
            for word in entry["when"].split():
                table = stems if word.endswith("*") else words
                table.setdefault(word.rstrip("*").split("-")[0], []).append(len(cues) - 1)
    return _Lexicon(
        tuple(cues),
        {word: tuple(found) for word, found in words.items()},
        {stem: tuple(found) for stem, found in stems.items()},
        frozenset(stem[:_SHORTEST] for stem in stems),
        frozenset(at for at, cue in enumerate(cues) if cue.stance is None),
    )


def _widened(match: str, classes: dict[str, str]) -> str:
    """A pattern with its <classes> written out, those inside classes too."""
    wider = _CLASS.sub(lambda name: classes.get(name[1], name[0]), match)
    return match if wider == match else _widened(wider, classes)


@lru_cache(maxsize=1024)
def _pattern(match: str) -> re.Pattern[str]:
    return re.compile(match)


@lru_cache(maxsize=4)
def present(low: str) -> Sequence[str]:
    """The words of a text in `plain` form, as often as they stand: a set of them is only made where few are asked for."""
    return _WORD.findall(low)


def called(low: str, lang: str) -> Calls:
    """The words of a text in `plain` form that call for cues, and which cues are worth trying where they stand.

    A feed's language may be wrong or missing: then every language is tried; another alphabet always is.
    """
    known = lang[:2]
    lexicon = _lexicon(known if known in _LATIN else "")
    said, held_by = present(low), lexicon.words
    found = {word: held_by[word] for word in filter(held_by.__contains__, said)}
    if not low.isascii() or known != "en":
        for word in frozenset(said if known != "en" else [word for word in said if not word.isascii()]):
            if word[:_SHORTEST] in lexicon.openings:
                stems = [word[:length] for length in range(_SHORTEST, min(len(word), _LONGEST) + 1)]
                held = [at for stem in stems for at in lexicon.stems.get(stem, ())]
                if held:
                    found[word] = (*found.get(word, ()), *held)
    return found


def stating(calls: Calls) -> list[str]:
    """Those words that call for a stance, and not only for what takes words away ("https")."""
    silent = _lexicon("").silent
    return [word for word, held in calls.items() if not silent.issuperset(held)]


def find(low: str, start: int, end: int, calls: Calls) -> list[Found]:
    """The cues in one sentence of a text in `plain` form, in reading order; overlapping ones never."""
    lexicon = _lexicon("")
    sentence = low[start:end]
    tries = {at for word, held in calls.items() if word in sentence for at in held}
    if lexicon.silent.issuperset(tries):
        return []  # another sentence of the text called for the others
    taken: list[tuple[int, int]] = []
    found: list[Found] = []
    for at in sorted(tries):
        cue = lexicon.cues[at]
        for match in _pattern(cue.match).finditer(sentence):
            first, last = match.span("cue") if "cue" in match.re.groupindex else match.span()
            while first < last and sentence[first] in " '\"":
                first += 1
            while last > first and sentence[last - 1] in " ,":
                last -= 1
            if any(first < stop and begin < last for begin, stop in taken):
                continue
            taken.append((first, last))
            if cue.stance is not None:
                found.append(Found(cue.stance, cue.shape, start + first, start + last, cue.lang, cue.voiced))
    found.sort(key=lambda each: each.start)
    return found

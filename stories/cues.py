"""Words that carry a stance: found by the patterns of the lexicons, other senses of the same words set aside."""

from __future__ import annotations

import re
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
    calls: tuple[str, ...] = ()
    """Words, or beginnings of words, of which a sentence must hold one for the pattern to be worth trying."""


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
def _lexicon() -> tuple[tuple[Cue, ...], dict[str, tuple[int, ...]], dict[str, tuple[int, ...]]]:
    """All cues in their order, and which of them each word, or beginning of a word ("опроверг*"), calls for."""
    cues: list[Cue] = []
    words: dict[str, list[int]] = {}
    stems: dict[str, list[int]] = {}
    for lang in LANGUAGES:
        lexicon = load(lang)
        classes = lexicon.get("words", {})
        for entry in lexicon["cue"]:
            match = _widened(entry["match"], classes)
            stance = None if entry["stance"] == "none" else Stance(entry["stance"])
            calls = []
            for word in entry["when"].split():
                table = stems if word.endswith("*") else words
                calls.append(word.rstrip("*").split("-")[0])
                table.setdefault(calls[-1], []).append(len(cues))
            shape = Shape(entry.get("shape", "verb"))
            cues.append(Cue(stance, shape, lang, match, entry.get("voiced", False), tuple(calls)))
    return (
        tuple(cues),
        {word: tuple(found) for word, found in words.items()},
        {stem: tuple(found) for stem, found in stems.items()},
    )


@cache
def _openings() -> frozenset[str]:
    """The first letters of every beginning of a word that calls for a cue."""
    return frozenset(stem[:_SHORTEST] for stem in _lexicon()[2])


def _widened(match: str, classes: dict[str, str]) -> str:
    """A pattern with its <classes> written out, those inside classes too."""
    wider = _CLASS.sub(lambda name: classes.get(name[1], name[0]), match)
    return match if wider == match else _widened(wider, classes)


@lru_cache(maxsize=1024)
def _pattern(match: str) -> re.Pattern[str]:
    return re.compile(match)


@lru_cache(maxsize=4)
def present(low: str) -> frozenset[str]:
    """The different words of a text in `plain` form."""
    return frozenset(_WORD.findall(low))


def called(low: str, lang: str) -> tuple[int, ...]:
    """The cues worth trying on a text in `plain` form: those that one of its words calls for.

    A feed's language may be wrong or missing: then every language is tried; another alphabet always is.
    """
    cues, words, stems = _lexicon()
    said = present(low)
    found: set[int] = set()
    for word in words.keys() & said:
        found.update(words[word])
    known = lang[:2]
    if not low.isascii() or known != "en":
        openings = _openings()
        for word in said:
            if word[:_SHORTEST] in openings and (known != "en" or not word.isascii()):
                for length in range(_SHORTEST, min(len(word), _LONGEST) + 1):
                    if word[:length] in stems:
                        found.update(stems[word[:length]])
    if known in _LATIN:
        found = {at for at in found if cues[at].lang == known or cues[at].lang not in _LATIN}
    return tuple(sorted(found))


@lru_cache(maxsize=1024)
def callers(tries: tuple[int, ...]) -> frozenset[str]:
    """The words, or beginnings of words, of which a sentence must hold one for any of these cues to stand in it."""
    cues, _, _ = _lexicon()
    return frozenset(word for at in tries for word in cues[at].calls)


def find(low: str, start: int, end: int, tries: tuple[int, ...]) -> list[Found]:
    """The cues in one sentence of a text in `plain` form, in reading order; overlapping ones never."""
    cues, _, _ = _lexicon()
    sentence = low[start:end]
    calling = {word for word in callers(tries) if word in sentence}
    if not calling:
        return []  # another sentence of the text called for them
    taken: list[tuple[int, int]] = []
    found: list[Found] = []
    for at in tries:
        cue = cues[at]
        if calling.isdisjoint(cue.calls):
            continue
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

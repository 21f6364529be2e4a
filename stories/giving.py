"""Who gives what to whom in other languages than English, by small frames of each (`lexicon/giving.toml`).

Verbs of giving and getting, nouns of giving, and the words that stand before who gives and who receives are enough
for headlines: "Waffenlieferungen von Russland an die Taliban" and "Die Taliban liefern Waffen an Russland" run
against each other, whatever else they share. Only known actors count, since case endings make strangers of names.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache, lru_cache
from itertools import pairwise

from stories.actors import MentionKind, is_known, mentions, tokens
from stories.evidence import Claim
from stories.item import Field, Span
from stories.lexicon import load

_BETWEEN = 2
"""Words that may stand between "to" or "from" and the actor it belongs to ("an die radikalen Taliban")."""
_NEAR = 5
"""Words within which a verb of giving and its goods stand: "sent Berlin a request to let it ship tanks" gives none."""
_NOT_BEHIND = ("de", "fr")
"""Languages that negate behind the verb ("liefert keine Waffen", "ne livrera pas")."""
_ADJACENT = 2
"""Words from a verb or its goods within which a bare receiver stands ("przekażą Ukrainie", "31 tanks (for) Ukraine")."""


class Role(StrEnum):
    """What a word does in a frame of giving."""

    GIVE = "give"
    GET = "get"
    DEAL = "deal"
    GOODS = "goods"


@dataclass(frozen=True, slots=True)
class Word:
    """What one word is in one language."""

    lang: str
    role: Role
    thing: str = ""
    """Our word for the goods."""


@dataclass(frozen=True, slots=True)
class _Party:
    """A known actor in the sentence, by the words it spans, and the word it hangs on."""

    first: int
    last: int
    actor: str
    marked: Role | None
    """GIVE behind "from", GET behind "to", GOODS behind another preposition, None where it stands bare."""
    owns: bool
    """Ends in a German genitive ("Russlands Waffenlieferungen")."""


def given(text: str, start: int, end: int, where: Field, at: datetime | None) -> Claim | None:
    """The first claim of giving in one sentence of another language; None where its words make none."""
    if not any(map(_is_goods, text[start:end].casefold().split())):
        return None  # nearly every sentence, so that it costs little more than this question
    words = [(start + first, start + last, word) for first, last, word in tokens(text[start:end])]
    known = [meanings(word.casefold()) for _, _, word in words]
    goods = [(at, word) for at, held in enumerate(known) for word in held if word.role is Role.GOODS]
    named = [each for each in mentions(text[start:end], at) if each.kind is not MentionKind.PLACE]
    for index, held in enumerate(known):
        for word in held:
            near = next(
                (one for one in goods if one[1].lang == word.lang and abs(one[0] - index) <= _NEAR), None
            )
            if word.role is Role.GOODS or near is None or _isnt(words, index, word.lang):
                continue
            parties = [
                _party(words, start + each.start, start + each.end, each.actor, word.lang)
                for each in named
                if is_known(each.actor)
            ]
            clause = max(text.rfind(mark, start, words[index][0]) for mark in ",;")
            opened = next((at for at, (first, _, _) in enumerate(words) if first > clause), 0)
            giver, receiver = _roles(parties, index, word, near[0], opened)
            if giver and receiver and giver != receiver:
                return Claim(
                    giver, "supply", receiver, near[1].thing, Span(where, words[index][0], words[index][1])
                )
    return None


def _isnt(words: Sequence[tuple[int, int, str]], index: int, lang: str) -> bool:
    """Whether a verb of giving is negated ("nie przekażą") or only asked about ("Czy … przekażą")."""
    if words[0][2].casefold() in _small(lang, "asks"):
        return True
    until = _NEAR if lang in _NOT_BEHIND else 1
    low = [word.casefold() for _, _, word in words[max(0, index - 2) : index + until]]
    negating, only = _small(lang, "not"), _small(lang, "only")
    return any(one in negating and other not in only for one, other in pairwise([*low, ""]))


def _party(words: Sequence[tuple[int, int, str]], start: int, end: int, actor: str, lang: str) -> _Party:
    inside = [at for at, (first, last, _) in enumerate(words) if first < end and start < last]
    marked = None
    for at in range(inside[0] - 1, max(-1, inside[0] - 2 - _BETWEEN), -1):
        low = words[at][2].casefold()
        if low in _small(lang, "to"):
            marked = Role.GET
        elif low in _small(lang, "from"):
            marked = Role.GIVE
        elif low in _small(lang, "beside"):
            marked = Role.GOODS
        elif not meanings(low) and words[at][2].islower():
            continue
        break
    owns = lang == "de" and words[inside[-1]][2].endswith("s") and not actor.endswith("s")
    return _Party(inside[0], inside[-1], actor, marked, owns)


def _roles(parties: Sequence[_Party], index: int, word: Word, goods: int, opened: int) -> tuple[str, str]:
    """Who gives and who receives around a verb or noun of giving; empty where the words do not say.

    ``goods`` and ``opened``: where the goods stand, and where the clause begins.
    """
    bare = [each for each in parties if each.marked is None]
    sources = [each.actor for each in parties if each.marked is Role.GIVE]
    targets = [each for each in parties if each.marked is Role.GET]
    behind = next((each.actor for each in targets if each.first > index), "")
    subject = next((each.actor for each in reversed(bare) if opened <= each.first and each.last < index), "")
    if word.role is Role.GET:
        return next(iter(sources), ""), subject
    if word.role is Role.DEAL:
        owner = next((each.actor for each in bare if each.owns and each.last == index - 1), "")
        return owner or next(iter(sources), ""), behind
    if targets and (behind or word.lang == "de"):  # "an Russland liefern die Taliban Waffen"
        # "Iran claims that it sent drones to Russia": who claims, where the clause has no subject of its own.
        earlier = next((each.actor for each in reversed(bare) if each.last < index), "")
        giver = subject or next(iter(sources), "") or earlier or next((each.actor for each in bare), "")
        return giver, behind or targets[0].actor
    if not load("giving")[word.lang].get("bare"):
        return "", ""
    for one, other in pairwise(bare):
        # "Russland liefert den Taliban Waffen", "Chiny chcą dostarczać Rosji drony": the first gives.
        close = min(abs(other.first - index), abs(other.first - goods)) <= _ADJACENT
        if close and opened <= one.first and one.last < index and (index < other.first or word.lang == "de"):
            return one.actor, other.actor
    return "", ""


@cache
def _small(lang: str, which: str) -> frozenset[str]:
    return frozenset(load("giving")[lang][which])


@cache
def _beginnings() -> dict[str, list[tuple[str, Word]]]:
    """Every stem with what it is, by its first two letters: most words share theirs with few."""
    found: dict[str, list[tuple[str, Word]]] = {}
    for lang, held in load("giving").items():
        roles = [(stem, Word(lang, role)) for role in (Role.GIVE, Role.GET, Role.DEAL) for stem in held[role]]
        goods = [
            (stem, Word(lang, Role.GOODS, thing)) for thing, stems in held["goods"].items() for stem in stems
        ]
        for stem, word in (*roles, *goods):
            found.setdefault(stem[:2], []).append((stem, word))
    return found


@cache
def _goods() -> dict[str, tuple[str, ...]]:
    """The stems of goods by their first two letters."""
    return {
        letters: tuple(stem for stem, word in held if word.role is Role.GOODS)
        for letters, held in _beginnings().items()
    }


@lru_cache(maxsize=8_000)
def _is_goods(written: str) -> bool:
    """Whether a word with the marks around it, or behind an article's apostrophe, can be goods."""
    low = written.strip("\"'„“”«»‘’([{-–—")
    bare = low[2:] if low[1:2] in ("'", "’") else low
    return low.startswith(_goods().get(low[:2], ())) or bare.startswith(_goods().get(bare[:2], ()))


@lru_cache(maxsize=4_000)
def meanings(low: str) -> tuple[Word, ...]:
    """What a word in lower case can be, a noun of giving its goods as well ("Waffenlieferung"); mostly nothing."""
    return tuple(word for stem, word in _beginnings().get(low[:2], ()) if low.startswith(stem))

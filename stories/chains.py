"""Who said that whom said: nested sources in one sentence, the outermost first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from stories.attribution import likely
from stories.content import MARKS
from stories.hearing import Said, resolve
from stories.inversion import after
from stories.item import Field
from stories.phrase import MAX_PHRASE
from stories.somebody import somebody
from stories.speakers import Phrase, Speaker, before, grammar, is_adverb, owner
from stories.text import Word, body_spans, curled, dateline, sentences, words
from stories.titles import name
from stories.weighing import forms, kinds

OUTER = -1.4
"""Log-odds from which somebody speaks for the writer: lower than `stories.attribution` asks, since here a
source missed loses all that it brings."""
INNER = -3.0
"""Log-odds from which a mind or an act inside somebody's words counts as a source of its own: lower than
for the writer's own sentences, since who speaks has been found already and most clauses they say have an actor."""
DEPTH = 3
"""Sources a chain has at most; deeper ones are not found in print."""


_MARKS = ",.;:!?\"'“”‘’()"
_FAR = 200
"""Characters beyond which "…, officials said" hardly speaks for a sentence's beginning: a feed's run-on summary."""
_CLAUSE = re.compile(r"[,;:—–]| (?:as|while|after|before|but|when|who|which) ")
_ASKING = re.compile(r"(?:urg|ask|call|warn|advis|encourag|order|invit|tell|told|demand|expect|want|press)")
_BLAMING = re.compile(r"(?:accus|critici[sz]|blam|condemn|denounc|prais|mock|rebuk|attack)")
_CLAUSAL = frozenset({"to", "because", "that", "when", "is", "was", "are", "were", "said", "which", "who"})
_OWNERS = frozenset({"our", "their", "my", "your"})
_HOLDERS = frozenset({"his", "her", "their", "my", "our"})
_MINDS = frozenset({"view", "opinion", "eyes", "mind", "judgment", "judgement", "words", "estimation"})
_ASKED = frozenset({"request", "invitation", "behest", "urging", "insistence", "suggestion"})
_HELD = frozenset({"minds", "words", "feelings"})
"""Kinds of nouns (`lexicon/bringing.toml`) that have an owner who speaks or thinks."""
_EXPLETIVE = frozenset({"it", "there", "this", "that", "what", "same"})
_UNNAMED = frozenset(
    {"no", "nothing", "nobody", "it", "he", "she", "they", "there", "this", "that", "what", "which", "who"}
)


class Source(NamedTuple):
    """One link: who it is, where their word for it stands, and what they bring."""

    who: Speaker
    cue: int
    content: tuple[tuple[int, int], ...]

    def brings(self, place: int) -> bool:
        """Whether a character stands in what they bring."""
        return any(start <= place < end for start, end in self.content)


def chains(text: str) -> list[tuple[str, ...]]:
    """Every chain of sources in a text ("The paper added that the government believed …" → paper, government).

    A source stands by its name, not its office; "he" by whom it stands for. What somebody says of themselves
    ("he said he believed") is no link.
    """
    return list(dict.fromkeys(tuple(source.who.name for source in chain) for chain in _chains(text)))


def _chains(text: str) -> list[tuple[Source, ...]]:
    text = curled(text)
    found: list[tuple[Source, ...]] = []
    heard: list[Said] = []
    for number, (start, end) in enumerate(body_spans(text)):
        for first, last in sentences(text[start:end]):
            row = words(text, dateline(text, start + first, start + last), start + last)
            sources, inner = _sources(text, row, heard, number)
            for source in sources:
                if not any(_over(other, source) for other in sources):
                    found.extend(_down((source,), sources, inner))
    return found


def heard_through(sentence: str, speaker: str) -> tuple[str, ...]:
    """Through whom a speaker's words reached the writer of a sentence, nearest first; empty where at first hand.

    In "Kirby said that Moscow had denied it" Moscow is heard through Kirby. Whoever a pronoun stands for in
    another sentence is left out.
    """
    held = [word.strip(_MARKS) for word in sentence.lower().split()]
    if speaker not in sentence or sum(word in grammar("say") or word == "according" for word in held) < 2:
        return ()  # nobody says what another said; looking closer costs the most
    for chain in _chains(sentence):
        outer, last = chain[:-1], chain[-1]
        if (
            outer
            and last.who.name == speaker
            and all(_is_known(each.who.name) for each in outer)
            and all(_reaches(sentence, *pair) for pair in zip(outer, chain[1:], strict=True))
        ):
            return tuple(each.who.name for each in reversed(outer))
    return ()


def _reaches(sentence: str, outer: Source, inner: Source) -> bool:
    """Whether what one says surely goes on to the other: no clause of the writer's own can begin between them."""
    if outer.cue < inner.cue:
        between = sentence[outer.cue : max(outer.cue, inner.who.start)]
        return not _CLAUSE.search(between)
    return outer.cue - inner.cue < _FAR and ";" not in sentence[inner.cue : outer.cue]


def _is_known(name: str) -> bool:
    """Whether a name tells who it is, or at least their kind ("officials")."""
    last = name.split()[-1].lower()
    kinds = grammar("unnamed", "roles")
    return (
        (name[:1].isupper() or last in kinds) and name.lower() not in grammar("pronouns") and somebody(name)
    )


def _sources(text: str, row: list[Word], heard: list[Said], line: int) -> tuple[list[Source], list[Source]]:
    """Who speaks in a sentence for the writer, and who acts or thinks in what they say."""
    outer: list[Source] = []
    inner: list[Source] = []
    for odds, frame in likely(text, row, INNER, nested=True):
        if frame.speaker is None:
            continue
        who = resolve(name(text, row, frame.speaker), heard)
        cue = row[frame.verb].start if frame.verb >= 0 else frame.content[0][0]
        source = Source(who, cue, frame.content)
        if _acts(row, frame.speaker):
            inner.append(source)
        told = _told_to(row, frame.verb)
        if told is not None:
            inner.append(Source(name(text, row, told), frame.content[0][0], frame.content))
        if odds > OUTER and who.name.lower() not in _EXPLETIVE:
            outer.append(source)
            heard.append(Said(who, line, Field.BODY))
    for phrase, start in _fronted(row):
        ahead = [each for each in heard if each.line < line or each.speaker.end <= row[phrase.first].start]
        who = resolve(name(text, row, phrase), ahead)
        outer.append(Source(who, row[phrase.first].start, ((row[start].start, row[-1].end),)))
    inner.extend(_actors(text, row, outer))
    return outer, inner


def _fronted(row: list[Word]) -> Iterator[tuple[Phrase, int]]:
    """Whose mind a clause is opened with, and where it begins: "For Anna White, …", "In his view, …", "At the request of Oslo, …"."""
    for at in range(len(row) - 3):
        if at and row[at - 1].text not in ",;:—–":
            continue
        low, stop = row[at].low, _comma(row, at)
        if stop is None:
            continue
        if low in ("in", "to") and row[at + 1].low in _HOLDERS and row[at + 2].low in _MINDS:
            yield Phrase(at + 1, at + 2), stop
        elif low in ("for", "at"):
            of = at if low == "for" else at + 3
            asked = low == "for" or (row[at + 1].low == "the" and row[at + 2].low in _ASKED)
            phrase = after(row, of, len(row)) if asked and of + 1 < len(row) else None
            if phrase is not None and row[phrase.last - 1].text[0].isupper() and row[phrase.last].text == ",":
                yield (
                    phrase,
                    stop if phrase.apposition is None else min(len(row) - 1, phrase.apposition[1] + 1),
                )


def _comma(row: list[Word], at: int) -> int | None:
    """The word behind the next comma."""
    return next((step + 1 for step in range(at, len(row) - 1) if row[step].text == ","), None)


def _told_to(row: list[Word], verb: int) -> Phrase | None:
    """Who is to do what somebody asks for ("urged the states to sign"), or has said what they are blamed for."""
    if verb < 0:
        return None
    blamed = _BLAMING.match(row[verb].low)
    if not blamed and not _ASKING.match(row[verb].low):
        return None
    first = verb + 1
    while first < len(row) and (
        row[first].low in ("on", "upon", "for")
        or is_adverb(row[first].low)
        or row[first].low in grammar("time")
    ):
        first += 1
    for to in range(first + 1, min(len(row), first + MAX_PHRASE)):
        if row[to].low == "to" and not blamed:
            return Phrase(first, to)
        if blamed and (
            row[to].low == "of"
            or (
                row[to].low == "for"
                and row[to + 1 : to + 2]
                and row[to + 1].low in ("his", "her", "their", "its", "saying")
            )
        ):
            return Phrase(first, to)
        if row[to].text in ',;:"“':
            return None
    return None


def _over(one: Source, other: Source) -> bool:
    """Whether one brings the other; of two that bring each other the one whose word comes last ("…, officials said")."""
    if one is other or not one.brings(other.cue):
        return False
    return not other.brings(one.cue) or one.cue > other.cue


def _actors(text: str, row: list[Word], outer: list[Source]) -> Iterator[Source]:
    """Who, in what somebody brings, does, means or owns something, and who is told to."""
    for source in outer:
        held = [at for at, word in enumerate(row) if source.brings(word.start)]
        for at in held:
            phrase = _actor_at(row, at, held[0], held[-1] + 1)
            if phrase is not None and _acts(row, phrase):
                stop = source.content[-1][1]
                yield Source(name(text, row, phrase), row[at].start, ((row[at].end, stop),))


def _actor_at(row: list[Word], at: int, floor: int, ceiling: int) -> Phrase | None:
    """The actor that a word points at, where it points at one."""
    low = row[at].low
    told = _told_to(row, at)
    if told is not None:
        return told
    if _finite(row, at):
        return before(row, at, floor)
    if low in _OWNERS:
        return Phrase(at, at + 1)
    if low.endswith(("'s", "s'")) and row[at].text[0].isupper():
        return owner(row, at + 1, floor)
    if low == "by":
        return after(row, at, ceiling)
    if low == "of" and _HELD.intersection(kinds().get(row[at - 1].low, ())):
        return after(
            row, at, ceiling
        )  # "the insistence of the Americans on judging", "at the invitation of Kyiv"
    if low in ("who", "that") and row[at - 1].low.endswith(("s", "people", "men", "women")):
        return _last_noun(row, before(row, at, floor))
    return None


def _last_noun(row: list[Word], phrase: Phrase | None) -> Phrase | None:
    """A phrase from behind its last preposition on: whom a relative clause tells of."""
    if phrase is None:
        return None
    cut = [at for at in range(phrase.first, phrase.last - 1) if row[at].low in grammar("prepositions")]
    return Phrase(cut[-1] + 1, phrase.last) if cut else phrase


def _acts(row: list[Word], phrase: Phrase) -> bool:
    """Whether a phrase can be somebody: it opens as a noun phrase does and holds nothing but its words."""
    held = row[phrase.first : phrase.last]
    low = held[0].low
    opens = (
        low in grammar("determiners")
        or held[0].text[0].isupper()
        or low.isdigit()
        or held[-1].low.endswith("s")
    )
    return (
        (opens or len(held) == 1)
        and low not in _UNNAMED
        and not low.endswith(("ing", "ed"))
        and held[-1].low not in grammar("verbs", "auxiliaries", "determiners", "adverbs")
        and not any(word.low in _CLAUSAL or word.text in MARKS for word in held)
    )


def _finite(row: list[Word], at: int) -> bool:
    """Whether a word can be the verb of a clause, so that its subject stands before it."""
    low, last = row[at].low, row[at - 1].low
    if low in grammar("auxiliaries") or low in grammar("verbs") or last in ("who", "that", "which"):
        return True
    return (
        row[at].text.islower()
        and (low.endswith("ed") or low in forms())
        and last not in grammar("determiners")
    )


def _down(
    chain: tuple[Source, ...], outer: list[Source], inner: list[Source]
) -> Iterator[tuple[Source, ...]]:
    """A chain, and every chain that goes on from its last link."""
    yield chain
    if len(chain) < DEPTH:
        names = {source.who.name for source in chain}
        for source in inner:
            if chain[-1].brings(source.cue) and source.who.name not in names:
                yield from _down((*chain, source), outer, inner)

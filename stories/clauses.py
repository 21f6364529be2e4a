"""A sentence as units: actors, frame verbs and nouns, prepositions and the words between them."""

from __future__ import annotations

import re
from datetime import datetime
from enum import StrEnum
from functools import cache, lru_cache
from typing import NamedTuple

from stories.actors import Mention, MentionKind, mentions
from stories.acts import Frame, Sense, acts
from stories.text import lowered


class Part(StrEnum):
    """What a unit does in a sentence, as far as claims need it."""

    ACTOR = "actor"
    VERB = "verb"
    NOUN = "noun"
    """A frame's noun ("attack", "sanctions")."""
    PREPOSITION = "preposition"
    BREAK = "break"
    """A conjunction: a new clause with its own actor."""
    MARK = "mark"
    """Comma, colon, dash, quotation mark."""
    SAYER = "sayer"
    AUXILIARY = "auxiliary"
    PRONOUN = "pronoun"
    GOODS = "goods"
    WORD = "word"


class Unit(NamedTuple):
    """One unit and where it stands in the text the sentence was cut from."""

    part: Part
    word: str
    """In lower case."""
    start: int
    end: int
    actor: str = ""
    adjective: bool = False
    """A people's name right before a noun ("Russian missiles"): whose it is, not who receives."""
    country: bool = False
    """The name of a state or group itself, not its adjective."""
    senses: tuple[Sense, ...] = ()
    nouns: tuple[Frame, ...] = ()
    owns: bool = False
    """Carries a possessive ("Russia's")."""


_unit = tuple.__new__
"""Past NamedTuple's own constructor, which nearly every word of a sentence would go through."""
_OBJECT_PRONOUNS = frozenset({"them", "him", "her", "it", "it's"})
_TOKEN = re.compile(
    r"(?:[A-Z]\.){2,}|[^\W_]+(?:[-'’&.][^\W_]+)*|[,;:—–“”\"()|]|['‘’](?=\s|$)|(?<=\s)['‘-](?=\s|\w)"
)
_PLAIN = re.compile(r"[^\W_]+(?:[-'&.][^\W_]+)*")
"""A word of `_TOKEN` that isn't an abbreviation with points, which no act is told by."""
_CONTRACTED = ("'d", "'m", "'ve", "'ll", "'re", "’d", "’m", "’ve", "’ll", "’re", "n't", "n’t")
_NAME_PART = re.compile(r"[A-Z][\w'’&-]*$")


def tells_of_acts(text: str, start: int, end: int) -> bool:
    """Whether a word of ``text[start:end]`` is a frame's verb or noun, or goods; most sentences have none."""
    return not _telling().isdisjoint(_PLAIN.findall(lowered(text), start, end))


@cache
def _telling() -> frozenset[str]:
    lexicon = acts()
    return frozenset((*lexicon.verbs, *lexicon.nouns, *lexicon.goods))


def units(text: str, start: int, end: int, at: datetime | None) -> list[Unit]:
    """The units of ``text[start:end]``; spans point into ``text``. None at all where nothing can be an actor's name."""
    sentence = text[start:end]
    named = {mention.start: mention for mention in mentions(sentence, at)}
    raw = list(_TOKEN.finditer(sentence))
    # In a headline in title case a capital says nothing, so only known actors count there.
    tokens = [match.group() for match in raw]
    letters = [token[0] for token in tokens if token[0].isalpha()]
    capitals = sum(map(str.isupper, letters))
    lexicon = acts()
    prose = capitals < 0.6 * (len(letters) or 1) or not lexicon.verbs.keys().isdisjoint(tokens)
    if not named and not (capitals and prose):
        return []
    found: list[Unit] = []
    skip_to = 0
    for index, (match, token) in enumerate(zip(raw, tokens, strict=True)):
        first, past = match.span()
        if first < skip_to:
            continue
        mention = named.get(first)
        if mention is not None and "-" in token and mention.end < past:
            # "Iranian-made", "US-backed": says what a thing is like, not who acts; "US-led forces" do act.
            mention = mention if token.lower().endswith(("-led", "-run")) else None
            if mention is None:
                found.append(Unit(Part.WORD, token.lower(), start + first, start + past))
                continue
        if mention is not None:
            skip_to = max(mention.end, past)
            found.append(_actor(mention, token, sentence, start, skip_to, raw, index))
            continue
        word, part, senses, nouns = _kind(token)
        if (
            token[0].isupper()
            and part in (Part.WORD, Part.GOODS)
            and (prose or not found)
            and not (found and _speaks_for(found[-1], start + first))
        ):
            run = _name_run(raw, index, named, prose)
            if run and (index > 0 or run > 1 or _known_subject(raw, index + run)):
                last = raw[index + run - 1]
                skip_to = last.end()
                name = sentence[first : last.end()].removesuffix("'s").removesuffix("’s")
                name = " ".join(name.split())
                owns = sentence[last.end() - 2 : last.end()] in ("'s", "’s")
                found.append(
                    Unit(
                        Part.ACTOR,
                        name.casefold(),
                        start + first,
                        start + last.end(),
                        actor=name,
                        owns=owns,
                    )
                )
                continue
        found.append(
            _unit(Unit, (part, word, start + first, start + past, "", False, False, senses, nouns, False))
        )
    return found


def _speaks_for(last: Unit, place: int) -> bool:
    """Whether a unit is a country that what stands right behind it speaks for ("US House", "Israel's Ben-Gvir")."""
    return bool(last.actor) and last.country and place - last.end <= 3


def _actor(
    mention: Mention, token: str, sentence: str, start: int, end: int, raw: list[re.Match[str]], index: int
) -> Unit:
    after = sentence[mention.end : mention.end + 2]
    owns = after in ("'s", "’s", "' ", "’ ")
    following = next((match for match in raw[index + 1 : index + 6] if match.start() >= end), None)
    adjective = owns or (
        mention.kind in (MentionKind.PEOPLE, MentionKind.STATE, MentionKind.OFFICE, MentionKind.GROUP)
        and following is not None
        and following.group()[0].isalpha()
        and following.group().lower() not in acts().prepositions
        and following.start() - end <= 3
        and _noun_like(following.group().lower())
    )
    return Unit(
        Part.ACTOR,
        token.lower(),
        start + mention.start,
        start + end,
        actor=mention.actor,
        adjective=adjective,
        country=mention.kind is not MentionKind.PEOPLE or token.endswith("s"),
        owns=owns,
    )


def _noun_like(word: str) -> bool:
    lexicon = acts()
    if word in lexicon.goods or word in lexicon.nouns:
        return True
    return not (
        word in lexicon.verbs
        or word in lexicon.auxiliaries
        or word in lexicon.sayers
        or word in lexicon.breaks
        or word in lexicon.determiners
    )


def _known_subject(raw: list[re.Match[str]], index: int) -> bool:
    """Whether a verb follows the sentence's first word, so that its capital may be a name's."""
    return index < len(raw) and raw[index].group().lower() in acts().verbs


def _name_run(raw: list[re.Match[str]], index: int, named: dict[int, Mention], prose: bool) -> int:
    """How many tokens from here are one capitalised name, at most four and "New"; 0 when none."""
    lexicon = acts()
    length = int(raw[index].group() == "New" and _goes_on(raw, index + 1))  # "New York"
    for match in raw[index + length : index + length + 4]:
        token = match.group()
        low = token.lower().removesuffix("'s").removesuffix("’s")
        if (length and match.start() in named) or not _NAME_PART.match(token):
            break
        if (
            low in lexicon.verbs
            or low in lexicon.goods
            or low.endswith(_CONTRACTED)
            or low in lexicon.not_names
            or low in lexicon.prepositions
            or low in lexicon.determiners
        ):
            break
        length += 1
    if length == 1 and raw[index].group().lower() in lexicon.not_names:
        return 0
    if length and _says_what_kind(raw, index + length):
        return 0
    return length if prose else 0


def _goes_on(raw: list[re.Match[str]], index: int) -> bool:
    """Whether "New" before this token begins a place's name, and says nothing of what follows ("New Sanctions")."""
    token = raw[index].group() if index < len(raw) else ""
    return f"new {token.lower()}".removesuffix("'s").removesuffix("’s") in acts().renewed


def _says_what_kind(raw: list[re.Match[str]], behind: int) -> bool:
    """Whether a name is no actor's: of a meeting ("Lima Summit"), or a kind of arms ("Condor artillery systems")."""
    last = raw[behind - 1].group()
    if last.lower() in acts().events and not last.isupper():
        return True
    follows = raw[behind].group() if behind < len(raw) else ""
    owned = last.endswith(("'s", "’s"))
    return not owned and acts().things.get(follows) == "arms"


@lru_cache(maxsize=12_000)
def _kind(token: str) -> tuple[str, Part, tuple[Sense, ...], tuple[Frame, ...]]:
    """A token in lower case, and what it is by the lexicon wherever it stands."""
    word = token.lower().replace("’", "'")
    lexicon = acts()
    senses = lexicon.verbs.get(word, ())
    nouns = lexicon.nouns.get(word, ())
    if not word[0].isalnum():
        part = Part.MARK
    elif word in lexicon.prepositions:
        part = Part.PREPOSITION
    elif senses:
        part = Part.VERB
    elif nouns:
        part = Part.NOUN
    elif word in lexicon.goods:
        part = Part.GOODS
    elif word in lexicon.sayers:
        part = Part.SAYER
    elif word in lexicon.auxiliaries:
        part = Part.AUXILIARY
    elif word in lexicon.breaks:
        part = Part.BREAK
    elif word in _OBJECT_PRONOUNS:
        part = Part.PRONOUN
    else:
        part = Part.WORD
    return word, part, senses, nouns


def is_determiner(unit: Unit) -> bool:
    """Articles and the like, which stand between a verb and its object."""
    return unit.word in acts().determiners or unit.word.isdigit()

"""Names as parties: who is meant by "Moscow", "the Kremlin", "Russian officials" or "Afghan government", and when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache
from itertools import compress
from typing import NamedTuple

from stories.actor_lexicon import WORD, Lexicon, Name, actor_lexicon, bared, placed, stem_of
from stories.actor_lexicon import MentionKind as MentionKind
from stories.actor_lexicon import tokens as tokens


class Mention(NamedTuple):
    """A name in a text and the actor it stands for."""

    start: int
    end: int
    actor: str
    kind: MentionKind


_ROOM = 40_000
"""Words remembered at most by whether a name begins with them, 4 MB."""


def mentions(text: str, at: datetime | None) -> list[Mention]:
    """The actors a text names, in order, longest name first and without overlap.

    ``at`` is when the text was published: it decides who is the government of a country that changed
    hands, and whether a person still holds an office. None means unknown: then countries stand for
    themselves and persons with limited terms too. Pass the feed's date, not when we fetched it.
    """
    words = WORD.findall(text)
    opening = list(compress(range(len(words)), map(_openings().__getitem__, words)))
    if not opening:
        return []  # most names of persons, most labels: what their words' places are matters to nobody
    return list(_find(placed(text, words), opening, at))


def _find(words: list[tuple[int, int, str]], where: Iterable[int], at: datetime | None) -> Iterator[Mention]:
    """The actors whose names begin with the words of some numbers, in order; no name begins with most words."""
    lexicon = actor_lexicon()
    opening = _openings()
    by_first = lexicon.by_first
    taken = 0
    for index in where:
        start, _, word = words[index]
        if not opening[word] or index < taken:
            continue
        candidates = by_first.get(word.casefold()) or _inflected(word)
        name = _longest(words, index, candidates) if candidates else None
        if name is None:
            head = word.partition("-")[0] if "-" in word else ""
            # "Russian-made", "Taliban-led", "US-backed": the head of a compound still names the actor.
            if head and (candidates := by_first.get(head.casefold())):
                single = _longest([(start, start + len(head), head)], 0, candidates)
                if single is not None:
                    stem = [(start, start + len(head), head)]
                    yield _meant(single, start, start + len(head), stem, 0, at, lexicon)
            continue
        last = index + len(name.words) - 1
        if index and _is_surname(name, words[index - 1], words[index], lexicon):
            continue  # "Jim Jordan", "Anna Moskwa"
        if name.kind in (MentionKind.STATE, MentionKind.PEOPLE) and _aged(words, last):
            continue  # "Georgian Constantin, 42": first name and surname
        if name.kind in (MentionKind.STATE, MentionKind.SEAT) and _in_a_region(words, last, lexicon.regions):
            continue  # "Moscow, Idaho", "Peru, Indiana"
        yield _meant(name, start, words[last][1], words, last, at, lexicon)
        taken = last + 1


class _Openings(dict[str, bool]):
    """Which words of texts a name may begin with, worked out when a word is first met."""

    def __missing__(self, word: str) -> bool:
        if len(self) > _ROOM:
            self.clear()
        found = _opens(word)
        if not found and ("'" in word or "’" in word):
            _, _, bare = bared(0, 0, word)
            found = bare != word and self[bare]
        self[word] = found
        return found


def _opens(word: str) -> bool:
    """Whether a name begins with a word, a Slavic case of it or the head of its compound."""
    lexicon = actor_lexicon()
    if word[0].islower() and "-" not in word and word not in lexicon.lowered:
        return False
    head, _, _ = word.partition("-")
    return (
        word.casefold() in lexicon.by_first
        or head.casefold() in lexicon.by_first
        or _inflected(word) is not None
    )


@cache
def _openings() -> _Openings:
    return _Openings()


def _is_surname(
    name: Name, before: tuple[int, int, str], word: tuple[int, int, str], lexicon: Lexicon
) -> bool:
    """Whether a place's name is a person's: after a first name, or a capital's after somebody's title."""
    if len(name.words) > 1 or before[1] + 1 != word[0]:
        return False
    called = before[2].casefold()
    if called in lexicon.given:
        return name.kind in (MentionKind.STATE, MentionKind.SEAT) or (
            name.kind is MentionKind.OFFICE and not word[2].isupper()
        )
    return (
        name.kind in (MentionKind.SEAT, MentionKind.OFFICE)
        and not word[2].isupper()
        and before[2][0].isupper()
        and called in lexicon.titles
    )


def _aged(words: list[tuple[int, int, str]], last: int) -> bool:
    """Whether one more name and an age between two marks follow ("Constantin, 42, was"; not "Pledges $71 Million")."""
    if last + 2 >= len(words):
        return False
    end = words[last][1]
    (start, stop, surname), (behind, until, age) = words[last + 1 : last + 3]
    if last + 3 < len(words) and words[last + 3][0] == until + 1:
        return False
    return (
        start == end + 1 and surname[0].isupper() and behind == stop + 2 and len(age) == 2 and age.isdigit()
    )


def _in_a_region(words: list[tuple[int, int, str]], last: int, regions: frozenset[str]) -> bool:
    """Whether a comma and the region that a namesake lies in follow a place."""
    end = words[last][1]
    behind = words[last + 1 : last + 3]
    if not behind or behind[0][0] != end + 2 or not behind[0][2][0].isupper():
        return False
    said = [word.casefold() for _, _, word in behind]
    return said[0] in regions or " ".join(said) in regions


def _inflected(word: str) -> tuple[Name, ...] | None:
    """Names by a Slavic case of theirs ("Норвегии", "Кремлём"): the stem is what the endings leave."""
    return actor_lexicon().by_stem.get(stem_of(word)) if "\u0400" <= word[0] <= "\u04ff" else None


def _longest(words: list[tuple[int, int, str]], index: int, candidates: tuple[Name, ...]) -> Name | None:
    first = words[index][2]
    for name in candidates:
        if name.exact and first != name.exact:
            continue
        if not name.any_case and first[0].islower():
            continue
        length = len(name.words)
        # The first word is what the candidates were found by, so only the others are left to compare.
        if length == 1:
            return name
        if index + length > len(words):
            continue
        for offset in range(1, length):
            if words[index + offset][2].casefold() != name.words[offset]:
                break
        else:
            return name
    return None


def _meant(
    name: Name,
    start: int,
    end: int,
    words: list[tuple[int, int, str]],
    last: int,
    at: datetime | None,
    lexicon: Lexicon,
) -> Mention:
    actor, kind = name.actor, name.kind
    if name.terms:
        held = next((term.party for term in name.terms if at and term.covers(at.date())), None)
        return Mention(start, end, held or actor, kind)
    if kind is MentionKind.SEAT:
        before = last - len(name.words)
        if before >= 0 and words[before][2].casefold() in lexicon.places:
            return Mention(start, end, actor, MentionKind.PLACE)
    governs = kind in (MentionKind.SEAT, MentionKind.OFFICE)
    if not governs and kind in (MentionKind.STATE, MentionKind.PEOPLE):
        governs = _office_follows(words, last, lexicon.offices)
        if governs:
            kind = MentionKind.OFFICE
    if governs and at and (governments := lexicon.governments.get(actor)):
        actor = next((term.party for term in governments if term.covers(at.date())), actor)
    return Mention(start, end, actor, kind)


def _office_follows(words: list[tuple[int, int, str]], last: int, offices: frozenset[str]) -> bool:
    """Whether an office stands next, or one word on ("Afghan foreign ministry", "Afghan central government")."""
    end = words[last][1]
    for start, stop, word in words[last + 1 : last + 3]:
        if start > end + 3:
            return False
        if word.casefold() in offices:
            return True
        end = stop
    return False


_STRENGTH = {
    MentionKind.OFFICE: 0,
    MentionKind.SEAT: 0,
    MentionKind.GROUP: 0,
    MentionKind.BODY: 0,
    MentionKind.PERSON: 0,
    MentionKind.STATE: 1,
    MentionKind.PEOPLE: 1,
    MentionKind.PLACE: 2,
}


def party_of(words: str, at: datetime | None) -> str:
    """The party somebody with this name or affiliation speaks for; empty when the words do not say.

    A posting is not a party ("US ambassador to South Africa" is the United States), and the earliest
    name with an office wins over a bare country.
    """
    lexicon = actor_lexicon()
    spoken = tokens(words)
    starts = {start: index for index, (start, _, _) in enumerate(spoken)}
    best: tuple[int, int, str] | None = None
    owned = -2
    for mention in _find(spoken, range(len(spoken)), at):
        if owned == mention.start - 1:
            continue  # "U.S. European Command": the first has the second
        if mention.kind in (MentionKind.STATE, MentionKind.PEOPLE):
            owned = mention.end
        index = starts.get(mention.start, 0)
        before = [word.casefold() for _, _, word in spoken[max(0, index - 2) : index]]
        if before and (
            before[-1] in lexicon.postings or (before[-1] == "the" and before[0] in lexicon.postings)
        ):
            continue
        rank = (_STRENGTH[mention.kind], mention.start, mention.actor)
        if best is None or rank < best:
            best = rank
    if best is None:
        return ""
    actor = best[2]
    # "spokesman for Afghanistan": somebody who speaks for a country speaks for its government.
    if at and (governments := lexicon.governments.get(actor)):
        said = {word.casefold() for _, _, word in spoken}
        if said & lexicon.offices:
            return next((term.party for term in governments if term.covers(at.date())), actor)
    return actor


@cache
def _given() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for group in actor_lexicon().by_first.values():
        for name in group:
            if name.kind is MentionKind.PERSON and len(name.words) > 1:
                found.setdefault(name.words[-1], set()).add(name.words[0].capitalize())
    return {surname: frozenset(given) for surname, given in found.items()}


def given_names(surname: str) -> frozenset[str]:
    """The first names of those known persons who bear a surname; none where only the surname is known."""
    return _given().get(surname.casefold(), frozenset())


def is_office(word: str) -> bool:
    """Whether a word in lower case names an office or organ of a government ("president", "troops")."""
    return word in actor_lexicon().offices


def is_known(actor: str) -> bool:
    """Whether an actor is one the lexicon names, no mere run of capitals."""
    return actor in actor_lexicon().known


def short_name(actor: str) -> str:
    """The form used in story names ("US" for "United States")."""
    return actor_lexicon().shorts.get(actor, actor)

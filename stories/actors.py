"""Names as parties: who is meant by "Moscow", "the Kremlin", "Russian officials" or "Afghan government", and when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from importlib import resources

from stories.lexicon import load


class MentionKind(StrEnum):
    """What kind of name stands for the actor."""

    STATE = "state"
    """A country by its name ("Russia")."""
    PEOPLE = "people"
    """Its adjective or people ("Russian", "the Russians")."""
    SEAT = "seat"
    """A seat of government standing for it ("Moscow said")."""
    PLACE = "place"
    """A seat of government that is only a place ("an explosion in Moscow")."""
    OFFICE = "office"
    """A country's organ, or its name with an office behind it ("Afghan government")."""
    GROUP = "group"
    BODY = "body"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text and the actor it stands for."""

    start: int
    end: int
    actor: str
    kind: MentionKind


@dataclass(frozen=True, slots=True)
class _Term:
    """From when until when a person speaks for a party; open ends are None."""

    party: str
    since: date | None
    until: date | None

    def covers(self, day: date) -> bool:
        return (self.since is None or day >= self.since) and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class _Name:
    """One form of a name."""

    words: tuple[str, ...]
    """Casefolded."""
    actor: str
    kind: MentionKind
    exact: str = ""
    """Short capitals ("US", "IS group") must stand exactly so; else empty."""
    any_case: bool = False
    terms: tuple[_Term, ...] = ()


@dataclass(frozen=True)
class _Lexicon:
    by_first: dict[str, tuple[_Name, ...]]
    """Names by their first word, longest first."""
    by_stem: dict[str, tuple[_Name, ...]]
    """Cyrillic names of one word by what their case endings leave."""
    lowered: frozenset[str]
    """First words of names that may stand in lower case ("al-Qaeda")."""
    governments: dict[str, tuple[_Term, ...]]
    shorts: dict[str, str]
    known: frozenset[str]
    """Every actor some name stands for."""
    offices: frozenset[str]
    places: frozenset[str]
    postings: frozenset[str]
    regions: frozenset[str]
    given: frozenset[str]


# An abbreviation with points ("U.S.") or a word; an apostrophe inside belongs to it ("Sana'a", "O'Brien").
_WORD = re.compile(r"(?:[A-Z]\.){2,}|[^\W_]+(?:[-'’&][^\W_]+)*\+?")
_POSSESSIVE = re.compile(r"['’]s?$")


def tokens(text: str) -> list[tuple[int, int, str]]:
    """The words of a text as (start, end, word), a possessive ending left off."""
    found = []
    at = 0
    for word in _WORD.findall(text):  # and looked up, which takes less than a match object for each
        at = text.find(word, at)
        found.append((at, at + len(word), word))
        at += len(word)
    if "'" not in text and "’" not in text:
        return found
    return [_bared(start, end, word) for start, end, word in found]


def _bared(start: int, end: int, word: str) -> tuple[int, int, str]:
    """A word without a possessive ending, or without an article run into a name ("l'Ukraine", "d'Iran")."""
    if word[-1] in "sS" and len(word) > 2 and word[-2] in "'’":
        return start, end - 2, word[:-2]
    if len(word) > 4 and word[1] in "'’" and word[0] in "lLdD" and word[2].isupper():
        return start + 2, end, word[2:]
    return start, end, word


def mentions(text: str, at: datetime | None) -> list[Mention]:
    """The actors a text names, in order, longest name first and without overlap.

    ``at`` is when the text was published: it decides who is the government of a country that changed
    hands, and whether a person still holds an office. None means unknown: then countries stand for
    themselves and persons with limited terms too. Pass the feed's date, not when we fetched it.
    """
    return list(_find(tokens(text), at))


def _find(words: list[tuple[int, int, str]], at: datetime | None) -> Iterator[Mention]:
    lexicon = _lexicon()
    by_first = lexicon.by_first
    lowered = lexicon.lowered
    taken = 0
    for index, (start, _, word) in enumerate(words):
        if word[0].islower() and "-" not in word and word not in lowered:
            continue  # most words: no name begins with them in lower case
        if index < taken:
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
        if name.kind is MentionKind.STATE and index and words[index - 1][2].casefold() in lexicon.given:
            index = last + 1
            continue  # "Jim Jordan"
        if name.kind in (MentionKind.STATE, MentionKind.SEAT) and _in_a_region(words, last, lexicon.regions):
            continue  # "Moscow, Idaho", "Peru, Indiana"
        yield _meant(name, start, words[last][1], words, last, at, lexicon)
        taken = last + 1


def _in_a_region(words: list[tuple[int, int, str]], last: int, regions: frozenset[str]) -> bool:
    """Whether a comma and the region that a namesake lies in follow a place."""
    end = words[last][1]
    behind = words[last + 1 : last + 3]
    if not behind or behind[0][0] != end + 2 or not behind[0][2][0].isupper():
        return False
    said = [word.casefold() for _, _, word in behind]
    return said[0] in regions or " ".join(said) in regions


def _inflected(word: str) -> tuple[_Name, ...] | None:
    """Names by a Slavic case of theirs ("Норвегии", "Кремлём"): the stem is what the endings leave."""
    return _lexicon().by_stem.get(_stem(word)) if "\u0400" <= word[0] <= "\u04ff" else None


def _stem(word: str) -> str:
    """A Cyrillic word without its case ending; empty where too little is left to tell names apart."""
    low = word.casefold()
    end = next((end for end in _CASES if low.endswith(end)), "")
    stem = low[: len(low) - len(end)].rstrip("аеиоуыэюяйьії")
    return stem if len(stem) >= 4 else ""


_CASES = ("ами", "ями", "ом", "ем", "ём", "ой", "ей", "ою", "ею", "ов", "ах", "ях", "ам", "ям")


def _longest(words: list[tuple[int, int, str]], index: int, candidates: tuple[_Name, ...]) -> _Name | None:
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
    name: _Name,
    start: int,
    end: int,
    words: list[tuple[int, int, str]],
    last: int,
    at: datetime | None,
    lexicon: _Lexicon,
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
    lexicon = _lexicon()
    spoken = tokens(words)
    starts = {start: index for index, (start, _, _) in enumerate(spoken)}
    best: tuple[int, int, str] | None = None
    owned = -2
    for mention in _find(spoken, at):
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
    for group in _lexicon().by_first.values():
        for name in group:
            if name.kind is MentionKind.PERSON and len(name.words) > 1:
                found.setdefault(name.words[-1], set()).add(name.words[0].capitalize())
    return {surname: frozenset(given) for surname, given in found.items()}


def given_names(surname: str) -> frozenset[str]:
    """The first names of those known persons who bear a surname; none where only the surname is known."""
    return _given().get(surname.casefold(), frozenset())


def is_office(word: str) -> bool:
    """Whether a word in lower case names an office or organ of a government ("president", "troops")."""
    return word in _lexicon().offices


def is_known(actor: str) -> bool:
    """Whether an actor is one the lexicon names, no mere run of capitals."""
    return actor in _lexicon().known


def short_name(actor: str) -> str:
    """The form used in story names ("US" for "United States")."""
    return _lexicon().shorts.get(actor, actor)


@cache
def _lexicon() -> _Lexicon:
    folder = resources.files("stories") / "lexicon"
    data = load("actors")
    names: dict[tuple[str, ...], _Name] = {}
    shorts: dict[str, str] = {}
    governments: dict[str, tuple[_Term, ...]] = {}

    def add(form: str, actor: str, kind: MentionKind, terms: tuple[_Term, ...] = ()) -> None:
        words = tuple(word.casefold() for _, _, word in tokens(form))
        if not words:
            return
        exact = form.split()[0] if len(words[0]) <= 4 and form.split()[0].isupper() else ""
        names[words] = _Name(words, actor, kind, exact, form[0].islower(), terms)

    for line in (folder / "territories.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        actor, _, people, seats, others = line.split("\t")
        for kind, forms in (
            (MentionKind.STATE, [*others.split("|"), actor]),
            (MentionKind.PEOPLE, people.split("|")),
            (MentionKind.SEAT, seats.split("|")),
        ):
            for form in forms:
                if form:
                    add(form, actor, kind)
    for actor, entry in data["states"].items():
        shorts[actor] = entry.get("short", actor)
        for form in entry.get("names", ()):
            add(form, actor, MentionKind.STATE)
        for form in entry.get("organs", ()):
            add(form, actor, MentionKind.OFFICE)
        for form in entry.get("people", ()):
            add(form, actor, MentionKind.PERSON)
        if "governments" in entry:
            governments[actor] = tuple(
                _Term(each["party"], each.get("from"), each.get("until")) for each in entry["governments"]
            )
    for table, kind in (("groups", MentionKind.GROUP), ("bodies", MentionKind.BODY)):
        for actor, forms in data[table].items():
            for form in forms:
                add(form, actor, kind)
    terms: dict[str, list[_Term]] = {}
    own: dict[str, str] = {}
    for each in data["terms"]:
        for form in each["names"]:
            own[form] = each["names"][0]
            terms.setdefault(form, []).append(_Term(each["party"], each.get("from"), each.get("until")))
    for form, held in terms.items():
        add(form, own[form], MentionKind.PERSON, tuple(held))
    by_first: dict[str, list[_Name]] = {}
    for name in names.values():
        by_first.setdefault(name.words[0], []).append(name)
    by_stem: dict[str, tuple[_Name, ...]] = {}
    for name in names.values():
        if (
            len(name.words) == 1
            and "\u0400" <= name.words[0][0] <= "\u04ff"
            and (stem := _stem(name.words[0]))
        ):
            by_stem.setdefault(stem, (name,))
    return _Lexicon(
        by_stem=by_stem,
        by_first={
            first: tuple(sorted(group, key=lambda name: -len(name.words)))
            for first, group in by_first.items()
        },
        lowered=frozenset(name.words[0] for name in names.values() if name.any_case),
        governments=governments,
        shorts={actor: short for actor, short in shorts.items() if short != actor},
        known=frozenset(name.actor for name in names.values())
        | {term.party for name in names.values() for term in name.terms},
        offices=frozenset(data["words"]["offices"]),
        places=frozenset(data["words"]["places"]),
        postings=frozenset(data["words"]["postings"]),
        regions=frozenset(data["words"]["regions"]),
        given=frozenset(data["words"]["given"]),
    )

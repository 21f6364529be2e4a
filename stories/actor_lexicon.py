"""The names that stand for actors, as the lexicons list them, and how a text is cut to find them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
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
class Term:
    """From when until when a person speaks for a party; open ends are None."""

    party: str
    since: date | None
    until: date | None

    def covers(self, day: date) -> bool:
        return (self.since is None or day >= self.since) and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Name:
    """One form of a name."""

    words: tuple[str, ...]
    """Casefolded."""
    actor: str
    kind: MentionKind
    exact: str = ""
    """Short capitals ("US", "IS group") must stand exactly so; else empty."""
    any_case: bool = False
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True)
class Lexicon:
    by_first: dict[str, tuple[Name, ...]]
    """Names by their first word, longest first."""
    by_stem: dict[str, tuple[Name, ...]]
    """Cyrillic names of one word by what their case endings leave."""
    lowered: frozenset[str]
    """First words of names that may stand in lower case ("al-Qaeda")."""
    governments: dict[str, tuple[Term, ...]]
    shorts: dict[str, str]
    known: frozenset[str]
    """Every actor some name stands for."""
    offices: frozenset[str]
    places: frozenset[str]
    postings: frozenset[str]
    regions: frozenset[str]
    given: frozenset[str]
    titles: frozenset[str]
    """Ranks that stand right before a surname."""


# An abbreviation with points ("U.S.") or a word; an apostrophe inside belongs to it ("Sana'a", "O'Brien").
WORD = re.compile(r"(?:[A-Z]\.){2,}|[^\W_]+(?:[-'’&][^\W_]+)*\+?")


def tokens(text: str) -> list[tuple[int, int, str]]:
    """The words of a text as (start, end, word), a possessive ending left off."""
    return placed(text, WORD.findall(text))


def placed(text: str, words: list[str]) -> list[tuple[int, int, str]]:
    """The `tokens` of a text of which `WORD` has found the words."""
    found = []
    end = 0
    for word in words:  # looked up, which takes less than a match object for each
        start = text.find(word, end)
        end = start + len(word)
        found.append((start, end, word))
    if "'" not in text and "’" not in text:
        return found
    return [bared(start, end, word) for start, end, word in found]


def bared(start: int, end: int, word: str) -> tuple[int, int, str]:
    """A word without a possessive ending, or without an article run into a name ("l'Ukraine", "d'Iran")."""
    if word[-1] in "sS" and len(word) > 2 and word[-2] in "'’":
        return start, end - 2, word[:-2]
    if len(word) > 4 and word[1] in "'’" and word[0] in "lLdD" and word[2].isupper():
        return start + 2, end, word[2:]
    return start, end, word


def stem_of(word: str) -> str:
    """A Cyrillic word without its case ending; empty where too little is left to tell names apart."""
    low = word.casefold()
    end = next((end for end in _CASES if low.endswith(end)), "")
    stem = low[: len(low) - len(end)].rstrip("аеиоуыэюяйьії")
    return stem if len(stem) >= 4 else ""


_CASES = ("ами", "ями", "ом", "ем", "ём", "ой", "ей", "ою", "ею", "ов", "ах", "ях", "ам", "ям")


@cache
def actor_lexicon() -> Lexicon:
    """All names that stand for actors, and the words that tell how they are meant."""
    folder = resources.files("stories") / "lexicon"
    data = load("actors")
    names: dict[tuple[str, ...], Name] = {}
    shorts: dict[str, str] = {}
    governments: dict[str, tuple[Term, ...]] = {}

    def add(form: str, actor: str, kind: MentionKind, terms: tuple[Term, ...] = ()) -> None:
        words = tuple(word.casefold() for _, _, word in tokens(form))
        if not words:
            return
        exact = form.split()[0] if len(words[0]) <= 4 and form.split()[0].isupper() else ""
        names[words] = Name(words, actor, kind, exact, form[0].islower(), terms)

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
                Term(each["party"], each.get("from"), each.get("until")) for each in entry["governments"]
            )
    for table, kind in (("groups", MentionKind.GROUP), ("bodies", MentionKind.BODY)):
        for actor, forms in data[table].items():
            for form in forms:
                add(form, actor, kind)
    terms: dict[str, list[Term]] = {}
    own: dict[str, str] = {}
    for each in data["terms"]:
        for form in each["names"]:
            own[form] = each["names"][0]
            terms.setdefault(form, []).append(Term(each["party"], each.get("from"), each.get("until")))
    for form, held in terms.items():
        add(form, own[form], MentionKind.PERSON, tuple(held))
    by_first: dict[str, list[Name]] = {}
    for name in names.values():
        by_first.setdefault(name.words[0], []).append(name)
    by_stem: dict[str, tuple[Name, ...]] = {}
    for name in names.values():
        if (
            len(name.words) == 1
            and "\u0400" <= name.words[0][0] <= "\u04ff"
            and (stem := stem_of(name.words[0]))
        ):
            by_stem.setdefault(stem, (name,))
    return Lexicon(
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
        titles=frozenset(data["words"]["titles"]),
    )

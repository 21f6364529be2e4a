"""The lexicon of acts: which verbs and nouns say that one actor gives, seeks, attacks, accuses …"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from stories.lexicon import load


class Flow(StrEnum):
    """Which way a frame points from its grammatical subject."""

    GIVE = "give"
    """From the subject to a recipient ("A sends tanks to B")."""
    GET = "get"
    """To the subject from a source ("A buys gas from B")."""
    ACT = "act"
    """The subject acts upon the object ("A attacks B")."""


class Form(StrEnum):
    """The form a verb stands in, as far as its ending tells."""

    PLAIN = "plain"
    """Base or present ("arm", "arms")."""
    PAST = "past"
    """Past or participle ("armed"): may be a passive."""
    ING = "ing"


@dataclass(frozen=True, slots=True)
class Frame:
    """One kind of act, with the words of stories/lexicon/acts.toml."""

    name: str
    family: str
    """Frames of one family can point against one another ("supply", "attack" …)."""
    flow: Flow
    mutual: bool
    """Opposite directions are two sides of one dispute (accusations), never two claims."""
    handed: bool
    """Hands something over: the other way round it is another claim, where a blow or a ban is only answered."""
    transitive: bool
    """Its bare object receives the act ("arm the Taliban"), where "send the weapons" has a thing there."""
    needs_goods: bool
    """Says something only with goods near ("send" alone does not)."""
    without_goods: bool
    """Says something only when what is taken is an actor ("Microsoft buys Activision")."""


@dataclass(frozen=True, slots=True)
class Sense:
    """One reading of one word form."""

    frame: Frame
    form: Form
    particle: str = ""
    """The word that must follow ("turn *to*"); empty when none."""
    lemma: str = ""
    ambiguous: bool = False
    """Its form is also a noun's ("arms", "strikes"), so the neighbours must show a verb."""


@dataclass(frozen=True)
class Acts:
    """All senses by word form, and the small word classes claims are read with."""

    verbs: dict[str, tuple[Sense, ...]]
    nouns: dict[str, tuple[Frame, ...]]
    by_name: dict[str, Frame]
    goods: frozenset[str]
    kinds: dict[str, list[str]]
    """Words of one kind of thing ("arms": weapons, missiles, ammunition …)."""
    things: dict[str, str]
    """What is handed over, by the kind of thing that can be compared ("tanks" and "shells" are arms)."""
    auxiliaries: frozenset[str]
    passives: frozenset[str]
    sayers: frozenset[str]
    breaks: frozenset[str]
    prepositions: frozenset[str]
    determiners: frozenset[str]
    encounters: frozenset[str]
    """Fights of two sides ("killed in clashes with")."""
    enactors: frozenset[str]
    """Words that may stand between an actor and its act's noun ("imposes new sanctions on")."""
    scenes: frozenset[str]
    """Words of matches, markets and weather, where "hits" and "strikes" are no attacks."""
    papers: frozenset[str]
    """Writings about things: what stands before them is not handed over ("a weapons wish list")."""
    matches: frozenset[str]
    """Those of them that only sport has."""
    played: frozenset[str]
    """Verbs that stand with a score ("beat Peru 2-1")."""
    material: frozenset[str]
    """What makes support or help a thing that is handed over ("military support")."""
    events: frozenset[str]
    """What a meeting's name ends in."""
    renewed: frozenset[str]
    """Places whose names begin with "new"."""
    not_names: frozenset[str]
    """Capitalised words that act in no news: months, days, ranks, openers."""


@cache
def acts() -> Acts:
    """The lexicon, read once."""
    data = dict(load("acts"))
    words = data.pop("words")
    kinds = data.pop("kinds")
    things = data.pop("things")
    verbs: dict[str, list[Sense]] = {}
    nouns: dict[str, list[Frame]] = {}
    by_name: dict[str, Frame] = {}
    for name, entry in data.items():
        frame = by_name[name] = Frame(
            name=name,
            family=entry["family"],
            flow=Flow(entry["flow"]),
            mutual=entry.get("mutual", False),
            handed=entry.get("handed", False),
            transitive=entry.get("transitive", False),
            needs_goods=entry.get("objects") == "goods",
            without_goods=entry.get("without_goods", False),
        )
        noun_forms = set(entry.get("nouns", ()))
        doubtful = noun_forms | set(entry.get("doubtful", ()))
        for noun in noun_forms:
            nouns.setdefault(noun, []).append(frame)
        for line in entry["verbs"]:
            phrase, _, irregular = line.partition(":")
            lemma, _, particle = phrase.strip().partition(" ")
            for form, kind in _irregular(lemma, irregular.split()) if irregular else forms_of(lemma):
                ambiguous = form in doubtful or form in words["goods"]
                sense = Sense(frame, kind, particle, lemma, ambiguous)
                if sense not in verbs.setdefault(form, []):
                    verbs[form].append(sense)
    return Acts(
        verbs={
            form: tuple(sorted(senses, key=lambda sense: not sense.particle))
            for form, senses in verbs.items()
        },
        nouns={form: tuple(held) for form, held in nouns.items()},
        by_name=by_name,
        goods=frozenset(words["goods"]),
        kinds=kinds,
        things={word: kind for kind, held in things.items() for word in held},
        auxiliaries=frozenset(words["auxiliaries"]),
        passives=frozenset(words["passives"]),
        sayers=frozenset(words["sayers"]),
        breaks=frozenset(words["breaks"]),
        prepositions=frozenset(words["prepositions"]),
        determiners=frozenset(words["determiners"]),
        encounters=frozenset(words["encounters"]),
        enactors=frozenset(words["enactors"]),
        scenes=frozenset([*words["scenes"], *words["matches"]]),
        papers=frozenset(words["papers"]),
        matches=frozenset(words["matches"]),
        played=frozenset(words["played"]),
        material=frozenset(words["material"]),
        events=frozenset(words["events"]),
        renewed=frozenset(words["renewed"]),
        not_names=frozenset(words["not_names"]),
    )


def forms_of(verb: str) -> list[tuple[str, Form]]:
    """Regular forms of a base verb; spelling rules of English for -e, -y and -ch/-sh/-s."""
    if verb.endswith("e"):
        past, third, ing = verb + "d", verb + "s", verb[:-1] + "ing"
    elif verb.endswith("y") and verb[-2] not in "aeiou":
        past, third, ing = verb[:-1] + "ied", verb[:-1] + "ies", verb + "ing"
    else:
        third = verb + ("es" if verb.endswith(("ch", "sh", "s", "x", "z")) else "s")
        past, ing = verb + "ed", verb + "ing"
    return [(verb, Form.PLAIN), (third, Form.PLAIN), (past, Form.PAST), (ing, Form.ING)]


def _irregular(verb: str, forms: list[str]) -> list[tuple[str, Form]]:
    found = [(verb, Form.PLAIN)]
    for form in forms:
        if form.endswith("ing"):
            found.append((form, Form.ING))
        elif form.endswith("s") and form.startswith(verb[:-1]) and not form.endswith("ss"):
            found.append((form, Form.PLAIN))
        else:
            found.append((form, Form.PAST))
    return found

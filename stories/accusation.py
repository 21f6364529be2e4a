"""Whether a story's claim holds something against somebody, and who of its speakers is one of its own parties."""

from __future__ import annotations

import re
from collections.abc import Sequence

from stories.actors import is_known
from stories.acts import Frame, acts
from stories.evidence import Claim, Reading, Statement
from stories.item import Item
from stories.somebody import somebody
from stories.speakers import grammar

_ALLEGED = re.compile(
    r"\b(?:alleg\w+|accus\w+|den(?:y|ies|ied|ials?|ying)|rumou?r\w*|reportedly|secret(?:ly)?|suspected|suspicions?|leak(?:s|ed)|"
    r"whistleblowers?|staged|hoax|cover-up|scandal|fraud\w*|brib\w+|reports? (?:says?|claims?|suggests?|finds?)|claims? that)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_][\w’'&-]*")
_LEGAL = re.compile(r"[ ,]+(?:Inc|Corp|Co|Ltd|LLC|PLC|plc|AG|SA|NV|Group|Company|Corporation)\.?$")
_MOST = 0.5
"""Share of the headlines that must tell of a contest, an appointment or a death for the story to be one."""
_LEAST = 0.25
"""Share of the items that must hold an allegation's words where the act alone is no accusation."""
_WRONGS = frozenset({"attack", "spy"})
"""Families of acts that are held against whoever does them."""
BLAMING = frozenset({"accuse", "sue"})
"""Actions whose actor accuses and whose recipient is accused."""


def frame_of(action: str) -> Frame | None:
    """The frame an action belongs to, by the frame's own name or one of its verbs ("send" → supply)."""
    known = acts()
    low = action.lower()
    if low in known.by_name:
        return known.by_name[low]
    senses = known.verbs.get(low, ())
    return senses[0].frame if senses else None


def charged(claim: Claim | None, items: Sequence[tuple[Item, Reading]]) -> bool:
    """Whether a claim is an accusation, so that its parties are asked to answer.

    Attacks, spying and arms deals are by what they are; blame when a verb of blame says it; all else only when
    the items themselves speak of it as alleged, reported or denied. Games, votes, appointments, deaths and what
    the weather does never are.
    """
    if claim is None or not _answers(claim.actor if claim.action not in BLAMING else claim.recipient):
        return False
    frame = frame_of(claim.action)
    verbs = _verbs(claim, items)
    if verbs and verbs <= grammar("winning"):
        return False
    heads = [item.title or item.summary[:160] for item, _ in items]
    if any(_is_force(claim.actor, head) for head in heads):
        return False
    held = claim.recipient if claim.action in BLAMING else claim.actor
    if any(_suffered(held, f"{item.title}. {item.summary}") for item, _ in items):
        return False
    plain = sum(1 for head in heads if not grammar("unaccusing").isdisjoint(head.lower().split()))
    if heads and plain >= _MOST * len(heads) and (frame is None or frame.family != "spy"):
        return False
    if claim.action in BLAMING:
        return not verbs or any(
            verb.startswith(("accus", "blam", "alleg", "charg", "fault", "su")) for verb in verbs
        )
    if frame is not None and (
        frame.family in _WRONGS or (frame.family == "supply" and _arms(claim, frame, verbs))
    ):
        return True
    told = sum(1 for item, _ in items if _ALLEGED.search(f"{item.title} {item.summary[:300]}"))
    return bool(items) and told >= _LEAST * len(items)


def does_it(claim: Claim) -> bool:
    """Whether a claim's actor can do what it says: of an attack somebody known, named in full or told by their trade.

    "Meteorites strike Maine", "Moose attacks skier" and "Storm hits Spain" tell of nobody's deed.
    """
    frame = frame_of(claim.action)
    if frame is None or frame.family != "attack" or is_known(claim.actor) or " " in claim.actor:
        return True
    low = claim.actor.lower()
    return _TRADE.search(low) is not None or low in grammar("roles") | grammar("persons") | grammar("unnamed")


_TRADE = re.compile(r"(?:ers?|ors?|ists?|[mw][ae]n|ants?|ians?|forces|troops|rebels|police|army|navy)$")


def _answers(name: str) -> bool:
    """Whether a name is somebody's who could answer: no count of people, no storm, no thing."""
    words = name.lower().split()
    return bool(words) and somebody(name) and grammar("uncounted").isdisjoint(words)


def _is_force(name: str, head: str) -> bool:
    """Whether the word before a name says that it is weather's ("Storm Ciara")."""
    before = head.partition(name)[0].split()
    return len(before) > 0 and name in head and before[-1].lower() in grammar("uncounted")


_FATE = re.compile(
    r"(?i)\b(?:missing|slain|murder|late|victim|kidnap|abduct|death|killing|disappearance|body|remains|funeral|family"
    r"|mother|father|killed|found dead|last seen)"
)
"""How each of the words begins by which `_suffered` knows."""


def _suffered(name: str, told: str) -> bool:
    """Whether somebody is told of as missing, hurt or dead, so that nobody may ask them for an answer ("the death of Ada Roe")."""
    if name not in told or " " not in name or _FATE.search(told) is None:
        return False  # asked first, for a pattern with a name in it is read anew for each name
    whose = re.escape(name)
    return (
        re.search(
            rf"(?i)\b(?:missing|slain|murdered|late|victim|kidnapped|abducted) (?:[\w-]+ ){{0,3}}{whose}\b"
            rf"|\b(?:death|murder|killing|disappearance|body|remains|funeral|abduction|kidnapping) of (?:[\w-]+ ){{0,4}}{whose}\b"
            rf"|\b{whose}(?:['’]s? (?:death|murder|killing|disappearance|body|remains|family|funeral|mother|father)"
            r"|,? (?:\w+, )?(?:who (?:was|went)|was|went|is|has been|were) (?:\w+ )?(?:missing|murdered|killed|found dead|abducted|kidnapped|last seen))\b",
            told,
        )
        is not None
    )


def _verbs(claim: Claim, items: Sequence[tuple[Item, Reading]]) -> set[str]:
    """The words by which the items say a claim's act ("beats", "struck")."""
    key = (claim.actor, claim.action, claim.recipient)
    found = set()
    for item, reading in items:
        for each in reading.claims:
            if (each.actor, each.action, each.recipient) == key and each.span is not None:
                words = item.words(each.span).lower().split()
                found.update(words[-1:])
    return found


def _arms(claim: Claim, frame: Frame, verbs: set[str]) -> bool:
    """Whether what passes is for war: "arms the rebels", "sells tanks"."""
    words = set(claim.object.lower().split())
    kinds = {form for word in acts().kinds["arms"] for form in (word, f"{word}s")} | grammar("war goods")
    if words & kinds:
        return True
    return not words and any(verb.startswith(("arm", "rearm")) for verb in verbs | {claim.action})


def own_party(statement: Statement, claim: Claim | None) -> str:
    """Which of a claim's parties a speaker is or speaks for by name, known to the lexicon or not; empty for none."""
    if claim is None or not statement.speaker:
        return ""
    said = _plain(statement.speaker)
    roles = grammar("roles", "offices")
    for party in (claim.actor, claim.recipient):
        name = _plain(party)
        if not name or roles.issuperset(name.split()):
            continue  # a claim's "leader" or "president" is anybody
        if said == name or (" " in name and len(said) > 3 and name.endswith(f" {said}")):
            return party
        words = f"{statement.affiliation} {statement.speaker}"
        held = {word.lower() for word in _WORD.findall(words)}
        if not held & (grammar("offices") | _HEADS) or held & (
            grammar("kin", "opposing") | {"former", "ex", "union"}
        ):
            continue
        if re.search(rf"(?<!\w)(?<!\bto )(?<!\bby )(?<!\bagainst ){re.escape(name)}(?!\w)", words.casefold()):
            return party  # "a spokeswoman for Boeing"
    return ""


_HEADS = frozenset({"ceo", "executive", "chairman", "chairwoman", "founder", "company"})


def _plain(name: str) -> str:
    bare = _LEGAL.sub("", name.strip(" .,'’\"“”")).casefold().removeprefix("the ")
    return bare.removesuffix("'s").removesuffix("’s")

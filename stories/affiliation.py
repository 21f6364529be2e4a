"""For which party a speaker speaks: an office or a state does, a compatriot, a relative or an opponent doesn't."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache

from stories.actors import MentionKind, mentions, party_of
from stories.namesakes import another, of_a_town, only_near, who_heads
from stories.speakers import grammar

_WORD = re.compile(r"[^\W\d_]+")
_OF_ITSELF = frozenset(
    {MentionKind.PERSON, MentionKind.GROUP, MentionKind.BODY, MentionKind.OFFICE, MentionKind.SEAT}
)
"""Kinds of names that speak for their party by themselves; a country's name does only as head or with an office."""


_GOVERNS_FROM = re.compile(
    r"(?:the )?(?:[\w-]+ )?(?:officials|authorities|government|presidency|leadership|leaders|rulers|"
    r"(?:foreign|defen[cs]e|interior|health|finance|energy) (?:ministry|minister|office))"
    r"|(?:das |die |le |la |el )?(?:außenministerium|verteidigungsministerium|regierung|innenministerium)",
    re.IGNORECASE,
)


def _seat(words: str) -> str:
    """Where those sit who govern from there ("officials in Moscow", "the foreign ministry in Oslo"); else empty."""
    head, _, seat = words.partition(" in ")
    if not seat or _GOVERNS_FROM.fullmatch(head) is None:
        return ""
    found = mentions(f"in {seat}", None)
    whole = len(found) == 1 and found[0].kind is MentionKind.PLACE and found[0].end == len(f"in {seat}")
    return seat if whole else ""


_CLAUSE = re.compile(r" (?:that|which) ")
"""What follows says what somebody did, not whose they are ("a company that has sued Boeing")."""
_FOREIGN = re.compile(r"[^\W\d_\u0000-\u024f]|(?<!\w)[a-zß-ɏ]*[ß-ɏ][a-zß-ɏ]*")
"""Another script, or a word in lower case with a letter English lacks; names have such letters in English, too."""


@lru_cache(maxsize=8_192)
def party(name: str, affiliation: str, at: datetime | None) -> str:
    """The party somebody speaks for, empty when nobody's: "the Serbian tennis star" is not Serbia."""
    if not affiliation and " in " not in name and not mentions(name, at):
        return ""  # most names are nobody's that is known
    whole = len(name.rstrip(" '’\"”"))
    if another(name, at):
        return ""
    person = next(
        (one for one in mentions(name, at) if one.kind is MentionKind.PERSON and one.end >= whole - 2), None
    )
    if person is not None:
        # whom the name means by its date, whatever "former US president" says beside
        head = who_heads(name[: person.start])
        return party_of(name, at) if head is None else party(head, "", at)
    if affiliation.startswith(("which ", "that ")):
        affiliation = ""  # "the report, which came from a US official": a clause about it, no office
    affiliation = _CLAUSE.split(affiliation)[0]
    if only_near(name):
        return ""
    words = f"{affiliation} {name}".strip()
    found = party_of(words, at)
    if not found:
        seat = _seat(name)
        return party_of(f"{seat} government", at) if seat else ""
    spoken = [word.lower() for word in _WORD.findall(words)]
    if name.lower().startswith("one of ") and spoken[-1] not in grammar("offices"):
        return ""  # "one of Britain's richest people"
    if not grammar("kin").isdisjoint(spoken) or not grammar("formerly").isdisjoint(spoken):
        return ""
    if affiliation and any(
        mention.kind in _OF_ITSELF | {MentionKind.STATE} and mention.end >= whole
        for mention in mentions(name, at)
    ):
        return party(name, "", at)  # "Poland, a NATO member country": who is described, not by what
    own = [mention for mention in mentions(words, at) if mention.actor == found]
    group = any(mention.kind is MentionKind.GROUP for mention in own)  # "Houthi rebels" speak for themselves
    if not group and not grammar("opposing").isdisjoint(spoken):
        return ""
    own = [mention for mention in own if not words.startswith("-", mention.end)]  # "a Trump-backed candidate"
    if of_a_town(words, own):
        return ""
    tail = name.rstrip(" '’\"”").lower()
    for mention in own:
        # "Russia", "the Russians"; not a Russian, nor Swedes
        one = tail.endswith(("man", "woman"))  # "the Frenchman" has been to court
        people = mention.kind is MentionKind.PEOPLE and (one or not tail.startswith("the "))
        if tail.endswith(words[mention.start : mention.end].lower()) and not people:
            return found
    offices = grammar("offices")
    for mention in own:
        if mention.kind is MentionKind.PERSON:
            # the person, or who is paid to speak for them; not "one of Trump's voters"
            if any(word in grammar("speaks for a person") for word in spoken) or not affiliation:
                return found
        elif mention.kind in _OF_ITSELF and (
            mention.kind is not MentionKind.SEAT
            or (grammar("roles") - grammar("of a town")).intersection(spoken)
        ):
            return found  # a seat's name is also a place's ("a Lima restaurant", "Lima's mayor")
    if not own:
        return ""
    foreign = _FOREIGN.search(words) is not None  # the lists of offices are English
    return found if foreign or any(word in offices for word in spoken) else ""

"""Who is heard in a sentence: names, pronouns, offices, and the parties they speak for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from stories.actors import MentionKind, mentions, party_of
from stories.affiliation import party as party_spoken_for
from stories.item import Field
from stories.places import occurrences
from stories.somebody import somebody
from stories.sources import is_outlet
from stories.speakers import Phrase, Speaker, clause_subject, grammar
from stories.text import dateline, sentences, words
from stories.titles import name

_PRONOUNS = frozenset({"he", "him", "she", "it", "they", "his", "her", "its", "their"})
_NAME = re.compile(
    r"\b(?!The |A |An |In |On |At |But |And |It |He |She |They )[A-Z][\w.’'-]*\w(?: [A-Z][\w.’'-]*\w)*"
)
_BODY = re.compile(
    r"\b(?:Co|Corp|Inc|Ltd|SA|AG|Group|Motor|Company|Bank|University|Party|Council|House|Court|Ministry|Department|Street|"
    r"City|Times|Post|News|States|Kingdom|Union|Committee|Office|Agency|Police|Army|League|Cup)\b"
)
"""Words of names that are no person's."""
_ORGANS = frozenset(
    {
        "ministry",
        "government",
        "department",
        "agency",
        "office",
        "company",
        "army",
        "military",
        "party",
        "administration",
    }
)
"""What a person heads or speaks for, and what speaks where its name or "it" stands."""
_FOR_BODY = re.compile(r"\b(?:for|of|at|from) ((?:the )?[^,;]+)")
_PERSON = frozenset({"he", "she", "his", "her", "him"})
_SEVERAL = frozenset({"they", "their"})
_EARLIER = 400
"""Characters before a sentence in which the one before it is looked for."""
_NAME_WORDS = 6
"""Words of a subject that can be one person; longer ones are read wrong."""
_OWNS = re.compile(r"(?:['’]s?)? ")
"""What stands between an owner and the office owned."""


class Said(NamedTuple):
    """Who was heard last, so that "he said" and a quotation that goes on find their speaker."""

    speaker: Speaker
    line: int
    """Number of the text's line (paragraph) it stood in."""
    where: Field


class Hearing:
    """A sentence and the text around it, so far as finding its speakers needs them."""

    def __init__(
        self,
        text: str,
        low: str,
        start: int,
        end: int,
        where: Field,
        line: int,
        quotes: list[tuple[int, int]],
        at: datetime | None,
        carriers: frozenset[str],
    ) -> None:
        self.text, self.low, self.start, self.end = text, low, start, end
        self.where, self.line, self.quotes, self.at = where, line, quotes, at
        self.carriers = carriers
        self.words = words(text, dateline(text, start, end), end)
        self._parties: dict[Speaker, str] = {}

    def index(self, place: int) -> int:
        """The number of the word at or behind a character; the count of words past the last."""
        for at, word in enumerate(self.words):
            if word.end > place:
                return at
        return len(self.words)

    def who(self, phrase: Phrase, heard: list[Said]) -> Speaker:
        """The speaker of a phrase, pronouns and short names put back to whom they stand for."""
        speaker = name(self.text, self.words, phrase)
        first, _, office = speaker.name.partition(" ")
        if office and first.lower() in _PERSON | {"its", "their"} and office.lower() in _ORGANS:
            return self._of_whom(speaker, first, heard)
        if speaker.name.lower() in _PERSON and not (
            heard and heard[-1].where is self.where and not _several(heard[-1].speaker)
        ):
            # "A Montana man was charged. He admitted …": nobody has spoken yet in this text
            subject = self._subject_before()
            if subject is not None:
                return subject
        if speaker.name.lower() in _PERSON and heard and not _person_named(heard[-1].speaker.name):
            lead = self._leading_name(speaker)
            if lead is not None:
                return lead
        resolved = resolve(speaker, heard)
        if resolved is not speaker and _is_organ(speaker.name):
            return self._spoken_for(resolved, heard)
        if resolved is speaker and speaker.name.lower() in _PRONOUNS:
            return self._named_before(speaker)
        return resolved

    def _leading_name(self, pronoun: Speaker) -> Speaker | None:
        """The person whose name and surname begin the pronoun's sentence ("Ada Roe was arrested, when she denied it")."""
        at = 0
        while at < len(self.words) and self.words[at].text[0].isupper() and self.words[at].text.isalpha():
            at += 1
        if at < 2 or self.words[at - 1].end > pronoun.start:
            return None
        start, end = self.words[0].start, self.words[at - 1].end
        name_ = self.text[start:end]
        return Speaker(name_, start, end) if _person_named(name_) and not mentions(name_, self.at) else None

    def _of_whom(self, office: Speaker, pronoun: str, heard: Sequence[Said]) -> Speaker:
        """An office told of by its holder ("Her ministry denied"): it speaks for whom its holder speaks."""
        persons = pronoun.lower() in _PERSON
        for said in reversed(heard):
            if not persons or _person_named(said.speaker.name):
                holder = f"{said.speaker.affiliation} {said.speaker.name}".strip()
                return office._replace(affiliation=holder)
        return office

    def _spoken_for(self, person: Speaker, heard: Sequence[Said]) -> Speaker:
        """The body that "it" and "the ministry" mean where a spokesperson of it was the last to speak."""
        if not _person_named(person.name):
            return person
        found = _FOR_BODY.search(person.affiliation)
        if found is not None:
            place = self.text.rfind(found[1], 0, self.end)
            if place >= 0:
                return Speaker(found[1], place, place + len(found[1]))
        return next(
            (said.speaker for said in reversed(heard) if not _person_named(said.speaker.name)), person
        )

    def _subject_before(self) -> Speaker | None:
        """The subject of the sentence before, when it is one person."""
        earlier = sentences(self.text[max(0, self.start - _EARLIER) : self.start])
        if not earlier:
            return None
        offset = max(0, self.start - _EARLIER)
        row = words(self.text, offset + earlier[-1][0], offset + earlier[-1][1])
        phrase = clause_subject(row, len(row) - 1) if len(row) > 2 else None
        if phrase is None or phrase.last - phrase.first > _NAME_WORDS:
            return None
        subject = name(self.text, row, phrase)
        person = row[phrase.first].low in ("a", "an", "the") or subject.name[:1].isupper()
        return subject if person and not _several(subject) and not _BODY.search(subject.name) else None

    def _named_before(self, pronoun: Speaker) -> Speaker:
        """Whom a pronoun stands for where nobody has spoken yet: the last name before it in its text."""
        names = list(_NAME.finditer(self.text, 0, pronoun.start))
        if pronoun.name.lower() in _PERSON:
            names = [each for each in names if not _BODY.search(each.group())]
            full = [each for each in names if " " in each.group()]
            if not full and (leading := self._leading_person(pronoun)) is not None:
                return leading
            names = full or [each for each in names if self._one_person(each.group())]
        elif pronoun.name.lower() in _SEVERAL:
            subject = clause_subject(self.words, self.index(pronoun.start))
            if subject is not None and _several(group := name(self.text, self.words, subject)):
                return group
            names = [each for each in names if not _person_named(each.group())]
        if not names:
            return pronoun
        last = names[-1]
        end = last.end() - 2 if last.group().endswith(("'s", "’s")) else last.end()
        return Speaker(self.text[last.start() : end], last.start(), end)

    def _one_person(self, name: str) -> bool:
        """Whether a name can be one person's: it stands for no state, seat or group."""
        return all(mention.kind is MentionKind.PERSON for mention in mentions(name, self.at))

    def _leading_person(self, pronoun: Speaker) -> Speaker | None:
        """Who heads the pronoun's sentence ("A reporter charged with spying in Oslo, an accusation he denies")."""
        at = self.index(pronoun.start)
        subject = clause_subject(self.words, at) if at > 1 else None
        if subject is None or not self.words[subject.last - 1].text.islower():
            return None
        leading = name(self.text, self.words, subject)
        return leading if somebody(leading.name) and not _several(leading) else None

    def party(self, speaker: Speaker) -> str:
        """The party a speaker speaks for; a bare office is looked up where the text names it in full."""
        if speaker not in self._parties:
            self._parties[speaker] = self._party(speaker)
        return self._parties[speaker]

    def _party(self, speaker: Speaker) -> str:
        if not speaker.name or self._carries(speaker) or _private(speaker):
            return ""
        party = party_spoken_for(speaker.name, speaker.affiliation, self.at)
        if party:
            return party
        bare = speaker.name.lower().removeprefix("the ")
        if bare.split()[-1] not in grammar("bare offices"):
            return ""
        for place in occurrences(self.low, bare):
            ahead = self.text[max(0, place - 30) : place]
            owners = [mention for mention in mentions(ahead, self.at) if _OWNS.fullmatch(ahead, mention.end)]
            if owners:  # "South Africa's foreign ministry", "Russian officials"
                return party_of(f"{ahead[owners[-1].start :]}{bare}", self.at)
        return ""

    def _carries(self, speaker: Speaker) -> bool:
        """Whether a speaker is an outlet or a channel, which brings claims and speaks for nobody."""
        low = speaker.name.lower()
        return (
            "channel" in low
            or is_outlet(speaker.name)
            or any(
                low.startswith(name) or low.removeprefix("the ").startswith(name) for name in self.carriers
            )
        )

    def quoted(self, place: int) -> bool:
        """Whether a character stands between quotation marks."""
        return any(start <= place < end for start, end in self.quotes)

    def carried(self, heard: list[Said]) -> Speaker | None:
        """The speaker of a quotation that goes on: whoever was heard last in the same line."""
        return heard[-1].speaker if goes_on(heard, self.where, self.line) else None

    def names_somebody(self, phrase: Phrase) -> bool:
        """Whether a phrase can be a speaker: not a lone verb form or mark."""
        head = self.words[phrase.last - 1]
        if (
            not any(word.text[0].isalnum() for word in self.words[phrase.first : phrase.last])
            or head.low == "to"
            or all(word.low in grammar("nobody") for word in self.words[phrase.first : phrase.last])
        ):
            return False
        return not (
            phrase.last - phrase.first == 1 and head.text.islower() and head.low.endswith(("ing", "ed"))
        )


def goes_on(heard: Sequence[Said], where: Field, line: int) -> bool:
    """Whether somebody was heard in the same line, whose quotation may go on."""
    return bool(heard) and heard[-1].line == line and heard[-1].where is where


def _several(speaker: Speaker) -> bool:
    """Whether a speaker is more than one person ("prosecutors", "US officials"), so that "he" isn't them."""
    last = (speaker.name.split() or ["others"])[-1]
    return last.islower() and (last.endswith("s") or last in ("people", "police"))


def _is_organ(name: str) -> bool:
    """Whether a name is "it" or a body named by its kind alone ("the ministry"), so that no person is meant."""
    low = name.lower()
    return low in ("it", "its") or (low.startswith("the ") and low[4:] in _ORGANS)


def _ends_as_organ(name: str) -> bool:
    """Whether a name is a body's by its last word ("the Norwegian defence ministry")."""
    return name.lower().rpartition(" ")[2] in _ORGANS


def _person_named(name: str) -> bool:
    """Whether a name is one person's, by name and surname, so that "they" isn't them."""
    parts = name.split()
    return len(parts) > 1 and all(part[0].isupper() for part in parts) and not is_body(name)


def _private(speaker: Speaker) -> bool:
    """Whether a speaker is of a kind that speaks for no party ("a Kremlin insider", "embassy guard Ben Doe")."""
    named = re.findall(r"\w+", speaker.name)
    while len(named) > 1 and not named[-1].islower():
        named.pop()  # the name behind what somebody is
    return bool(named) and not speaker.affiliation and named[-1].lower() in grammar("private")


def is_body(name: str) -> bool:
    """Whether a name is a company's, an office's or a place's rather than a person's."""
    return bool(_BODY.search(name))


def unnamed(speaker: Speaker) -> bool:
    """Whether a speaker is only a kind of person ("officials", "a source")."""
    last = speaker.name.split()[-1].lower() if speaker.name else ""
    return last in grammar("unnamed") or speaker.name.split()[0].lower() in ("some", "many", "others")


def resolve(speaker: Speaker, heard: Sequence[Said]) -> Speaker:
    """Whom "he", "the ministry" or a bare surname stands for: the last speaker who fits."""
    low = speaker.name.lower()
    if low in _SEVERAL:
        return next(
            (said.speaker for said in reversed(heard) if not _person_named(said.speaker.name)), speaker
        )
    if low in _PERSON and heard:
        person = next((said.speaker for said in reversed(heard) if _person_named(said.speaker.name)), None)
        # "It also denied …. She said": not the ministry that spoke in between
        return person if person is not None and _ends_as_organ(heard[-1].speaker.name) else heard[-1].speaker
    if low in _PRONOUNS:
        return heard[-1].speaker if heard else speaker
    tail = low.split()
    if tail and len(tail) <= 3 and (tail[0] == "the" or len(tail) == 1):
        last = tail[-1]
        for said in reversed(heard):
            if len(said.speaker.name.split()) > len(tail) and said.speaker.name.lower().split()[-1] == last:
                return said.speaker
            if (
                tail[0] == "the"
                and last in grammar("roles")
                and last in f"{said.speaker.affiliation} {said.speaker.name}".lower().split()
            ):
                return said.speaker
    return speaker

"""What parties state in an item: stance, speaker and exact words, by offsets that hold."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from functools import cache

from stories.actors import mentions
from stories.affiliation import party as party_spoken_for
from stories.cues import called, find, plain, present, stating
from stories.evidence import Stance, Statement, Voice
from stories.framing import may_head
from stories.hearing import Said, goes_on
from stories.item import Field, Item
from stories.places import Places
from stories.sentence import Sentence
from stories.signed import author
from stories.sources import is_outlet
from stories.speakers import grammar
from stories.text import body_spans, quotations, sentences


def statements(item: Item, sources: Collection[str] = ()) -> tuple[Statement, ...]:
    """Every statement in an item's title, summary and body, in reading order, each once.

    ``sources`` are the names the item cites as outlets or channels: they bring claims, they speak for no party.
    """
    found: list[Statement] = []
    heard: list[Said] = []
    carriers = frozenset(source.lower() for source in sources)
    for where in (Field.TITLE, Field.SUMMARY, Field.BODY):
        text = item.text(where)
        if text:
            found.extend(_read(text, where, item, heard, carriers))
    found = [each for each in found if not _signature(item, each) and not _heads_place(item, each)]
    return tuple(_signed(item, _once(_with_offices(item, found))))


def _read(
    text: str, where: Field, item: Item, heard: list[Said], carriers: frozenset[str]
) -> list[Statement]:
    low = plain(text)
    calls = called(low, item.lang)
    bringing = _bringing(low)
    if not calls and not bringing and ":" not in low and low[:1] != '"':
        return []
    at = _day(item.effective)
    calling = Places(low, stating(calls))
    marks = Places(low, (":", '"'))
    speaking = Places.of_words(low, bringing)
    lines = ((0, len(text)),) if where is Field.TITLE else body_spans(text)
    found: list[Statement] = []
    for number, (start, end) in enumerate(lines):
        if not (speaking.between(start, end) or marks.between(start, end) or calling.between(start, end)):
            continue  # most lines and sentences state nothing; looking closer costs the most
        quotes: list[tuple[int, int]] | None = None
        for first, last in sentences(text[start:end]):
            first, last = start + first, start + last
            cues = find(low, first, last, calls) if calling.between(first, last) else []
            if not cues and not speaking.between(first, last):
                if low[first] != '"' and low.find(":", first, last) < 0:
                    continue
                if not goes_on(heard, where, number) and not may_head(text[first:last]):
                    continue
            if quotes is None:
                quotes = quotations(text, start, end)
            sentence = Sentence(text, low, first, last, where, number, quotes, at, carriers)
            found.extend(sentence.statements(cues, heard))
    return found


def _day(at: datetime | None) -> datetime | None:
    """The day of a moment: who speaks for whom holds for whole days, and a day's items name the same speakers."""
    return None if at is None else at.replace(hour=0, minute=0, second=0, microsecond=0)


@cache
def _bringers() -> frozenset[str]:
    return grammar("say") | {"according", "per", "selon", "según", "laut"}


def _bringing(low: str) -> frozenset[str]:
    """The words of a text that could bring somebody's: verbs of speech, "according to"."""
    return _bringers().intersection(present(low))


def _with_offices(item: Item, found: list[Statement]) -> list[Statement]:
    """Gives an office named without its country the party that the headline has answer the same way.

    "Oslo rejects claim" over "Government denies …": only where headline and sentence name no other actor.
    """
    headed = {each.party for each in found if each.span.where is Field.TITLE and each.party}
    if len(headed) != 1:
        return found
    (party,) = headed
    answers = {each.stance for each in found if each.party == party}
    return [
        replace(each, party=party)
        if each.stance in answers
        and not each.party
        and each.speaker.lower().removeprefix("the ") in grammar("bare offices")
        and {named.actor for named in mentions(f"{item.title}\n{each.words}", item.effective)} <= {party}
        else each
        for each in found
    ]


def _signature(item: Item, said: Statement) -> bool:
    """Whether a headline only ends with its own publisher's name ("Pixel review: a fine phone - CNET")."""
    if said.stance is not Stance.ASSERT or said.span.where is not Field.TITLE or not said.speaker:
        return False
    return _letters(said.speaker) == _letters(item.publisher.partition(".")[0])


def _heads_place(item: Item, said: Statement) -> bool:
    """Whether a headline's label is where it happened, by the text below it ("Hull: bridge closed", "a bridge in Hull")."""
    place = said.speaker_span
    if said.stance is not Stance.ASSERT or said.party or place is None or place.where is not Field.TITLE:
        return False
    if place.start or item.title[place.end : place.end + 1] != ":" or is_outlet(said.speaker):
        return False
    if f" {said.speaker}" not in item.summary:
        return False  # asked first, for a pattern with a name in it is read anew for each name
    return re.search(rf"\b(?:in|near|outside) {re.escape(said.speaker)}(?=[ .,;])", item.summary) is not None


def _letters(name: str) -> str:
    return "".join(letter for letter in name.lower() if letter.isalnum())


def _signed(item: Item, found: list[Statement]) -> list[Statement]:
    """Gives what an opinion piece states in its own voice to whoever signed it."""
    if all(each.voice is not Voice.OUTLET for each in found):
        return found
    place = author(item)
    if place is None:
        return found
    name = item.words(place)
    party = party_spoken_for(name, "", item.effective)
    return [
        replace(each, speaker=name, speaker_span=place, party=party, voice=Voice.NAMED)
        if each.voice is Voice.OUTLET
        else each
        for each in found
    ]


def _once(found: list[Statement]) -> list[Statement]:
    """Leaves out a statement whose words the item has said already (a headline repeated above the text)."""
    seen: set[tuple[Stance, str]] = set()
    kept = []
    for statement in found:
        key = (statement.stance, f"{statement.words}|{statement.cue.start - statement.span.start}")
        if key not in seen:
            seen.add(key)
            kept.append(statement)
    return kept

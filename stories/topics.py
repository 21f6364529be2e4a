"""Labels before a colon that say what or where a headline is about, and not who speaks ("Peru: 44 die as bus falls")."""

from __future__ import annotations

import re
from datetime import datetime

from stories.actors import MentionKind, mentions
from stories.framing import Frame
from stories.hearing import Hearing, is_body
from stories.phrase import grammar
from stories.sources import is_outlet
from stories.speakers import Speaker

_FIRST_PERSON = frozenset({"i", "i'm", "i've", "we", "we're", "we've", "my", "our", "me", "us"})
_GUIDE = re.compile(r"(?:here's )?(?:what|how|why|who|everything|all) (?:we|you|to|about)\b")
"""How a page about somebody is headed ("Jane Roe: What we know so far")."""
_SCORE = re.compile(r"\d{1,3}[-–]\d{1,3}")
_AGENTS = ("er", "ers", "or", "ors", "ist", "ists", "man", "woman", "men", "women", "body", "group", "union")
"""How words end that mean who does something."""
_OPENING = 5
"""Words behind a label among which the subject of what follows stands."""


def only_about(sentence: Hearing, frame: Frame, speaker: Speaker) -> bool:
    """Whether a name before a colon only says whom or where the headline is about ("Jane Roe: missing nurse found").

    A person who speaks so has an office, a side, or words in quotation marks or the first person; a country tells of
    what another one does ("Peru: Chile has crossed the border").
    """
    phrase = frame.speaker
    if phrase is None or phrase.first > 0 or phrase.last >= len(sentence.words):
        return False
    label = sentence.words[: phrase.last]
    if any(word.text.lower() in ("v", "vs", ",") or _SCORE.fullmatch(word.text) for word in label):
        return True  # "Liverpool v Real Madrid: …", "Death Railway, Thailand: …", "Peru 0-0 Chile: …"
    sides = re.split("[-–]", label[0].text) if len(label) == 1 else ()
    if len(sides) > 1 and all(_begins_with_state(each, sentence.at) for each in sides):
        return True  # "Peru-Chile: …": of both, and neither speaks
    head = label[-1]
    if head.low in grammar("unaccusing", "things"):
        return True  # "World Cup: …", "Film trailer: …"
    kinds = grammar("roles", "unnamed", "offices", "private")
    if len(label) > 1 and head.text.islower() and head.low not in kinds and not head.low.endswith(_AGENTS):
        return True  # "Puzzle today: …", "Black Friday deals: …"
    party = sentence.party(speaker)
    if _is_country(sentence, phrase.last):
        held = sentence.words[phrase.last + 1 : phrase.last + 1 + _OPENING]
        opening = sentence.text[held[0].start : held[-1].end] if held else ""
        others = {each.actor for each in mentions(opening, sentence.at)} - {party}
        return not (others or _speaks(sentence, frame, phrase.last))
    if len(label) < 2 or any(word.text[0].islower() for word in label) or is_body(speaker.name):
        return False
    if {word.low for word in label} & grammar("roles", "unnamed") or is_outlet(speaker.name):
        return False
    return not (party or _speaks(sentence, frame, phrase.last))


def _begins_with_state(words: str, at: datetime | None) -> bool:
    held = mentions(words, at)
    return bool(held) and held[0].kind is MentionKind.STATE


def _speaks(sentence: Hearing, frame: Frame, behind: int) -> bool:
    """Whether what stands behind a colon is in quotation marks or in the first person."""
    start, _ = frame.content[0]
    if _GUIDE.match(sentence.low, start):
        return False
    said = {word.low for word in sentence.words[behind:] if word.text != "US"}
    # words quoted further on are anybody's ("Jane Roe: police look into 'toxic' remarks")
    return any(start - 1 <= first <= start + 1 for first, _ in sentence.quotes) or bool(said & _FIRST_PERSON)


def _is_country(sentence: Hearing, last: int) -> bool:
    """Whether a sentence's first words are a country's bare name."""
    label = sentence.text[sentence.start : sentence.words[last - 1].end]
    held = mentions(label, sentence.at)
    return len(held) == 1 and held[0].kind is MentionKind.STATE and held[0].end - held[0].start == len(label)

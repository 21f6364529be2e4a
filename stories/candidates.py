"""Every way a sentence could attribute something: each possible cue with the spans it could bring."""

from __future__ import annotations

from stories.content import MARKS, content_start, second_half, trimmed
from stories.endings import ending
from stories.framing import MIN_CONTENT, Frame, according, colon, inverted, subject_of
from stories.inversion import after
from stories.speakers import Phrase, clause_subject, grammar, is_adverb, owner
from stories.text import Word
from stories.verbs import in_capitals, is_noun
from stories.weighing import forms

_OWNERS = frozenset({"his", "her", "its", "their", "my", "our"})
_CONTRACTED = frozenset({"he's", "she's", "it's", "that's", "who's", "there's", "what's"})
_NO_ARTICLES = frozenset(
    {"that", "this", "all", "both", "some", "many", "few", "several", "these", "those", "one"}
)
_ADJECTIVES = (
    "ous",
    "ful",
    "ive",
    "ial",
    "ing",
    "ed",
    "new",
    "own",
    "recent",
    "long",
    "clear",
    "strong",
    "sharp",
)
_HANGING = frozenset({"while", "after", "before", "by", "in", "without", "when", "and"})
"""Words after which a participle has the subject of the clause it hangs on."""
_CLOSING = frozenset('”»"')


def candidates(text: str, row: list[Word]) -> list[list[Frame]]:
    """The frames that could be attributions, attitudes ("opposes", "calls for") among them, cue by cue.

    Most are none; `stories.weighing` tells which, and which of a cue's frames is the likeliest.
    """
    wide = forms()
    titled = in_capitals(row)
    found: list[Frame] = []
    groups: list[list[Frame]] = []
    for at, word in enumerate(row):
        if word.low == "according":
            made = _told(row, at) if at + 2 < len(row) else []
        elif word.low in wide and not (word.low in grammar("say") and is_noun(row, at, titled)):
            made = _brought(text, row, at, found)
        else:
            continue
        if made:
            found.append(made[0])
            groups.append(made)
    headed = colon(row)
    if headed is not None:
        groups.append([headed])
    return groups


def _told(row: list[Word], at: int) -> list[Frame]:
    """What an "according to" could speak for: the sentence before it, its last clause, or what follows."""
    frame = according(row, at)
    if frame is None:
        return []
    if at <= 1:
        stop = next((step for step in range(at + 2, len(row)) if row[step].text == ","), at)
        if stop > at + 2:
            frame = frame._replace(speaker=Phrase(at + 2, stop))
    made = [frame]
    if frame.content[0][0] < row[at].start:
        for step in range(at - 3, 2, -1):
            if row[step - 1].text in ",;—–" and row[step].text[0].isalnum():
                made.append(frame._replace(content=((row[step].start, frame.content[0][1]),)))
                break
    return made


def _brought(text: str, row: list[Word], verb: int, found: list[Frame]) -> list[Frame]:
    if inverted(row, verb):
        speaker = after(row, verb, len(row))
        if speaker is not None:
            rest = speaker.apposition[1] if speaker.apposition else speaker.last
            return _left(text, row, verb, verb, speaker, rest)
    speaker = _whose(row, verb, found)
    made: list[Frame] = []
    following = content_start(row, verb)
    if following is not None and following < len(row):
        end = row[ending(row, following, verb) - 1].end
        span = trimmed(text, row[following].start, end)
        if span[0] < span[1]:
            made.append(Frame(verb, speaker, (span,)))
    if speaker is not None and speaker.first < verb:
        lead = speaker.first
        if lead > MIN_CONTENT and (row[lead - 1].text in MARKS or row[lead - 1].text in ",'’"):
            made.extend(_left(text, row, lead, verb, speaker, verb + 1))
    return made


def _whose(row: list[Word], verb: int, found: list[Frame]) -> Phrase | None:
    """The speaker of a cue that stands behind its own speaker: its owner, its subject, or the subject it hangs on."""
    at = verb - 1
    while at > 0 and is_adverb(row[at].low):
        at -= 1
    if at < 0:
        return None
    if _named(row, verb):
        for step in range(verb - 1, max(-1, verb - 4), -1):
            low = row[step].low
            if low in _OWNERS:
                return Phrase(step, step + 1)
            if low.endswith("'s") and len(low) > 2:
                return owner(row, step + 1)
        return clause_subject(row, verb)
    if row[verb].low.endswith("ing") and (row[at].text in ",—–" or row[at].low in _HANGING):
        # "Clinton spoke out on Tuesday, arguing that …": whoever the sentence is about
        said = next((each for each in reversed(found) if 0 <= each.verb < at and each.speaker), None)
        return said.speaker if said is not None else clause_subject(row, at)
    speaker = subject_of(row, verb, found)
    while (at > 0 and row[at].low in grammar("auxiliaries")) or is_adverb(row[at].low):
        at -= 1
    if row[at].low in ("who", "which") and (speaker is None or not 0 <= at - speaker.last <= 1):
        return Phrase(at, at + 1)  # "nervous Democrats on Capitol Hill, who have argued"
    if speaker is not None and speaker.last - speaker.first == 1:
        only = row[speaker.first]
        if only.text.islower() and only.low.endswith(("ing", "ed")):
            return clause_subject(row, speaker.first) or speaker
    return speaker


def _named(row: list[Word], verb: int) -> bool:
    """Whether a cue is a noun where it stands ("his insistence that", "a new promise to")."""
    if row[verb].low in grammar("say"):
        return False  # as a noun it is no candidate: `stories.verbs`
    at = verb - 1
    if at > 0 and row[at].low.endswith(_ADJECTIVES):
        at -= 1
    low = row[at].low
    if not row[verb].text.islower() or low in _NO_ARTICLES:
        return False
    return low in grammar("determiners") or (low.endswith("'s") and low not in _CONTRACTED)


def _left(text: str, row: list[Word], lead: int, verb: int, speaker: Phrase, rest: int) -> list[Frame]:
    """What stands before a speaker, alone or with what goes on behind the verb."""
    cut = row[lead - 1]
    close = cut.start if cut.text in ",(" else cut.end
    span = trimmed(text, row[0].start, close)
    if span[0] >= span[1]:
        return []
    begins = [span]
    opened = _opened(row, lead)
    if opened is not None and opened > 1:
        begins.append((row[opened].start, span[1]))
    more = second_half(text, row, rest)
    made = [Frame(verb, speaker, (each,)) for each in begins]
    if more:
        made.extend([Frame(verb, speaker, (each, *more)) for each in begins])
    return made


def _opened(row: list[Word], lead: int) -> int | None:
    """Where the quotation opens that ends right before a speaker; None where none does."""
    if not any(word.text in _CLOSING for word in row[max(0, lead - 2) : lead]):
        return None
    for at in range(lead - 3, -1, -1):
        if row[at].text in '“«"':
            return at if at > 0 and row[at - 1].text in ",:;—–." else None
    return None

"""Every way a sentence could attribute something: each possible cue with the spans it could bring."""

from __future__ import annotations

from stories.content import MARKS, content_start, second_half, trimmed
from stories.endings import endings
from stories.framing import MIN_CONTENT, Frame, according, colon, inverted, subject_of
from stories.inversion import after
from stories.speakers import Phrase, before, clause_subject, grammar, is_adverb, owner
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
_BEING = frozenset({"is", "are", "was", "were", "be", "been", "being", "gets", "got"})
_PARTICIPLES = ("ed", "en", "wn", "ld", "id", "ht", "ut", "de")
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
    passive = _passive(row, verb)
    if passive is not None:
        made.append(passive)
    following = content_start(row, verb)
    if following is not None and following < len(row):
        for rank, (last, agreed) in enumerate(endings(row, following, verb)):
            span = trimmed(text, row[following].start, row[last - 1].end)
            if span[0] < span[1]:
                made.append(Frame(verb, speaker, (span,), rank, agreed))
    if speaker is not None and speaker.first < verb:
        lead = speaker.first
        if lead > MIN_CONTENT and (row[lead - 1].text in MARKS or row[lead - 1].text in ",'’"):
            made.extend(_left(text, row, lead, verb, speaker, verb + 1))
        elif lead > MIN_CONTENT + 1 and row[lead - 1].low == "as" and row[lead - 2].text == ",":
            made.extend(_left(text, row, lead - 1, verb, speaker, verb + 1))
        elif lead > 0:
            made.extend(_relative(row, lead, verb, speaker))
    return made


def _passive(row: list[Word], verb: int) -> Frame | None:
    """What is brought where the verb is passive: its subject, by whoever "by" names ("the bill was opposed by the union")."""
    at = verb - 1
    while at > 0 and (is_adverb(row[at].low) or row[at].low in ("not", "being", "been")):
        at -= 1
    if at < 1 or row[at].low not in _BEING or not row[verb].low.endswith(_PARTICIPLES):
        return None
    subject = before(row, verb)
    if subject is None:
        return None
    by = next((step for step in range(verb + 1, min(len(row), verb + 5)) if row[step].low == "by"), None)
    speaker = after(row, by, len(row)) if by is not None else None
    return Frame(verb, speaker, ((row[subject.first].start, row[subject.last - 1].end),))


def _relative(row: list[Word], lead: int, verb: int, speaker: Phrase) -> list[Frame]:
    """What is brought where it stands before a clause of its speaker ("the tax that unions had sought", "what she said")."""
    stop = lead
    if row[stop - 1].low in ("that", "which", "whom"):
        stop -= 1
    elif row[stop - 1].low in ("what", "as", "whatever"):
        return [Frame(verb, speaker, ((row[lead - 1].start, row[lead - 1].end),))]
    if stop == 0 or not row[stop - 1].text[0].isalnum():
        return []
    made = [Frame(verb, speaker, ((row[stop].start, row[stop].end),))] if stop < lead else []
    phrase = before(row, stop)
    if phrase is not None and phrase.last == stop:
        made.append(Frame(verb, speaker, ((row[phrase.first].start, row[phrase.last - 1].end),)))
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
        return _hung(row, at, found)
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


def _hung(row: list[Word], at: int, found: list[Frame]) -> Phrase | None:
    """Who a participle tells of: who spoke last outside others' words, or whom the sentence is about.

    "Clinton spoke out on Tuesday against her critics, arguing that …".
    """
    said: Frame | None = None
    for frame in found:
        if 0 <= frame.verb < at and frame.speaker is not None and row[frame.verb].low in grammar("say"):
            inside = said is not None and said.holds(row[frame.verb].start)
            said = said if inside else frame
    if said is not None:
        return said.speaker
    for step in range(1, at):
        low = row[step].low
        if (
            low in grammar("verbs")
            or low in grammar("auxiliaries")
            or (low in forms() and low.endswith("ed"))
        ):
            subject = before(row, step)
            if subject is not None:
                return subject
    return clause_subject(row, at)


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

"""Who says what in a text: every attribution, a quotation's further sentences with its first."""

from __future__ import annotations

from typing import NamedTuple

from stories.candidates import candidates
from stories.content import MARKS
from stories.framing import Frame
from stories.inversion import after
from stories.speakers import Phrase, before, grammar
from stories.text import Word, body_spans, curled, quotations, sentences, within, words
from stories.weighing import score

THRESHOLD = -1.0
"""Log-odds from which a possible attribution counts; below even, as the two errors weigh alike in F1."""


SHORT = 16
"""Words of a sentence that may do nothing but say whose the quotation before it was."""
SAME = 0.4
"""Shared part of two contents from which on they are one attribution told by two words ("repeatedly called")."""


class Attribution(NamedTuple):
    """One attribution in a text, by character offsets."""

    speaker: tuple[int, int] | None
    """With its apposition ("Anna White, a spokeswoman")."""
    cue: tuple[int, int]
    content: tuple[tuple[int, int], ...]


def attributions(text: str) -> list[Attribution]:
    """Every attribution in a text, in reading order; a quotation's further sentences go with its first.

    Boilerplate is left out. Speakers stand as they are written ("he"), `stories.statements` resolves them.
    """
    text = curled(text)
    found: list[Attribution] = []
    for start, end in body_spans(text):
        quotes = quotations(text, start, end)
        carried: int | None = None
        for first, last in sentences(text[start:end]):
            row = words(text, start + first, start + last)
            made = [frame for _, frame in likely(text, row, THRESHOLD)]
            quote = within(quotes, start + first + 1) if text[start + first] in MARKS else None
            goes_on = quote is not None and all(
                frame.verb < 0 or row[frame.verb].start < quote[1] for frame in made
            )
            if goes_on and carried is not None and quote is not None:
                old = found[carried]
                span = (quote[0] - 1, quote[1] + 1)
                if not any(a <= span[0] < b for a, b in old.content):
                    found[carried] = old._replace(content=(*old.content, span))
            if not made:
                asked = _behind_quote(text, row, quotes, start + first)
                if asked is not None:
                    found.append(asked)
                    carried = len(found) - 1
            for frame in made:
                content = tuple(_whole_quote(text, quotes, span) for span in frame.content)
                speaker = _extent(row, frame, frame.speaker) if frame.speaker is not None else None
                cue = (row[frame.verb].start, row[frame.verb].end) if frame.verb >= 0 else content[0]
                found.append(Attribution(speaker, cue, content))
                outside = quote is None or cue[0] >= quote[1]
                if outside and any(mark in text[a:b] for a, b in content for mark in MARKS):
                    carried = len(found) - 1
    return found


def _behind_quote(
    text: str, row: list[Word], quotes: list[tuple[int, int]], start: int
) -> Attribution | None:
    """The quotation right before a sentence that only says whose it was (“Who knows?” Graham asked.)."""
    end = len(text[:start].rstrip())
    quote = next((each for each in quotes if each[1] + 1 == end), None)
    if quote is None or len(row) > SHORT:
        return None
    for at, word in enumerate(row):
        if word.low in grammar("say"):
            speaker = before(row, at) if at else after(row, at, len(row))
            if speaker is None or (at and speaker.first):
                return None
            named = row[speaker.first].start, row[speaker.last - 1].end
            return Attribution(named, (word.start, word.end), ((quote[0] - 1, quote[1] + 1),))
    return None


def likely(text: str, row: list[Word], least: float, nested: bool = False) -> list[tuple[float, Frame]]:
    """Of each possible cue the likeliest frame with its log-odds, where they are over ``least``.

    Of frames that bring nearly the same words the likelier is kept; with ``nested`` both are where one
    speaker's act is part of what the other says.
    """
    best = [
        max(((score(row, frame, text), frame) for frame in group), key=lambda pair: pair[0])
        for group in candidates(text, row)
    ]
    made: list[tuple[float, Frame]] = []
    for odds, frame in sorted(best, key=lambda pair: -pair[0]):
        if odds > least and not any(
            _alike(frame, other) and not (nested and _nested(row, frame, other)) for _, other in made
        ):
            made.append((odds, frame))
    return sorted(made, key=lambda pair: pair[1].verb)


def _alike(one: Frame, other: Frame) -> bool:
    """Whether two frames bring nearly the same words."""
    (start, end), (begin, stop) = one.content[0], other.content[0]
    shared = min(end, stop) - max(start, begin)
    return shared > SAME * (max(end, stop) - min(start, begin))


def _nested(row: list[Word], one: Frame, other: Frame) -> bool:
    """Whether one of two frames of different speakers is part of what the other brings."""
    if one.speaker == other.speaker or one.verb < 0 or other.verb < 0:
        return False
    return one.holds(row[other.verb].start) or other.holds(row[one.verb].start)


def _extent(row: list[Word], frame: Frame, phrase: Phrase) -> tuple[int, int]:
    """A speaker's words with the apposition, and with the "who" by which they speak; not the "'s" of "he's"."""
    last = max(phrase.last, phrase.apposition[1] if phrase.apposition else 0)
    start, end = row[phrase.first].start, row[last - 1].end
    for at in (last, last + 1):
        if at < frame.verb and row[at].low in ("who", "which", "that"):
            return start, row[at].end
        if at >= frame.verb or row[at].text != ",":
            break
    only = row[last - 1].low
    bare, mark, _ = only.partition("'")
    if mark and bare in grammar("pronouns"):
        end = row[last - 1].start + len(bare)
    return start, end


def _whole_quote(text: str, quotes: list[tuple[int, int]], span: tuple[int, int]) -> tuple[int, int]:
    """Content widened to the quotation it begins or ends in, which may run over several sentences."""
    start, end = span
    head = within(quotes, start) or within(quotes, start + 1)
    if head is not None and head[0] - 1 < start:
        start = head[0] - 1
    tail = within(quotes, end - 1)
    if tail is not None:
        end = max(end, tail[1] + 1)
    return start, end

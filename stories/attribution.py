"""Who says what in a text: every attribution, a quotation's further sentences with its first."""

from __future__ import annotations

from typing import NamedTuple

from stories.content import MARKS
from stories.framing import possible
from stories.speakers import Phrase
from stories.text import Word, body_spans, quotations, sentences, within, words
from stories.weighing import score

THRESHOLD = -0.4
"""Log-odds from which a possible attribution counts; below even, as the two errors weigh alike in F1."""


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
    found: list[Attribution] = []
    for start, end in body_spans(text):
        quotes = quotations(text, start, end)
        carried: int | None = None
        for first, last in sentences(text[start:end]):
            row = words(text, start + first, start + last)
            made = [frame for frame in possible(text, row) if score(row, frame, text) > THRESHOLD]
            quote = within(quotes, start + first + 1) if text[start + first] in MARKS else None
            goes_on = quote is not None and all(
                frame.verb < 0 or row[frame.verb].start < quote[1] for frame in made
            )
            if goes_on and carried is not None and quote is not None:
                old = found[carried]
                span = (quote[0] - 1, quote[1] + 1)
                if not any(a <= span[0] < b for a, b in old.content):
                    found[carried] = old._replace(content=(*old.content, span))
            for frame in made:
                content = tuple(_whole_quote(text, quotes, span) for span in frame.content)
                speaker = _extent(row, frame.speaker) if frame.speaker is not None else None
                cue = (row[frame.verb].start, row[frame.verb].end) if frame.verb >= 0 else content[0]
                found.append(Attribution(speaker, cue, content))
                outside = quote is None or cue[0] >= quote[1]
                if outside and any(text[a] in MARKS for a, _ in content):
                    carried = len(found) - 1
    return found


def _extent(row: list[Word], phrase: Phrase) -> tuple[int, int]:
    last = max(phrase.last, phrase.apposition[1] if phrase.apposition else 0)
    return row[phrase.first].start, row[last - 1].end


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

"""What parties state in an item: stance, speaker and exact words, by offsets that hold."""

from __future__ import annotations

import re
from collections.abc import Collection

from stories.cues import called, find, plain
from stories.evidence import Stance, Statement
from stories.hearing import Said
from stories.item import Field, Item
from stories.sentence import Sentence
from stories.speakers import grammar
from stories.text import body_spans, quotations, sentences

_WORD = re.compile(r"[a-z]+")


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
    return tuple(_once(found))


def _read(
    text: str, where: Field, item: Item, heard: list[Said], carriers: frozenset[str]
) -> list[Statement]:
    low = plain(text)
    tries = called(low, item.lang)
    if not tries and not _speaks(low):
        return []
    lines = [(0, len(text))] if where is Field.TITLE else body_spans(text)
    found: list[Statement] = []
    for number, (start, end) in enumerate(lines):
        quotes: list[tuple[int, int]] | None = None
        for first, last in sentences(text[start:end]):
            first, last = start + first, start + last
            cues = find(low, first, last, tries) if tries else []
            if not cues and not _speaks(low[first:last]):
                continue  # most sentences state nothing; looking closer costs the most
            if quotes is None:
                quotes = quotations(text, start, end)
            sentence = Sentence(text, low, first, last, where, number, quotes, item.effective, carriers)
            found.extend(sentence.statements(cues, heard))
    return found


def _speaks(low: str) -> bool:
    """Whether words could bring somebody's: a verb of speech, "according to", a colon, a quotation that goes on."""
    if ":" in low or low[:1] == '"':
        return True
    present = _WORD.findall(low)
    return not grammar("say").isdisjoint(present) or "according" in present or "per" in present


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

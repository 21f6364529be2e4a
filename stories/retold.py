"""Quotations that mutate from report to report, and whole texts that follow another in other words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from stories.copies import QUOTED_AT, containment, shingles
from stories.difference import Difference, Place, Variant
from stories.evidence import Voice
from stories.item import Field, Item, Span
from stories.keywords import stem
from stories.story import PlacedStatement
from stories.text import quotations

ALIKE = (0.5, 0.97)
"""Share of the shorter quotation's words that the other has, between which they are the same words told differently."""
SPUN = (0.4, 0.95)
"""The same bounds for a text that is suspected to be another in other words (MEASURES.md)."""
_SHORTEST = 4
"""Words a quotation must have to be compared."""
_FULL = 500
"""Characters of a full text; less is a blurb, whose speakers and figures agree by chance."""
_FIGURE = re.compile(r"(?<![\w.,])(\d[\d,.]*\d|\d)(?:[\s-](million|billion|trillion|bn|per cent|percent|%))?")


def spun(items: Sequence[Item], statements: Sequence[PlacedStatement]) -> list[Variant]:
    """Pairs of full texts of which one may be the other in other words: hardly a phrase agrees, and all else does.

    They share less than a tenth of their 5-grams; two speakers or more stand in one order in both; a figure
    agrees; and most of what both quote of a speaker is alike without being the same. A suspicion, not a proof:
    two reporters at one briefing write alike.
    """
    full = {item.id: item for item in items if len(item.body) >= _FULL}
    held: dict[int, list[PlacedStatement]] = {number: [] for number in full}
    for each in sorted(statements, key=lambda each: each.statement.span.start):
        named = each.statement.voice is Voice.NAMED and each.statement.speaker
        if each.item in held and named and each.statement.span.where is Field.BODY:
            held[each.item].append(each)
    order = {number: _speakers(told) for number, told in held.items()}
    found = []
    for one, other in combinations(full, 2):
        both = [speaker for speaker in order[one] if speaker in order[other]]
        if len(both) < 2 or both != [speaker for speaker in order[other] if speaker in both]:
            continue
        if full[one].publisher == full[other].publisher or not _figures(full[one]) & _figures(full[other]):
            continue
        if containment(shingles(full[one].body), shingles(full[other].body)) >= QUOTED_AT:
            continue
        pair = _requoted(held[one], held[other])
        if pair is not None:
            shown = {_last(each): each.statement.speaker for each in reversed(held[one])}
            about = " and ".join(shown[speaker] for speaker in both[:2])
            found.append(Variant(Difference.SPUN, about, *pair))
    return found


def _speakers(told: Sequence[PlacedStatement]) -> list[str]:
    """Who speaks, by last name, in the order the text first brings them."""
    return list(dict.fromkeys(_last(each) for each in told))


def _last(each: PlacedStatement) -> str:
    return each.statement.speaker.lower().split()[-1]


def _figures(item: Item) -> frozenset[tuple[str, str]]:
    """The figures of a text with their scale; a bare figure of one digit or a year says too little."""
    found = {(match[1].replace(",", ""), match[2] or "") for match in _FIGURE.finditer(item.body)}
    return frozenset(
        (value, scale)
        for value, scale in found
        if scale or not (len(value) == 1 or (len(value) == 4 and value[:2] in ("19", "20")))
    )


def _requoted(one: Sequence[PlacedStatement], other: Sequence[PlacedStatement]) -> tuple[Place, Place] | None:
    """The most alike quotations of one speaker that were changed; None unless two or more and most were."""
    changed, same = list[tuple[float, Place, Place]](), 0
    for mine in one:
        theirs = [place for each in other if _last(each) == _last(mine) for place in _quoted(each)]
        for place in _quoted(mine):
            near = max(theirs, key=lambda each: _shared(place.words, each.words), default=None)
            likeness = _shared(place.words, near.words) if near else 0.0
            if near is not None and SPUN[0] <= likeness <= SPUN[1]:
                changed.append((likeness, place, near))
            same += likeness > SPUN[1]
    if len(changed) <= max(same, 1):
        return None
    _, place, near = max(changed, key=lambda each: each[0])
    return place, near


def quote_variants(statements: Sequence[PlacedStatement]) -> list[Variant]:
    """Quotations of one speaker in different items that are alike and yet not the same."""
    said: dict[str, list[Place]] = {}
    for each in statements:
        if each.statement.speaker:
            key = each.statement.speaker.lower().split()[-1]
            said.setdefault(key, []).extend(_quoted(each))
    found = []
    for speaker, places in said.items():
        seen: set[tuple[str, str]] = set()
        for at, one in enumerate(places):
            nearest: dict[int, tuple[float, Place]] = {}
            for other in places[at + 1 :]:
                if other.item != one.item:
                    likeness = _shared(one.words, other.words)
                    if likeness > nearest.get(other.item, (0.0, other))[0]:
                        nearest[other.item] = (likeness, other)
            for likeness, other in nearest.values():
                pair = (_plain(one.words), _plain(other.words))
                if ALIKE[0] <= likeness < ALIKE[1] and pair[0] != pair[1] and pair not in seen:
                    seen.add(pair)
                    found.append(Variant(Difference.QUOTE, speaker, one, other))
    return found


def _shared(one: str, other: str) -> float:
    """Share of the shorter's words that stand in the other too, by their beginnings."""
    left, right = ([stem(word) for word in _plain(words).split()] for words in (one, other))
    if len(left) > len(right):
        left, right = right, left
    there = set(right)
    return sum(word in there for word in left) / max(1, len(left))


def _quoted(each: PlacedStatement) -> Iterator[Place]:
    words = each.statement.words
    spans = quotations(words) or ([(1, len(words))] if words[:1] in '“"' else [])
    for start, end in spans:
        if len(words[start:end].split()) >= _SHORTEST:
            base = each.statement.span.start
            yield Place(
                each.item,
                each.publisher,
                words[start:end],
                Span(each.statement.span.where, base + start, base + end),
            )


def _plain(words: str) -> str:
    return " ".join(re.findall(r"\w+", words.lower()))

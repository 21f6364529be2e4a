"""Where reports of a story differ: quotations that mutate, figures that disagree, headlines that harden a stance."""

from __future__ import annotations

import re
from collections.abc import Sequence

from stories.difference import Difference, Place, Variant
from stories.evidence import Stance
from stories.item import Field, Item, Span
from stories.keywords import stem
from stories.retold import quote_variants, spun
from stories.story import PlacedStatement, StoryDetail
from stories.text import body_spans

COMPARED = 300
"""Items of a story up to which its reports are compared: every quotation with every other takes the square of it."""
_FIGURE = re.compile(
    r"(?<![\w.,–-])(?P<sign>[$€£]\s?)?(?P<value>\d[\d,.]*\d|\d)(?:\s?(?P<scale>million|billion|trillion|bn|m|per cent|percent|%))?"
    r"(?:\s(?:worth of|of))?(?:\s(?:new|more|dead|different|US|American|Russian|other))?\s(?P<noun>[a-z]{4,})"
)
"""A number that hangs on a name counts nothing ("Covid-19 pandemic", "F-16 jets")."""
_SCALES = {"million": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9, "trillion": 1e12}
_HARD = re.compile(r"\bno (?:evidence|proof|sign|indication)", re.IGNORECASE)
_SOFT = re.compile(r"\b(?:can ?not|can[’']t|could not|couldn[’']t|unable to)\b", re.IGNORECASE)


def retold(detail: StoryDetail) -> list[Variant]:
    """Pairs of a story's reports of which one may be the other in other words; none of a story of more than `COMPARED` items."""
    return spun(detail.items, detail.statements) if len(detail.items) <= COMPARED else []


def variants(detail: StoryDetail) -> tuple[Variant, ...]:
    """Every difference between a story's reports, texts retold first, then quotations; copies of one text give none.

    A story of more than `COMPARED` items is not compared.
    """
    if len(detail.items) > COMPARED:
        return ()
    return (
        *retold(detail),
        *quote_variants(detail.statements),
        *figure_variants(detail.items),
        *stance_drift(detail.statements),
    )


def figure_variants(items: Sequence[Item]) -> list[Variant]:
    """Figures of one thing that differ between two publishers; "some 7" and "more than 7" count as the same."""
    seen: dict[str, list[tuple[float, Place]]] = {}
    for item in items:
        for where in (Field.TITLE, Field.SUMMARY, Field.BODY):
            text = item.text(where)
            for start, end in body_spans(text):
                for match in _FIGURE.finditer(text, start, end):
                    value = _value(match)
                    key = f"{(match['sign'] or '').strip()}{stem(match['noun'])}"
                    span = Span(where, match.start(), match.end())
                    seen.setdefault(key, []).append(
                        (value, Place(item.id, item.publisher, match.group(), span))
                    )
    found = []
    for key, places in seen.items():
        values: dict[str, set[float]] = {}
        for value, place in places:
            values.setdefault(place.publisher, set()).add(value)
        for at, (value, one) in enumerate(places):
            for other_value, other in places[at + 1 :]:
                apart = (
                    other.publisher != one.publisher and not values[one.publisher] & values[other.publisher]
                )
                if apart and value != other_value and 0.1 < value / other_value < 10:
                    found.append(Variant(Difference.FIGURE, key, one, other))
    return found


def _value(match: re.Match[str]) -> float:
    plain = match["value"].replace(",", "")
    if plain.count(".") > 1:
        plain = plain.replace(".", "")
    return float(plain) * _SCALES.get(match["scale"] or "", 1.0) or 1.0


def stance_drift(statements: Sequence[PlacedStatement]) -> list[Variant]:
    """Headlines whose stance differs from the strongest that their own text gives for the same party.

    "No evidence" over a quoted "I cannot confirm" is drift too: the first says that it was looked for.
    """
    found = []
    by_item: dict[int, list[PlacedStatement]] = {}
    for each in statements:
        if each.statement.stance is not Stance.ASSERT:
            by_item.setdefault(each.item, []).append(each)
    order = list(Stance)
    for held in by_item.values():
        for head in held:
            if head.statement.span.where is not Field.TITLE:
                continue
            below = [
                each
                for each in held
                if each.statement.span.where is not Field.TITLE
                and each.statement.party == head.statement.party
                and each.target is head.target
            ]
            agreeing = {
                each.statement.span for each in below if each.statement.stance is head.statement.stance
            }
            # "admitted it, days after it denied it": one sentence of the text says both, as the headline may not
            below = [
                each
                for each in below
                if each.statement.span not in agreeing or each.statement.stance is head.statement.stance
            ]
            if not below:
                continue
            strongest = min(below, key=lambda each: order.index(each.statement.stance))
            softened = next((each for each in below if _hardened(head, each)), None)
            if strongest.statement.stance is not head.statement.stance:
                found.append(_drift(head, strongest))
            elif softened is not None:
                found.append(_drift(head, softened))
    return found


def _hardened(head: PlacedStatement, below: PlacedStatement) -> bool:
    return bool(_HARD.search(head.statement.words) and _SOFT.search(below.statement.words))


def _drift(head: PlacedStatement, below: PlacedStatement) -> Variant:
    one, other = (
        Place(each.item, each.publisher, each.statement.words, each.statement.span) for each in (head, below)
    )
    return Variant(Difference.DRIFT, head.statement.party or head.statement.speaker, one, other)

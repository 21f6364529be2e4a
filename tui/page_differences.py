"""Where a story's reports differ: a list under its statements, and two places side by side."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from stories.difference import Difference, Place, Variant
from tui import words
from tui.drawing import Look, Piece, Pieces, fit, pad, width_of, wrap
from tui.sheet import Sheet, ToItem, ToVariant

LISTED = 12
"""Differences listed; a story that is counted in more ways than this is read in its items."""

_SAYS = {
    Difference.QUOTE: "the same speaker, told differently",
    Difference.FIGURE: "the same thing, counted differently",
    Difference.DRIFT: "the headline says otherwise than its text",
    Difference.SPUN: "the same speakers, figures and order in other words: one may be the other retold",
}


def differences(sheet: Sheet, found: Sequence[Variant]) -> None:
    """A line for each, which leads to both places side by side."""
    if not found:
        return
    sheet.head(f"Differs ({len(found)})", "Enter reads both side by side")
    for variant in found[:LISTED]:
        one, other = variant.one, variant.other
        places = one.publisher if one.item == other.item else f"{one.publisher} / {other.publisher}"
        sheet.add(
            Piece(f"{sheet.glyphs.contested} {variant.kind} ", Look.WARN),
            Piece(f"{variant.about}: ", Look.STRONG),
            Piece(_short(sheet, one), Look.QUOTE),
            Piece(" / ", Look.DIM),
            Piece(_short(sheet, other), Look.QUOTE),
            Piece(f" {places}", Look.NAME),
            to=ToVariant(variant),
            indent=2,
        )
    if len(found) > LISTED:
        sheet.add(Piece(f"and {words.count(len(found) - LISTED, 'more difference')}", Look.DIM))


def _short(sheet: Sheet, place: Place) -> str:
    return fit(" ".join(place.words.split()), min(44, len(place.words) + 8), sheet.glyphs).rstrip()


def side_by_side(sheet: Sheet, variant: Variant) -> None:
    """Both places in columns, one below the other where it is narrow; each leads to its own text."""
    sheet.add(Piece(f"{variant.about}: ", Look.STRONG), Piece(_SAYS[variant.kind], Look.WARN))
    sheet.gap()
    places = (variant.one, variant.other)
    for place in places:
        where = "headline" if place.span.where == "title" else str(place.span.where)
        sheet.add(
            Piece(place.publisher, Look.NAME), Piece(f" {where}", Look.DIM), to=ToItem(place.item, place.span)
        )
    sheet.gap()
    half = (sheet.width - 3) // 2
    if half < 24:
        for place in places:
            sheet.add(Piece(place.publisher, Look.NAME))
            sheet.add(Piece(place.words, Look.QUOTE))
            sheet.gap()
        return
    left, right = (_column(place, half) for place in places)
    for one, other in zip_longest(left, right, fillvalue=()):
        gap = Piece(" " * (half + 1 - width_of(one)) + "| ", Look.DIM)
        sheet.add_line(*one, gap, *other)


def _column(place: Place, width: int) -> list[Pieces]:
    return [pad((Piece(place.publisher, Look.NAME),), width), *wrap((Piece(place.words, Look.QUOTE),), width)]

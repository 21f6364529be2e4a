"""One item as a page: what it is, its text with the statements marked where they stand, and its sources."""

from __future__ import annotations

from collections.abc import Sequence

from store.corrections import NONE_OWN, Own
from store.items import ItemRow
from stories.evidence import Citation, Statement
from stories.item import Field, Item, Span
from stories.leaning import Leaning
from stories.story import Side
from tui import words
from tui.drawing import Look, Piece
from tui.sheet import Sheet, ToItem, ToLink, ToStory

_SIDES = {
    Side.CLAIM: "the claim",
    Side.DENIAL: "the denial",
    Side.COUNTER: "another account of it",
    Side.NEUTRAL: "neither side",
}
_LEANS = {
    Leaning.FOR: "states the claim as its own",
    Leaning.AGAINST: "stands against the claim",
    Leaning.OBSERVING: "only tells that it is claimed",
}


def item_page(
    sheet: Sheet,
    item: Item,
    row: ItemRow | None,
    statements: Sequence[Statement] = (),
    citations: Sequence[Citation] = (),
    focus: Span | None = None,
    side: Side | None = None,
    lean: Leaning | None = None,
    own: Own = NONE_OWN,
) -> None:
    """Title, where and when, the side it leads with and how its headline puts the claim, the text with its statements marked, statements and citations.

    ``own``: what of its statements is the analyst's.
    """
    marked_text(sheet, item, Field.TITLE, statements, focus, Look.STRONG)
    sheet.add(
        Piece(item.publisher, Look.NAME),
        Piece(f" {sheet.glyphs.dot} {words.moment(item.effective)}"),
        Piece(f" {sheet.glyphs.dot} {item.lang}" if item.lang else "", Look.DIM),
    )
    for flag in sorted(item.flags):
        sheet.add(Piece(f"{words.flag_word(flag)}", Look.WARN))
    if row is not None and row.revised:
        sheet.add(Piece("~ edited by its feed since we first saw it", Look.WARN))
    if row is not None and row.story_id is not None:
        sheet.labelled(
            "Story", sheet.glyphs.own(row.story_name) or f"story {row.story_id}", to=ToStory(row.story_id)
        )
    elif row is not None and row.dismissed:
        sheet.labelled("Story", Piece("dismissed: it belongs to none", Look.DIM))
    if side is not None:
        sheet.labelled("Leads", Piece(f"with {_SIDES[side]}", words.side_look(side)))
    if lean is not None:
        sheet.labelled("Headline", _LEANS[lean])
    if item.link:
        sheet.labelled("Link", Piece(item.link, Look.INFO), to=ToLink(item.link))
    for where in (Field.SUMMARY, Field.BODY):
        if item.text(where).strip():
            sheet.gap()
            marked_text(sheet, item, where, statements, focus, Look.TEXT)
    if not item.summary.strip() and not item.body.strip():
        sheet.gap()
        sheet.add(Piece("The feed gives no text besides the title.", Look.DIM))
    _statements(sheet, item, statements, own)
    _left_out(sheet, item, own)
    _citations(sheet, item, citations)


def marked_text(
    sheet: Sheet, item: Item, where: Field, statements: Sequence[Statement], focus: Span | None, plain: Look
) -> None:
    """A text by paragraphs, evidence in its look, cues in theirs; the focused words are anchored."""
    text = item.text(where)
    looks: list[Look] = [plain] * len(text)
    for statement in statements:
        _paint(looks, statement.span, where, Look.QUOTE)
    if focus is not None:
        _paint(looks, focus, where, Look.FOUND)
    for statement in statements:
        _paint(looks, statement.cue, where, Look.CUE)
    start = 0
    for paragraph in text.split("\n"):
        end = start + len(paragraph)
        if paragraph.strip():
            if focus is not None and focus.where is where and start <= focus.start <= end:
                sheet.anchor = len(sheet.lines)
            sheet.add(*_runs(text, looks, start, end))
        start = end + 1


def _paint(looks: list[Look], span: Span, where: Field, look: Look) -> None:
    if span.where is where:
        for place in range(max(0, span.start), min(span.end, len(looks))):
            looks[place] = look


def _runs(text: str, looks: Sequence[Look], start: int, end: int) -> list[Piece]:
    """The characters from start to end as pieces of one look each."""
    pieces: list[Piece] = []
    begin = start
    for place in range(start + 1, end + 1):
        if place == end or looks[place] is not looks[begin]:
            pieces.append(Piece(text[begin:place], looks[begin]))
            begin = place
    return pieces


def _statements(sheet: Sheet, item: Item, statements: Sequence[Statement], own: Own) -> None:
    if not statements:
        return
    sheet.head(f"Statements ({len(statements)})", "what its words say, whatever story it is in")
    for statement in statements:
        look = words.stance_look(statement.stance)
        who = statement.party or statement.speaker or "not named"
        sheet.add(
            Piece(
                f"{words.stance_mark(statement.stance, sheet.glyphs)} {words.stance_word(statement.stance)} ",
                look,
            ),
            Piece(who, Look.STRONG),
            Piece(f" {statement.speaker}" if statement.party and statement.speaker else ""),
            Piece(f", {statement.affiliation}" if statement.affiliation else "", Look.DIM),
            Piece(" (set by the analyst)" if statement.cue in own.cues else "", Look.WARN),
            to=ToItem(item.id, statement.span, statement.cue),
            indent=2,
        )


def _left_out(sheet: Sheet, item: Item, own: Own) -> None:
    """What was read and is no statement for the analyst: still to be seen, and to be put back."""
    if not own.left_out:
        return
    sheet.head(f"Left out by the analyst ({len(own.left_out)})", "on no board, in no count")
    for statement in own.left_out:
        sheet.add(
            Piece(f"{words.stance_word(statement.stance)} ", Look.DIM),
            Piece(statement.party or statement.speaker or "not named", Look.DIM),
            Piece(f" {statement.words}", Look.DIM),
            to=ToItem(item.id, statement.span, statement.cue),
            indent=2,
        )


def _citations(sheet: Sheet, item: Item, citations: Sequence[Citation]) -> None:
    if not citations:
        return
    sheet.head(f"Sources it names ({len(citations)})")
    for citation in citations:
        by = f" cited by {citation.cited_by}" if citation.cited_by else ""
        sheet.add(
            Piece(citation.source, Look.INFO),
            Piece(f" {citation.kind}{by}", Look.DIM),
            to=ToItem(item.id, citation.span)
            if citation.span
            else ToLink(citation.href)
            if citation.href
            else None,
        )

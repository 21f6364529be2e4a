"""Triage's right side: where the item would go, why, what else is near, and what the item says."""

from __future__ import annotations

from store.corrections import NONE_OWN, Own
from store.items import ItemRow
from store.setups import Rule
from store.triage import Proposal
from stories.evidence import Citation
from stories.item import Span
from tui import words
from tui.drawing import Glyphs, Look, Piece, Pieces
from tui.page_item import item_page
from tui.sheet import Sheet, ToStory


def foot(proposal: Proposal, glyphs: Glyphs, key: str) -> Pieces:
    """One line that says what accepting does, for a screen without room for the page beside the list."""
    lead = Piece(f"{key} {glyphs.arrow} ", Look.KEY)
    if proposal.story_id is None:
        return (lead, Piece("nothing: it is in no story", Look.DIM))
    if proposal.alone:
        return (lead, Piece("a story of its own", Look.STRONG))
    name = glyphs.own(proposal.story_name) or f"story {proposal.story_id}"
    likeness = f" {proposal.score:.0%} alike" if proposal.score else ""
    size = f" {glyphs.dot} {words.count(proposal.story_items, 'item')}"
    return (lead, Piece(name, Look.STRONG), Piece(likeness + size, Look.DIM))


def by_rule(rule: Rule, story: str) -> Pieces:
    """Where a rule leads an item, in words."""
    return (Piece(story, Look.STRONG), Piece(f" by your rule: {rule.query}", Look.DIM))


def proposal_page(
    sheet: Sheet,
    proposal: Proposal,
    row: ItemRow | None,
    citations: tuple[Citation, ...] = (),
    focus: Span | None = None,
    own: Own = NONE_OWN,
) -> None:
    """The proposed story and its grounds, then the item."""
    if proposal.story_id is None:
        sheet.labelled("Goes to", Piece("no story", Look.DIM))
    elif proposal.alone:
        sheet.labelled("Goes to", Piece("a story of its own: nothing is near enough", Look.STRONG))
    else:
        sheet.labelled(
            "Goes to",
            Piece(sheet.glyphs.own(proposal.story_name) or f"story {proposal.story_id}", Look.STRONG),
            Piece(f" {words.count(proposal.story_items, 'item')}", Look.DIM),
            to=ToStory(proposal.story_id),
        )
    for number, reason in enumerate(proposal.why):
        sheet.labelled("Why" if number == 0 else "", Piece(reason))
    if proposal.score:
        sheet.labelled("Likeness", f"{proposal.score:.0%}")
    for number, other in enumerate(proposal.runners_up):
        sheet.labelled(
            "Or" if number == 0 else "",
            Piece(f"{other.score:>4.0%} ", Look.DIM),
            Piece(sheet.glyphs.own(other.story_name) or f"story {other.story_id}"),
            to=ToStory(other.story_id),
        )
    sheet.gap()
    sheet.add_line(Piece(sheet.glyphs.rule * sheet.width, Look.DIM))
    item_page(sheet, proposal.item, row, proposal.statements, citations, focus, own=own)

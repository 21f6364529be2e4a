"""A rule as a page: what it does, in words, and the newest of what it matches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from store.items import ItemRow
from store.setups import Rule, RuleKind, RuleState
from store.story_rows import StoryRow
from tui import words
from tui.drawing import Look, Piece, fit
from tui.sheet import Sheet, ToItem, ToStory

_TELLS = {
    RuleKind.HIDE: "Items that match are left out of Wire and Triage and of what is counted there. Nothing is "
    "dismissed: turned off, the rule gives all of them back.",
    RuleKind.FLAG: "Items that match bear a # in Wire and Triage.",
    RuleKind.ALERT: "The bell rings when a story comes to match, and when its status changes while it does.",
    RuleKind.ROUTE: "Items that match and wait are proposed for this story: accepting puts them there. Until "
    "then they stay where grouping put them.",
}


@dataclass(frozen=True, slots=True)
class Matched:
    """What a rule matches just now."""

    count: int
    waiting: int
    """Of these, how many wait in Triage; for stories 0."""
    items: Sequence[ItemRow] = ()
    """The newest."""
    stories: Sequence[StoryRow] = ()
    """The most active."""


def rule_page(
    sheet: Sheet, rule: Rule, state: RuleState, story: str, matched: Matched | None, now: datetime
) -> None:
    """State, filter, effect, and examples that lead to themselves."""
    on = state is RuleState.ON
    sheet.labelled("State", Piece("on" if on else "off: it does nothing", Look.GOOD if on else Look.DIM))
    sheet.labelled("Filter", Piece(rule.query, Look.STRONG))
    if rule.story is not None:
        sheet.labelled("Story", Piece(sheet.glyphs.own(story), Look.STRONG), to=ToStory(rule.story))
    sheet.gap()
    sheet.add(Piece(_TELLS[rule.kind]))
    if matched is None:
        return
    of = (
        words.count(matched.count, "story", "stories")
        if rule.kind is RuleKind.ALERT
        else words.count(matched.count, "item")
    )
    waiting = f"{matched.waiting:,} of them wait in Triage" if matched.waiting else ""
    sheet.head(f"Matches {of} now", waiting)
    for row in matched.items:
        sheet.add_line(
            Piece(f"{words.when(row.effective, now):<8}", Look.DIM),
            Piece(fit(row.publisher, 16, sheet.glyphs) + " ", Look.NAME),
            Piece(row.title),
            to=ToItem(row.id),
        )
    for line in matched.stories:
        sheet.add_line(
            Piece(f"{words.status_mark(line.status, sheet.glyphs)} ", words.status_look(line.status)),
            Piece(sheet.glyphs.own(line.name)),
            to=ToStory(line.id),
        )

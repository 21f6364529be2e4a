"""Rules by choosing: hide, flag, or alert; made from an item or typed, taken away with the same key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from store.items import ItemRow
from store.setups import Rule, RuleKind
from tui.drawing import UNICODE, Glyphs, Look, Piece, Pieces
from tui.sheet import columns
from tui.typed_list import TypedList

_WORD = {
    RuleKind.HIDE: "Hide items that match",
    RuleKind.FLAG: "Flag items that match",
    RuleKind.ALERT: "Ring when a story matches",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A rule that is there (choosing it takes it away), or one that could be."""

    rule: Rule
    there: bool


class Rules(TypedList[Choice, "Choice | None"]):
    """Gives the choice; the screen keeps or drops the rule."""

    HINT = "Enter adds, or takes away what is on, Esc leaves"
    PLACEHOLDER = 'type a filter for a rule of your own: source:tass "words" status:denied'

    def __init__(self, held: Sequence[Rule], row: ItemRow | None = None, glyphs: Glyphs = UNICODE) -> None:
        super().__init__()
        self._held = held
        self._row = row
        self._glyphs = glyphs

    def title_text(self) -> str:
        """What the rules are made from."""
        return "Rules and alerts" if self._row is None else f"Rule from: {self._row.title}"

    def matching(self, typed: str) -> Sequence[Choice]:
        """Rules that are on, those the item suggests, and those of what was typed."""
        query = typed.strip()
        suggested = [Rule(kind, query) for kind in RuleKind] if query else _suggested(self._row)
        on = [Choice(rule, True) for rule in self._held if query.casefold() in rule.query.casefold()]
        return [*[Choice(rule, False) for rule in suggested if rule not in self._held], *on]

    def paint(self, row: Choice, width: int) -> Pieces:
        """On or not, what it does, and its filter."""
        return columns(
            width,
            ("ON" if row.there else "", 3, Look.GOOD),
            (_WORD[row.rule.kind], 26, Look.TEXT),
            (row.rule.query, 0, Look.STRONG),
            glyphs=self._glyphs,
        )

    def nothing(self) -> Sequence[Pieces]:
        """There are no rules."""
        return ((Piece("No rules. Type a filter to make one; X makes one from an item.", Look.DIM),),)

    def choose(self, row: Choice | None, typed: str) -> None:
        """Give the choice."""
        self.dismiss(row)


def _suggested(row: ItemRow | None) -> list[Rule]:
    """What one may want of an item's publisher, its words and its story."""
    if row is None:
        return []
    words = " ".join(word for word in row.title.split() if word[:1].isupper())[:60].replace('"', "")
    rules = [Rule(RuleKind.HIDE, f"source:{row.publisher}"), Rule(RuleKind.FLAG, f"source:{row.publisher}")]
    if words:
        rules.append(Rule(RuleKind.FLAG, words))
    if row.story_name:
        rules.append(Rule(RuleKind.ALERT, f'story:"{row.story_name}"'))
    return rules

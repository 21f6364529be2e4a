"""A new rule by choosing: hide, flag, alert or route; suggested by an item, or of what is typed."""

from __future__ import annotations

from collections.abc import Sequence

from store.items import ItemRow
from store.setups import Rule, RuleKind
from tui.drawing import UNICODE, Glyphs, Look, Piece, Pieces
from tui.sheet import columns
from tui.typed_list import TypedList

DOES = {
    RuleKind.HIDE: "Hide items that match",
    RuleKind.FLAG: "Flag items that match",
    RuleKind.ALERT: "Ring when a story matches",
    RuleKind.ROUTE: "Propose them for a story",
}


class NewRule(TypedList[Rule, Rule | None]):
    """Gives the rule; the screen keeps it. A route without a story has yet to be told where it leads."""

    HINT = "Enter adds it, Esc leaves"
    PLACEHOLDER = 'type a filter for a rule of your own: source:tass "words" status:denied'

    def __init__(self, held: Sequence[Rule], row: ItemRow | None = None, glyphs: Glyphs = UNICODE) -> None:
        super().__init__()
        self._held = held
        self._row = row
        self._glyphs = glyphs

    def title_text(self) -> str:
        """What the rule is made from."""
        return "A new rule" if self._row is None else f"Rule from: {self._row.title}"

    def matching(self, typed: str) -> Sequence[Rule]:
        """Rules of what was typed, else those that the item suggests; none that is on already."""
        query = typed.strip()
        found = [Rule(kind, query) for kind in RuleKind] if query else _suggested(self._row)
        return [rule for rule in found if rule not in self._held]

    def paint(self, row: Rule, width: int) -> Pieces:
        """What it does, and its filter."""
        return columns(
            width, (DOES[row.kind], 26, Look.TEXT), (row.query, 0, Look.STRONG), glyphs=self._glyphs
        )

    def nothing(self) -> Sequence[Pieces]:
        """Nothing suggests one."""
        return ((Piece("Type a filter, in the language of / (help shows it).", Look.DIM),),)

    def choose(self, row: Rule | None, typed: str) -> None:
        """Give the rule."""
        self.dismiss(row)


def _suggested(row: ItemRow | None) -> list[Rule]:
    """What one may want of an item's publisher, its words and its story."""
    if row is None:
        return []
    words = " ".join(word for word in row.title.split() if word[:1].isupper())[:60].replace('"', "")
    # The narrow one first, under the cursor: Enter pressed in haste must not hide a whole publisher.
    rules = [Rule(RuleKind.HIDE, f"source:{row.publisher} {words}")] if words else []
    rules.append(Rule(RuleKind.HIDE, f"source:{row.publisher}"))
    rules.append(Rule(RuleKind.FLAG, f"source:{row.publisher}"))
    if words:
        rules += [Rule(RuleKind.FLAG, words), Rule(RuleKind.ROUTE, words)]
    rules.append(Rule(RuleKind.ROUTE, f"source:{row.publisher}"))
    if row.story_name:
        rules.append(Rule(RuleKind.ALERT, f'story:"{row.story_name}"'))
    return rules

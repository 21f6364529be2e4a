"""Sentences of items as a brief quotes them: each once, exactly, with who speaks and where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from snapshots.snapshot import Snapshot
from snapshots.wording import address, one_line, stamp
from stories.difference import Difference, Variant
from stories.evidence import CopyKind, Stance, Target, Voice
from stories.item import DateFlag, Item
from stories.story import Origin, PartyStance, PlacedStatement


@dataclass(frozen=True, slots=True)
class Source:
    """Where words stand: enough to find them again."""

    item: int
    title: str
    link: str
    publisher: str
    published: str
    """"published 2023-01-27 12:00 UTC", or "undated"."""
    retrieved: str
    """When we read it; empty for an imported item where all are, since the method says so once."""


@dataclass(frozen=True, slots=True)
class Quote:
    """One sentence, exactly, with everybody who speaks in it."""

    words: str
    said: str
    """"Zia Ahmad Takal, deputy spokesman …, via VOA: denial"."""
    source: Source
    also: tuple[Source, ...] = ()
    """Other items that hold the very same words with the same speaker: a headline that was taken over."""

    @property
    def headline(self) -> bool:
        """Whether the words are the item's own headline, which then need not be named again."""
        return one_line(self.words) == one_line(self.source.title)


@dataclass(frozen=True, slots=True)
class Differing:
    """Two places that tell one thing differently."""

    says: str
    """What differs, in one sentence."""
    one: Quote
    other: Quote


class Quotations:
    """Looks up where a snapshot's sentences stand."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._items = {item.id: item for item in snapshot.detail.items}
        self._retrieved = {one.item: one.retrieved_at for one in snapshot.retrievals}
        self._articles = {one.item: one.article for one in snapshot.retrievals}
        self._copies = {copy.item: copy for copy in snapshot.detail.copies}
        self._imported = "" if snapshot.archived else "imported"

    def of(self, number: int) -> Source | None:
        """The source of an item; None when the snapshot does not hold it."""
        return self.sure(number) if number in self._items else None

    def sure(self, number: int) -> Source:
        """The source of an item; only its number when the snapshot does not hold it."""
        item = self._items.get(number)
        if item is None:
            return Source(number, f"Item {number}", "", "", "undated", "")
        at = self._retrieved.get(number)
        read = f"retrieved {stamp(at)}" if at else self._imported
        return Source(number, item.title, address(item.link), item.publisher, _dated(item), read)

    def quotes(
        self, statements: Iterable[PlacedStatement], *, about: bool = False, asserting: bool = False
    ) -> tuple[Quote, ...]:
        """Each sentence once, with everybody who speaks in it.

        ``about`` says what each statement is about; ``asserting`` calls an assertion so, where it brings the
        claim, instead of only a statement.
        """
        held: dict[tuple[int, str], dict[str, None]] = {}
        for placed in statements:
            said = _speaks(placed, about=about, asserting=asserting)
            held.setdefault((placed.item, placed.statement.words), {})[said] = None
        return self._merged(((item, words), "; ".join(said)) for (item, words), said in held.items())

    def named(self, origin: Origin) -> tuple[Quote, ...]:
        """The sentences that name the sources, each once."""
        held: dict[tuple[int, str], dict[str, None]] = {}
        for placed in origin.evidence:
            held.setdefault((placed.item, placed.citation.words), {})[f"“{placed.citation.source}”"] = None
        return self._merged((place, f"Names {', '.join(found)}") for place, found in held.items())

    def differing(self, variant: Variant) -> Differing:
        """Two places of a story's items that tell one thing differently."""
        one, other = (
            Quote(place.words, said, self.sure(place.item))
            for place, said in zip((variant.one, variant.other), _PLACES[variant.kind], strict=True)
        )
        return Differing(_DIFFERS[variant.kind], one, other)

    def badge(self, item: Item) -> str:
        """What an item copies, in a few words."""
        copy = self._copies.get(item.id)
        original = self._items.get(copy.of) if copy else None
        if copy is None or original is None:
            return ""
        if copy.kind is CopyKind.COPY:
            return f"COPY of {original.publisher} ({copy.containment:.0%} of its text)"
        return f"QUOTED: {copy.containment:.0%} of its text also stands at {original.publisher}"

    def article(self, item: Item) -> str:
        """When the page behind an item's link was read, and its hash; empty where none was."""
        page = self._articles.get(item.id)
        return f"Article read {stamp(page.retrieved_at)}, page SHA-256 {page.page_sha256}" if page else ""

    def _merged(self, found: Iterable[tuple[tuple[int, str], str]]) -> tuple[Quote, ...]:
        places: dict[tuple[str, str], list[Source]] = {}
        for (item, words), said in found:
            places.setdefault((words, said), []).append(self.sure(item))
        return tuple(
            Quote(words, said, first, tuple(also)) for (words, said), (first, *also) in places.items()
        )


def _speaks(placed: PlacedStatement, *, about: bool, asserting: bool) -> str:
    statement = placed.statement
    nobody = "The publisher" if statement.voice is Voice.OUTLET else "Speaker not named"
    speaker = statement.speaker or statement.party or nobody
    affiliation = f", {statement.affiliation}" if statement.affiliation else ""
    via = f", via {' via '.join(statement.via)}" if statement.via else ""
    stance = "assertion" if asserting and statement.stance is Stance.ASSERT else _STANCES[statement.stance]
    target = f", {_ABOUT[placed.target]}" if about else ""
    analyst = " (set by the analyst)" if placed.by_analyst else ""
    return f"{speaker}{affiliation}{via}: {stance}{target}{analyst}"


_STANCES = {
    Stance.DENY: "denial",
    Stance.CONFIRM: "confirmation",
    Stance.CANNOT_CONFIRM: "cannot confirm",
    Stance.NO_COMMENT: "no comment",
    Stance.DOUBT: "doubt",
    Stance.ASSERT: "statement",
}
ASSERTING = frozenset({PartyStance.ASSERTS, PartyStance.CONFIRMED})
"""Stances of a party whose statements bring the claim."""
_DIFFERS = {
    Difference.QUOTE: "One speaker's words are told differently.",
    Difference.FIGURE: "The same thing is counted differently.",
    Difference.DRIFT: "A headline says otherwise than its own text.",
    Difference.SPUN: "One report may be the other retold: the same speakers in the same order and the same figures, quoted in other words.",
}
_PLACES = {
    Difference.QUOTE: ("One report", "Another"),
    Difference.FIGURE: ("One report", "Another"),
    Difference.DRIFT: ("On top", "In the text"),
    Difference.SPUN: ("One report", "Another"),
}
_ABOUT = {
    Target.CLAIM: "on the claim",
    Target.OTHER: "of another claim",
    Target.BACKGROUND: "as background",
    Target.UNCLEAR: "unclear of what",
}


def _dated(item: Item) -> str:
    if DateFlag.UNDATED in item.flags or item.published is None:
        return "undated"
    future = ", a date in the future" if DateFlag.FUTURE in item.flags else ""
    return f"published {stamp(item.published)}{future}"

"""What a brief says, in plain words and in order, before it is Markdown, HTML or a desk's own template."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from snapshots.snapshot import Snapshot
from snapshots.wording import counted, one_line, span, stamp
from stories.decision import Decision
from stories.evidence import Stance, Target
from stories.item import DateFlag, Item
from stories.story import Origin, OriginState, Party, PartyStance, PlacedStatement


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


@dataclass(frozen=True, slots=True)
class Quote:
    """One sentence of an item, exactly, with everybody who speaks in it."""

    words: str
    said: str
    """"Zia Ahmad Takal, deputy spokesman …, via VOA: deny"."""
    source: Source


@dataclass(frozen=True, slots=True)
class PartyLine:
    """One party of the board."""

    name: str
    stance: str
    """With the clock while silent: "SILENT 31 h"."""
    role: str
    since: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of the timeline."""

    at: str
    status: str
    because: str
    source: Source | None


@dataclass(frozen=True, slots=True)
class ListedItem:
    """One item, and what it copies."""

    source: Source
    badge: str
    """"COPY of second.example (62%)", or empty."""


@dataclass(frozen=True, slots=True)
class Brief:
    """The whole brief; every text is as it stands in the items, nothing escaped."""

    name: str
    status: str
    because: str
    as_of: str
    claim: str
    opposite: str
    spread: str
    first_seen: str
    rated: str
    note: str
    parties: tuple[PartyLine, ...]
    others: tuple[Quote, ...]
    """On the claim, by speakers whose party is unknown."""
    aside: tuple[Quote, ...]
    """About something else or unclear; shown so that a reader sees why they don't count."""
    timeline: tuple[Moment, ...]
    origin: str
    chains: tuple[tuple[str, ...], ...]
    named: tuple[Quote, ...]
    """The sentences that name the sources."""
    questions: tuple[str, ...]
    items: tuple[ListedItem, ...]
    method: tuple[str, ...]

    @property
    def board(self) -> str:
        """The parties in one line."""
        return " · ".join(f"{party.name} {party.stance}" for party in self.parties)


def brief(snapshot: Snapshot) -> Brief:
    """The brief of a snapshot."""
    detail = snapshot.detail
    story = detail.story
    sources = _Sources(snapshot)
    shown = {placed for party in detail.parties for placed in party.evidence}
    others = (one for one in detail.statements if one.target is Target.CLAIM and one not in shown)
    aside = (
        one
        for one in detail.statements
        if one.target is not Target.CLAIM and one.statement.stance is not Stance.ASSERT
    )
    opposite = snapshot.opposite_name or f"story {story.opposite_of}"
    return Brief(
        name=story.name,
        status=detail.status.value,
        because=detail.because or detail.status.value,
        as_of=stamp(detail.as_of),
        claim=story.claim,
        opposite="" if story.opposite_of is None else opposite,
        spread=_spread(snapshot),
        first_seen=_first_seen(snapshot),
        rated=story.rated,
        note=story.note,
        parties=tuple(
            PartyLine(
                party.name, _stance(party), party.role.value, _since(party), sources.quotes(party.evidence)
            )
            for party in detail.parties
        ),
        others=sources.quotes(others),
        aside=sources.quotes(aside, about=True),
        timeline=tuple(
            Moment(stamp(event.at), event.status.value, event.because, sources.of(event.item))
            for event in detail.timeline
        ),
        origin=_origin(detail.origin),
        chains=detail.origin.chains,
        named=sources.named(detail.origin),
        questions=snapshot.questions,
        items=tuple(ListedItem(sources.sure(item.id), sources.badge(item)) for item in detail.items),
        method=tuple(_method(snapshot)),
    )


class _Sources:
    """Looks up where things stand."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._items = {item.id: item for item in snapshot.detail.items}
        self._retrieved = {one.item: one.retrieved_at for one in snapshot.retrievals}
        self._copies = {copy.item: copy for copy in snapshot.detail.copies}

    def of(self, number: int) -> Source | None:
        """The source of an item; None when the snapshot does not hold it."""
        return self.sure(number) if number in self._items else None

    def sure(self, number: int) -> Source:
        """The source of an item; only its number when the snapshot does not hold it."""
        item = self._items.get(number)
        if item is None:
            return Source(number, f"Item {number}", "", "", "undated", "")
        at = self._retrieved.get(number)
        read = f"retrieved {stamp(at)}" if at else "imported"
        return Source(number, item.title, item.link, item.publisher, _dated(item), read)

    def quotes(self, statements: Iterable[PlacedStatement], *, about: bool = False) -> tuple[Quote, ...]:
        """Each sentence once, with everybody who speaks in it."""
        held: dict[tuple[int, str], dict[str, None]] = {}
        for placed in statements:
            held.setdefault((placed.item, placed.statement.words), {})[_speaks(placed, about=about)] = None
        return tuple(Quote(words, "; ".join(said), self.sure(item)) for (item, words), said in held.items())

    def named(self, origin: Origin) -> tuple[Quote, ...]:
        """The sentences that name the sources, each once."""
        held: dict[tuple[int, str], dict[str, None]] = {}
        for placed in origin.evidence:
            held.setdefault((placed.item, placed.citation.words), {})[placed.citation.source] = None
        return tuple(
            Quote(words, f"Names {', '.join(found)}", self.sure(item))
            for (item, words), found in held.items()
        )

    def badge(self, item: Item) -> str:
        """What an item copies, in a few words."""
        copy = self._copies.get(item.id)
        original = self._items.get(copy.of) if copy else None
        if copy is None or original is None:
            return ""
        return f"{copy.kind.value} of {original.publisher} ({copy.containment:.0%})"


def _speaks(placed: PlacedStatement, *, about: bool) -> str:
    statement = placed.statement
    speaker = statement.speaker or statement.party or "Nobody named"
    affiliation = f", {statement.affiliation}" if statement.affiliation else ""
    via = f", via {' via '.join(statement.via)}" if statement.via else ""
    stance = statement.stance.value.replace("_", " ")
    target = f", {_ABOUT[placed.target]}" if about else ""
    analyst = " (set by the analyst)" if placed.by_analyst else ""
    return f"{speaker}{affiliation}{via}: {stance}{target}{analyst}"


_ABOUT = {
    Target.CLAIM: "the claim",
    Target.OTHER: "of another claim",
    Target.BACKGROUND: "as background",
    Target.UNCLEAR: "unclear of what",
}


def _spread(snapshot: Snapshot) -> str:
    measures = snapshot.detail.measures
    origins = snapshot.origins
    parts = [
        counted(len(snapshot.detail.items), "item"),
        counted(snapshot.publishers, "publisher"),
        counted(origins, "origin") if origins else "origin unknown",
    ]
    if measures is not None and measures.amplification is not None and origins:
        parts.append(f"×{measures.amplification:.1f}")
    if measures is not None and measures.denial_reach is not None:
        parts.append(f"denial reach {measures.denial_reach:.0%}")
    return " · ".join(parts)


def _first_seen(snapshot: Snapshot) -> str:
    first = next((item for item in snapshot.detail.items if item.effective), None)
    return f"{stamp(snapshot.detail.first_seen)}, {first.publisher}" if first else "unknown"


def _origin(origin: Origin) -> str:
    if origin.state is OriginState.UNKNOWN:
        return "Unknown: no item names a source."
    if origin.state is OriginState.DISPUTED:
        return "DISPUTED: the items name different sources."
    return "Named by the items:"


def _stance(party: Party) -> str:
    if party.stance is PartyStance.SILENT and party.clock is not None:
        return f"SILENT {span(party.clock)}"
    return party.stance.value


def _since(party: Party) -> str:
    if party.stance is PartyStance.SILENT:
        return "No statement on the claim is in these items."
    words = f"Since {stamp(party.since)}"
    if party.stance is PartyStance.DENIED and party.clock:
        words += f", {span(party.clock)} after the claim"
    return (
        f"{words}; {counted(party.independent, 'independent source')}." if party.independent else f"{words}."
    )


def _dated(item: Item) -> str:
    if DateFlag.UNDATED in item.flags or item.published is None:
        return "undated"
    future = ", a date in the future" if DateFlag.FUTURE in item.flags else ""
    return f"published {stamp(item.published)}{future}"


def _method(snapshot: Snapshot) -> Iterable[str]:
    yield (
        f"Taken {stamp(snapshot.taken_at)} by {snapshot.taken_by or 'an unnamed analyst'} with {snapshot.tool}; "
        f"shows what was known on {stamp(snapshot.detail.as_of)}."
    )
    yield "Read by rules from feed text; no sentence here was written by the program except these labels."
    yield '"First seen" means first seen by us. Audience, engagement and bots can\'t be known from feeds.'
    rated = "" if snapshot.detail.story.rated else " No analyst has rated this story."
    yield f"The program rates nothing true or false.{rated}"
    yield from (f"Not known: {unknown}" for unknown in snapshot.unknown)
    yield from (f"Decision {_decision(decision)}" for decision in snapshot.decisions)


def _decision(decision: Decision) -> str:
    details = ", ".join(f"{key} {value}" for key, value in decision.details.items())
    items = f" items {', '.join(map(str, decision.items))}" if decision.items else ""
    words = f"{decision.id}: {stamp(decision.at)}, {decision.by}, {decision.act.value}{items}"
    return one_line(f"{words}{f' ({details})' if details else ''}")

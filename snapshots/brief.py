"""What a brief says, in plain words and in order, before it is Markdown, HTML or a desk's own template."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from snapshots.questions import aside
from snapshots.quoting import ASSERTING, Differing, Quotations, Quote, Source
from snapshots.snapshot import NOTED, Snapshot
from snapshots.wording import counted, one_line, span, stamp
from stories.decision import Decision
from stories.evidence import Target
from stories.story import NO_ITEMS, Origin, OriginState, Party, PartyStance, PlacedStatement, Role
from stories.variants import variants

_DIFFERING = 12
"""Differences shown; a story that is counted in more ways than this is read in its items."""


@dataclass(frozen=True, slots=True)
class PartyLine:
    """One party of the board."""

    name: str
    stance: str
    """With the clock while silent: "SILENT 31 h"."""
    role: str
    since: str
    quotes: tuple[Quote, ...]
    """What the stance rests on."""
    more: tuple[Quote, ...]
    """What else the party said on the claim."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of the timeline."""

    at: str
    status: str
    because: str
    """What changed; may begin with the status itself."""
    source: Source | None

    @property
    def change(self) -> str:
        """What changed without the status, where that stands beside it; empty when nothing else is said."""
        return self.because.removeprefix(self.status).lstrip(":, ") if self.because != self.status else ""


@dataclass(frozen=True, slots=True)
class ListedItem:
    """One item, and what it copies."""

    source: Source
    badge: str
    """"COPY of second.example (62%)", or empty."""
    article: str
    """When the page behind its link was read, and the page's hash; empty where it wasn't."""


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
    """On the claim, by speakers who speak for no party of the board."""
    aside: tuple[Quote, ...]
    """About something else or unclear; shown so that a reader sees why they don't count."""
    differing: tuple[Differing, ...]
    """Where the reports tell one thing differently; not looked for in a story of very many items."""
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

    @property
    def standing(self) -> str:
        """The status with its reason, the word once: "CONTESTED: DENIED by Norland; ASSERTED by Westmark"."""
        return _once(self.status, self.because)


def brief(snapshot: Snapshot) -> Brief:
    """The brief of a snapshot."""
    detail = snapshot.detail
    story = detail.story
    sources = Quotations(snapshot)
    on_claim: dict[str, list[PlacedStatement]] = {party.name: [] for party in detail.parties}
    others: list[PlacedStatement] = []
    for placed in detail.statements:
        if placed.target is Target.CLAIM:
            on_claim.get(placed.statement.party, others).append(placed)
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
        parties=tuple(_party(party, on_claim[party.name], snapshot, sources) for party in detail.parties),
        others=sources.quotes(others),
        aside=sources.quotes(aside(detail), about=True),
        differing=tuple(sources.differing(variant) for variant in variants(detail)[:_DIFFERING]),
        timeline=tuple(
            Moment(stamp(event.at), event.status.value, event.because, sources.of(event.item))
            for event in detail.timeline
        ),
        origin=_origin(detail.origin),
        chains=detail.origin.chains,
        named=sources.named(detail.origin),
        questions=snapshot.questions,
        items=tuple(
            ListedItem(sources.sure(item.id), sources.badge(item), sources.article(item))
            for item in detail.items
        ),
        method=tuple(_method(snapshot)),
    )


def _party(
    party: Party, said: Sequence[PlacedStatement], snapshot: Snapshot, sources: Quotations
) -> PartyLine:
    shown = set(party.evidence)
    stance = party.stance.value
    if party.stance is PartyStance.SILENT and party.clock is not None:
        stance = f"SILENT {span(party.clock)}"
    return PartyLine(
        party.name,
        stance,
        _ROLES[party.role],
        _since(party, snapshot),
        sources.quotes(party.evidence, asserting=party.stance in ASSERTING),
        sources.quotes(placed for placed in said if placed not in shown),
    )


_ROLES = {
    Role.ACCUSED: "The accused",
    Role.RECIPIENT: "At the receiving end of the claim",
    Role.ACCUSER: "The accuser",
    Role.OTHER: "A third party",
}


def _since(party: Party, snapshot: Snapshot) -> str:
    if party.stance is PartyStance.SILENT:
        until = f"; they reach until {stamp(snapshot.heard_until)}" if snapshot.unheard >= NOTED else ""
        return f"No statement on the claim is in these items{until}."
    words = f"{party.stance.value} since {stamp(party.since)}"
    if party.stance is PartyStance.DENIED and party.clock:
        words += f", {span(party.clock)} after the claim"
    return (
        f"{words}; {counted(party.independent, 'independent source')}." if party.independent else f"{words}."
    )


def _spread(snapshot: Snapshot) -> str:
    origins = counted(snapshot.origins, "origin") if snapshot.origins else "origin unknown"
    if snapshot.detail.origin.state is OriginState.DISPUTED:
        origins = "origin disputed"
    words = (
        f"{counted(len(snapshot.detail.items), 'item')} from {counted(snapshot.publishers, 'publisher')}; "
        f"{origins}"
    )
    measures = snapshot.detail.measures
    if measures is None or measures.denial_reach is None:
        return words
    carrying = round(measures.denial_reach * snapshot.publishers)
    verb = "carries" if carrying == 1 else "carry"
    return f"{words}; {carrying} of the publishers ({measures.denial_reach:.0%}) {verb} a denial"


def _first_seen(snapshot: Snapshot) -> str:
    first = next((item for item in snapshot.detail.items if item.effective), None)
    return f"{stamp(snapshot.detail.first_seen)}, {first.publisher}" if first else "unknown"


def _origin(origin: Origin) -> str:
    if origin.state is OriginState.UNKNOWN:
        return "Unknown: no item names a source."
    if origin.state is OriginState.DISPUTED:
        return "DISPUTED: the items name different sources."
    return "Named by the items:"


def _method(snapshot: Snapshot) -> Iterable[str]:
    told = f"Taken {stamp(snapshot.taken_at)} by {snapshot.taken_by or 'an unnamed analyst'} with {snapshot.tool}"
    yield f"{told}; shows what was known on {stamp(snapshot.detail.as_of)}."
    yield (
        "Read by rules from the feeds' text. A quoted sentence stands word for word in its item; "
        "the labels around it are the program's."
    )
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


def _once(status: str, because: str) -> str:
    return because if because.startswith(status) or because == NO_ITEMS else f"{status}: {because}"

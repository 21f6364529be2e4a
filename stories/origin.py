"""Where a story comes from, so far as its items say: the sinks of the citation graph."""

from __future__ import annotations

from collections.abc import Sequence

from stories.evidence import Citation, CitationKind, Stance, Statement, Target, Voice
from stories.item import Span
from stories.sources import canonical, host_name, is_pointer, is_vague
from stories.story import Origin, OriginState, PlacedCitation, PlacedStatement

_POINTING = frozenset({CitationKind.CITING, CitationKind.REPORTED})
"""Kinds that say where a claim comes from; "told VOA" says who heard an answer, a link may be about anything."""

_AGAINST = frozenset({Stance.DENY, Stance.DOUBT})
"""Who says the contrary is no origin, whatever else they are read to say."""
_CREDITED = 2
"""Items that must bring a claim from a name no lexicon knows for the name to be where it comes from."""


def origin(
    citations: Sequence[PlacedCitation], statements: Sequence[PlacedStatement], accused: str = ""
) -> Origin:
    """The chains that lead to where a story comes from; DISPUTED when items lead to different ends.

    A citation counts where its sentence brings the story's claim: not where it denies it, and not where it
    is about something else. Sources that are only pointed at ("reports") end no chain by name. Where no
    source is cited, the origin is whoever on record is first seen to say it, the accused and who denies it aside.
    """
    denying = {
        (each.item, each.statement.span)
        for each in statements
        if each.statement.stance is not Stance.ASSERT or each.target is not Target.CLAIM
    }
    bringing: dict[int, list[Span]] = {}
    for told in statements:
        if told.target is Target.CLAIM and (told.item, told.statement.span) not in denying:
            bringing.setdefault(told.item, []).append(told.statement.span)
    graph: dict[str, dict[str, PlacedCitation]] = {}
    starts: dict[str, str] = {}
    for each in sorted(citations, key=lambda placed: placed.at):
        citation = each.citation
        if citation.kind not in _POINTING or citation.span is None:
            continue
        place = citation.span
        if not any(
            span.where is place.where and span.start <= place.start < span.end
            for span in bringing.get(each.item, ())
        ):
            continue
        publisher = canonical(host_name(each.publisher))
        cited_by = citation.cited_by or publisher
        if cited_by == citation.source:
            continue
        graph.setdefault(cited_by, {}).setdefault(citation.source, each)
        starts.setdefault(publisher, publisher)
    chains: list[tuple[str, ...]] = []
    evidence: list[PlacedCitation] = []
    for start in starts:
        for path in _paths(graph, start):
            chain = tuple(reversed(path[1:]))
            if chain and chain not in chains:
                chains.append(chain)
            evidence.extend(graph[path[at]][path[at + 1]] for at in range(len(path) - 1))
    chains = [chain for chain in chains if not any(_inside(chain, other) for other in chains)]
    named = [chain for chain in chains if not is_pointer(chain[0])]
    named = [chain for chain in named if not any(_shorter(chain[0], other[0]) for other in named)]
    sinks = {chain[0].lower() for chain in named}
    if not sinks:
        return _on_record(statements, accused) or Origin(
            OriginState.UNKNOWN, (), tuple(dict.fromkeys(evidence))
        )
    state = OriginState.NAMED if len(sinks) == 1 else OriginState.DISPUTED
    return Origin(state, tuple(named), tuple(dict.fromkeys(evidence)))


def _on_record(statements: Sequence[PlacedStatement], accused: str) -> Origin | None:
    """The first party that says the claim and never denies it, else the first name that two items bring it from."""
    on_claim = [each for each in statements if each.target is Target.CLAIM]
    denying = {each.statement.party for each in on_claim if each.statement.stance in _AGAINST}
    asserting = [
        each
        for each in on_claim
        if each.statement.stance is Stance.ASSERT and each.statement.voice is Voice.NAMED
    ]
    said = [each for each in asserting if each.statement.party not in {"", accused} | denying]
    if not said:
        credited: dict[str, set[int]] = {}
        unaligned = [each for each in asserting if not each.statement.party and _is_name(each.statement)]
        for each in unaligned:
            credited.setdefault(each.statement.speaker, set()).add(each.item)
        said = [each for each in unaligned if len(credited[each.statement.speaker]) >= _CREDITED]
    if not said:
        return None
    first = min(said, key=lambda each: each.at)
    statement = first.statement
    citation = Citation(statement.speaker, CitationKind.CITING, statement.words, statement.speaker_span)
    placed = PlacedCitation(first.item, first.guid, first.publisher, first.at, citation)
    return Origin(OriginState.NAMED, ((statement.speaker,),), (placed,))


def _is_name(statement: Statement) -> bool:
    """Whether whoever speaks is named in full, rather than told by a kind ("paper", "the ministry")."""
    name = statement.speaker.removeprefix("The ").removeprefix("the ")
    return name[:1].isupper() and not statement.affiliation and not is_pointer(name)


def _shorter(name: str, other: str) -> bool:
    """Whether a name is another one cut short ("Biden", of "President Biden"; "his wife", of "his wife Jane Roe")."""
    short, long = name.lower(), other.lower()
    return short != long and (long.startswith(f"{short} ") or long.endswith(f" {short}"))


def _inside(chain: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether a chain is only one end of a longer one (The Sun, of General SVR ← The Sun)."""
    return len(other) > len(chain) and chain in (other[-len(chain) :], other[: len(chain)])


def _paths(graph: dict[str, dict[str, PlacedCitation]], start: str) -> list[list[str]]:
    """Every way from a publisher to a source that cites nobody further, without going round in circles."""
    ends: list[list[str]] = []
    open_ = [[start]]
    while open_:
        path = open_.pop()
        onward = [source for source in graph.get(path[-1], {}) if source not in path]
        if not onward:
            if len(path) > 1:
                ends.append(path)
            continue
        open_.extend([*path, source] for source in reversed(onward))
    return ends


def sinks(found: Origin) -> int:
    """Independent origins, each name once, however many chains lead to it; 0 when none is named.

    A source that is only pointed at ("British media") may be one of those named, so it counts where it stands alone.
    """
    named = {chain[0].lower() for chain in found.chains if not is_vague(chain[0])}
    return len(named) or min(1, len(found.chains))

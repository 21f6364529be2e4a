"""The Spread tab: who has it from whom as a tree, copies folded under what they copy, and the figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise

from stories.difference import Difference, Variant
from stories.evidence import CopyKind
from stories.sources import canonical, host_name
from stories.story import Measures, OriginState, PlacedCitation, StoryDetail
from stories.tracing import co_timing
from tui import words
from tui.drawing import Look, Piece
from tui.pages_story import quoted
from tui.pictures import curves
from tui.sheet import Sheet, To, ToItem, ToVariant


def spread(
    sheet: Sheet, detail: StoryDetail, polled: Collection[str] = (), differing: Sequence[Variant] = ()
) -> None:
    """Attribution tree, copies, curves and figures of a story.

    ``polled``: the outlets whose feeds are read; ``differing``: how its reports differ, as far as that is known.
    """
    _tree(sheet, detail, polled)
    _copies(sheet, detail, [each for each in differing if each.kind is Difference.SPUN])
    curves(sheet, detail)
    if detail.measures is not None:
        _figures(sheet, detail.measures)


def _tree(sheet: Sheet, detail: StoryDetail, polled: Collection[str]) -> None:
    sheet.head("Who has it from whom", "sources lead to the sentence that names them")
    cited_by, evidence = _graph(detail)
    carriers = {_name(item.publisher) for item in detail.items}
    if not cited_by:
        sheet.add(Piece("No item names its source; who said it first is unknown.", Look.DIM))
    if detail.origin.state is OriginState.DISPUTED:
        sheet.add(Piece("DISPUTED: the reports name different origins.", Look.WARN))
    drawn: set[str] = set()
    for root in _roots(detail, cited_by):
        _node(sheet, root, "", "", cited_by, evidence, carriers, polled, drawn)
    silent = sorted(carriers - drawn - {_name(citation.publisher) for citation in detail.citations})
    if silent:
        sheet.gap()
        sheet.add(Piece("Name no source: ", Look.DIM), Piece(", ".join(silent), Look.NAME))


def _graph(detail: StoryDetail) -> tuple[dict[str, list[str]], dict[tuple[str, str], PlacedCitation]]:
    """Source → who cites it, in order of time, and the citation that shows it."""
    cited_by: dict[str, list[str]] = defaultdict(list)
    evidence: dict[tuple[str, str], PlacedCitation] = {}
    for placed in sorted(detail.citations, key=lambda placed: placed.at):
        source, by = placed.citation.source, placed.citation.cited_by or _name(placed.publisher)
        if source == by:
            continue
        evidence.setdefault((source, by), placed)
        if by not in cited_by[source]:
            cited_by[source].append(by)
    for chain in detail.origin.chains:
        for source, by in pairwise(chain):
            if by not in cited_by[source]:
                cited_by[source].append(by)
    return dict(cited_by), evidence


def _name(publisher: str) -> str:
    """A publisher as others cite it, so that The Sun's own report and "The Sun reported" are one."""
    return canonical(host_name(publisher))


def _roots(detail: StoryDetail, cited_by: Mapping[str, Iterable[str]]) -> list[str]:
    """The origins first, then every other source that itself cites nobody."""
    citing = {by for others in cited_by.values() for by in others}
    heads = [chain[0] for chain in detail.origin.chains if chain]
    return list(dict.fromkeys([*heads, *(source for source in cited_by if source not in citing)]))


def _node(
    sheet: Sheet,
    name: str,
    lead: str,
    branch: str,
    cited_by: Mapping[str, list[str]],
    evidence: Mapping[tuple[str, str], PlacedCitation],
    carriers: set[str],
    polled: Collection[str],
    drawn: set[str],
    parent: str = "",
) -> None:
    placed = evidence.get((parent, name)) or next(
        (cited for key, cited in evidence.items() if key[0] == name), None
    )
    to: To | None = None
    if placed is not None:
        to = ToItem(placed.item, placed.citation.span)
    again = name in drawn
    outside = name not in carriers
    absent = "polled, not seen to carry it" if name in polled else "not among these items"
    note = "(above)" if again else absent if outside else ""
    kind = str(placed.citation.kind) if placed is not None and parent and (parent, name) in evidence else ""
    notes = f" {sheet.glyphs.dot} ".join(filter(None, (kind, note)))
    sheet.add_line(
        Piece(lead + branch, Look.DIM),
        Piece(name, Look.INFO if outside else Look.NAME),
        Piece(f" {notes}" if notes else "", Look.DIM),
        to=to,
    )
    if again:
        return
    drawn.add(name)
    glyphs = sheet.glyphs
    children = cited_by.get(name, [])
    below = lead + ("" if not branch else glyphs.trunk if branch == glyphs.branch else " " * len(glyphs.last))
    for number, child in enumerate(children):
        last = number == len(children) - 1
        _node(
            sheet,
            child,
            below,
            glyphs.last if last else glyphs.branch,
            cited_by,
            evidence,
            carriers,
            polled,
            drawn,
            name,
        )


def _copies(sheet: Sheet, detail: StoryDetail, retold: Sequence[Variant]) -> None:
    items = {item.id: item for item in detail.items}
    folded: dict[int, list[tuple[int, float, CopyKind]]] = defaultdict(list)
    for copy in detail.copies:
        folded[copy.of].append((copy.item, copy.containment, copy.kind))
    if not folded and not retold:
        return
    sheet.head("Copied text", "words in common, of the shorter text")
    for variant in retold:
        sheet.add_line(
            Piece("SPIN? ", Look.WARN),
            Piece(variant.one.publisher, Look.NAME),
            Piece(" / ", Look.DIM),
            Piece(variant.other.publisher, Look.NAME),
            Piece(f" same speakers in one order ({variant.about}), other words", Look.DIM),
            to=ToVariant(variant),
        )
    _together(sheet, detail)
    for original, copies in sorted(folded.items(), key=lambda entry: -len(entry[1])):
        source = items.get(original)
        if source is None:
            continue
        sheet.add_line(Piece(source.publisher, Look.NAME), Piece(f" {source.title}"), to=ToItem(original))
        for number, (item, containment, kind) in enumerate(copies):
            found = items.get(item)
            if found is None:
                continue
            last = number == len(copies) - 1
            sheet.add_line(
                Piece(sheet.glyphs.last if last else sheet.glyphs.branch, Look.DIM),
                Piece(f"{containment:>4.0%} {kind} ", Look.WARN if kind is CopyKind.COPY else Look.DIM),
                Piece(found.publisher, Look.NAME),
                to=ToItem(item),
            )


def _together(sheet: Sheet, detail: StoryDetail) -> None:
    """Who repeatedly prints one text at one time; clients of one agency do, so it is told as just that."""
    seen = {item.id: (item.effective, item.publisher) for item in detail.items if item.effective is not None}
    for one, other, times in co_timing(detail.copies, seen):
        sheet.add_line(
            Piece(one, Look.NAME),
            Piece(" / ", Look.DIM),
            Piece(other, Look.NAME),
            Piece(f" {times} texts within minutes of each other, as clients of one agency do", Look.DIM),
        )


def _figures(sheet: Sheet, measures: Measures) -> None:
    sheet.head("Figures")
    glyphs = sheet.glyphs

    def line(name: str, value: str, note: str = "") -> None:
        sheet.add(
            Piece(f"{name:<17} ", Look.DIM), Piece(f"{value:<9}"), Piece(f" {note}", Look.DIM), indent=28
        )

    line("amplification", "-" if measures.amplification is None else f"{glyphs.times}{measures.amplification:.1f}",
         "publishers an independent origin")  # fmt: skip
    line("chain depth", str(measures.chain_depth), "steps to the farthest origin")
    line("reprints", f"{measures.reprint_rate:.0%}", "of the items copy another")
    line("diversity", f"{measures.diversity:.1f}", "publishers of equal weight")
    line("velocity", f"{measures.velocity:+.2f}/h", "new publishers an hour")
    if measures.burst is not None:
        line("burst", f"{measures.burst:+.1f}", "deviations from the week before, last six hours")
    if measures.half_life is not None:
        line("half of it within", words.span(measures.half_life) if measures.half_life else "at once")
    if measures.denial_latency is not None:
        line("denied after", words.span(measures.denial_latency))
    if measures.denial_reach is not None:
        line("denial reach", f"{measures.denial_reach:.0%}", "of the publishers that carry the claim")
        line("denial sources", str(measures.denial_sources), "independent")


def citation_words(sheet: Sheet, placed: PlacedCitation) -> None:
    """A citation with the sentence that holds it."""
    sheet.add(
        Piece(placed.citation.source, Look.INFO),
        Piece(f" {placed.citation.kind} ", Look.DIM),
        to=ToItem(placed.item, placed.citation.span),
    )
    sheet.under(*quoted(sheet, placed.citation.words, limit=240), indent=2)

"""A story as a brief in Markdown: status first, and every sentence with its item, link and time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from snapshots.snapshot import Snapshot
from snapshots.wording import counted, link, literal, one_line, span, stamp
from stories.decision import Decision
from stories.evidence import Target
from stories.item import DateFlag, Item
from stories.story import Origin, OriginState, Party, PartyStance, PlacedStatement


def write(snapshot: Snapshot) -> str:
    """The whole brief; ends with a line break."""
    return _Brief(snapshot).text()


class _Brief:
    """One brief being written: the sections, and the items they look up."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.detail = snapshot.detail
        self.items = {item.id: item for item in snapshot.detail.items}
        self.retrievals = {retrieval.item: retrieval for retrieval in snapshot.retrievals}

    def text(self) -> str:
        sections = (
            self._head(),
            self._timeline(),
            self._chain(),
            self._said(),
            self._set_aside(),
            self._questions(),
            self._items(),
            self._method(),
        )
        return "\n\n".join("\n".join(section) for section in sections if section) + "\n"

    def _head(self) -> list[str]:
        detail = self.detail
        board = " · ".join(f"{literal(party.name)} {_stance(party)}" for party in detail.parties)
        lines = [
            f"# {literal(detail.story.name)}: {literal(detail.because or detail.status.value)}",
            "",
            f"**{detail.status.value}** as known on {stamp(detail.as_of)}." + (f" {board}." if board else ""),
            "",
        ]
        if detail.story.claim:
            lines.append(f"- Claim: {literal(detail.story.claim)}")
        if detail.story.opposite_of is not None:
            name = self.snapshot.opposite_name or f"story {detail.story.opposite_of}"
            lines.append(f"- Opposite claim, another story: {literal(name)}")
        lines.append(f"- Spread: {self._spread()}")
        lines.append(f"- First seen by us: {self._first_seen()}")
        if detail.story.rated:
            lines.append(f"- Rated by the analyst: {literal(detail.story.rated)}")
        if detail.story.note:
            lines.append(f"- The analyst's note: {literal(detail.story.note)}")
        return lines

    def _spread(self) -> str:
        origins = self.snapshot.origins
        measures = self.detail.measures
        parts = [
            counted(len(self.detail.items), "item"),
            counted(self.snapshot.publishers, "publisher"),
            counted(origins, "origin") if origins else "origin unknown",
        ]
        if measures is not None and measures.amplification is not None and origins:
            parts.append(f"×{measures.amplification:.1f}")
        if measures is not None and measures.denial_reach is not None:
            parts.append(f"denial reach {measures.denial_reach:.0%}")
        return " · ".join(parts)

    def _first_seen(self) -> str:
        first = next((item for item in self.detail.items if item.effective), None)
        return f"{stamp(self.detail.first_seen)}, {literal(first.publisher)}" if first else "unknown"

    def _timeline(self) -> list[str]:
        if not self.detail.timeline:
            return []
        lines = ["## Timeline", ""]
        for event in self.detail.timeline:
            item = self.items.get(event.item)
            source = f" ({link(item.title, item.link)})" if item else ""
            lines.append(
                f"- {stamp(event.at)} **{event.status.value}** {literal(event.because)}{source}",
            )
        return lines

    def _chain(self) -> list[str]:
        origin = self.detail.origin
        lines = ["## Where it comes from", "", _origin(origin), ""]
        lines += [f"- {' → '.join(literal(name) for name in chain)}" for chain in origin.chains]
        named: dict[tuple[int, str], list[str]] = {}
        for placed in origin.evidence:
            named.setdefault((placed.item, placed.citation.words), []).append(placed.citation.source)
        for (item, words), sources in named.items():
            lines += ["", f"> {literal(words)}", ""]
            lines.append(f"Names {literal(', '.join(dict.fromkeys(sources)))}: {self._source(item)}.")
        return lines

    def _said(self) -> list[str]:
        lines = ["## Who said what", ""]
        for party in self.detail.parties:
            lines += [f"### {literal(party.name)}: {_stance(party)}", ""]
            lines += [f"The {party.role.value}. {_since(party)}", ""]
            lines += self._statements(party.evidence)
        shown = {placed for party in self.detail.parties for placed in party.evidence}
        others = [
            placed
            for placed in self.detail.statements
            if placed.target is Target.CLAIM and placed not in shown
        ]
        if others:
            lines += ["### Others, on the claim", "", *self._statements(others)]
        if not self.detail.parties and not others:
            lines += ["Nobody speaks on the claim in a form we can read.", ""]
        return lines[:-1]

    def _statements(self, statements: Sequence[PlacedStatement]) -> Iterator[str]:
        """Each sentence once, with everybody who speaks in it."""
        by_words: dict[tuple[int, str], list[PlacedStatement]] = {}
        for placed in statements:
            by_words.setdefault((placed.item, placed.statement.words), []).append(placed)
        for (item, words), held in by_words.items():
            yield f"> {literal(words)}"
            yield ""
            said = "; ".join(dict.fromkeys(_speaks(placed) for placed in held))
            yield f"{said}. {self._source(item)}."
            yield ""

    def _source(self, number: int) -> str:
        """Item, publisher, its time and when we read it."""
        item = self.items.get(number)
        if item is None:
            return f"Item {number}"
        retrieved = self.retrievals.get(number)
        when = retrieved.retrieved_at if retrieved else None
        read = f"retrieved {stamp(when)}" if when else "imported, not retrieved by us"
        title = link(item.title, item.link) if item.link else f"“{literal(item.title)}”"
        return f"{title}, {literal(item.publisher)}, {_dated(item)}, {read}"

    def _set_aside(self) -> list[str]:
        """Statements that are not about the claim: shown, so that a reader sees why they don't count."""
        aside = [
            placed
            for placed in self.detail.statements
            if placed.target is not Target.CLAIM and placed.statement.stance.value != "assert"
        ]
        if not aside:
            return []
        lines = ["## Not counted: about something else, or unclear", ""]
        for placed in aside:
            who = literal(placed.statement.speaker or placed.statement.party) or "nobody named"
            about = {"other": "another claim", "background": "background", "unclear": "unclear"}[
                placed.target.value
            ]
            stance = placed.statement.stance.value.replace("_", " ")
            lines += [f"- {who}, {stance}, {about} ({literal(placed.publisher)}):", ""]
            lines += [f"  > {literal(placed.statement.words)}", ""]
        return lines[:-1]

    def _questions(self) -> list[str]:
        if not self.snapshot.questions:
            return []
        return ["## Open questions", "", *(f"- {literal(question)}" for question in self.snapshot.questions)]

    def _items(self) -> list[str]:
        copies = {copy.item: copy for copy in self.detail.copies}
        lines = ["## Items", ""]
        for item in self.detail.items:
            copy = copies.get(item.id)
            original = self.items.get(copy.of) if copy else None
            badge = (
                f" {copy.kind.value} of {literal(original.publisher)} ({copy.containment:.0%})"
                if copy and original
                else ""
            )
            lines.append(f"- {self._source(item.id)}.{badge}")
        return lines

    def _method(self) -> list[str]:
        snapshot = self.snapshot
        lines = [
            "## Method",
            "",
            f"- Taken {stamp(snapshot.taken_at)} by {literal(snapshot.taken_by or 'an unnamed analyst')} "
            f"with {literal(snapshot.tool)}; shows what was known on {stamp(self.detail.as_of)}.",
            "- Read by rules from feed text; no sentence here was written by the program except these labels.",
            '- "First seen" means first seen by us. Audience, engagement and bots can\'t be known from feeds.',
            "- The program rates nothing true or false."
            + ("" if snapshot.detail.story.rated else " No analyst has rated this story."),
        ]
        lines += [f"- Decision {_decision(decision)}" for decision in snapshot.decisions]
        return lines


def _origin(origin: Origin) -> str:
    if origin.state is OriginState.UNKNOWN:
        return "Unknown: no item names a source."
    if origin.state is OriginState.DISPUTED:
        return "DISPUTED: the items name different sources."
    return "Named by the items:"


def _speaks(placed: PlacedStatement) -> str:
    statement = placed.statement
    speaker = literal(statement.speaker) or "Nobody named"
    affiliation = f", {literal(statement.affiliation)}" if statement.affiliation else ""
    via = f", via {literal(' via '.join(statement.via))}" if statement.via else ""
    analyst = " (set by the analyst)" if placed.by_analyst else ""
    return f"{speaker}{affiliation}{via}: {statement.stance.value.replace('_', ' ')}{analyst}"


def _stance(party: Party) -> str:
    if party.stance is PartyStance.SILENT and party.clock is not None:
        return f"SILENT {span(party.clock)}"
    return party.stance.value


def _since(party: Party) -> str:
    if party.stance is PartyStance.SILENT:
        return "No statement on the claim is in these items."
    words = f"Since {stamp(party.since)}"
    if party.stance is PartyStance.DENIED and party.clock is not None:
        words += f", {span(party.clock)} after the claim"
    return (
        f"{words}; {counted(party.independent, 'independent source')}." if party.independent else f"{words}."
    )


def _dated(item: Item) -> str:
    if DateFlag.UNDATED in item.flags or item.published is None:
        return "undated"
    future = ", a date in the future" if DateFlag.FUTURE in item.flags else ""
    return f"published {stamp(item.published)}{future}"


def _decision(decision: Decision) -> str:
    details = ", ".join(f"{key} {value}" for key, value in decision.details.items())
    items = f" items {', '.join(map(str, decision.items))}" if decision.items else ""
    words = f"{decision.id}: {stamp(decision.at)}, {decision.by}, {decision.act.value}{items}"
    return literal(one_line(f"{words}{f' ({details})' if details else ''}"))

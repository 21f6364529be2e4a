"""The tabs of a story as pages: Overview, Timeline, Statements, Publishers; every line leads to its evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container
from datetime import datetime, timedelta

from rich.cells import cell_len

from stories.evidence import Stance, Target, Voice
from stories.item import Item, Span
from stories.story import Measures, OriginState, Party, PlacedStatement, Side, StoryDetail
from tui import words
from tui.actions import Keys
from tui.drawing import Look, Piece, fit
from tui.sheet import Sheet, ToItem, ToItems, ToStatements, ToStory, ToTab
from tui.told import Told


def overview(sheet: Sheet, told: Told, keys: Keys, *, live: bool) -> None:
    """Status, claim, origin, spread, sides, what waits by a rule, what may be another story, and the party board."""
    detail, routed, split = told.detail, told.routed, told.split
    glyphs = sheet.glyphs
    mark = words.status_mark(detail.status, glyphs)
    because = detail.because or str(detail.status)
    sheet.add(
        Piece(f"{mark} ", words.status_look(detail.status)),
        Piece(because, words.status_look(detail.status)),
        to=ToTab("timeline"),
        indent=2,
    )
    sheet.gap()
    story = detail.story
    claim = glyphs.own(story.claim)
    sheet.labelled(
        "Claim",
        Piece(claim or "not clear yet", Look.STRONG if story.claim else Look.DIM),
        to=ToTab("statements"),
    )
    if story.opposite_of is not None:
        other = glyphs.own(told.opposite_name) or f"story {story.opposite_of}"
        sheet.labelled(
            "Opposite", Piece(f"{glyphs.opposite} {other}", Look.WARN), to=ToStory(story.opposite_of)
        )
    sheet.labelled("Origin", *_origin(sheet, detail), to=ToTab("spread"))
    sheet.labelled("Spread", *_spread(sheet, detail.measures), to=ToTab("spread"))
    if detail.items:
        first = detail.items[0]
        sheet.labelled(
            "First",
            f"seen by us {words.moment(first.effective)}, ",
            Piece(first.publisher, Look.NAME),
            to=ToItem(first.id),
        )
    _sides(sheet, detail)
    if routed:
        sheet.labelled(
            "Waiting",
            Piece(f"{words.count(len(routed), 'item')} by your rule", Look.NEW),
            to=ToItems("By your rule", routed),
        )
    if split is not None:
        sheet.labelled(
            "Two?",
            Piece(f"{words.count(len(split.items), 'item')} may be another story: ", Look.WARN),
            Piece(sheet.glyphs.own(split.name), Look.STRONG),
            Piece(
                f" {glyphs.dot} {keys.first('split')} splits it off, {keys.first('whole')} keeps it", Look.DIM
            ),
            to=ToItems("May be another story", split.items),
        )
    if story.watched:
        comes = f"to it comes {glyphs.own(told.coming)}" if told.coming else "nothing comes to it by itself"
        sheet.labelled("Watched", Piece(f"{glyphs.watched} stays listed; {comes}", Look.INFO))
    if story.rated or story.note:
        sheet.labelled("Analyst", " ".join(part for part in (story.rated, story.note) if part))
    _board(sheet, detail, keys, live=live)
    _latest(sheet, detail)


def _origin(sheet: Sheet, detail: StoryDetail) -> tuple[Piece, ...]:
    origin = detail.origin
    if origin.state is OriginState.UNKNOWN or not origin.chains:
        return (Piece("unknown: no item names its source", Look.DIM),)
    pieces: list[Piece] = []
    if origin.state is OriginState.DISPUTED:
        pieces.append(Piece("DISPUTED: ", Look.WARN))
    # A chain that another one continues says nothing more.
    chains = [
        chain
        for chain in origin.chains
        if not any(other != chain and other[: len(chain)] == chain for other in origin.chains)
    ]
    for number, chain in enumerate(chains[:3]):
        if number:
            pieces.append(Piece(" / ", Look.DIM))
        for place, source in enumerate(chain):
            if place:
                pieces.append(Piece(f" {sheet.glyphs.from_} ", Look.DIM))
            pieces.append(Piece(source, Look.NAME))
    if len(chains) > 3:
        pieces.append(Piece(f" and {len(chains) - 3} more", Look.DIM))
    return tuple(pieces)


def _spread(sheet: Sheet, measures: Measures | None) -> tuple[Piece, ...]:
    if measures is None:
        return (Piece("not measured yet", Look.DIM),)
    dot = f" {sheet.glyphs.dot} "
    told = [words.count(measures.publishers, "publisher"), words.count(measures.items, "item")]
    if measures.origins:
        told.append(words.count(measures.origins, "origin"))
    if measures.amplification is not None:
        told.append(f"amplified {sheet.glyphs.times}{measures.amplification:.1f}")
    if measures.phase:
        told.append(f"now {measures.phase}")
    return (Piece(dot.join(told)),)


_LEADS = {
    Side.CLAIM: "with the claim",
    Side.DENIAL: "with the denial",
    Side.COUNTER: "with another account",
    Side.NEUTRAL: "with neither",
}


def _sides(sheet: Sheet, detail: StoryDetail) -> None:
    """How many items lead with which side, where the story has two; each side lists its items."""
    first = True
    for side, leads in _LEADS.items():
        held = tuple(item.id for item in reversed(detail.items) if detail.sides.get(item.id) is side)
        if held:
            verb = "leads" if len(held) == 1 else "lead"
            told = f"{words.count(len(held), 'item')} {verb} {leads}"
            sheet.labelled(
                "Sides" if first else "", Piece(told, words.side_look(side)), to=ToItems(told, held)
            )
            first = False


def _board(sheet: Sheet, detail: StoryDetail, keys: Keys, *, live: bool) -> None:
    note = "Enter shows the words" + (f", {keys.first('correct')} corrects them" if live else "")
    sheet.head("Parties", note if any(party.evidence for party in detail.parties) else "")
    if not detail.parties:
        sheet.add(Piece("Nobody is named in the claim yet.", Look.DIM))
    room = max([11, *(cell_len(party.name) for party in detail.parties)])
    for party in detail.parties:
        _party(sheet, party, min(room, sheet.width // 3))


def _party(sheet: Sheet, party: Party, room: int) -> None:
    glyphs, look = sheet.glyphs, words.party_look(party.stance)
    evidence = tuple((placed.item, placed.statement.cue) for placed in party.evidence)
    title = f"{party.name}: {party.stance}"
    clock, role = words.party_clock(party), words.role_word(party.role)
    name = fit(party.name, room, glyphs)
    sheet.add(
        Piece(f"{words.party_mark(party.stance, glyphs)} ", look),
        Piece(name.replace(" ", "\u00a0") + "\u00a0"),
        Piece(str(party.stance), look),
        Piece(f" {clock}" if clock else "", Look.TEXT),
        Piece(f" {glyphs.dot} {role}" if role else "", Look.DIM),
        to=ToStatements(title, evidence) if evidence else None,
        indent=2,
    )
    if party.evidence:
        # A person with an office, in their own words, proves more than a sentence that only names the party.
        first = next((placed for placed in party.evidence if placed.statement.affiliation), party.evidence[0])
        sheet.under(*quoted(sheet, first.statement.words, limit=160), *_by(first), indent=4)
        if len(party.evidence) > 1:
            more = (
                f"{words.count(len(party.evidence), 'statement')}, {words.count(party.independent, 'source')}"
            )
            sheet.under(Piece(more, Look.DIM), indent=4)


def quoted(sheet: Sheet, text: str, limit: int = 0) -> tuple[Piece, ...]:
    """Exact words between quotation marks, shortened with an ellipsis where there is a limit."""
    glyphs = sheet.glyphs
    shown = text.strip()
    if limit and len(shown) > limit:
        shown = shown[:limit].rsplit(" ", 1)[0] + glyphs.ellipsis
    if any(mark in shown for mark in '“”"«»'):
        return (Piece(shown, Look.QUOTE),)  # it holds its own quotation marks; a second pair would mislead
    return (Piece(glyphs.open_quote + shown + glyphs.close_quote, Look.QUOTE),)


def _by(placed: PlacedStatement) -> tuple[Piece, ...]:
    statement = placed.statement
    via = statement.via[0] if statement.via else placed.publisher
    who = f" {statement.speaker}," if statement.speaker else ""
    analyst = " (set by the analyst)" if placed.by_analyst else ""
    return (Piece(f"{who} via ", Look.DIM), Piece(via, Look.NAME), Piece(analyst, Look.WARN))


def _latest(sheet: Sheet, detail: StoryDetail) -> None:
    if not detail.items:
        return
    sheet.head("Latest", f"of {words.count(len(detail.items), 'item')}")
    for item in reversed(detail.items[-5:]):
        _item_line(sheet, item, detail.as_of)


def _item_line(sheet: Sheet, item: Item, now: datetime) -> None:
    sheet.add_line(
        Piece(f"{words.when(item.effective, now):<8}", Look.DIM),
        Piece(fit(item.publisher, 16, sheet.glyphs) + " ", Look.NAME),
        Piece(item.title),
        to=ToItem(item.id),
    )


def timeline(sheet: Sheet, detail: StoryDetail) -> None:
    """Every change of status or board, earliest first, with what changed it."""
    if not detail.timeline:
        sheet.add(Piece("Nothing changed yet: the story has its first status.", Look.DIM))
        return
    before: datetime | None = None
    day = None
    for event in detail.timeline:
        if event.at.date() != day:
            day = event.at.date()
            sheet.head(f"{event.at:%A %d %B %Y}".replace(" 0", " "))
        later = (
            f"{words.span(event.at - before)} later".replace(" ", "\u00a0")
            if before and event.at > before
            else ""
        )
        before = event.at
        look = words.status_look(event.status)
        sheet.add(
            Piece(f"{event.at:%H:%M} ", Look.DIM),
            Piece(f"{words.status_mark(event.status, sheet.glyphs)} {event.status} ", look),
            Piece(event.because.removeprefix(f"{event.status}, ").removeprefix(f"{event.status} ")),
            Piece(f" {later}" if later else "", Look.DIM),
            to=_evidence(detail, event.item, event.party) if event.item else None,
            indent=6,
        )


def _evidence(detail: StoryDetail, item: int, party: str) -> ToItem:
    """The words in the item that made a party's stance."""
    for placed in detail.statements:
        if placed.item == item and (not party or placed.statement.party == party):
            return ToItem(item, placed.statement.span, placed.statement.cue)
    return ToItem(item)


_ORDER = (Target.CLAIM, Target.UNCLEAR, Target.OTHER, Target.BACKGROUND)
_HEADS = {
    Target.CLAIM: ("On the claim", ""),
    Target.UNCLEAR: ("Of what is unclear", "never counted"),
    Target.OTHER: ("On other claims", "not on the board"),
    Target.BACKGROUND: ("Background", "not on the board"),
}


def statements(
    sheet: Sheet,
    detail: StoryDetail,
    keys: Keys,
    chosen: Container[tuple[int, Span]] | None = None,
    title: str = "",
    *,
    live: bool = True,
) -> None:
    """All statements, or the ``chosen`` by item and cue: speaker, sentence with the cue marked, publisher and time."""
    by_target: dict[Target, list[PlacedStatement]] = defaultdict(list)
    for placed in detail.statements:
        if chosen is None or (placed.item, placed.statement.cue) in chosen:
            by_target[placed.target].append(placed)
    if title:
        sheet.add(Piece(title, Look.HEAD))
    if not by_target:
        sheet.add(Piece("No statements were found in the items' words.", Look.DIM))
    elif not title and live:
        sheet.add(Piece(f"{keys.first('correct')} corrects the statement under the cursor.", Look.DIM))
    items = {item.id: item for item in detail.items}
    for target in _ORDER:
        if by_target[target]:
            head, note = _HEADS[target]
            sheet.head(f"{head} ({len(by_target[target])})", note)
            for placed in by_target[target]:
                _statement(sheet, placed, items.get(placed.item))


def _statement(sheet: Sheet, placed: PlacedStatement, item: Item | None) -> None:
    statement, glyphs = placed.statement, sheet.glyphs
    look = words.stance_look(statement.stance)
    speaker = statement.speaker or ("not named" if not statement.party else "")
    sheet.add(
        Piece(f"{words.stance_mark(statement.stance, glyphs)} {words.stance_word(statement.stance)} ", look),
        Piece(statement.party or "", Look.STRONG),
        Piece(f" {speaker}" if speaker else ""),
        Piece(f", {statement.affiliation}" if statement.affiliation else "", Look.DIM),
        Piece(" (set by the analyst)" if placed.by_analyst else "", Look.WARN),
        to=ToItem(placed.item, statement.span, statement.cue),
        indent=2,
    )
    sheet.under(*marked_words(statement.span, statement.cue, item, statement.words), indent=2)
    via = f"via {', '.join(statement.via)}, in " if statement.via else ""
    sheet.under(
        Piece(via, Look.DIM),
        Piece(placed.publisher, Look.NAME),
        Piece(f" {words.moment(placed.at)}", Look.DIM),
        indent=2,
    )


def marked_words(span: Span, cue: Span, item: Item | None, otherwise: str) -> tuple[Piece, ...]:
    """The exact words with the cue marked where it stands in them."""
    if item is None or cue.where is not span.where or not (span.start <= cue.start < cue.end <= span.end):
        return (Piece(otherwise, Look.QUOTE),)
    text = item.text(span.where)
    return (
        Piece(text[span.start : cue.start], Look.QUOTE),
        Piece(text[cue.start : cue.end], Look.CUE),
        Piece(text[cue.end : span.end], Look.QUOTE),
    )


def publishers(sheet: Sheet, detail: StoryDetail) -> None:
    """Who carries the story, in the order they came, with what they carry."""
    carried: dict[str, list[Item]] = defaultdict(list)
    for item in detail.items:
        carried[item.publisher].append(item)
    carries: dict[str, set[Stance]] = defaultdict(set)
    own: dict[str, set[Stance]] = defaultdict(set)
    for placed in detail.statements:
        if placed.target is Target.CLAIM:
            carries[placed.publisher].add(placed.statement.stance)
            if placed.statement.voice is Voice.OUTLET:
                own[placed.publisher].add(placed.statement.stance)
    sheet.add_line(Piece(f"{'':8}publisher".ljust(max(20, sheet.width - 24)) + "items  carries", Look.DIM))
    start = detail.first_seen
    for name, items in carried.items():
        after = (items[0].effective - start) if start and items[0].effective else timedelta()
        stances = [stance for stance in Stance if stance in carries[name] and stance is not Stance.ASSERT]
        main = stances[0] if stances else Stance.ASSERT
        said = words.stance_word(main) if stances and main in own[name] else words.carried_word(main)
        room = max(8, sheet.width - 24 - 8)
        sheet.add_line(
            Piece(f"{'first' if not after else '+' + words.span(after):<8}", Look.DIM),
            Piece(fit(name, room, sheet.glyphs) + " ", Look.NAME),
            Piece(f"{len(items):>4}  "),
            Piece(said if carries[name] else "", words.stance_look(main) if stances else Look.DIM),
            to=ToItems(name, tuple(item.id for item in items)),
        )

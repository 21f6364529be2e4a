"""A story as a brief in Markdown: status first, and every sentence with its item, link and time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from snapshots.brief import Brief, ListedItem, brief
from snapshots.quoting import Quote, Source
from snapshots.snapshot import Snapshot
from snapshots.wording import link, literal


def write(snapshot: Snapshot) -> str:
    """The whole brief; ends with a line break."""
    return of(brief(snapshot))


def of(told: Brief) -> str:
    """A brief as Markdown; other people's words stay literal, never markup."""
    sections = (
        _head(told),
        _section("Timeline", _timeline(told)),
        _section("Where it comes from", _origin(told)),
        _section("Who said what", _said(told)),
        _section("Not counted: about something else, or unclear", _quotes(told.aside)),
        _section("Where reports differ", _differing(told)),
        _section("Open questions", (f"- {literal(question)}" for question in told.questions)),
        _section("Items", (f"- {_where(one.source)}.{_more(one)}" for one in told.items)),
        _section("Method", (f"- {literal(line)}" for line in told.method)),
    )
    return "\n\n".join("\n".join(section).rstrip() for section in sections if section) + "\n"


def _section(title: str, lines: Iterable[str]) -> list[str]:
    held = list(lines)
    return [f"## {title}", "", *held] if held else []


def _head(told: Brief) -> list[str]:
    facts = (
        ("Claim", told.claim),
        ("Opposite story", told.opposite),
        ("Spread", told.spread),
        ("First seen by us", told.first_seen),
        ("Rated by the analyst", told.rated),
        ("The analyst's note", told.note),
    )
    return [
        f"# {literal(told.name)}",
        "",
        f"**{literal(told.standing)}**, as known on {told.as_of}.",
        "",
        *([f"{literal(told.board)}.", ""] if told.board else ()),
        *(f"- {name}: {literal(value)}" for name, value in facts if value),
    ]


def _timeline(told: Brief) -> Iterator[str]:
    for moment in told.timeline:
        source = f" ({_title(moment.source)})" if moment.source else ""
        yield f"- {moment.at} **{moment.status}** {literal(moment.change)}".rstrip() + source


def _origin(told: Brief) -> Iterator[str]:
    yield told.origin
    yield ""
    yield from (f"- {' → '.join(literal(name) for name in chain)}" for chain in told.chains)
    yield ""
    yield from _quotes(told.named)


def _said(told: Brief) -> Iterator[str]:
    for party in told.parties:
        yield from (f"### {literal(party.name)}: {party.stance}", "", f"{party.role}. {party.since}", "")
        yield from _quotes(party.quotes)
        if party.more:
            yield from (f"Also by {literal(party.name)}, on the claim:", "")
            yield from _quotes(party.more)
    if told.others:
        yield from ("### Others on the claim", "")
        yield from _quotes(told.others)
    if not told.parties and not told.others:
        yield "Nobody speaks on the claim in a form we can read."


def _differing(told: Brief) -> Iterator[str]:
    for differing in told.differing:
        yield from (differing.says, "")
        yield from _quotes((differing.one, differing.other))


def _quotes(quotes: Iterable[Quote]) -> Iterator[str]:
    for quote in quotes:
        where = _outlet(quote.source) if quote.headline else _where(quote.source)
        also = f" Also: {'; '.join(map(_outlet, quote.also))}." if quote.also else ""
        headline = "Headline, " if quote.headline else ""
        yield from (f"> {literal(quote.words)}", "", f"{literal(quote.said)}. {headline}{where}.{also}", "")


def _where(source: Source) -> str:
    parts = (_title(source), literal(source.publisher), source.published, source.retrieved)
    return ", ".join(filter(None, parts))


def _outlet(source: Source) -> str:
    """Where without the title, for words that are the title or stand in several items."""
    parts = (link(source.publisher or source.title, source.link), source.published, source.retrieved)
    return ", ".join(filter(None, parts))


def _title(source: Source) -> str:
    return link(source.title, source.link) if source.link else f"“{literal(source.title)}”"


def _more(one: ListedItem) -> str:
    return "".join(f" {literal(words)}." for words in (one.badge, one.article) if words)

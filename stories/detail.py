"""A story in full at one time: the one place where board, status, timeline, origin and measures are made."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache, partial

from stories.about import Topic, settled
from stories.accusation import own_party
from stories.affiliation import party as party_spoken_for
from stories.alone import unborne
from stories.board import asked, because, parties, status, timeline
from stories.correcting import corrected
from stories.decision import Decision
from stories.evidence import (
    Citation,
    CitationKind,
    Copy,
    Reading,
    Stance,
    Statement,
    Target,
    Voice,
    leading_stance,
)
from stories.item import Item
from stories.kept import Kept
from stories.origin import origin
from stories.sides import sides
from stories.sources import canonical, channels, is_outlet, one_source
from stories.speakers import grammar
from stories.story import PlacedCitation, PlacedStatement, Role, Story, StoryDetail
from stories.targets import place

_HEADLINES = 200
"""Headlines a speaker no lexicon knows is looked for in: more would cost n² over a story."""
_INQUIRING = re.compile(
    r"\b(?:prob(?:e|es|ing)|investigat(?:e|es|ing)|look(?:s|ing)? into|examin(?:e|es|ing)) (?:[\w'’-]+ ){0,4}?"
    r"(?:claims?|allegations?|accusations?|reports?|matter|incident)\b"
)
_GENERIC = frozenset(
    [
        "the",
        "police",
        "bank",
        "firm",
        "club",
        "union",
        "report",
        "nurse",
        "coroner",
        "teacher",
        "pilot",
        "driver",
        "suspect",
        "victim",
        "accused",
        "boy",
        "girl",
    ]
)
"""Words that headlines print with a capital, and that are still nobody's names."""
_UNDATED = datetime(1970, 1, 1, tzinfo=UTC)


def tell(
    story: Story,
    items: Sequence[tuple[Item, Reading]],
    copies: Sequence[Copy],
    now: datetime,
    overrides: Sequence[Decision] = (),
    *,
    heard: datetime | None = None,
    kept: Kept | None = None,
) -> StoryDetail:
    """Everything that is known of a story from these items at ``now``; silences are told as far as ``heard``.

    ``kept``: of an earlier telling of the same story, which makes this one cheaper and never another.
    ``overrides`` are the analyst's STANCE decisions in force; the details they may carry are described
    at `corrected`.
    """
    ordered = sorted(items, key=lambda pair: (pair[0].effective or _UNDATED, pair[0].id))
    kept = kept or Kept()
    about = kept.topic(story.claim, ordered)
    known = channels(cited.source for _, reading in ordered for cited in reading.citations)
    placed = _placed(ordered, about, known, kept)
    placed = corrected(placed, ordered, overrides)
    cited = tuple(
        PlacedCitation(
            item.id, item.guid, item.publisher, item.effective or _UNDATED, _by_name(citation, known)
        )
        for item, reading in ordered
        for citation in reading.citations
    )
    seen = [(item.effective, item.id, item.publisher) for item, _ in ordered if item.effective is not None]
    claimed = seen[0][0] if seen else None
    board = parties(
        placed,
        about.claim,
        claimed,
        now,
        charged=about.charged,
        firm=about.firm or story.watched,
        heard=heard,
        kept=kept,
    )
    publishers = len({item.publisher for item, _ in ordered})
    state = status(board, publishers)
    accused = next((party.name for party in board if party.role is Role.ACCUSED), "")
    found = origin(cited, placed, accused)
    return StoryDetail(
        story=story,
        as_of=now,
        status=state,
        because=because(state, board, publishers),
        first_seen=claimed,
        last_seen=seen[-1][0] if seen else None,
        items=tuple(item for item, _ in ordered),
        parties=board,
        statements=tuple(placed),
        citations=cited,
        copies=tuple(copies),
        origin=found,
        timeline=timeline(placed, seen, about.claim, now, charged=about.charged),
        measures=kept.spread(seen, copies).measures(placed, board, found, now),
        sides=sides(ordered, placed, about.claim, charged=about.charged, kept=kept),
    )


def _by_name(citation: Citation, known: Mapping[str, str]) -> Citation:
    """A citation under the one name the story's items have for its source."""
    source = citation.source if citation.kind is CitationKind.LINK else one_source(citation.source, known)
    by = one_source(citation.cited_by, known) if citation.cited_by else ""
    return (
        citation
        if (source, by) == (citation.source, citation.cited_by)
        else replace(citation, source=source, cited_by=by)
    )


def _placed(
    ordered: Sequence[tuple[Item, Reading]], about: Topic, known: Mapping[str, str], kept: Kept
) -> list[PlacedStatement]:
    dated = next((item.published for item, _ in ordered if item.published is not None), None)
    titles: Counter[str] = Counter()
    if about.claim is None:  # only then are speakers looked for in headlines
        titles.update(item.title for item, _ in ordered[: min(_HEADLINES, settled(len(ordered)))])
    ground = kept.one(_Ground(about, known, dated, titles, asked(about.claim, charged=about.charged)))
    placed: list[PlacedStatement] = []
    for item, reading in ordered:
        placed += kept.placed.of(item.id, (item, reading, ground), partial(_placed_of, item, reading, ground))
    return unborne(_by_full_name(placed), len(ordered), claimed=about.claim is not None)


@dataclass(frozen=True, slots=True)
class _Ground:
    """What of the whole story an item's statements are placed by."""

    about: Topic
    known: Mapping[str, str]
    """Channels, as `stories.sources.channels` gives them."""
    dated: datetime | None
    """When the first item with a date was published."""
    titles: Counter[str]
    accused: tuple[str, ...]


def _placed_of(item: Item, reading: Reading, on: _Ground) -> tuple[PlacedStatement, ...]:
    placed = []
    about = on.about
    for statement in reading.statements:
        if item.published is None and on.dated is not None and statement.affiliation + statement.speaker:
            # an undated page speaks of its story's time, not of the day we found it: who governed then?
            party = party_spoken_for(statement.speaker, statement.affiliation, on.dated)
            statement = replace(statement, party=party or statement.party)
        if not statement.party:
            party = own_party(statement, about.claim)
            if about.claim is None:
                party = _headlined(statement, on.titles, item.title)
            statement = replace(statement, party=party)
        if statement.party and on.known and canonical(statement.speaker).lower() in on.known:
            statement = replace(statement, party="")  # a channel speaks for nobody, whatever its name
        target = place(statement, item, reading, about)
        asserts = statement.stance is Stance.ASSERT and target is Target.CLAIM
        if asserts and statement.party in on.accused and _INQUIRING.search(statement.words):
            # "is probing the allegations": neither yes nor no
            statement = replace(statement, stance=Stance.NO_COMMENT)
        at = item.effective or _UNDATED
        placed.append(PlacedStatement(item.id, item.guid, item.publisher, at, statement, target))
    return tuple(placed)


def _by_full_name(placed: list[PlacedStatement]) -> list[PlacedStatement]:
    """One party for a person whom some items name in full and others by surname."""
    parties = {each.statement.party for each in placed}
    full = {
        short: longer[0]
        for short in parties
        if short
        and " " not in short
        and len(longer := [one for one in parties if one.endswith(f" {short}")]) == 1
    }
    return [
        replace(each, statement=replace(each.statement, party=full[each.statement.party]))
        if each.statement.party in full
        else each
        for each in placed
    ]


@cache
def _nobody() -> frozenset[str]:
    """Words that name somebody only together with a name."""
    kinds = ("bare offices", "roles", "unnamed", "kin")
    return _GENERIC.union(*map(grammar, kinds))


def _headlined(statement: Statement, titles: Counter[str], own: str) -> str:
    """Whoever answers in a story whose claim couldn't be read, if another item's headline names them."""
    who = statement.speaker
    if statement.stance not in _ANSWERS or statement.voice is not Voice.NAMED:
        return ""
    if not who[:1].isupper() or is_outlet(who) or _nobody().issuperset(who.lower().split()):
        return ""  # "Government", "Police officer" are nobody by themselves
    named = any(who in title for title, count in titles.items() if title != own or count > 1)
    return who if named else ""


_ANSWERS = frozenset({Stance.DENY, Stance.CONFIRM, Stance.CANNOT_CONFIRM, Stance.NO_COMMENT})


def stances_in(statements: Sequence[PlacedStatement]) -> dict[int, Stance | None]:
    """What each item that states anything says of its story's claim; None where it says nothing, or only asserts it.

    `leading_stance` of the statements placed on the claim decides. `Reading.stance` is of any matter in the item:
    inside a story it would show another claim's denial.
    """
    held: dict[int, list[Statement]] = {}
    for each in statements:
        said = held.setdefault(each.item, [])
        if each.target is Target.CLAIM:
            said.append(each.statement)
    return {item: leading_stance(said) for item, said in held.items()}

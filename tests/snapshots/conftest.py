"""A small story in every shape a snapshot must carry: denied, silent, copied, cited, undated, hostile."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from snapshots.snapshot import Snapshot, freeze
from stories.decision import Act, Decision
from stories.evidence import Citation, CitationKind, Claim, Copy, CopyKind, Stance, Statement, Target, Voice
from stories.item import DateFlag, Field, Item, Link, Span
from stories.provenance import ArticleRead, Provenance, Retrieval
from stories.story import (
    Event,
    Measures,
    Origin,
    OriginState,
    Party,
    PartyStance,
    PlacedCitation,
    PlacedStatement,
    Role,
    Status,
    Story,
    StoryDetail,
)

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HOSTILE = "Norland <script>alert(1)</script> [click](javascript:x) & *bold* | =1+1"


def placed(
    item: Item, words: str, cue: str, stance: Stance, target: Target, **given: object
) -> PlacedStatement:
    """A statement whose spans are found in the item's summary."""
    start = item.summary.index(words)
    at = item.summary.index(cue, start)
    statement = Statement(
        stance=stance,
        span=Span(Field.SUMMARY, start, start + len(words)),
        words=words,
        cue=Span(Field.SUMMARY, at, at + len(cue)),
        **given,  # type: ignore[arg-type]
    )
    assert item.effective is not None
    return PlacedStatement(item.id, item.guid, item.publisher, item.effective, statement, target)


@pytest.fixture
def detail() -> StoryDetail:
    """ "Norland sends drones to Westmark": Norland denies, Westmark is silent, the origin is a channel."""
    first = Item(
        1, "a-1", "first.example", HOSTILE, "The channel Harbour Notes said Norland sends drones.",
        link="https://first.example/1?a=1&b=2", published=NINE, first_seen=NINE + timedelta(minutes=4),
        lang="en", feed="https://first.example/rss", links=(Link("https://t.example/harbour", "Harbour Notes"),),
    )  # fmt: skip
    second = Item(
        2, "b-7", "second.example", "Norland calls drone report false",
        'Norland\'s spokeswoman Ada Lind said: "This report is false." She also denied raising taxes.',
        body="Full text.\nSecond line.", link="https://second.example/7", published=NINE + timedelta(hours=3),
        first_seen=NINE + timedelta(hours=3, minutes=1, milliseconds=5), feed="https://second.example/rss",
    )  # fmt: skip
    third = Item(
        3, "c-2", "third.example", "Norland calls drone report false", "No date here.",
        first_seen=NINE + timedelta(hours=5), flags=frozenset({DateFlag.UNDATED}),
    )  # fmt: skip
    denial = placed(
        second, 'Ada Lind said: "This report is false."', "is false", Stance.DENY, Target.CLAIM,
        speaker="Ada Lind", affiliation="Norland's spokeswoman", party="Norland", via=("Coast Radio",),
        speaker_span=Span(Field.SUMMARY, 23, 31),
    )  # fmt: skip
    other = placed(
        second, "She also denied raising taxes.", "denied", Stance.DENY, Target.OTHER,
        speaker="Ada Lind", party="Norland", proposition="raising taxes", voice=Voice.NAMED,
    )  # fmt: skip
    cited = PlacedCitation(
        1, "a-1", "first.example", NINE,
        Citation("Harbour Notes", CitationKind.CITING, first.summary, Span(Field.SUMMARY, 12, 25), cited_by="Wire"),
    )  # fmt: skip
    return StoryDetail(
        story=Story(
            4, "Norland–Westmark drones", "Norland → send drones → Westmark", watched=True, opposite_of=9,
            rated="C3", note="Ask <the> harbour", old_names=("Norland drones",),
        ),
        as_of=NINE + timedelta(hours=6), status=Status.DENIED, because="DENIED by Norland, 3 h after",
        first_seen=NINE, last_seen=NINE + timedelta(hours=5), items=(first, second, third),
        parties=(
            Party("Norland", Role.ACCUSED, PartyStance.DENIED, NINE + timedelta(hours=3), timedelta(hours=3), (denial,), 1),
            Party("Westmark", Role.RECIPIENT, PartyStance.SILENT, None, timedelta(hours=6)),
        ),
        statements=(denial, other), citations=(cited,), copies=(Copy(3, 2, 0.625, CopyKind.COPY),),
        origin=Origin(OriginState.NAMED, (("Harbour Notes", "Wire", "first.example"),), (cited,)),
        timeline=(
            Event(NINE, Status.SINGLE, "first seen in first.example", 1),
            Event(NINE + timedelta(hours=3), Status.DENIED, "Norland denied", 2, "Norland", Stance.DENY),
        ),
        measures=Measures(
            3, 3, 1, 3.0, 2, 1 / 3, 2.9, 0.5, -0.25, timedelta(hours=3), timedelta(hours=3), 1 / 3, 1, None, "developing"
        ),
    )  # fmt: skip


@pytest.fixture
def snapshot(detail: StoryDetail) -> Snapshot:
    """The story frozen seven hours in."""
    return freeze(
        detail,
        taken_at=NINE + timedelta(hours=7, microseconds=250),
        tool="spreadwatch 0.1.0",
        taken_by="ana",
        provenance=Provenance(
            "Westmark–Norland drones",
            (Decision(1, NINE, "ana", Act.ACCEPT, (1, 2), 4, {"from": "triage"}),),
            (
                Retrieval(
                    1,
                    NINE + timedelta(minutes=4),
                    "https://first.example/rss",
                    "Mon, 02 Mar 2026 12:00:00 MSK",
                    200,
                    '"v1"',
                    "Mon, 02 Mar 2026 09:03:00 GMT",
                    "application/rss+xml",
                    "ab" * 32,
                    "feedparser 6.0.14",
                    ArticleRead(
                        NINE + timedelta(minutes=5),
                        "https://www.first.example/1?utm_source=rss",
                        "cd" * 32,
                        "ef" * 32,
                        "trafilatura 2.0.0",
                    ),
                ),
            ),
            ((1, (Claim("Norland", "send", "Westmark", "drones", Span(Field.TITLE, 0, 7)),)),),
        ),
    )

"""Made-up news told as a story: items an hour apart, read and told by the product's own code."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from stories.decision import Decision
from stories.detail import tell
from stories.evidence import Reading
from stories.item import Item
from stories.reading import read
from stories.story import PartyStance, Story, StoryDetail

START = datetime(2023, 3, 1, 8, tzinfo=UTC)

CLAIM = (
    "a.org",
    "Iran is supplying missiles to Sudan",
    "Iran is sending missiles to Sudan, Israel said on Monday.",
)


def story(*lines: tuple[str, str, str], hours: float = 1.0) -> list[tuple[Item, Reading]]:
    """Items ``hours`` apart, of (publisher, title, summary)."""
    made = []
    for number, (publisher, title, summary) in enumerate(lines, 1):
        at = START + timedelta(hours=hours * (number - 1))
        item = Item(number, f"g{number}", publisher, title, summary, published=at, first_seen=at, lang="en")
        made.append((item, read(item)))
    return made


def told(
    *lines: tuple[str, str, str], hours: float = 1.0, days: float = 2.0, overrides: tuple[Decision, ...] = ()
) -> StoryDetail:
    """The story of those lines, seen ``days`` after the first."""
    return tell(Story(1, ""), story(*lines, hours=hours), (), START + timedelta(days=days), overrides)


def board(detail: StoryDetail) -> dict[str, PartyStance]:
    """What each party is said to say."""
    return {party.name: party.stance for party in detail.parties}

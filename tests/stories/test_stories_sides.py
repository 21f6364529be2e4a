"""Which side of one event an item leads with, and what a feed repeats."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from stories.claims import claims
from stories.detail import tell
from stories.evidence import Reading
from stories.item import Item
from stories.reading import read
from stories.repeats import Repeats
from stories.sides import side
from stories.story import Side, Story


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Kremlin says Ukraine sent two drones to attack Putin", Side.CLAIM),
        ("Ukraine rejects claim of drone attack on the Kremlin", Side.DENIAL),
        ("Kremlin drone attack was a false flag, experts say", Side.COUNTER),
        ("What we know about the Kremlin drone attack", Side.NEUTRAL),
        ("Did Ukraine try to assassinate Putin?", Side.NEUTRAL),
        ("Russia accuses US of drone attack, White House calls it ludicrous", Side.CLAIM),
        ("Admiral seen on video a day after Kyiv said it killed him", Side.DENIAL),
    ],
)
def test_a_headline_leads_with_one_side(title: str, expected: Side) -> None:
    item = Item(1, "g", "example.org", title)
    assert side(item, Reading(claims=claims(item))) is expected


def test_a_claim_the_other_way_round_is_the_counter_side() -> None:
    claim = claims(Item(1, "g", "example.org", "Russia attacked Ukraine"))[0]
    mirrored = Item(2, "h", "example.org", "Ukraine attacked Russia")
    assert side(mirrored, Reading(claims=claims(mirrored)), claim) is Side.COUNTER


def _told(*titles: str) -> dict[str, Side | None]:
    items = [
        Item(at, f"g{at}", f"paper{at}.example", title, published=datetime(2026, 3, 1, at, tzinfo=UTC))
        for at, title in enumerate(titles, 1)
    ]
    detail = tell(Story(1, "s"), [(item, read(item)) for item in items], (), datetime(2026, 3, 2, tzinfo=UTC))
    return {item.title: detail.sides.get(item.id) for item in detail.items}


def test_each_item_of_a_denied_story_is_marked_by_the_side_it_leads_with() -> None:
    found = _told(
        "Brazil sends helicopters to Chile, newspaper reports",
        "Brazil denies sending helicopters to Chile",
        "Brazil sends helicopters to Chile, Brazil denies it",
        "What we know about Brazil's helicopters for Chile",
    )
    assert list(found.values()) == [Side.CLAIM, Side.DENIAL, Side.CLAIM, Side.NEUTRAL]


def test_a_story_nobody_answers_has_no_sides() -> None:
    found = _told("Storm floods harbour of Lagos", "Lagos harbour flooded, dog found alive")
    assert set(found.values()) == {None}


def test_what_a_feed_repeats_under_unlike_titles_is_left_out() -> None:
    repeats = Repeats()
    for number, subject in enumerate(
        [
            "Fishing quotas agreed",
            "Museum opens wing",
            "Tram drivers walk out",
            "Harvest figures fall",
            "School burns",
        ]
    ):
        repeats.learn(
            Item(number, f"g{number}", "example.org", f"{subject} - Daily Example",
                 f"Something new about {subject}. Sign up for our newsletter today.", feed="f")
        )  # fmt: skip
    item = Item(9, "g9", "example.org", "Bridge closed - Daily Example",
                "The bridge is shut. Sign up for our newsletter today.", feed="f")  # fmt: skip
    title, summary, _ = repeats.strip(item)
    assert title == "Bridge closed"
    assert summary == "The bridge is shut."


def test_updates_of_one_piece_are_not_taken_for_a_frame() -> None:
    repeats = Repeats()
    text = "The bridge over the river is shut after a barge struck its pillar."
    for number in range(8):
        repeats.learn(
            Item(
                number, f"g{number}", "example.org", "Bridge shut after barge strikes pillar", text, feed="f"
            )
        )
    assert repeats.strip(Item(9, "x", "example.org", "Bridge shut", text, feed="f"))[1] == text

"""Which side of one event an item leads with, and what a feed repeats."""

from __future__ import annotations

import pytest

from stories.claims import claims
from stories.evidence import Reading
from stories.item import Item
from stories.repeats import Repeats
from stories.sides import Side, side


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

"""What changed in a story between two times, each change with the words that prove it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from snapshots.difference import ChangeKind, difference
from snapshots.errors import SnapshotError
from stories.story import OriginState, Party, PartyStance, Role, Status, StoryDetail
from tests.snapshots.conftest import NINE


@pytest.fixture
def before(detail: StoryDetail) -> StoryDetail:
    """The same story an hour in: one item, nobody has answered."""
    return replace(
        detail,
        as_of=NINE,
        status=Status.SINGLE,
        items=detail.items[:1],
        statements=(),
        parties=(Party("Norland", Role.ACCUSED, PartyStance.SILENT, None, None),),
        origin=replace(detail.origin, state=OriginState.UNKNOWN, chains=()),
    )


def test_the_headline_counts_publishers_and_names_each_turned_party(
    before: StoryDetail, detail: StoryDetail
) -> None:
    found = difference(before, detail)
    assert found.headline == "+2 publishers, Norland SILENT → DENIED"
    assert found.lines()[0].startswith(
        "Norland–Westmark drones, from 2026-03-02 09:00 UTC to 2026-03-02 15:00"
    )
    assert difference(detail, before) == found, "the earlier one is the one to start from"


def test_who_was_asked_by_no_claim_before_has_not_been_silent(
    before: StoryDetail, detail: StoryDetail
) -> None:
    unclear = replace(before, story=replace(before.story, claim=""), parties=())
    assert "Norland DENIED, not on the board before" in difference(unclear, detail).headline


def test_a_party_s_turn_comes_with_its_words_which_are_not_told_twice(
    before: StoryDetail, detail: StoryDetail
) -> None:
    found = difference(before, detail)
    (turn,) = (change for change in found.changes if change.kind is ChangeKind.PARTY)
    assert (turn.item, turn.words) == (2, 'Ada Lind said: "This report is false."')
    assert str(turn) == f"Party: Norland SILENT → DENIED: “{turn.words}”"
    (statement,) = (change for change in found.changes if change.kind is ChangeKind.STATEMENT)
    assert statement.words == "She also denied raising taxes."
    kinds = [change.kind for change in found.changes]
    assert kinds == [
        ChangeKind.STATUS,
        ChangeKind.PARTY,
        ChangeKind.ORIGIN,
        ChangeKind.PUBLISHERS,
        ChangeKind.ITEMS,
        ChangeKind.STATEMENT,
    ]


def test_an_unchanged_story_and_an_edited_title_are_told_apart(detail: StoryDetail) -> None:
    assert difference(detail, detail).headline == "nothing changed"
    edited = replace(detail, items=(replace(detail.items[0], title="New"), *detail.items[1:]))
    (change,) = difference(detail, edited).changes
    assert change.said == "1 title edited: New (first.example)"


def test_two_stories_are_not_compared(detail: StoryDetail) -> None:
    other = replace(detail, items=(replace(detail.items[0], guid="x", publisher="else.example"),))
    with pytest.raises(SnapshotError, match="share no item"):
        difference(detail, other)


def test_fewer_publishers_bear_the_minus_that_the_list_of_them_bears(
    before: StoryDetail, detail: StoryDetail
) -> None:
    fewer = replace(before, as_of=detail.as_of, items=detail.items)
    lost = replace(detail, as_of=detail.as_of.replace(hour=23), items=detail.items[:1])
    said = "\n".join(difference(fewer, lost).lines())
    assert "−2 publishers" in said
    assert "-2" not in said

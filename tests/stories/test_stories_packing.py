"""Live items as bytes: nothing changes by them, whether they are read at once, later, or in the format before."""

from __future__ import annotations

import math
import struct
from array import array
from dataclasses import replace

import pytest

from stories.active import Window
from stories.gathered import UnreadSlot
from stories.grouping import Grouper
from stories.likeness import Near
from stories.packing import glance, packed, unpacked
from tests.stories.flood import features


def test_what_is_packed_is_read_back_whole() -> None:
    for number in range(1, 5):
        held = features(number)
        back = unpacked(packed(held))
        assert replace(back.opened(), grams=held.grams) == held
        assert sorted(back.grams) == list(held.grams)


def test_a_window_brought_back_finds_and_says_what_it_did_before() -> None:
    before, after = Window(), Window()
    for number, story in enumerate((7, 7, 8, 7), 1):
        before.add(number, story, features(number))
        after.bring_back(number, story, packed(features(number)))
    for number in range(1, 5):
        asked = features(number)
        assert [slot.item for slot in after.near(asked)] == [slot.item for slot in before.near(asked)]
        assert after.copies.near(asked.grams) == before.copies.near(asked.grams)
        assert after.pointing(asked) == before.pointing(asked)
    assert after.stories[7].items == before.stories[7].items
    assert dict(after.stories[7].words) == dict(before.stories[7].words)
    assert (after.stories[7].first, after.stories[7].last) == (
        before.stories[7].first,
        before.stories[7].last,
    )
    assert after.stories[8].flows == before.stories[8].flows
    assert after.slots[1].features.title == before.slots[1].features.title


def test_an_item_that_leaves_an_unread_story_is_not_among_its_words() -> None:
    window, alone = Window(), Window()
    for number in (1, 2):
        window.bring_back(number, 7, packed(features(number)))
    alone.add(2, 7, features(2))
    window.forget(1)
    assert dict(window.stories[7].words) == dict(alone.stories[7].words)
    assert window.stories[7].items == [2]


def test_how_alike_the_words_of_an_unread_item_are_is_told_from_its_bytes() -> None:
    window, read = Window(), Window()
    for number in range(1, 5):
        window.bring_back(number, number, packed(features(number)))
        read.add(number, number, features(number))
    for asked in map(features, range(1, 5)):
        told, whole = ([Near.of(slot, asked) for slot in each.near(asked)] for each in (window, read))
        assert [near.cosine for near in told] == [near.cosine for near in whole]
        assert [near.shared(asked) for near in told] == [near.shared(asked) for near in whole]
    window.forget(2)
    assert all(isinstance(slot, UnreadSlot) for slot in window.slots.values())
    assert 2 not in [slot.item for slot in window.near(features(2))]
    assert 2 not in window.copies.near(features(2).grams)


def test_an_item_closed_again_is_the_bytes_that_were_made_of_it() -> None:
    grouper = Grouper()
    for number in (1, 2):
        grouper.restore(number, 7, features(number))
    held = grouper.packed(1)
    assert held == packed(features(1))
    grouper.restore(3, 8, held)
    assert grouper.packed(3) is held


def test_a_new_item_of_an_unread_story_is_added_to_what_it_says() -> None:
    window, read = Window(), Window()
    window.bring_back(1, 7, packed(features(1)))
    read.add(1, 7, features(1))
    for each in (window, read):
        each.add(2, 7, features(2))
    assert dict(window.stories[7].words) == dict(read.stories[7].words)
    assert window.stories[7].items == [1, 2]


def test_the_format_before_is_still_read() -> None:
    held = features(3)
    text = "\n".join(
        [
            " ".join(held.words),
            " ".join(held.names),
            held.title,
            " ".join(sorted(held.figures)),
            "\t".join("|".join(each) for each in held.flows),
            held.publisher,
        ]
    ).encode()
    at = math.nan if held.at is None else held.at
    head = struct.pack("<BdHHII", 2, at, len(held.words), held.length, len(held.grams), len(text))
    grams = struct.pack(f"<{len(held.grams)}I", *held.grams)
    earlier = head + struct.pack(f"<{len(held.words)}e", *held.words.values()) + grams + text
    back = unpacked(earlier)
    assert glance(earlier) is None
    assert dict(back.words) == pytest.approx(dict(held.words), rel=1e-3)
    assert replace(back, words=held.words) == replace(held, grams=array("I", held.grams))
    grouper = Grouper()
    grouper.restore(3, 7, earlier)
    assert len(grouper) == 1


def test_bytes_that_are_cut_short_or_of_another_format_are_refused() -> None:
    held = packed(features(1))
    for broken in (held[:-1], held[:10], b"", b"\x09" + held[1:], b"\x02" + held[1:]):
        with pytest.raises(ValueError, match="features"):
            Grouper().restore(1, 7, broken)


def test_items_closed_again_find_and_say_what_they_did(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stories.active._OPEN", 1)
    before, after = Window(), Window()
    for number, story in enumerate((7, 7, 8, 9), 1):
        for window in (before, after):
            window.add(number, story, features(number))
        after.close_old()
    assert [type(slot).__name__ for slot in after.slots.values()] == ["UnreadSlot"] * 3 + ["Slot"]
    for number in range(1, 5):
        asked = features(number)
        assert [slot.words for slot in after.near(asked)] == [slot.words for slot in before.near(asked)]
    for story in (7, 8, 9):
        assert dict(after.stories[story].words) == dict(before.stories[story].words)
        assert after.stories[story].flows == before.stories[story].flows
    after.close_old()
    after.forget(3)
    assert 8 not in after.stories
    assert 3 not in [slot.item for slot in after.near(features(3))]

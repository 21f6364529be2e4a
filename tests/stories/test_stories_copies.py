"""Copies among live items: who shares whose words, found and forgotten."""

from __future__ import annotations

from stories.copies import CopyIndex, shingles

REPORT = (
    "The harbour of Lindau was closed on Tuesday after flood water rose by two metres in a single night, "
    "the mayor said, and ferries to the other shore will not leave before the end of the week."
)
OTHER = (
    "A museum in Graz has bought the diary of a carpenter who built organs for forty churches, and shows it "
    "from Sunday on beside the tools that he worked with for all of his life."
)


def test_a_live_item_with_the_same_words_is_found_until_it_is_forgotten() -> None:
    index = CopyIndex()
    index.add(1, shingles(REPORT))
    index.add(2, shingles(OTHER))
    assert index.near(shingles("By our reporter. " + REPORT)) == [1]
    index.add(3, shingles(REPORT[:120]))
    assert index.near(shingles(REPORT)) == [1, 3]
    index.remove(1, shingles(REPORT))
    assert index.near(shingles(REPORT)) == [3]
    assert index.near(shingles(OTHER)) == [2]


def test_words_that_stand_in_more_than_forty_live_items_are_a_formula_and_no_copy() -> None:
    index = CopyIndex()
    for item in range(1, 42):
        index.add(item, shingles(REPORT))
    assert index.near(shingles(REPORT)) == []
    index.remove(7, shingles(REPORT))
    assert len(index.near(shingles(REPORT), most=100)) == 40


def test_texts_in_any_alphabet_have_their_grams() -> None:
    assert len(shingles("один два три четыре пять шесть")) == 2
    assert shingles("Zürich grüßt die Gäste aus Łódź") == shingles(
        "„Zürich“ grüßt die [vielen] Gäste aus Łódź …"
    )
    assert shingles("only four words here") == frozenset()

"""Stories read together for telling are each as it is read alone."""

from __future__ import annotations

from store import decisions, evidence, placing, telling
from store.database import Store
from store.loading import load_all
from stories.decision import Act
from stories.evidence import Copy, CopyKind
from tests.store.making import Newsroom, denial, hours


def test_stories_read_together_are_each_what_it_is_alone(store: Store, newsroom: Newsroom) -> None:
    first, ones = newsroom.story(3, name="Grain")
    second, others = newsroom.story(2, name="Missiles", since=2)
    newsroom.item(
        second, "Ruritania denies it", "p9.example", hours(5), reading=denial("Ruritania denies it")
    )
    with store.transaction():
        placing.link_opposites(store, first, second, hours(3))
        placing.keep_name(store, first, "Ruritania grain", hours(4))
        evidence.keep_copies(
            store,
            [
                Copy(ones[1], ones[0], 0.9, CopyKind.COPY),
                Copy(others[1], others[0], 0.6, CopyKind.COPY),
                Copy(others[0], ones[0], 0.7, CopyKind.COPY),
            ],
        )
    details = {"where": "title", "start": "0", "end": "6", "stance": "deny", "party": "Sylvania"}
    decisions.record(store, Act.STANCE, items=[others[0]], details=details, by="ada", at=hours(6))
    decisions.record(store, Act.STATUS, story=first, details={"status": "CONFIRMED"}, by="ada", at=hours(7))
    together = load_all(store, [first, second, 999], {})
    assert together == {number: telling.load(store, number) for number in (first, second)}
    assert together[first].own_status and together[second].corrections and not together[first].corrections
    assert [len(together[number].copies) for number in (first, second)] == [1, 1], "none between the two"


def test_what_is_held_of_one_story_is_not_told_of_another_that_its_item_moved_to(
    store: Store, newsroom: Newsroom
) -> None:
    first, ones = newsroom.story(2, name="Grain")
    second, _ = newsroom.story(2, name="Missiles", since=2)
    was = telling.load(store, first)
    with store.transaction():
        placing.move(store, [ones[0]], second, hours(5))
        store.write("UPDATE items SET title = 'Put right' WHERE id = ?", (ones[0],))
    held = {item.id: (item, reading) for item, reading in zip(was.items, was.readings, strict=True)}
    together = load_all(store, [first, second], {first: held})
    assert [item.id for item in together[first].items] == ones[1:]
    assert "Put right" in {item.title for item in together[second].items}

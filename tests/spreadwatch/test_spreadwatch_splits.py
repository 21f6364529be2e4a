"""A story that looks like two is found by the collector, told once, and gone when the analyst has decided."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from spreadwatch.pipeline import Pipeline
from spreadwatch.splits import Splits
from store import decisions, items, splits
from store.database import Store, open_store
from stories.decision import Act
from tests.tui.running import NOW, entry

TITLES = (
    "Drones hit the Kremlin roof",
    "Kremlin roof hit by drones",
    "Two drones over the Kremlin roof",
    "Drones burn on the Kremlin roof",
    "Herring quota cut in Baltic talks",
    "Baltic herring quota cut again",
    "Ministers cut Baltic herring quota",
    "Baltic ministers haggle over the herring quota",
)


def test_a_story_that_holds_two_is_found_looked_at_again_only_when_it_grew_and_let_be_once_decided(
    tmp_path: Path,
) -> None:
    with open_store(tmp_path / "news.db", create=True) as store:
        _looked_at(store)


def _looked_at(store: Store) -> None:
    pipeline = Pipeline(store)
    found = [entry(f"g{n}", f"p{n % 3}.example", 10 - n, title) for n, title in enumerate(TITLES)]
    taken = pipeline.take_in(found, NOW)
    story = min(taken.stories)
    for row in items.rows(store, taken.new):  # as if grouping had taken both for one
        pipeline.grouper.move(row.id, story)
        store.write("UPDATE items SET story = ? WHERE id = ?", (story, row.id))
    store.write("UPDATE stories SET shown = 1, items = 8 WHERE id = ?", (story,))
    looking = Splits(store)
    assert looking.look(pipeline.grouper, NOW) == 1
    half = splits.of_story(store, story)
    assert half in (taken.new[:4], taken.new[4:])
    looking.changed({story})
    assert looking.look(pipeline.grouper, NOW) == 0
    store.write("UPDATE stories SET items = 10 WHERE id = ?", (story,))
    looking.changed({story})
    assert looking.look(pipeline.grouper, NOW) == 1
    decisions.record(store, Act.ACCEPT, items=half, story=story, by="ada", at=NOW + timedelta(hours=1))
    assert splits.of_story(store, story) == ()
    decisions.undo(store, "ada", NOW + timedelta(hours=2))
    assert splits.of_story(store, story) == half

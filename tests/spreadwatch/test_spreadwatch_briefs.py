"""Briefs of imported archives: nothing stands in them that no item says, and the check of that is not blind."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.briefs import faults, quoted
from spreadwatch.taking import taken
from store import stories
from store.database import open_store
from store.stories import StoriesView

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory, call: Call) -> Path:
    """The founding articles, which lie beside the repository, imported."""
    archive = Path(__file__).parents[2].parent / "shared" / "gold" / "seeds.jsonl"
    if not archive.is_file():
        pytest.skip("the shared data folder beside the repository is absent")
    database = tmp_path_factory.mktemp("seeds") / "seeds.db"
    assert call("import", str(archive), "--db", str(database))[0] == 0
    return database


@pytest.mark.parametrize(("archive", "least"), [("database", 4), ("seeds", 40)])
def test_every_sentence_name_and_figure_of_a_brief_stands_in_its_items(
    archive: str, least: int, request: pytest.FixtureRequest
) -> None:
    with open_store(request.getfixturevalue(archive), read_only=True) as store:
        rows = stories.rows(store, view=StoriesView.ALL, limit=stories.count(store, StoriesView.ALL))
        snapshots = [taken(store, row.id, "ana") for row in rows]
    assert [fault for snapshot in snapshots for fault in faults(snapshot)] == []
    assert sum(map(quoted, snapshots)) >= least


def test_a_word_changed_in_an_item_is_a_fault_of_the_brief(database: Path, story: str) -> None:
    with open_store(database, read_only=True) as store:
        snapshot = taken(store, int(story), "ana")
    changed = tuple(
        replace(
            item, title=item.title.replace("denies", "admits"), summary=item.summary.replace("denied", "said")
        )
        for item in snapshot.detail.items
    )
    found = faults(replace(snapshot, detail=replace(snapshot.detail, items=changed)))
    assert any("not in its item" in fault for fault in found)
    renamed = replace(snapshot, questions=("Where is Atlantis? Sunk in 1643.",))
    assert {fault.split(" (")[0] for fault in faults(renamed)} == {
        "in no item: Atlantis",
        "in no item: Sunk",
        "in no item: 1643",
    }


def test_the_brief_of_the_founding_story_asks_what_its_articles_leave_open(seeds: Path, call: Call) -> None:
    found = json.loads(call("stories", "--json", "--db", str(seeds))[1])
    number = next(one["id"] for one in found if "000" in {item["guid"] for item in one["items"]})
    with open_store(seeds, read_only=True) as store:
        questions = "\n".join(taken(store, number, "ana").questions)
    assert "Russia" in questions
    assert "Can anybody confirm it? United States cannot." in questions
    assert "The items name different sources" in questions

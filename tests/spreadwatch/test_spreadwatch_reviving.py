"""A story revived from its snapshot holds what the analyst added to it once, and reads as it did."""

from __future__ import annotations

from pathlib import Path

from snapshots import json_export
from spreadwatch.reviving import revived
from spreadwatch.taking import taken
from store import decisions, items, stories
from store.database import open_store
from stories.decision import Act
from tests.tui.running import CLAIM, NOW, fill


def test_a_statement_that_the_analyst_added_comes_back_once(tmp_path: Path) -> None:
    fill(tmp_path / "news.db", CLAIM)
    with open_store(tmp_path / "news.db") as store:
        (row,) = [row for row in items.newest(store) if row.title.startswith("Russia negotiates")]
        details = {"add": "yes", "where": "title", "start": "0", "end": "6", "stance": "doubt", "speaker": ""}
        decisions.record(store, Act.STANCE, items=[row.id], details=details, by="ada", at=NOW)
        assert row.story_id is not None
        snapshot = taken(store, row.story_id, "ada")
    with open_store(tmp_path / "again.db", create=True) as fresh:
        assert revived(fresh, json_export.read(json_export.write(snapshot))) == ()
        said = stories.detail(fresh, snapshot.detail.story.id).statements
    assert [each.statement.words for each in said if each.by_analyst] == ["Russia"]

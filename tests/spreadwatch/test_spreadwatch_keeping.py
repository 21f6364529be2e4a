"""Exports as a user asks for them: one story or a view, verified, compared, read back, on schedule."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from snapshots import json_export
from snapshots.formats import FORMATS
from spreadwatch.taking import Schedule
from store import decisions, setups
from store.database import open_store
from stories.decision import Act

Call = Callable[..., tuple[int, str, str]]


def test_export_writes_to_standard_output_or_a_file_and_verify_finds_it_whole(
    call: Call, database: Path, story: str, tmp_path: Path
) -> None:
    code, out, _ = call("export", story, "--format", "json", "--db", str(database))
    assert code == 0
    assert json_export.read(out).detail.story.id == int(story)
    for name, form in FORMATS.items():
        path = tmp_path / f"brief{form.suffix}"
        code, _, err = call("export", story, "--format", name, "-o", str(path), "--db", str(database))
        if name == "claimreview":
            assert code == 2
            assert "no analyst's rating" in err
        else:
            assert code == 0
    written = sorted(path for path in tmp_path.iterdir())
    assert len(written) == len(FORMATS) - 1 + 2 + 1  # csv makes three, and there is the manifest
    for path in written:
        code, out, _ = call("verify", str(path))
        assert (code, out.startswith("As it was written: ")) == (0, True), (path, out)


def test_a_story_may_be_named_by_words_that_fit_only_one(call: Call, database: Path) -> None:
    assert "# " in call("export", "chile", "--db", str(database))[1]
    code, _, err = call("export", "atlantis", "--db", str(database))
    assert code == 2
    assert "No story's name or claim holds “atlantis”" in err


def test_an_export_as_of_a_time_shows_what_was_known_then(call: Call, database: Path, story: str) -> None:
    brief = call("export", story, "--as-of", "2026-03-02 12:00", "--db", str(database))[1]
    assert "Souza" not in brief
    assert "Souza" in call("export", story, "--db", str(database))[1]


def test_verify_says_what_was_altered_and_exits_with_1(
    call: Call, database: Path, story: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.json"
    call("export", story, "--format", "json", "-o", str(path), "--db", str(database))
    path.write_text(path.read_text().replace("This report is false", "This report is fine"))
    code, out, _ = call("verify", str(path))
    assert code == 1
    assert "its seal is broken" in out
    assert "(guid n-3) was altered" in out


def test_verify_refuses_a_file_it_has_nothing_to_check_against(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("hello")
    code, _, err = call("verify", str(path))
    assert code == 2
    assert "nothing to check" in err


def test_export_names_in_a_folder_are_chained(call: Call, database: Path, story: str, tmp_path: Path) -> None:
    for name in ("a.md", "b.md"):
        call("export", story, "-o", str(tmp_path / name), "--db", str(database))
    lines = [json.loads(line) for line in (tmp_path / "spreadwatch-manifest.jsonl").read_text().splitlines()]
    assert [line["sequence"] for line in lines] == [1, 2]
    (tmp_path / "a.md").unlink()
    code, out, _ = call("verify", str(tmp_path / "b.md"))
    assert code == 1
    assert "a.md" in out


def test_a_snapshot_is_read_back_without_loss_into_a_database_of_its_own(
    call: Call, database: Path, story: str, tmp_path: Path
) -> None:
    path, again, other = tmp_path / "a.json", tmp_path / "b.json", tmp_path / "other.db"
    call("export", story, "--format", "json", "-o", str(path), "--db", str(database))
    code, out, err = call("import", str(path), "--db", str(other))
    assert (code, err) == (0, "")
    assert "with 3 items" in out
    call("export", story, "--format", "json", "-o", str(again), "--db", str(other))
    first, second = (json_export.read(file.read_text("utf-8")) for file in (path, again))
    assert json_export.write(replace(second, taken_at=first.taken_at)) == json_export.write(first)
    code, _, err = call("import", str(path), "--db", str(database))
    assert code == 2
    assert "holds items already" in err


def test_an_altered_snapshot_is_not_read_back(call: Call, database: Path, story: str, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    call("export", story, "--format", "json", "-o", str(path), "--db", str(database))
    path.write_text(path.read_text("utf-8").replace("This report is false", "This report is fine"), "utf-8")
    code, _, err = call("import", str(path), "--db", str(tmp_path / "other.db"))
    assert code == 2
    assert "altered" in err
    assert not (tmp_path / "other.db").exists()


def test_diff_says_what_changed_since_a_time(call: Call, database: Path, story: str, tmp_path: Path) -> None:
    code, out, _ = call("diff", story, "--since", "2026-03-02 12:00", "--db", str(database))
    assert code == 0
    assert "+1 publisher, Brazil SILENT → DENIED" in out.splitlines()[0]
    old, new = str(tmp_path / "old.json"), str(tmp_path / "new.json")
    place = ("--format", "json", "--db", str(database))
    call("export", story, "--as-of", "2026-03-02 12:00", "-o", old, *place)
    call("export", story, "-o", new, *place)
    # Both begin with the minute in which they were asked.
    assert call("diff", old, new)[1].partition("UTC: ")[2] == out.partition("UTC: ")[2]
    code, _, err = call("diff", old)
    assert code == 2
    assert "two snapshots" in err


def test_an_archive_s_silence_runs_to_its_last_item_and_to_an_earlier_time_that_is_asked_for(
    call: Call, database: Path, story: str
) -> None:
    def silent(*more: str) -> str:
        return call("export", story, "--db", str(database), *more)[1].split("Chile SILENT ")[1].split(".")[0]

    assert silent() == "5 h"
    assert silent("--as-of", "2026-03-02 12:00") == "3 h"
    assert silent("--as-of", "2026-03-03") == "5 h"


def test_a_whole_view_is_exported_into_a_folder(call: Call, database: Path, tmp_path: Path) -> None:
    place = ("-o", str(tmp_path / "briefs"), "--db", str(database))
    code, _, err = call("export", "--view", "active", *place)
    assert code == 0
    assert "Wrote 1 story" in err
    assert len(list((tmp_path / "briefs").glob("*.md"))) == 1
    code, _, err = call("export", "--view", "active", "--as-of", "2001-01-01", *place)
    assert code == 0
    assert "Wrote 0 stories" in err
    code, _, err = call("export", "--db", str(database))
    assert code == 2
    assert "Name stories, or a view with --view." in err


def test_a_view_saved_on_the_screen_is_exported_by_its_name(
    call: Call, database: Path, tmp_path: Path
) -> None:
    with open_store(database) as store:
        setups.save_view(store, "Denied here", "status:denied")
        setups.save_view(store, "Elsewhere", "party:nobody-like-that")
        setups.save_view(store, "Slip", "status:nonsense")
    place = ("-o", str(tmp_path / "briefs"), "--db", str(database))
    assert "Wrote 1 story" in call("export", "--view", "Denied here", *place)[2]
    assert len(list((tmp_path / "briefs").glob("*.md"))) == 1
    assert "Wrote 0 stories" in call("export", "--view", "Denied here", "--as-of", "2001-01-01", *place)[2]
    assert "Wrote 0 stories" in call("export", "--view", "Elsewhere", *place)[2]
    code, _, err = call("export", "--view", "Slip", *place)
    assert code == 2 and "nonsense is no status" in err
    code, _, err = call("export", "--view", "denied", *place)
    assert (
        code == 2
        and "No view is called “denied”" in err
        and "saved on the screen: Denied here, Elsewhere" in err
    )


def test_a_story_that_a_format_has_nothing_for_is_named_and_the_others_are_written(
    call: Call, database: Path, story: str, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    call("backup", str(copy), "--db", str(database))
    with open_store(copy) as store:
        rated = decisions.record(
            store, Act.WATCH, details={"name": "Rated"}, by="ana", at=datetime(2026, 3, 3, tzinfo=UTC)
        ).story
        decisions.record(
            store, Act.STATUS, story=int(story), details={"rating": "B2"}, by="ana",
            at=datetime(2026, 3, 3, tzinfo=UTC),
        )  # fmt: skip
    place = ("--format", "claimreview", "-o", str(tmp_path / "drafts"), "--db", str(copy))
    code, _, err = call("export", str(rated), story, *place)
    assert code == 0
    assert "Wrote 1 story" in err
    assert len(list((tmp_path / "drafts").glob("*.claimreview.json"))) == 1


def test_a_desk_s_template_is_used(call: Call, database: Path, story: str, tmp_path: Path) -> None:
    path = tmp_path / "desk.txt"
    path.write_text("{{ brief.name }} is {{ brief.status }}")
    code, out, _ = call("export", story, "--template", str(path), "--db", str(database))
    assert (code, out) == (0, "Brazil–Chile helicopters is DENIED")


def test_replay_plays_the_turns_in_order(call: Call, database: Path, story: str) -> None:
    lines = call("replay", story, "--db", str(database))[1].splitlines()
    assert lines[0].startswith("2026-03-02 09:00  First seen by us")
    assert "Brazil DENIED" in lines[-1]


def test_watched_stories_are_exported_on_schedule_when_they_changed(
    call: Call, database: Path, story: str, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    call("backup", str(copy), "--db", str(database))
    now = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
    schedule = Schedule(copy, tmp_path / "out", now=lambda: now)
    assert schedule.due() == ()
    with open_store(copy) as store:
        decisions.record(store, Act.WATCH, story=int(story), by="ana", at=now)
    assert schedule.due() == ()
    now += timedelta(days=1)
    assert {path.suffix for path in schedule.due()} == {".md", ".json"}
    now += timedelta(days=1)
    assert schedule.due() == ()
    with open_store(copy) as store:
        decisions.record(
            store, Act.RENAME, story=int(story), details={"name": "Helicopters"}, by="ana", at=now
        )
    schedule.hurry()
    assert [path.name.split("-")[0] for path in schedule.due()] == ["helicopters", "helicopters"]


def test_an_export_replaces_a_file_only_when_forced_and_makes_one_folder_at_most(
    call: Call, database: Path, story: str, tmp_path: Path
) -> None:
    place, path = ("--db", str(database)), tmp_path / "briefs" / "same.md"
    assert call("export", story, "-o", str(path), *place)[0] == 0
    path.write_text("what was kept")
    code, _, err = call("export", story, "-o", str(path), *place)
    assert code != 0 and "is there already" in err and "--force" in err
    assert path.read_text() == "what was kept"
    assert call("export", story, "-o", str(path), "--force", *place)[0] == 0
    assert path.read_text().startswith("# ")
    assert call("verify", str(path))[0] == 0
    code, _, err = call("export", story, "-o", str(tmp_path / "no" / "such" / "same.md"), *place)
    assert code != 0 and "there is no folder" in err
    assert not (tmp_path / "no").exists()


def test_the_export_of_a_long_story_shows_how_far_it_is(
    call: Call, database: Path, story: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "3 items" not in call("export", story, "--db", str(database))[2]
    monkeypatch.setattr("spreadwatch.printing._watched", lambda: True)
    monkeypatch.setattr("spreadwatch.commands.keeping._LONG", 3)
    code, out, err = call("export", story, "--db", str(database))
    assert code == 0
    assert out.startswith("# ")
    assert "3 items" in err

"""Export, verify, backup, doctor and follow, as a user calls them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from snapshots import json_export
from snapshots.formats import FORMATS
from spreadwatch.calling import Callings
from spreadwatch.taking import Schedule
from store import decisions
from store.database import open_store
from stories.decision import Act
from stories.item import Item

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


def test_importing_twice_adds_nothing(call: Call, database: Path) -> None:
    code, out, _ = call("import", str(database.with_name("archive.jsonl")), "--db", str(database))
    assert code == 0
    assert out == "6 lines: 0 new items, 4 known already, 2 bad lines.\n"


def test_a_backup_is_a_database_and_overwrites_nothing(call: Call, database: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    assert call("backup", str(copy), "--db", str(database))[0] == 0
    with open_store(copy) as store:
        assert store.value("SELECT count(*) FROM items") == 4
    code, _, err = call("backup", str(copy), "--db", str(database))
    assert code == 2
    assert "is there already" in err


def test_the_doctor_finds_a_sound_database_well_and_a_broken_setting_not(
    call: Call, database: Path, tmp_path: Path
) -> None:
    code, out, _ = call("doctor", "--db", str(database))
    assert "database, file: sound" in out
    assert code == 0, out
    broken = tmp_path / "config.toml"
    broken.write_text("colour = 1\n")
    code, out, _ = call("--config", str(broken), "doctor")
    assert code == 1
    assert f'MEND  {broken}, line 1: unknown key "colour"' in out
    broken.write_text('[keys]\naccept = "x"\n')
    code, out, _ = call("--config", str(broken), "doctor")
    assert code == 1 and f"MEND  {broken}, line 2: The key x is claimed by “accept” and “dismiss”" in out


def test_the_doctor_says_of_a_damaged_database_what_to_do(call: Call, database: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.db"
    call("backup", str(broken), "--db", str(database))
    data = bytearray(broken.read_bytes())
    data[4096 * 3 : 4096 * 40] = b"\xab" * (4096 * 37)
    broken.write_bytes(data)
    code, out, _ = call("doctor", "--db", str(broken))
    assert code == 1
    assert f"MEND  database: {broken} is damaged. Restore a backup, or save what can be read" in out
    assert "see `spreadwatch doctor`" not in out


def test_follow_tells_how_the_stories_stand(call: Call, database: Path, story: str) -> None:
    code, out, _ = call("follow", "--for", "0s", "--db", str(database))
    assert code == 0
    assert f"story {story}  " in out


def test_opml_goes_in_and_out(call: Call, tmp_path: Path) -> None:
    place = ("--feeds", str(tmp_path / "feeds.toml"), "--db", str(tmp_path / "none.db"))
    call("feeds", "add", "https://first.example/rss", "--no-check", *place)
    file = tmp_path / "feeds.opml"
    file.write_text(call("feeds", "export", "--feeds", str(tmp_path / "feeds.toml"))[1])
    other = ("--feeds", str(tmp_path / "other.toml"), "--db", str(tmp_path / "none.db"))
    assert "Added 1 of 1 feed to" in call("feeds", "import", str(file), *other)[1]
    assert "https://first.example/rss" in call("feeds", "list", *other)[1]
    assert call("feeds", "remove", "https://first.example/rss", *other)[0] == 0
    code, _, err = call("feeds", "remove", "https://first.example/rss", *other)
    assert code == 2
    assert "is not in" in err


@pytest.mark.parametrize("args", [("--once",), ("--for", "1s")])
def test_collect_without_feeds_says_how_to_add_one(call: Call, tmp_path: Path, args: tuple[str, ...]) -> None:
    (tmp_path / "feeds.toml").write_text("")
    code, _, err = call(
        "collect", *args, "--feeds", str(tmp_path / "feeds.toml"), "--db", str(tmp_path / "a.db")
    )
    assert code == 2
    assert "spreadwatch feeds add URL" in err


def test_two_collectors_on_one_database_the_second_says_so_and_leaves(call: Call, tmp_path: Path) -> None:
    from store.database import collector_lock

    database = tmp_path / "a.db"
    open_store(database, create=True).close()
    (tmp_path / "feeds.toml").write_text('[[feed]]\nurl = "https://first.example/rss"\n')
    with collector_lock(database):
        code, _, err = call(
            "collect", "--once", "--feeds", str(tmp_path / "feeds.toml"), "--db", str(database)
        )
    assert code == 2
    assert "A collector already runs on this database" in err


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


def test_an_imported_archive_s_clocks_do_not_jump_when_a_collector_runs(
    call: Call, database: Path, story: str, tmp_path: Path
) -> None:
    copy = str(tmp_path / "copy.db")
    call("backup", copy, "--db", str(database))

    def silent() -> int:
        (chile,) = (
            party
            for party in json.loads(call("story", story, "--json", "--db", copy)[1])["parties"]
            if party["party"] == "Chile"
        )
        return int(chile["clock"]) // 86_400

    before = silent()
    (tmp_path / "feeds.toml").write_text('[[feed]]\nurl = "http://127.0.0.1:1/none"\n')
    call("collect", "--once", "--feeds", str(tmp_path / "feeds.toml"), "--db", copy)
    assert silent() == before


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
    assert call("diff", old, new)[1] == out
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
    assert silent("--as-of", "2027-01-01") == "5 h"


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


def test_a_watched_story_is_kept_however_small(call: Call, tmp_path: Path) -> None:
    place = ("--db", str(tmp_path / "a.db"), "--feeds", str(tmp_path / "feeds.toml"))
    code, out, _ = call("watch", "Grain deal", "--terms", "grain", "--search-feeds", *place)
    assert code == 0
    assert out.startswith("Watching “Grain deal” as story 1.")
    assert "muted" in out
    assert "Grain deal" in call("follow", "--for", "0s", "--db", str(tmp_path / "a.db"))[1]


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


def test_a_watched_story_s_words_bring_items_in_those_there_and_those_to_come(
    call: Call, tmp_path: Path
) -> None:
    place = ("--db", str(tmp_path / "a.db"))
    archive = tmp_path / "a.jsonl"

    def come(number: int, title: str) -> None:
        archive.write_text(json.dumps({"id": f"w-{number}", "title": title, "source": f"p{number}.example"}))
        assert call("import", str(archive), *place)[0] == 0

    come(1, "Grain ship leaves Odesa at dawn")
    assert "Moved 1 item" in call("watch", "Grain", "--terms", "grain", "--terms", "Odesa", *place)[1]
    come(2, "Insurers ask more for grain from ODESA")
    come(4, "Clinic for migraine opens in Lyon")
    (watched,) = (one for one in json.loads(call("stories", "--json", *place[:2])[1]) if one["watched"])
    assert {item["guid"] for item in watched["items"]} == {"w-1", "w-2"}
    assert call("regroup", *place[:2])[0] == 0
    (watched,) = (one for one in json.loads(call("stories", "--json", *place[:2])[1]) if one["watched"])
    assert {item["guid"] for item in watched["items"]} == {"w-1", "w-2"}


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


def test_the_catalogue_goes_to_a_new_file_that_is_named(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "mine.opml"
    where = ("--feeds", str(tmp_path / "feeds.toml"))
    assert call("feeds", "add", "https://one.example/rss", "--no-check", *where)[0] == 0
    assert call("feeds", "export", "-o", str(file), *where)[0] == 0
    assert file.read_text() == call("feeds", "export", *where)[1]
    code, _, err = call("feeds", "export", "-o", str(file), *where)
    assert code != 0 and "is there already" in err


def test_a_search_with_a_filter_s_field_says_where_that_is_understood(call: Call, database: Path) -> None:
    assert "status: is understood" in call("search", "status:bogus", "--db", str(database))[2]
    assert "understood" not in call("search", "atlantis", "--db", str(database))[2]


def test_where_no_collector_ever_ran_doctor_says_so(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "new.db"
    with open_store(file, create=True):
        pass
    assert "none was ever here" in call("doctor", "--db", str(file))[1]


def test_a_watch_takes_nothing_out_of_a_story_of_several_publishers_unless_told_to(
    call: Call, tmp_path: Path
) -> None:
    place = ("--db", str(tmp_path / "a.db"))
    archive = tmp_path / "a.jsonl"
    lines = [
        {"id": f"w-{outlet}", "title": "Brazil sends helicopters to Chile", "source": f"{outlet}.example"}
        for outlet in ("one", "two", "three")
    ]
    lines.append({"id": "w-4", "title": "Clinic in Lyon buys two helicopters", "source": "four.example"})
    archive.write_text("\n".join(map(json.dumps, lines)))
    assert call("import", str(archive), *place)[0] == 0

    def watched(name: str) -> set[str]:
        listed = json.loads(call("stories", "--json", *place)[1])
        return {item["guid"] for one in listed if one["name"] == name for item in one["items"]}

    said = call("watch", "Rotors", "--terms", "helicopters", *place)[1]
    assert "Moved 1 item " in said
    assert "left where they are (--take moves them): 3 items of story 1" in said
    assert call("regroup", *place)[0] == 0
    assert watched("Rotors") == {"w-4"}
    assert (
        "taken out of: 3 items of story 1" in call("watch", "Sent", "--terms", "Brazil", "--take", *place)[1]
    )
    assert watched("Sent") == {"w-one", "w-two", "w-three"}


def test_only_an_item_with_all_the_words_is_called_for_and_words_are_whole(tmp_path: Path) -> None:
    with open_store(tmp_path / "a.db", create=True) as store:
        details = {"name": "Grain", "terms": json.dumps(["grain", "Black  Sea"])}
        made = decisions.record(
            store, Act.WATCH, details=details, by="ana", at=datetime(2026, 3, 2, tzinfo=UTC)
        )
        callings = Callings(store)
        assert callings.story_of(Item(1, "a", "p", "GRAIN crosses the Black Sea")) == made.story
        assert (
            callings.story_of(Item(2, "b", "p", "Grain harvest", summary="On the black\nsea coast."))
            == made.story
        )
        assert callings.story_of(Item(3, "c", "p", "Grain harvest in Kansas")) is None
        assert callings.story_of(Item(4, "d", "p", "Migraine at the Black Sea")) is None
        decisions.record(store, Act.UNWATCH, story=made.story, by="ana", at=datetime(2026, 3, 3, tzinfo=UTC))
        callings.forget()
        assert callings.story_of(Item(5, "e", "p", "Grain, Black Sea")) is None


def test_the_export_of_a_long_story_shows_how_far_it_is(
    call: Call, database: Path, story: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "3 items" not in call("export", story, "--db", str(database))[2]
    monkeypatch.setattr("spreadwatch.commands.keeping._LONG", 3)
    code, out, err = call("export", story, "--db", str(database))
    assert code == 0
    assert out.startswith("# ")
    assert "3 items" in err

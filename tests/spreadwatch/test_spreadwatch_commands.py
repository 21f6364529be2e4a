"""Every command: it loads, it has help with an example, and its trouble is one line and exit code 2."""

from __future__ import annotations

import re
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from spreadwatch.cli import _PLACES, COMMANDS

Call = Callable[..., tuple[int, str, str]]

ALL = sorted(_PLACES)
OF_THE_STORE = ["items", "search x"]
"""Calls that only read the database."""


@pytest.mark.parametrize("name", ALL)
def test_every_command_has_help_with_an_example(call: Call, name: str) -> None:
    code, out, _ = call(name, "--help")
    assert code == 0
    assert re.search(r"Examples?: spreadwatch", out)


def test_the_list_of_commands_shows_each_with_its_line(call: Call) -> None:
    code, out, _ = call("--help")
    assert code == 0
    for section, places in COMMANDS.items():
        assert section in out
        for name, place in places.items():
            assert re.search(rf"^  {name}\s+{re.escape(place.line[:20])}", out, re.MULTILINE)


def test_a_mistyped_command_names_the_nearest(call: Call) -> None:
    code, _, err = call("serch")
    assert code == 2
    assert "Did you mean 'search'?" in err


@pytest.mark.parametrize("words", OF_THE_STORE)
def test_a_missing_database_is_one_clear_line(call: Call, words: str, tmp_path: Path) -> None:
    path = tmp_path / "none.db"
    code, out, err = call(*words.split(), "--db", str(path))
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert str(path) in err
    assert not path.exists()


def test_a_foreign_database_is_refused_and_left_as_it_is(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE mine (x)")
    other.close()
    before = path.read_bytes()
    code, _, err = call("--db", str(path), "items")
    assert code == 2
    assert "not a spreadwatch database" in err
    assert path.read_bytes() == before


def test_a_file_that_is_no_database_is_refused(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "text.db"
    path.write_text("hello " * 1000)
    code, _, err = call("items", "--db", str(path))
    assert code == 2
    assert err.count("\n") == 1


def test_a_newer_database_is_refused(call: Call, tmp_path: Path) -> None:
    from store.database import open_store

    path = tmp_path / "new.db"
    open_store(path, create=True).close()
    newer = sqlite3.connect(path)
    newer.execute("PRAGMA user_version = 9999")
    newer.close()
    code, _, err = call("items", "--db", str(path))
    assert code == 2
    assert "newer spreadwatch" in err


def test_a_broken_settings_file_is_one_line_with_the_place_and_the_remedy(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('analyst = "a"\ndatabse = "x"\n')
    code, _, err = call("--config", str(path), "items")
    assert code == 2
    assert f'{path}, line 2: unknown key "databse". Did you mean "database"?' in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("words", ["items", "feeds list", "collect --once", "watch a", "search x", "doctor"])
def test_wrong_settings_are_found_by_every_command(call: Call, words: str, tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('\ntheme = "pink"\n')
    code, out, err = call("--config", str(path), "--db", str(tmp_path / "a.db"), *words.split())
    assert code in (1, 2)
    assert f'{path}, line 2: "theme" must be one of' in out + err
    assert not (tmp_path / "a.db").exists()


@pytest.mark.parametrize("words", ["collect --once", "feeds list", "feeds check", "import {file}"])
def test_a_catalogue_that_was_named_must_be_there(call: Call, words: str, tmp_path: Path) -> None:
    path = tmp_path / "typo.toml"
    (tmp_path / "a.jsonl").write_text('{"title": "a"}\n')
    told = words.format(file=tmp_path / "a.jsonl").split()
    code, out, err = call("--feeds", str(path), "--db", str(tmp_path / "a.db"), *told)
    assert (code, out) == (2, "")
    assert err.startswith(f"spreadwatch: {path}: there is no such file.")
    assert err.count("\n") == 1


def test_settings_that_were_named_must_be_there(call: Call, tmp_path: Path) -> None:
    from store.database import open_store

    open_store(tmp_path / "a.db", create=True).close()
    code, _, err = call("--config", str(tmp_path / "typo.toml"), "--db", str(tmp_path / "a.db"), "items")
    assert (code, err.count("\n")) == (2, 1)
    assert "There is no settings file at" in err


def test_the_database_may_be_named_before_or_after_the_command(call: Call, tmp_path: Path) -> None:
    from store.database import open_store

    path = tmp_path / "a.db"
    open_store(path, create=True).close()
    assert call("--db", str(path), "items", "--json")[:2] == (0, "[]\n")
    assert call("--db", str(tmp_path / "none.db"), "items", "--json", "--db", str(path))[:2] == (0, "[]\n")


@pytest.mark.parametrize(
    ("options", "host", "warned"),
    [
        ((), "127.0.0.1", False),
        (("--host", "::1"), "::1", False),
        (("--host", "0.0.0.0"), "0.0.0.0", True),
        (("--host", "desk.example.org"), "desk.example.org", True),
    ],
)
def test_the_browser_screen_is_for_this_machine_unless_it_is_told_and_then_it_warns(
    call: Call,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    options: tuple[str, ...],
    host: str,
    warned: bool,
) -> None:
    server = pytest.importorskip("textual_serve.server", reason="textual-serve is not installed")
    served: list[tuple[str, str, int]] = []
    monkeypatch.setattr(
        server.Server, "serve", lambda self: served.append((self.command, self.host, self.port))
    )
    path = tmp_path / "a.db"
    code, _, err = call("serve", "--db", str(path), "--port", "8123", *options)
    assert code == 0 and ("decides in your name, without a password" in err) == warned
    ((command, *address),) = served
    assert address == [host, 8123]
    assert f"-m spreadwatch --db {path}" in command


def test_the_browser_screen_says_what_it_lacks(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "textual_serve", None)
    monkeypatch.setitem(sys.modules, "textual_serve.server", None)
    code, _, err = call("serve", "--db", str(tmp_path / "a.db"))
    assert code == 2
    assert "pip install 'spreadwatch[web]'" in err

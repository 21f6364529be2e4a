"""What goes wrong outside the program gives one clear line and exit code 2, and harms nothing."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.whole.waiting import collecting, until

Run = Callable[..., subprocess.CompletedProcess[str]]

ITEMS = [
    {
        "id": "1",
        "title": "Ministry denies selling grain to the port authority",
        "summary": "“We sold no grain,” said Anna Holt, a ministry spokeswoman.",
        "published": "2024-03-01T08:00:00Z",
        "source": "one.example",
    },
    {
        "id": "2",
        "title": "Volcano erupts on an uninhabited island",
        "published": "2024-03-02T08:00:00Z",
        "source": "two.example",
    },
]


@pytest.fixture
def database(tmp_path: Path, spreadwatch: Run) -> Path:
    archive = tmp_path / "items.jsonl"
    archive.write_text("".join(json.dumps(item) + "\n" for item in ITEMS))
    path = tmp_path / "watch.db"
    done = spreadwatch("import", archive, "--db", path)
    assert done.returncode == 0, done.stderr
    return path


def refused(done: subprocess.CompletedProcess[str], *words: str) -> None:
    """One line on stderr that holds the words, nothing on stdout, exit code 2."""
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    for word in words:
        assert word in lines[0]


def test_a_missing_database_is_named_and_not_made(spreadwatch: Run, tmp_path: Path) -> None:
    refused(spreadwatch("stories", "--db", tmp_path / "none.db"), "none.db")
    assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize("command", [("stories",), ("items",), ("search", "grain"), ("collect", "--once")])
def test_a_foreign_database_is_refused_and_left_untouched(
    spreadwatch: Run, tmp_path: Path, command: tuple[str, ...]
) -> None:
    path = tmp_path / "foreign.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.close()
    before = path.read_bytes()
    refused(spreadwatch(*command, "--db", path), "foreign.db")
    assert path.read_bytes() == before


def test_a_file_that_is_no_database_is_refused(spreadwatch: Run, tmp_path: Path) -> None:
    path = tmp_path / "letter.db"
    path.write_text("Dear editor,\n" * 500)
    refused(spreadwatch("stories", "--db", path), "letter.db")


def test_a_database_of_a_newer_version_is_refused_and_left_untouched(
    spreadwatch: Run, database: Path
) -> None:
    with sqlite3.connect(database) as connection:
        connection.execute("PRAGMA user_version = 9999")
    connection.close()
    refused(spreadwatch("stories", "--db", database), "newer")
    with sqlite3.connect(database) as connection:
        assert connection.execute("PRAGMA user_version").fetchone()[0] == 9999
    connection.close()


def test_a_database_locked_by_another_program_is_said_to_be(spreadwatch: Run, database: Path) -> None:
    holder = sqlite3.connect(database, isolation_level=None)
    try:
        holder.execute("PRAGMA locking_mode = EXCLUSIVE")
        holder.execute("BEGIN EXCLUSIVE")
        refused(spreadwatch("stories", "--db", database), "lock")
    finally:
        holder.close()


def test_a_second_collector_says_so_and_leaves(
    spreadwatch: Run, started: Callable[..., subprocess.Popen[str]], database: Path, tmp_path: Path
) -> None:
    feeds = tmp_path / "feeds.toml"
    feeds.write_text('[[feed]]\nurl = "http://127.0.0.1:9/feed.xml"\nname = "Nobody answers"\n')
    first = started("collect", "--db", database, "--feeds", feeds)
    collecting(first, database)
    refused(spreadwatch("collect", "--once", "--db", database, "--feeds", feeds), str(first.pid))
    assert first.poll() is None, first.communicate()[1]


def test_a_collector_asked_to_stop_leaves_the_lock_free(
    spreadwatch: Run, started: Callable[..., subprocess.Popen[str]], database: Path, tmp_path: Path
) -> None:
    feeds = tmp_path / "feeds.toml"
    feeds.write_text('[[feed]]\nurl = "http://127.0.0.1:9/feed.xml"\nname = "Nobody answers"\n')
    first = started("collect", "--db", database, "--feeds", feeds)
    collecting(first, database)
    first.send_signal(signal.SIGTERM)
    first.wait(timeout=60)
    assert spreadwatch("collect", "--once", "--db", database, "--feeds", feeds).returncode == 0


def test_a_broken_configuration_names_file_line_and_key(spreadwatch: Run, tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text('# who\n\nanalist = "ann"\n')
    done = spreadwatch("--config", config, "stories")
    refused(done, "config.toml", "line 3", "analist", "analyst")


def test_a_configuration_that_is_not_toml_names_file_and_line(spreadwatch: Run, tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text('analyst = "ann"\nthis is not toml\n')
    refused(spreadwatch("--config", config, "stories"), "config.toml", "line 2")


def test_a_broken_catalogue_names_file_line_and_key(spreadwatch: Run, database: Path, tmp_path: Path) -> None:
    feeds = tmp_path / "feeds.toml"
    feeds.write_text(
        '[[feed]]\nurl = "http://127.0.0.1:9/a"\nname = "A"\n\n[[feed]]\nurll = "http://127.0.0.1:9/b"\n'
    )
    refused(spreadwatch("collect", "--once", "--db", database, "--feeds", feeds), "feeds.toml", "6", "urll")


def test_bad_lines_of_an_archive_are_told_by_number_and_skipped(
    spreadwatch: Run, answers: Callable[..., Any], tmp_path: Path
) -> None:
    archive = tmp_path / "mixed.jsonl"
    archive.write_text(json.dumps(ITEMS[0]) + "\n{not json\n[]\n" + json.dumps(ITEMS[1]) + "\n")
    path = tmp_path / "watch.db"
    done = spreadwatch("import", archive, "--db", path)
    assert done.returncode == 0, done.stderr
    told = done.stdout + done.stderr
    assert "line 2" in told and "line 3" in told
    assert {item["guid"] for item in answers("items", "--db", path)} == {"1", "2"}


def test_importing_an_archive_twice_doubles_nothing(
    spreadwatch: Run, answers: Callable[..., Any], database: Path, tmp_path: Path
) -> None:
    assert spreadwatch("import", tmp_path / "items.jsonl", "--db", database).returncode == 0
    assert len(answers("items", "--db", database)) == len(ITEMS)


def taken_in(path: Path) -> int:
    """Items in a database that may not have been made yet."""
    connection = sqlite3.connect(path)
    try:
        return int(connection.execute("SELECT count(*) FROM items").fetchone()[0])
    except sqlite3.OperationalError:
        return 0
    finally:
        connection.close()


def test_an_import_killed_in_the_middle_can_simply_be_run_again(
    spreadwatch: Run,
    started: Callable[..., subprocess.Popen[str]],
    answers: Callable[..., Any],
    tmp_path: Path,
) -> None:
    archive = tmp_path / "many.jsonl"
    lines = [
        {"id": str(n), "title": f"Report {n} from district {n % 97}", "published": "2024-03-01T08:00:00Z"}
        for n in range(3_000)
    ]
    archive.write_text("".join(json.dumps(line) + "\n" for line in lines))
    path = tmp_path / "killed.db"
    first = started("import", archive, "--db", path)
    until(first, lambda: taken_in(path) > 0, "the import does not begin")
    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    assert spreadwatch("import", archive, "--db", path).returncode == 0
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    connection.close()
    guids = [item["guid"] for item in answers("items", "--db", path)]
    assert sorted(guids, key=int) == [line["id"] for line in lines]


def begun(started: Callable[..., subprocess.Popen[str]], path: Path) -> subprocess.Popen[str]:
    """A long import that has taken its first items in."""
    archive = path.with_suffix(".jsonl")
    archive.write_text(
        "".join(json.dumps({"id": str(n), "title": f"Report {n}"}) + "\n" for n in range(9_000))
    )
    process = started("import", archive, "--db", path)
    until(process, lambda: taken_in(path) > 0, "the import does not begin")
    return process


def below(process: int) -> list[int]:
    """All processes that this one started, and those theirs."""
    found: list[int] = []
    for listed in Path(f"/proc/{process}/task").glob("*/children"):
        for child in map(int, listed.read_text().split()):
            found += [child, *below(child)]
    return found


def runs(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="this system doesn't list its processes")
def test_a_killed_import_leaves_no_process_behind(
    started: Callable[..., subprocess.Popen[str]], tmp_path: Path
) -> None:
    archive = tmp_path / "many.jsonl"
    archive.write_text(
        "".join(json.dumps({"id": str(n), "title": f"Report {n}"}) + "\n" for n in range(9_000))
    )
    path = tmp_path / "killed.db"
    process = started("import", archive, "--db", path)
    until(process, lambda: taken_in(path) > 0, "the import does not begin")
    helpers = below(process.pid)
    assert helpers
    process.kill()
    process.wait()
    end = time.monotonic() + 60
    while any(map(runs, helpers)):
        assert time.monotonic() < end, "what read the archive ahead waits for ever"
        time.sleep(0.05)


def test_ctrl_c_ends_an_import_with_a_word_about_what_is_in(
    started: Callable[..., subprocess.Popen[str]], tmp_path: Path
) -> None:
    path = tmp_path / "stopped.db"
    process = begun(started, path)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does it, to all of its processes
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, "")
    assert (
        "stopped after " in err
        and "the same command goes on" in err
        and "Aborted" not in err
        and "Traceback" not in err
    )
    assert taken_in(path) > 0

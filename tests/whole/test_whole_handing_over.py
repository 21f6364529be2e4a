"""`import` beside a collector: two processes and one file, whatever becomes of either of them."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from feeds.replay import ReplayServer
from store import requests
from store.database import open_store
from tests.whole.waiting import collecting, until

Start = Callable[..., subprocess.Popen[str]]
Run = Callable[..., subprocess.CompletedProcess[str]]

FEED = b"<rss version='2.0'><channel><title>T</title><item><guid>live</guid><title>A live item</title></item></channel></rss>"
WORDS = {"id": "1", "title": "Ministry denies selling grain", "published": "2024-03-01T08:00:00Z"}


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "archive.jsonl"
    path.write_text(json.dumps(WORDS) + "\n{broken\n" + json.dumps({"title": "Another", "score": 3}) + "\n")
    return path


@pytest.fixture
def collector(started: Start, loopback: ReplayServer, tmp_path: Path) -> subprocess.Popen[str]:
    """A collector's process, polling one feed into watch.db."""
    feeds = tmp_path / "feeds.toml"
    feeds.write_text(f'[[feed]]\nurl = "{loopback.add("/feed.xml", FEED)}"\n')
    process = started("collect", "--db", tmp_path / "watch.db", "--feeds", feeds)
    collecting(process, tmp_path / "watch.db")
    return process


def halted(collector: subprocess.Popen[str], database: Path) -> None:
    """The collector stands still, and not in the middle of a write that others would have to wait for."""

    def stopped_between_writes() -> bool:
        os.kill(collector.pid, signal.SIGSTOP)
        connection = sqlite3.connect(database, timeout=0, isolation_level=None)
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            os.kill(collector.pid, signal.SIGCONT)
            return False
        else:
            connection.execute("ROLLBACK")
            return True
        finally:
            connection.close()

    until(collector, stopped_between_writes, "the collector never pauses")


def asked(importing: subprocess.Popen[str], database: Path) -> None:
    """Until the command has asked the collector."""

    def waits() -> bool:
        with open_store(database, read_only=True) as store:
            return bool(requests.waiting(store))

    until(importing, waits, "the import does not ask the collector")


def test_a_running_collector_takes_the_archive_in_and_the_command_tells_of_it(
    collector: subprocess.Popen[str], spreadwatch: Run, archive: Path, tmp_path: Path
) -> None:
    done = spreadwatch("import", archive, "--db", tmp_path / "watch.db")
    assert (done.returncode, done.stdout) == (0, "3 lines: 2 new items, 1 bad line.\n"), done.stderr
    assert f"process {collector.pid}" in done.stderr and "between its polls" in done.stderr
    assert f"{archive}, line 2: it is not JSON" in done.stderr
    assert f"{archive}: not read: score.\n" in done.stderr
    assert collector.poll() is None
    with open_store(tmp_path / "watch.db", read_only=True) as store:
        titles = {row[0] for row in store.rows("SELECT title FROM items")}
    assert titles == {"Ministry denies selling grain", "Another", "A live item"}


def test_ctrl_c_withdraws_what_the_collector_was_asked(
    collector: subprocess.Popen[str], started: Start, archive: Path, tmp_path: Path
) -> None:
    database = tmp_path / "watch.db"
    halted(collector, database)
    importing = started("import", archive, "--db", database)
    asked(importing, database)
    importing.send_signal(signal.SIGINT)
    out, err = importing.communicate(timeout=60)
    assert (importing.returncode, out) == (130, "")
    assert "stopped after 0 lines" in err and "What is in stays" in err
    with open_store(database, read_only=True) as store:
        assert not requests.waiting(store)


def test_when_the_collector_dies_the_command_takes_the_rest_in_itself(
    collector: subprocess.Popen[str], started: Start, archive: Path, tmp_path: Path
) -> None:
    database = tmp_path / "watch.db"
    halted(collector, database)
    importing = started("import", archive, "--db", database)
    asked(importing, database)
    os.killpg(collector.pid, signal.SIGKILL)
    collector.wait()
    out, err = importing.communicate(timeout=60)
    assert (importing.returncode, out) == (0, "3 lines: 2 new items, 1 bad line.\n"), err
    assert "The collector has ended" in err

"""Opening, refusing, locking: the one file and its one collector."""

from __future__ import annotations

import fcntl
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from store import migrations
from store.database import Store, collector_lock, collector_running, open_store
from store.errors import (
    CollectorRunning,
    StoreForeign,
    StoreLocked,
    StoreMissing,
    StoreNewer,
    StoreReadOnly,
)
from store.lock import collector_says, lock_path

REPOSITORY = str(Path(__file__).parents[2])


def test_a_missing_file_is_not_made_unless_asked(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing, match=r"none\.db"):
        open_store(tmp_path / "none.db")
    assert not list(tmp_path.iterdir())


def test_a_new_file_says_whose_it_is_and_reads_without_waiting(store: Store) -> None:
    assert store.value("PRAGMA application_id") == migrations.APPLICATION_ID
    assert store.value("PRAGMA user_version") == migrations.VERSION
    assert store.value("PRAGMA journal_mode") == "wal"
    assert store.value("PRAGMA foreign_keys") == 1


@pytest.mark.parametrize("content", [b"not a database at all, just words" * 50, None])
def test_a_foreign_file_is_refused_and_untouched(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "other.db"
    if content is None:
        with sqlite3.connect(path) as other:
            other.execute("CREATE TABLE cats (name)")
        other.close()
    else:
        path.write_bytes(content)
    before = path.read_bytes()
    with pytest.raises(StoreForeign):
        open_store(path)
    assert path.read_bytes() == before


def test_a_newer_file_is_refused_and_untouched(tmp_path: Path) -> None:
    path = tmp_path / "newer.db"
    open_store(path, create=True).close()
    with sqlite3.connect(path) as newer:
        newer.execute("PRAGMA journal_mode = DELETE")
        newer.execute(f"PRAGMA user_version = {migrations.VERSION + 1}")
    newer.close()
    before = path.read_bytes()
    with pytest.raises(StoreNewer, match=f"schema {migrations.VERSION + 1}"):
        open_store(path)
    assert path.read_bytes() == before
    assert sorted(each.name for each in tmp_path.iterdir()) == ["newer.db"]


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreReadOnly):
        open_store(tmp_path)


def test_a_file_where_nothing_can_be_written_is_read_without_a_log(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Evidence on a read-only share or a DVD."""
    store.write("INSERT INTO state VALUES ('n', '1')")
    path = store.path
    store.close()
    monkeypatch.setattr(os, "access", lambda _, mode: mode == os.R_OK)
    with open_store(path, create=True) as reader:
        assert not reader.writable
        assert reader.value("SELECT value FROM state WHERE key = 'n'") == "1"
        assert sorted(each.name for each in path.parent.iterdir()) == [path.name]
        with pytest.raises(StoreReadOnly):
            reader.write("DELETE FROM state")


def test_a_log_that_cannot_be_read_is_not_passed_over(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.close()
    Path(f"{store.path}-wal").write_bytes(b"not yet in the file")
    monkeypatch.setattr(os, "access", lambda _, mode: mode == os.R_OK)
    with pytest.raises(StoreReadOnly, match="the log beside it"):
        open_store(store.path, read_only=True)


def test_a_store_opened_for_reading_refuses_to_write(store: Store) -> None:
    with open_store(store.path, read_only=True) as reader, pytest.raises(StoreReadOnly):
        reader.write("DELETE FROM state")


def test_a_failed_transaction_leaves_nothing(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.transaction():
        store.write("INSERT INTO state VALUES ('a', '1')")
        _ = 1 / 0
    assert store.rows("SELECT * FROM state") == []
    with store.transaction():
        store.write("INSERT INTO state VALUES ('b', '1')")
    assert store.rows("SELECT key FROM state") == [("b",)]


def test_an_inner_transaction_belongs_to_the_outer(store: Store) -> None:
    with pytest.raises(KeyError), store.transaction():
        with store.transaction():
            store.write("INSERT INTO state VALUES ('inner', '1')")
        raise KeyError
    assert store.rows("SELECT * FROM state") == []


def test_a_reader_sees_one_state_while_another_writes(store: Store) -> None:
    store.write("INSERT INTO state VALUES ('n', '1')")
    with open_store(store.path) as reader, reader.reading():
        assert reader.value("SELECT value FROM state") == "1"
        store.write("UPDATE state SET value = '2'")
        assert reader.value("SELECT value FROM state") == "1"
    with open_store(store.path) as reader:
        assert reader.value("SELECT value FROM state") == "2"


def test_the_data_version_tells_of_others_writes_only(store: Store) -> None:
    with open_store(store.path) as screen:
        before = screen.data_version()
        screen.write("INSERT INTO state VALUES ('own', '1')")
        assert screen.data_version() == before
        store.write("INSERT INTO state VALUES ('other', '1')")
        assert screen.data_version() != before


def test_a_writer_that_never_ends_is_named_as_a_lock(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.database.BUSY_TIMEOUT_MS", 50)
    with open_store(store.path) as other, store.transaction(), pytest.raises(StoreLocked):
        other.write("INSERT INTO state VALUES ('a', '1')")


def test_each_thread_has_a_connection_of_its_own(store: Store) -> None:
    seen: list[bool] = []

    def read() -> None:
        seen.append(store.connection is mine)
        seen.append(store.value("SELECT count(*) FROM items") == 0)

    mine = store.connection
    thread = threading.Thread(target=read)
    thread.start()
    thread.join()
    assert seen == [False, True]


def test_a_second_collector_is_told_of_the_first(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    assert collector_running(path) is None
    with collector_lock(path) as lock:
        lock.say("the disk is\nfull, “really”")
        assert collector_says(path) == (os.getpid(), "the disk is full, “really”")
        with pytest.raises(CollectorRunning) as caught, collector_lock(path):
            pass
        assert caught.value.pid == os.getpid()
    assert collector_running(path) is None


def test_a_screen_that_looks_for_a_collector_keeps_none_from_starting(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    with collector_lock(path):
        pass
    looking = os.open(
        lock_path(path), os.O_RDONLY
    )  # a screen that a busy machine stopped in the middle of it
    fcntl.flock(looking, fcntl.LOCK_SH)
    goes_on = threading.Timer(0.4, os.close, (looking,))
    goes_on.start()
    with collector_lock(path):
        assert collector_running(path) == os.getpid()
    goes_on.join()


def test_the_lock_of_a_killed_collector_is_free(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    code = (
        "import sys; from store.database import collector_lock\n"
        f"with collector_lock({str(path)!r}): print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=subprocess.PIPE,  # held as long as this is open, however long the machine takes
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=REPOSITORY,
    ) as holder:
        assert holder.stdout is not None and holder.stderr is not None
        assert holder.stdout.readline() == b"held\n", holder.stderr.read().decode()
        assert collector_running(path) == holder.pid
        holder.send_signal(signal.SIGKILL)
        holder.wait()
    with collector_lock(path):
        assert collector_running(path) == os.getpid()


def test_the_schema_can_be_read_by_a_person() -> None:
    for script in migrations.SCRIPTS:
        text = script.read_text("utf-8")
        tables = [line for line in text.splitlines() if line.startswith("CREATE TABLE")]
        assert text.count("--") >= max(1, len(tables))

"""What survives: kill -9, a full disk, a file that can't be written, a copy made while others write."""

from __future__ import annotations

import os
import sqlite3
import threading
from pathlib import Path

import pytest

from store import checking, decisions, housekeeping, intake, items, search, stories
from store.database import Store, open_store
from store.errors import StoreDamaged, StoreError, StoreFull, StoreReadOnly
from store.safekeeping import backup
from stories.decision import Act
from tests.store.crash import crash
from tests.store.making import Newsroom, hours, keys


def sound(store: Store) -> bool:
    """Nothing is damaged, and what is kept ready agrees with what there is."""
    return all(finding.ok for finding in checking.check(store))


def test_kill_nine_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    counted = crash(tmp_path / "news.db", kills=5, seed=1)
    assert counted["kills"] == 5 and counted["decisions"] > 0 and counted["items"] > 0


def test_a_full_disk_refuses_what_does_not_fit_and_keeps_the_rest(store: Store, newsroom: Newsroom) -> None:
    story, _ = newsroom.story(3)
    pages = store.value("PRAGMA page_count")
    store.value(f"PRAGMA max_page_count = {pages + 20}")
    with pytest.raises(StoreFull):
        for number in range(500):
            newsroom.item(story, f"Long {number} " * 200, "p.example", hours(number))
    kept = items.count(store)
    assert kept >= 3 and sound(store)
    decided_before = store.value("SELECT count(*) FROM decisions")
    with pytest.raises(StoreFull):
        for number in range(500):
            decisions.record(
                store, Act.RENAME, story=story, details={"name": "n" * 4000}, by="ada", at=hours(number)
            )
    assert sound(store)
    store.value("PRAGMA max_page_count = 1000000")
    newsroom.item(story, "Space has returned", "p.example", hours(99))
    assert items.count(store) == kept + 1 and sound(store)
    assert store.value("SELECT count(*) FROM decisions") >= decided_before


@pytest.mark.skipif(os.getuid() == 0, reason="root may write everything")
def test_a_file_without_write_permission_is_named(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    open_store(path, create=True).close()
    path.chmod(0o444)
    with open_store(path) as store, pytest.raises(StoreReadOnly):
        store.write("DELETE FROM state")


@pytest.mark.skipif(os.getuid() == 0, reason="root may write everything")
@pytest.mark.parametrize("read_only", [True, False])
def test_a_file_on_a_read_only_medium_is_refused_with_the_way_out(tmp_path: Path, read_only: bool) -> None:
    open_store(tmp_path / "news.db", create=True).close()
    tmp_path.chmod(0o555)
    try:
        with pytest.raises(StoreReadOnly, match="nothing can be written") as refused:
            open_store(tmp_path / "news.db", read_only=read_only)
    finally:
        tmp_path.chmod(0o755)
    assert "Copy it to a folder of your own" in str(refused.value)


def test_a_store_on_a_read_only_connection_can_still_be_read(store: Store, newsroom: Newsroom) -> None:
    newsroom.story(3)
    store.connection.execute("PRAGMA query_only = ON")
    with pytest.raises(StoreReadOnly):
        decisions.record(store, Act.STAR, items=[1], by="ada", at=hours(1))
    assert len(items.newest(store)) == 3 and stories.rows(store)
    store.connection.execute("PRAGMA query_only = OFF")
    decisions.record(store, Act.STAR, items=[1], by="ada", at=hours(2))
    assert items.rows(store, [1])[0].starred


def test_a_backup_is_whole_though_others_write_meanwhile(
    store: Store, newsroom: Newsroom, tmp_path: Path
) -> None:
    story, _ = newsroom.story(200)
    stop = threading.Event()

    def keep_writing() -> None:
        with open_store(store.path) as other:
            busy = Newsroom(other)
            while not stop.is_set():
                busy.item(story, "meanwhile", "p.example", hours(300))

    writer = threading.Thread(target=keep_writing)
    writer.start()
    seen: list[tuple[int, int]] = []
    try:
        with open_store(store.path) as reader:
            size = backup(reader, tmp_path / "copy.db", lambda done, total: seen.append((done, total)))
    finally:
        stop.set()
        writer.join()
    assert size == (tmp_path / "copy.db").stat().st_size and seen[-1][0] == seen[-1][1]
    assert sorted(each.name for each in tmp_path.iterdir() if "copy" in each.name) == ["copy.db"]
    with open_store(tmp_path / "copy.db") as copy:
        assert 200 <= items.count(copy) <= items.count(store) and sound(copy)


def test_a_backup_overwrites_nothing_and_leaves_no_half(store: Store, tmp_path: Path) -> None:
    (tmp_path / "mine.db").write_text("precious")
    with pytest.raises(StoreError, match="overwrite"):
        backup(store, tmp_path / "mine.db")
    assert (tmp_path / "mine.db").read_text() == "precious"
    with pytest.raises(StoreReadOnly):
        backup(store, tmp_path / "no such folder" / "copy.db")


def test_retention_lets_go_of_old_items_that_nobody_needs(store: Store, newsroom: Newsroom) -> None:
    single, lone = newsroom.story(1, name="Lone", publishers=1)
    _, kept = newsroom.story(2, name="Carried by two")
    _, starred = newsroom.story(1, name="Starred", publishers=1)
    _, decided = newsroom.story(1, name="Decided", publishers=1)
    _, late = newsroom.story(1, name="Late", publishers=1, since=500)
    decisions.record(store, Act.STAR, items=starred, by="ada", at=hours(9))
    decisions.record(store, Act.DISMISS, items=decided, by="ada", at=hours(9))
    assert housekeeping.retire(store, hours(100)) == 1
    assert sorted(items.ids(store)) == sorted([*kept, *starred, *decided, *late])
    assert stories.story(store, single) is None
    assert search.search(store, "lone ") == [] and sound(store)
    assert intake.known(store, set(keys(lone[0]))) == []
    assert intake.retired(store, {*keys(lone[0]), *keys(kept[0])}) == set(keys(lone[0]))
    assert housekeeping.retire(store, hours(100)) == 0


def test_vacuum_gives_space_back(store: Store, newsroom: Newsroom) -> None:
    for number in range(60):
        newsroom.story(1, name=f"Old news {number} " * 40, publishers=1)
    newsroom.story(2, name="Kept")
    before = housekeeping.size(store)
    housekeeping.retire(store, hours(100))
    after = housekeeping.vacuum(store)
    assert after.bytes < before.bytes and after.free == 0 and after.items == 2
    assert len(search.search(store, "kept ")) == 2 and sound(store)


def test_the_doctor_sees_what_disagrees(store: Store, newsroom: Newsroom) -> None:
    newsroom.story(3)
    store.write("UPDATE stories SET items = 7 WHERE id = 1")
    store.write("UPDATE tallies SET n = 5 WHERE name = 'items'")
    store.write("INSERT INTO items_fts (items_fts) VALUES ('delete-all')")
    wrong = {finding.name for finding in checking.check(store) if not finding.ok}
    assert wrong == {"story sizes", "item tally", "search index"}
    checking.rebuild_search(store)
    assert "search index" not in {finding.name for finding in checking.check(store) if not finding.ok}


def test_the_doctor_sees_a_damaged_file(store: Store, newsroom: Newsroom, tmp_path: Path) -> None:
    newsroom.story(50)
    backup(store, tmp_path / "copy.db")
    page = store.value("SELECT rootpage FROM sqlite_master WHERE name = 'memberships_item'")
    raw = bytearray((tmp_path / "copy.db").read_bytes())
    raw[(page - 1) * 4096 + 8 : page * 4096] = bytes(4088)
    (tmp_path / "copy.db").write_bytes(bytes(raw))
    with open_store(tmp_path / "copy.db") as damaged:
        assert not next(finding for finding in checking.check(damaged) if finding.name == "file").ok


def test_bytes_that_are_no_text_any_more_are_a_damaged_file(
    store: Store, newsroom: Newsroom, tmp_path: Path
) -> None:
    newsroom.item(newsroom.story(1)[0], "Ferry stays in Lindau", "p.example", hours(1))
    backup(store, tmp_path / "copy.db")
    raw = (tmp_path / "copy.db").read_bytes()
    (tmp_path / "copy.db").write_bytes(raw.replace(b"Ferry stays", b"Ferry\xffstays"))
    with open_store(tmp_path / "copy.db") as rotten, pytest.raises(StoreDamaged) as refused:
        items.newest(rotten)
    assert "Restore a backup" in refused.value.remedy and "doctor" in refused.value.remedy


def test_a_number_that_no_file_can_hold_is_refused(store: Store) -> None:
    with pytest.raises(StoreError, match="larger than any here"):
        store.rows("SELECT 1 FROM items WHERE id = ?", (2**63,))
    with store.transaction(), pytest.raises(StoreError, match="larger than any here"):
        store.write("UPDATE items SET story = ?", (2**64,))


def test_a_decision_survives_the_loss_of_unsynced_items(store: Store, newsroom: Newsroom) -> None:
    """Items are committed without a sync, a decision syncs all that came before it: nothing it names can be missing."""
    newsroom.story(2)
    said: list[str] = []
    store.connection.set_trace_callback(said.append)
    newsroom.item(1, "More", "p.example", hours(5))
    decisions.record(store, Act.STAR, items=[3], by="ada", at=hours(6))
    store.connection.set_trace_callback(None)
    settings = [line for line in said if "synchronous" in line]
    assert settings[0].endswith("NORMAL") and any(line.endswith("FULL") for line in settings[1:])
    assert isinstance(store.connection, sqlite3.Connection)

"""A disk that is small or full: the log goes into the file early, what is there can be read, and it goes on with room."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from store.database import Store, open_store
from store.errors import StoreFull, StoreReadOnly
from store.lock import collector_lock, lock_path
from store.safekeeping import backup

KB = 1000


class Disk:
    """A real small disk; ``folder`` is where it is mounted."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.filler = folder / "filler"

    def fill(self) -> None:
        """Leave not a byte free."""
        with pytest.raises(OSError, match="No space"), self.filler.open("wb", buffering=0) as filler:
            while True:
                filler.write(bytes(os.statvfs(self.folder).f_bsize))

    def remount(self, how: str) -> None:
        """Make it larger ("size=14m") or read-only ("ro")."""
        subprocess.run(["mount", "-o", f"remount,{how}", self.folder], check=True)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m", "none", str(folder)]
    if (
        os.getuid()
        or shutil.which("mount") is None
        or subprocess.run(mount, capture_output=True, check=False).returncode
    ):
        pytest.skip("a small disk can be mounted only by root, and not everywhere")
    yield Disk(folder)
    subprocess.run(["umount", "--lazy", folder], check=True)


def log(path: Path) -> int:
    """Bytes of the log beside the file."""
    beside = Path(f"{path}-wal")
    return beside.stat().st_size if beside.exists() else 0


def write(store: Store, number: int, size: int = 400 * KB) -> None:
    """One transaction of so many bytes."""
    with store.transaction():
        store.write("INSERT INTO state (key, value) VALUES (?, ?)", (f"row {number}", "x" * size))


def rows(store: Store) -> int:
    return int(store.value("SELECT count(*) FROM state WHERE key LIKE 'row %'"))


def write_until_full(store: Store, first: int = 0) -> int:
    """The number of the first row that had no room."""
    for number in range(first, 1000):
        try:
            write(store, number)
        except StoreFull:
            return number
    raise AssertionError("the disk never was full")


def test_a_small_files_log_goes_into_it_while_it_is_short(tmp_path: Path) -> None:
    longest = 0
    with open_store(tmp_path / "news.db", create=True) as store:
        for number in range(40):  # 16 MB
            write(store, number)
            longest = max(longest, log(store.path))
    assert longest < 6000 * KB


def test_what_was_committed_before_the_disk_was_full_is_there_and_it_goes_on_with_room(disk: Disk) -> None:
    with open_store(disk.folder / "news.db", create=True) as store:
        first = write_until_full(store)
        assert rows(store) == first
        # The room went to the file, not to its log: the log may hold the last transactions alone.
        assert store.path.stat().st_size > 6000 * KB and log(store.path) < 1000 * KB
        disk.remount("size=14m")
        assert write_until_full(store, first) > first + 10
    with open_store(disk.folder / "news.db") as store:
        disk.remount("size=40m")
        write(store, 999)
        assert store.value("PRAGMA integrity_check") == "ok"


def test_a_transaction_too_large_for_the_disk_gives_its_room_back(disk: Disk) -> None:
    with open_store(disk.folder / "news.db", create=True) as store:
        write(store, 0)
        with pytest.raises(StoreFull):
            write(store, 1, 20_000 * KB)
        assert log(store.path) == 0 and rows(store) == 1
        write(store, 2)
        assert rows(store) == 2


def test_a_full_disks_file_is_read_and_copied_and_nothing_is_left_beside_it(
    disk: Disk, tmp_path: Path
) -> None:
    path = disk.folder / "news.db"
    with open_store(path, create=True) as store:
        write(store, 0)
    disk.fill()
    there = sorted(disk.folder.iterdir())
    for read_only in (True, False):
        with open_store(path, read_only=read_only) as store:
            assert rows(store) == 1
    with open_store(path, read_only=True) as store:
        backup(store, tmp_path / "copy.db")
    assert sorted(disk.folder.iterdir()) == there
    with open_store(tmp_path / "copy.db") as copy:
        assert rows(copy) == 1


def test_who_reads_a_full_disk_writes_when_there_is_room_and_sees_what_others_write(disk: Disk) -> None:
    path = disk.folder / "news.db"
    open_store(path, create=True).close()
    disk.fill()
    with open_store(path) as store:
        assert rows(store) == 0
        with pytest.raises(StoreFull, match="The disk is full"):
            write(store, 0)
        with pytest.raises(StoreFull, match="The disk is full"):
            store.write("DELETE FROM state")
        disk.filler.unlink()
        with open_store(path) as other:
            write(other, 1)
        assert rows(store) == 1
        write(store, 2)
        assert rows(store) == 2


def test_a_full_disks_file_that_another_has_open_is_read_with_its_log(disk: Disk) -> None:
    path = disk.folder / "news.db"
    with open_store(path, create=True) as store:
        write(store, 0)
        disk.fill()
        assert log(path)
        with open_store(path, read_only=True) as other:
            assert rows(other) == 1


def test_a_log_that_a_full_disk_keeps_from_being_read_is_named_with_the_way_out(
    disk: Disk, tmp_path: Path
) -> None:
    path = disk.folder / "news.db"
    with open_store(tmp_path / "news.db", create=True) as store:
        write(store, 0)
        for name in ("news.db", "news.db-wal"):  # as after a kill
            shutil.copy(tmp_path / name, disk.folder)
    disk.fill()
    there = sorted(disk.folder.iterdir())
    with pytest.raises(StoreFull, match="has a log beside it") as refused:
        open_store(path, read_only=True)
    assert "40 KB" in refused.value.message and "copy both" in refused.value.remedy
    assert sorted(disk.folder.iterdir()) == there
    disk.filler.unlink()
    with open_store(path, read_only=True) as store:
        assert rows(store) == 1


def test_who_would_collect_on_a_disk_that_cant_be_written_is_told_so_in_words(disk: Disk) -> None:
    path = disk.folder / "news.db"
    open_store(path, create=True).close()
    disk.remount("ro")
    with pytest.raises(StoreReadOnly, match="can't be written") as refused, collector_lock(path):
        pass
    assert f"cp {path}* ~" in refused.value.remedy and "Errno" not in str(refused.value)


def test_who_would_collect_without_permission_is_told_which_file_it_is(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    lock_path(path).mkdir()  # no file, for root neither
    with (
        pytest.raises(StoreReadOnly, match="-collector can't be opened") as refused,
        collector_lock(path),
    ):
        pass
    assert "Check the permissions" in refused.value.remedy and "Errno" not in str(refused.value)


def test_no_room_by_the_systems_word_is_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the tests above see on a real disk, where none can be mounted."""
    path = tmp_path / "news.db"
    open_store(path, create=True).close()
    asked: Callable[[Path], os.statvfs_result] = os.statvfs
    with monkeypatch.context() as full:
        full.setattr(
            os, "statvfs", lambda folder: os.statvfs_result([*asked(folder)[:3], 0, 0, *asked(folder)[5:]])
        )
        store = open_store(path)
        assert rows(store) == 0 and [one.name for one in tmp_path.iterdir()] == ["news.db"]
        with pytest.raises(StoreFull):
            write(store, 0)
    write(store, 1)
    assert rows(store) == 1
    store.close()

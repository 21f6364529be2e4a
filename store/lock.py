"""One collector per database: a lock the kernel releases when its holder dies, however it dies."""

from __future__ import annotations

import errno
import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from store.errors import CollectorRunning, StoreReadOnly


def lock_path(path: str | Path) -> Path:
    """The lock's file, beside the database; it stays there, empty of meaning when nobody holds it."""
    path = Path(path)
    return path.with_name(path.name + "-collector")


@contextmanager
def collector_lock(path: str | Path) -> Iterator[None]:
    """Be this database's only collector while inside; raises CollectorRunning with the other's pid."""
    file = lock_path(path)
    try:
        handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise StoreReadOnly(f"{file} can't be made.", remedy=str(error)) from error
    try:
        if not _taken(handle):
            raise CollectorRunning(_pid_in(handle))
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        # Closing releases it. The file stays: removing it would let two processes hold
        # two different files of the same name.
        os.close(handle)


def collector_running(path: str | Path) -> int | None:
    """The running collector's pid (0 when it can't be told), or None when none runs."""
    try:
        handle = os.open(lock_path(path), os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in (errno.EAGAIN, errno.EACCES):
                return _pid_in(handle)
            raise
        return None
    finally:
        os.close(handle)


def _taken(handle: int) -> bool:
    # A screen that asks `collector_running` holds a shared lock for microseconds; that is no collector.
    for _ in range(5):
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno not in (errno.EAGAIN, errno.EACCES):
                raise
            time.sleep(0.02)
        else:
            return True
    return False


def _pid_in(handle: int) -> int:
    text = os.pread(handle, 32, 0).decode("ascii", "replace").strip()
    return int(text) if text.isdigit() else 0

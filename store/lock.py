"""One collector per database: a lock the kernel releases when its holder dies, however it dies.

The lock's file also holds the collector's pid and its trouble in one line: written over blocks it already
has, that works when the disk is full and the database can't take another row.
"""

from __future__ import annotations

import errno
import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from store.errors import CollectorRunning, StoreError, StoreReadOnly, disk_full

_SUFFIX = "-collector"
_SIZE = 512
"""Bytes of the file, always: pid, what holds it, a line break, the trouble, spaces."""

_PATIENCE = 10.0
"""Seconds that a starting collector waits for screens that only look whether there is one."""


class CollectorLock:
    """Held by the running collector."""

    def __init__(self, handle: int, holder: str = "") -> None:
        self._handle = handle
        self._holder = holder
        self.say("")

    def say(self, trouble: str) -> None:
        """Let screens show this trouble; empty when all is well."""
        text = f"{os.getpid()} {self._holder}\n{' '.join(trouble.split())}".encode()[: _SIZE - 1]
        # A cut in the middle of a character is mended by the reader. On a full disk the lock holds without words, and
        # whoever holds it is told by what they write into the store.
        with suppress(OSError):
            os.pwrite(self._handle, text.ljust(_SIZE - 1) + b"\n", 0)


def lock_path(path: str | Path) -> Path:
    """The lock's file, beside the database; it stays there, empty of meaning when nobody holds it."""
    path = Path(path)
    return path.with_name(path.name + _SUFFIX)


@contextmanager
def collector_lock(path: str | Path, holder: str = "") -> Iterator[CollectorLock]:
    """Be this database's only collector while inside; raises CollectorRunning with the other's pid.

    ``holder`` tells others what holds it: "screen" (its collector), "collect", "import" or "regroup".
    """
    file = lock_path(path)
    try:
        handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise _refused(file, error) from error
    try:
        if not _taken(handle):
            pid, _, other = _held_by(handle)
            raise CollectorRunning(pid, other)
        yield CollectorLock(handle, holder)
    finally:
        # Closing releases it. The file stays: removing it would let two processes hold
        # two different files of the same name.
        os.close(handle)


def _refused(file: Path, error: OSError) -> StoreError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return disk_full()
    if error.errno == errno.EROFS:
        where = str(file).removesuffix(_SUFFIX)
        return StoreReadOnly(
            f"{where} lies on a disk that can't be written, and this writes into it.",
            remedy=f"Copy it to a folder of your own (cp {where}* ~) and name that with --db; looking works here too.",
        )
    return StoreReadOnly(
        f"{file} can't be opened for writing: {os.strerror(error.errno or 0).lower()}.",
        remedy="Check the permissions of the file and its folder.",
    )


def collector_running(path: str | Path) -> int | None:
    """The running collector's pid (0 when it can't be told), or None when none runs."""
    holder = collector_says(path)
    return None if holder is None else holder[0]


def collector_says(path: str | Path) -> tuple[int, str] | None:
    """The running collector's pid and its trouble, or None when none runs."""
    try:
        handle = os.open(lock_path(path), os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in (errno.EAGAIN, errno.EACCES):
                return _held_by(handle)[:2]
            raise
        return None
    finally:
        os.close(handle)


def _taken(handle: int) -> bool:
    # A screen that asks `collector_running` holds a shared lock for an instant: microseconds, but on a busy
    # machine as long as it is kept from running. That is no collector, so it is waited for.
    until = time.monotonic() + _PATIENCE
    while not _locked(handle, fcntl.LOCK_EX):
        if not _locked(handle, fcntl.LOCK_SH) or time.monotonic() > until:
            return False  # a collector's own lock lets no shared one in
        fcntl.flock(handle, fcntl.LOCK_UN)
        time.sleep(0.02)
    return True


def _locked(handle: int, how: int) -> bool:
    try:
        fcntl.flock(handle, how | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno not in (errno.EAGAIN, errno.EACCES):
            raise
        return False
    return True


def _held_by(handle: int) -> tuple[int, str, str]:
    """The holder's pid, its trouble, and what it is."""
    first, _, trouble = os.pread(handle, _SIZE, 0).decode("utf-8", "ignore").partition("\n")
    pid, _, holder = first.partition(" ")
    return (int(pid) if pid.isdigit() else 0), trouble.strip(), holder.strip()

"""Snapshots as files: whole or not at all, and recorded in their folder's manifest."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from snapshots import manifest
from snapshots.errors import AlreadyThereError, NothingToWriteError, SnapshotError
from snapshots.formats import Format
from snapshots.snapshot import Snapshot

_UNSAFE = re.compile(r"[^\w.-]+")


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of one story of several."""

    story: int
    name: str
    files: tuple[Path, ...]
    left_out: str = ""
    """Why it has no file, in one sentence: the format has nothing for it, or it is there already."""


def save_each(
    snapshots: Iterable[Snapshot], forms: Sequence[Format], folder: Path, *, replace: bool = True
) -> Iterator[Saved]:
    """Writes one story after another into a folder, and says so after each: whoever stops asking stops it.

    ``replace`` False leaves a file alone that is there already: it shows the story as of the same minute.
    A format that has nothing for a story leaves it out; any other SnapshotError ends the whole.
    """
    for snapshot in snapshots:
        story = snapshot.detail.story
        files: list[Path] = []
        left_out = ""
        for form in forms:
            path = folder / file_name(snapshot, form)
            try:
                files += save(snapshot, form, path, replace=replace)
            except AlreadyThereError:
                left_out = f"{path.name} is there already."
            except NothingToWriteError as error:
                left_out = error.message
        yield Saved(story.id, story.name, tuple(files), left_out)


def save(snapshot: Snapshot, form: Format, path: Path, *, replace: bool = True) -> tuple[Path, ...]:
    """Writes a snapshot to ``path``, or to files named after it where the format makes several.

    Raises SnapshotError when it can't be written, AlreadyThereError when it is there and ``replace`` is False; then no file was changed.
    """
    written = {name: text.encode("utf-8") for name, text in _files(path.name, form.write(snapshot)).items()}
    there = next((path.with_name(name) for name in written if path.with_name(name).exists()), None)
    if there is not None and not replace:
        raise AlreadyThereError(
            f"{there.name} is there already.",
            remedy="It may be evidence: give another name with -o, or --force.",
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        for name, data in written.items():
            _replace(path.with_name(name), data)
        manifest.append(path.parent, snapshot, form.name, written)
    except OSError as error:
        raise SnapshotError(
            f"{path} can't be written: {error.strerror}.", remedy="Choose another place with -o."
        ) from error
    return tuple(path.with_name(name) for name in written)


def file_name(snapshot: Snapshot, form: Format) -> str:
    """A name that says story and time, safe on every file system: "russia-taliban-arms_20230127T1200Z.md"."""
    words = _UNSAFE.sub("-", snapshot.detail.story.name.lower().replace("_", "-")).strip("-.")[:60]
    return f"{words or 'story'}-{snapshot.detail.story.id}_{snapshot.detail.as_of:%Y%m%dT%H%MZ}{form.suffix}"


def _files(name: str, made: str | Mapping[str, str]) -> dict[str, str]:
    if isinstance(made, str):
        return {name: made}
    stem = Path(name).stem
    return {f"{stem}-{ending}": text for ending, text in made.items()}


def _replace(path: Path, data: bytes) -> None:
    """In one step, so that a full disk or a crash leaves the old file."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with fresh.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)

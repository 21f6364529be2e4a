"""Writes a story's snapshot from the screen as the command line does: evidence beside it, in the folder's manifest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from snapshots.errors import AlreadyThereError, SnapshotError
from store.database import Store
from stories.story import StoryDetail

if TYPE_CHECKING:
    from snapshots.saving import Saved
    from snapshots.snapshot import Snapshot

WRITTEN = ("md", "json")
"""The brief to read, and the file that can be read back."""


def export(
    store: Store,
    detail: StoryDetail,
    folder: Path,
    *,
    taken_at: datetime,
    by: str,
    formats: Sequence[str] = WRITTEN,
) -> tuple[Path, ...]:
    """The files written, named by story and time; raises SnapshotError or a StoreError.

    A file that is already there is never overwritten: a snapshot stands as evidence.
    """
    # Not needed before the first export, and Markdown and JSON take 20 ms to load.
    from snapshots.formats import FORMATS
    from snapshots.saving import file_name, save

    frozen = _frozen(store, detail, taken_at, by)
    places = [(FORMATS[name], folder / file_name(frozen, FORMATS[name])) for name in formats]
    try:
        for _, path in places:  # before any is written: a brief without its data would be half an export
            if path.exists():
                raise AlreadyThereError(f"{path.name} is there already.")
        return tuple(path for form, place in places for path in save(frozen, form, place, replace=False))
    except AlreadyThereError as error:  # a screen has no -o
        raise SnapshotError(error.message, remedy="It shows the story as of this minute.") from error


def export_each(
    store: Store,
    stories: Iterable[int],
    folder: Path,
    *,
    taken_at: datetime,
    by: str,
    formats: Sequence[str] = WRITTEN,
    as_of: datetime | None = None,
) -> Iterator[Saved]:
    """Several stories, one after another, each told as it is written; to stop, stop asking.

    A story that there was not yet at ``as_of`` is passed over. A file that is already there is left as it is. Raises SnapshotError or a StoreError, which ends the whole.
    """
    from snapshots.formats import FORMATS
    from snapshots.saving import save_each
    from store.stories import detail, story

    snapshots = (
        _frozen(store, detail(store, number, as_of=as_of), taken_at, by)
        for number in stories
        if as_of is None or story(store, number, as_of) is not None
    )
    yield from save_each(snapshots, [FORMATS[name] for name in formats], folder, replace=False)


def _frozen(store: Store, detail: StoryDetail, taken_at: datetime, by: str) -> Snapshot:
    from snapshots.snapshot import freeze
    from store.provenance import provenance

    return freeze(detail, taken_at=taken_at, tool=_tool(), taken_by=by, provenance=provenance(store, detail))


def _tool() -> str:
    try:
        return f"spreadwatch {version('spreadwatch')}"
    except PackageNotFoundError:  # run from a checkout that isn't installed
        return "spreadwatch"

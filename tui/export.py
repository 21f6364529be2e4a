"""Writes a story's snapshot from the screen as the command line does: evidence beside it, in the folder's manifest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from snapshots.errors import SnapshotError
from store.database import Store
from stories.story import StoryDetail

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
    from snapshots.snapshot import freeze
    from store.provenance import provenance

    evidence = provenance(store, detail)
    frozen = freeze(detail, taken_at=taken_at, tool=_tool(), taken_by=by, provenance=evidence)
    places = [(FORMATS[name], folder / file_name(frozen, FORMATS[name])) for name in formats]
    for _, path in places:
        if path.exists():
            raise SnapshotError(
                f"{path.name} is there already.", remedy="It shows the story as of this minute."
            )
    return tuple(path for form, place in places for path in save(frozen, form, place))


def _tool() -> str:
    try:
        return f"spreadwatch {version('spreadwatch')}"
    except PackageNotFoundError:  # run from a checkout that isn't installed
        return "spreadwatch"

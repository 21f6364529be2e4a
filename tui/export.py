"""Writes a story's snapshot to a file from the screen, through snapshots/, and says where it is."""

from __future__ import annotations

import re
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from stories.errors import SpreadwatchError
from stories.provenance import Provenance
from stories.story import StoryDetail


class ExportError(SpreadwatchError):
    """The snapshot's file can't be written."""


def export(
    detail: StoryDetail, folder: Path, *, taken_at: datetime, by: str, opposite_name: str
) -> tuple[Path, ...]:
    """The brief in Markdown and the lossless JSON, named by story and time; raises ExportError.

    A file that is already there is never overwritten: a snapshot stands as evidence.
    """
    from snapshots import json_export, markdown
    from snapshots.snapshot import freeze

    frozen = freeze(
        detail, taken_at=taken_at, tool=_tool(), taken_by=by, provenance=Provenance(opposite_name)
    )
    stem = f"{_slug(detail.story.name)}-{taken_at:%Y-%m-%dT%H%M%SZ}"
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for ending, text in (("md", markdown.write(frozen)), ("json", json_export.write(frozen))):
            path = folder / f"{stem}.{ending}"
            with path.open("x", encoding="utf-8") as file:
                file.write(text)
            written.append(path)
    except OSError as error:
        raise ExportError(
            f"The snapshot can't be written to {folder}: {error.strerror}.",
            remedy="Set another folder as `exports` in the settings.",
        ) from error
    return tuple(written)


def _slug(name: str) -> str:
    return re.sub(r"[^\w]+", "-", name, flags=re.UNICODE).strip("-").lower()[:60] or "story"


def _tool() -> str:
    try:
        return f"spreadwatch {version('spreadwatch')}"
    except PackageNotFoundError:  # run from a checkout that isn't installed
        return "spreadwatch"

"""The formats a snapshot can be written in, each with the files it makes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from snapshots import json_export, markdown
from snapshots.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write a snapshot."""

    name: str
    """As `--format` and the picker call it."""
    suffix: str
    """Of the file's name, with its dot."""
    title: str
    """What it is for, in a few words."""
    write: Callable[[Snapshot], str | Mapping[str, str]]
    """The whole text, or several texts by what their files' names end with."""


FORMATS: Mapping[str, Format] = {
    made.name: made
    for made in (
        Format("md", ".md", "a brief to read, in Markdown", markdown.write),
        Format("json", ".json", "everything, to be read back", json_export.write),
    )
}

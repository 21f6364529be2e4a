"""Checking an exported snapshot: any altered byte, missing item or broken chain, and which."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from snapshots import manifest
from snapshots.document import SCHEMA, Document
from snapshots.errors import SnapshotError
from snapshots.json_export import part_hashes
from snapshots.manifest import Line
from snapshots.seal import unsealed


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found."""

    checked: tuple[str, ...]
    """What was looked at and is as it was written."""
    trouble: tuple[str, ...]
    """What is not, one plain sentence each; empty when all is well."""


def verify(path: Path) -> Verdict:
    """Checks one snapshot, or with a folder's path, or its manifest's, every snapshot of the folder.

    Raises SnapshotError when there is nothing to check the file against.
    """
    if path.is_dir():
        return verify(path / manifest.NAME)
    if path.name == manifest.NAME:
        return _folder(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SnapshotError(f"{path} can't be read: {error.strerror}.") from error
    checked: list[str] = []
    trouble: list[str] = []
    if path.suffix == ".json" or b'"seal"' in data[-200:]:
        _seal(path, data, checked, trouble)
    record = path.with_name(manifest.NAME)
    lines = manifest.read(record) if record.exists() else []
    named = [line for line in lines if path.name in line.values.get("files", {})]
    if named:
        _file(path, data, named[-1], checked, trouble)
        trouble += _chain(lines)
        trouble += _gone(record.parent, lines, besides=path.name)
        if not trouble:
            checked.append(f"the chain of {len(lines)} in {record.name}")
    elif lines:
        # Its seal only shows that it fits itself; whoever took its line out would have made it anew.
        trouble.append(
            f"{path.name} is not listed in {record.name}: it was not exported there, or its line is gone."
        )
        trouble += _chain(lines)
    elif not checked and not trouble:
        raise SnapshotError(
            f"There is nothing to check {path.name} against: no seal in it, and no line for it in {record}.",
            remedy="Keep the manifest beside the snapshots.",
        )
    return Verdict(tuple(checked), tuple(dict.fromkeys(trouble)))


def _folder(record: Path) -> Verdict:
    lines = manifest.read(record)
    checked: list[str] = []
    trouble = list(_chain(lines))
    newest = {name: line for line in lines for name in line.values.get("files", {})}
    for name, line in newest.items():
        path = record.with_name(name)
        if path.exists():
            _file(path, path.read_bytes(), line, checked, trouble)
    trouble += _gone(record.parent, lines, besides="")
    return Verdict(tuple(checked), tuple(trouble))


def _file(path: Path, data: bytes, line: Line, checked: list[str], trouble: list[str]) -> None:
    told = line.values["files"][path.name]
    if hashlib.sha256(data).hexdigest() == told["sha256"]:
        checked.append(f"{path.name}: all {len(data):,} bytes as written")
        return
    size = "" if len(data) == told["bytes"] else f" It has {len(data):,} bytes instead of {told['bytes']:,}."
    trouble.append(f"{path.name} was altered after it was written.{size}")
    found = _parsed(data)
    if found is not None:
        there = {item.get("id") for item in found.get("items", ()) if isinstance(item, dict)}
        for item in line.values["items"]:
            if item["id"] not in there:
                trouble.append(f"{path.name}: item {item['id']} (guid {item['guid']}) is missing.")


def _seal(path: Path, data: bytes, checked: list[str], trouble: list[str]) -> None:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        trouble.append(f"{path.name}, line {line}: altered, no longer UTF-8.")
        return
    found = _parsed(data)
    if found is not None and found.get("schema") != SCHEMA and '"seal"' not in text:
        return
    if unsealed(text):
        checked.append(f"{path.name}: its own seal")
        return
    try:
        json.loads(text)
    except ValueError as error:
        trouble.append(f"{path.name}: altered, its seal is broken and it is no longer JSON ({error}).")
        return
    trouble.append(f"{path.name}: altered, its seal is broken.")
    trouble += [f"{path.name}: {part}" for part in _parts(found or {})]


def _parts(found: Document) -> Iterator[str]:
    """Which parts and items of a story object differ from the hashes it holds."""
    taken = found.get("snapshot")
    told = taken.get("hashes") if isinstance(taken, dict) else None
    if not isinstance(told, dict) or not isinstance(told.get("items"), dict):
        yield "its list of hashes was altered."
        return
    try:
        now = part_hashes(found)
    except (KeyError, TypeError):
        yield "its items were altered beyond reading."
        return
    guids = {str(item["id"]): item.get("guid", "") for item in found["items"]}
    for number, sha in told["items"].items():
        if number not in now["items"]:
            yield f"item {number} is missing."
        elif now["items"][number] != sha:
            yield f"item {number} (guid {guids[number]}) was altered."
    yield from (f"item {number} was added." for number in now["items"] if number not in told["items"])
    yield from (
        f"{name} was altered." for name, sha in told.items() if name != "items" and now.get(name) != sha
    )


def _chain(lines: Sequence[Line]) -> Iterator[str]:
    before: Line | None = None
    for line in lines:
        place = f"{manifest.NAME}, line {line.number}"
        if not line.whole:
            yield f"{place}: altered after it was written."
        elif line.values["sequence"] != line.number:
            there = {one.values.get("sequence") for one in lines}
            missing = sum(number not in there for number in range(line.number, line.values["sequence"]))
            removed = (
                f"{missing} earlier line{'s' * (missing != 1)} removed"
                if missing
                else "its lines are out of order"
            )
            yield f"{place}: the chain is broken, {removed}."
            return
        elif line.values["previous"] != (before.sha256 if before else ""):
            yield f"{place}: the chain is broken, it does not follow the line before."
        before = line


def _gone(folder: Path, lines: Sequence[Line], *, besides: str) -> Iterator[str]:
    newest = {name: line for line in lines for name in line.values.get("files", {})}
    for name, line in newest.items():
        if name != besides and not (folder / name).exists():
            taken = line.values.get("taken_at", "an unknown time")
            yield f"Snapshot {line.number}, {name}, taken {taken}, is gone from the folder."


def _parsed(data: bytes) -> Document | None:
    try:
        found = json.loads(data)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None

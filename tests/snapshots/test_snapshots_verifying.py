"""Verifying: every altered byte is found, and the report says what was altered, missing or removed."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from snapshots import manifest
from snapshots.errors import SnapshotError
from snapshots.formats import FORMATS
from snapshots.saving import file_name, save
from snapshots.seal import sealed
from snapshots.snapshot import Snapshot
from snapshots.verifying import verify


@pytest.fixture
def folder(snapshot: Snapshot, tmp_path: Path) -> Path:
    """A folder with the snapshot in every format."""
    for form in FORMATS.values():
        save(snapshot, form, tmp_path / f"brief{form.suffix}")
    return tmp_path


def altered(path: Path, choice: random.Random) -> bytes:
    """The file with one byte changed to another."""
    data = bytearray(path.read_bytes())
    place = choice.randrange(len(data))
    data[place] ^= choice.randrange(1, 256)
    return bytes(data)


def test_an_untouched_folder_is_as_it_was_written(folder: Path) -> None:
    for path in folder.iterdir():
        assert verify(path).trouble == ()
        assert verify(path).checked
    assert verify(folder) == verify(folder / manifest.NAME)


@pytest.mark.parametrize("form", list(FORMATS))
def test_100_of_100_random_one_byte_changes_are_found(folder: Path, form: str) -> None:
    choice = random.Random(form)
    for path in sorted(folder.glob(f"brief*{FORMATS[form].suffix}")):
        whole = path.read_bytes()
        for _ in range(100):
            path.write_bytes(altered(path, choice))
            assert verify(path).trouble
        path.write_bytes(whole)


def test_100_of_100_changes_of_a_json_snapshot_are_found_without_its_manifest(
    folder: Path, tmp_path: Path
) -> None:
    alone = tmp_path / "alone"
    alone.mkdir()
    path = alone / "copy.json"
    whole = (folder / "brief.json").read_bytes()
    path.write_bytes(whole)
    assert verify(path).trouble == ()
    choice = random.Random(1)
    for _ in range(100):
        path.write_bytes(altered(path, choice))
        try:
            assert verify(path).trouble
        except SnapshotError as error:
            assert "nothing to check" in str(error)
        path.write_bytes(whole)


def test_100_of_100_changes_of_the_manifest_are_found(folder: Path) -> None:
    path = folder / manifest.NAME
    whole = path.read_bytes()
    choice = random.Random(2)
    for _ in range(100):
        path.write_bytes(altered(path, choice))
        assert verify(path).trouble
    path.write_bytes(whole)


def test_a_missing_item_is_named_even_when_the_seal_was_made_anew(folder: Path) -> None:
    path = folder / "brief.json"
    story = json.loads(path.read_text("utf-8"))
    del story["items"][1], story["seal"]
    path.write_text(sealed(story), "utf-8")
    trouble = "\n".join(verify(path).trouble)
    assert "item 2 (guid b-7) is missing" in trouble


def test_an_altered_sentence_is_named_by_its_item(folder: Path) -> None:
    path = folder / "brief.json"
    path.write_text(path.read_text("utf-8").replace("This report is false", "This report is fair!"), "utf-8")
    trouble = "\n".join(verify(path).trouble)
    assert "item 2 (guid b-7) was altered" in trouble
    assert "statements was altered" in trouble
    assert "item 1 " not in trouble


def test_a_removed_snapshot_shows_in_every_other(folder: Path) -> None:
    (folder / "brief.md").unlink()
    assert any("brief.md" in line and "is gone" in line for line in verify(folder / "brief.html").trouble)


def test_a_removed_line_breaks_the_chain(folder: Path) -> None:
    path = folder / manifest.NAME
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(lines[:1] + lines[2:]))
    assert any("line 2: the chain is broken, 1 earlier line removed" in line for line in verify(path).trouble)
    path.write_text("".join([lines[0], lines[2], lines[1], *lines[3:]]))
    assert any("its lines are out of order" in line for line in verify(path).trouble)


def test_writing_the_same_file_again_replaces_it_in_the_chain(folder: Path, snapshot: Snapshot) -> None:
    later = replace(snapshot, taken_at=snapshot.taken_at + timedelta(hours=1))
    save(later, FORMATS["md"], folder / "brief.md")
    assert verify(folder / "brief.md").trouble == ()
    assert verify(folder / manifest.NAME).trouble == ()


def test_a_file_that_can_t_be_written_changes_nothing(snapshot: Snapshot, tmp_path: Path) -> None:
    (tmp_path / "there").write_text("a file, not a folder")
    with pytest.raises(SnapshotError, match="can't be written"):
        save(snapshot, FORMATS["md"], tmp_path / "there" / "brief.md")
    assert [path.name for path in tmp_path.iterdir()] == ["there"]


def test_a_snapshot_s_name_is_safe_on_every_file_system(snapshot: Snapshot) -> None:
    story = replace(snapshot.detail.story, name="../a/b: <c>?")
    hostile = replace(snapshot, detail=replace(snapshot.detail, story=story))
    assert file_name(hostile, FORMATS["md"]) == "a-b-c-4_20260302T1500Z.md"
    assert file_name(snapshot, FORMATS["json"]) == "norland-westmark-drones-4_20260302T1500Z.json"


def test_a_chain_goes_on_after_lines_longer_than_a_block_and_after_an_altered_one(
    snapshot: Snapshot, tmp_path: Path
) -> None:
    items = tuple(
        replace(snapshot.detail.items[0], id=number, guid="g" * 50 + str(number)) for number in range(2000)
    )
    long = replace(snapshot, detail=replace(snapshot.detail, items=items))
    for number, one in enumerate((snapshot, long, long, snapshot)):
        save(one, FORMATS["md"], tmp_path / f"{number}.md")
    record = tmp_path / manifest.NAME
    assert verify(record).trouble == ()
    assert [line.values["sequence"] for line in manifest.read(record)] == [1, 2, 3, 4]
    record.write_bytes(record.read_bytes()[:-10] + b"x" * 9 + b"\n")
    save(snapshot, FORMATS["md"], tmp_path / "5.md")
    assert manifest.read(record)[-1].values["sequence"] == 5
    assert any("line 4: altered" in line for line in verify(record).trouble)


@pytest.mark.parametrize("form", ["json", "md"])
def test_a_file_that_its_folder_s_manifest_no_longer_lists_is_told(
    snapshot: Snapshot, tmp_path: Path, form: str
) -> None:
    for name in ("first", "second"):
        save(snapshot, FORMATS[form], tmp_path / f"{name}.{form}")
    record = tmp_path / manifest.NAME
    record.write_text(record.read_text().splitlines(keepends=True)[0])
    assert verify(tmp_path / f"first.{form}").trouble == ()
    (told,) = verify(tmp_path / f"second.{form}").trouble
    assert told.startswith(f"second.{form} is not listed in {manifest.NAME}")

"""JSON export: lossless, under the documented names, and plain about what it can't read."""

from __future__ import annotations

import json

import pytest

from snapshots import json_export
from snapshots.errors import SnapshotError
from snapshots.snapshot import Snapshot


def test_reading_back_gives_the_same_snapshot_and_the_same_text(snapshot: Snapshot) -> None:
    text = json_export.write(snapshot)
    again = json_export.read(text)
    assert again == snapshot
    assert json_export.write(again) == text


def test_the_contract_s_field_names_are_there(snapshot: Snapshot) -> None:
    story = json.loads(json_export.write(snapshot))
    assert story["schema"] == "spreadwatch/story@1"
    assert story["status"] == "DENIED"
    assert story["origin"]["state"] == "named"
    assert story["origin"]["chains"] == [["Harbour Notes", "Wire", "first.example"]]
    assert [party["party"] for party in story["parties"]] == ["Norland", "Westmark"]
    assert story["parties"][0]["via"] == "Coast Radio"
    assert story["parties"][1]["clock"] == 6 * 3600
    denial, other = story["statements"]
    assert denial["cue"] == "is false"
    assert denial["on_claim"] is True
    assert denial["claim"] == "Norland → send drones → Westmark"
    assert other["on_claim"] is False
    assert other["claim"] == "raising taxes"
    assert {"item", "of", "containment", "kind"} <= story["copies"][0].keys()
    assert {"at", "status", "because"} <= story["timeline"][0].keys()


def test_every_statement_s_offsets_give_its_words(snapshot: Snapshot) -> None:
    story = json.loads(json_export.write(snapshot))
    items = {item["id"]: item for item in story["items"]}
    for statement in story["statements"]:
        text = items[statement["item"]][statement["where"]]
        assert text[statement["start"] : statement["end"]] == statement["words"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("not json", "not JSON"),
        ("[]", "without a schema"),
        ('{"schema": "spreadwatch/story@9"}', "spreadwatch/story@9"),
        ('{"schema": "spreadwatch/story@1"}', "incomplete or altered"),
    ],
)
def test_a_file_that_is_no_snapshot_is_refused_with_the_reason(text: str, says: str) -> None:
    with pytest.raises(SnapshotError, match=says):
        json_export.read(text)

"""The demo as a newcomer meets it: the claim appears, spreads, is doubted and denied; then nothing is left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from spreadwatch.demo.playing import Demo, DemoError, program, run
from store.database import open_store
from store.stories import StoriesView, detail, rows
from stories.story import PartyStance, Status


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[str], Path]:
    """What a headless run said, and the database it kept."""
    folder = tmp_path_factory.mktemp("demo")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(folder))
        said: list[str] = []
        assert run(headless=True, keep=True, seconds=20.0, say=said.append) == 0
    (database,) = folder.glob("spreadwatch-demo-*/demo.db")
    return said, database


def test_the_claim_is_seen_to_spread_to_be_doubted_and_to_be_denied(played: tuple[list[str], Path]) -> None:
    said, database = played
    assert any("DENIED by Taliban" in line for line in said), "\n".join(said)
    with open_store(database, read_only=True) as store:
        (story,) = [row for row in rows(store, view=StoriesView.ACTIVE, limit=100) if row.publishers > 9]
        told = [event.status for event in detail(store, story.id).timeline]
    steps = [Status.SINGLE, Status.ASSERTED, Status.UNCONFIRMED, Status.DENIED]
    assert [told.index(step) for step in steps] == sorted(told.index(step) for step in steps)


def test_the_board_says_who_denied_who_cannot_confirm_and_who_is_silent(
    played: tuple[list[str], Path],
) -> None:
    with open_store(played[1], read_only=True) as store:
        (story,) = [row for row in rows(store, view=StoriesView.ACTIVE, limit=100) if row.publishers > 9]
        told = detail(store, story.id)
    stances = {party.name: party.stance for party in told.parties}
    assert stances["Taliban"] is PartyStance.DENIED
    assert stances["United States"] is PartyStance.CANNOT_CONFIRM
    assert stances["Russia"] in (PartyStance.SILENT, PartyStance.NO_COMMENT, PartyStance.CONFLICTING)


def test_the_story_of_2017_is_told_first_and_linked_as_opposite(played: tuple[list[str], Path]) -> None:
    said, database = played
    assert said[0].startswith("2017")
    with open_store(database, read_only=True) as store:
        stories = {row.id: row for row in rows(store, view=StoriesView.ACTIVE, limit=100)}
    (arms,) = [row for row in stories.values() if row.publishers > 9]
    assert arms.opposite_of is not None
    mirror = stories[arms.opposite_of]
    assert mirror.first_seen is not None
    assert mirror.first_seen.year == 2017
    assert mirror.items == 4


def test_every_item_of_every_outlet_arrives(played: tuple[list[str], Path]) -> None:
    from spreadwatch.demo import content
    from store import items

    with open_store(played[1], read_only=True) as store:
        assert items.count(store) == len(content.items())


def test_when_kept_the_farewell_says_where_the_database_is_and_how_to_start(
    played: tuple[list[str], Path],
) -> None:
    said, database = played
    assert str(database) in said[-1]
    assert "spreadwatch feeds add" in said[-1]


def test_the_farewell_calls_the_program_as_it_can_be_called_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "bin" / "spreadwatch"
    script.parent.mkdir()
    script.write_text("#!/bin/sh\n")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", "/nowhere")
    assert program(str(script)) == str(script), "an environment that isn't activated"
    assert program("/somewhere/spreadwatch/__main__.py") == "spreadwatch"
    monkeypatch.setenv("PATH", str(script.parent))
    assert program(str(script)) == "spreadwatch"


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert run(headless=True, seconds=0.5, say=lambda line: None) == 0
    assert list(tmp_path.iterdir()) == []


def test_a_collector_that_breaks_is_told_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(DemoError):
        run(headless=True, seconds=5.0, say=lambda line: None)
    assert list(tmp_path.iterdir()) == []


def test_a_collector_that_dies_behind_the_screen_is_told_of_afterwards(tmp_path: Path) -> None:
    demo = Demo(tmp_path, seconds=60.0)
    open_store(demo.database, create=True).close()
    stop = demo.collect()
    assert demo._process is not None
    demo._process.kill()
    demo._process.wait()
    stop()
    with pytest.raises(DemoError):
        demo.check()


def test_the_collector_ends_when_the_one_who_started_it_is_killed(tmp_path: Path) -> None:
    database = tmp_path / "demo.db"
    open_store(database, create=True).close()
    command = [
        sys.executable,
        "-m",
        "spreadwatch.demo.collecting",
        str(database),
        "600",
    ]
    reading, writing = os.pipe()
    process = subprocess.Popen(command, stdin=reading)
    os.close(reading)
    try:
        time.sleep(2.0)
        assert process.poll() is None
        os.close(writing)
        assert process.wait(10) == 0
    finally:
        process.kill()
        process.wait()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_demo_that_is_ended_from_outside_leaves_nothing_behind(
    tmp_path: Path, number: signal.Signals
) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "spreadwatch", "demo", "--headless"],
        env={**os.environ, "TMPDIR": str(tmp_path)},
        stdout=subprocess.PIPE,
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline()  # it plays
        assert any("demo" in one.name for one in tmp_path.iterdir())
        process.send_signal(number)
        assert process.wait(20) == 128 + number
        process.stdout.close()
    finally:
        process.kill()
        process.wait()
    assert list(tmp_path.iterdir()) == []


def test_what_is_exported_lies_in_a_temporary_folder_that_the_farewell_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def shown(_: Demo, *, plain: bool, by: str, exports: Path) -> int:
        (exports / "brief.md").write_text("x")
        return 0

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr("spreadwatch.demo.playing._shown", shown)
    said: list[str] = []
    run(seconds=1.0, say=said.append)
    (kept,) = tmp_path.iterdir()
    assert [one.name for one in kept.iterdir()] == ["brief.md"]
    assert f"What you exported is in {kept}." in said[-1]

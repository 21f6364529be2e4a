"""A day of use in a real terminal (tmux), at both sizes: watch, triage with mistakes undone, export, leave."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from store import decisions, triage
from store.database import open_store
from tests.tui.running import Running, entry, fill
from tests.whole.tmux_terminal import Terminal

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")

PROGRAM = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from tui.starting import load_app
app = load_app()(
    sys.argv[1], by="ada", exports=Path(sys.argv[2]), now=lambda: datetime(2023, 1, 30, 12, tzinfo=UTC)
)
app.run()
raise SystemExit(app.return_code or 0)
"""
SIZES = [(120, 36), (80, 24)]


def watching(folder: Path, store: Path, size: tuple[int, int]) -> Terminal:
    """The screen on a store, in a terminal."""
    command = [sys.executable, "-c", PROGRAM, str(store), str(folder / "out")]
    return Terminal(folder, command, width=size[0], height=size[1])


@pytest.fixture(autouse=True)
def importable(monkeypatch: pytest.MonkeyPatch) -> None:
    """This tree is what runs."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))


@pytest.mark.parametrize("size", SIZES)
def test_a_claim_is_watched_to_its_denial_and_exported(
    store_path: Path, tmp_path: Path, size: tuple[int, int]
) -> None:
    with watching(tmp_path, store_path, size) as terminal:
        terminal.wait_for("STORIES", "Harbour bridge")
        terminal.keys("/")
        terminal.type("status:denied")
        terminal.keys("Enter")
        terminal.wait_for("[status:denied]", "1 of 1")
        terminal.keys("Enter")
        board = terminal.wait_for("Parties", "Taliban", "DENIED")
        assert max(len(line) for line in board.splitlines()) <= size[0]
        terminal.keys("Right")
        terminal.wait_for("[Timeline", "Items over time")
        terminal.keys("e")
        terminal.wait_for("Wrote")
        assert sorted(path.suffix for path in (tmp_path / "out").glob("*russia*")) == [".json", ".md"]
        terminal.keys("q")
        assert terminal.exit_code() == 0


@pytest.mark.parametrize("size", SIZES)
def test_fifty_items_are_triaged_with_three_mistakes_undone_and_a_story_of_theirs_exported(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    path = tmp_path / "fifty.db"
    words = ("amber", "birch", "cedar", "delta", "ember", "flint", "grove", "heron")
    fill(
        path,
        [
            entry(f"n{n}", f"p{n % 3}.example", n / 60, f"{words[n % 7]} {words[n // 7]} number {n}")
            for n in range(50)
        ],
    )
    with watching(tmp_path, path, size) as terminal:
        terminal.wait_for("STORIES")
        terminal.keys("2")
        first = terminal.wait_for("Waiting for you", "1 of 50")
        assert max(len(line) for line in first.splitlines()) <= size[0]
        assert ("Where it would go, and why" in first) == (size[0] >= 100)
        for count in range(50):
            terminal.keys("a" if count % 3 else "x")
            if count in (10, 20, 30):  # a slip, taken back, and decided the other way
                terminal.wait_for(f"1 of {49 - count}")
                terminal.keys("u")
                terminal.wait_for(f"1 of {50 - count}")
                terminal.keys("x" if count % 3 else "a")
        terminal.wait_for("Nothing waits")
        terminal.keys("1", "i")
        terminal.wait_for("All stories", "1 of 1")
        terminal.keys("Enter")
        terminal.wait_for("Parties")
        terminal.keys("e")
        terminal.wait_for("Wrote")
        assert {".json", ".md"} <= {file.suffix for file in (tmp_path / "out").iterdir()}
        terminal.keys("q")
        assert terminal.exit_code() == 0
    with open_store(path) as store:
        assert len(triage.queue(store)) == 0
        acts = [decision.act.value for decision in decisions.since(store, 0)]
        assert acts.count("undo") == 3 and len(acts) == 56


def test_no_escape_sequence_of_a_title_reaches_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "hostile.db"
    fill(path, [entry("h", "evil.example", 1, "Title")])
    with open_store(path) as store:  # as if something else than our collector had written it
        store.write(
            "UPDATE items SET title = ?", ("before\x1b]52;c;ZXZpbA==\x07\x1b[2Jafter \u202eevil \x9b31m",)
        )
        store.write("UPDATE stories SET name = ?, shown = 1", ("name\x1b]0;owned\x07[red]x[/red]",))
    with watching(tmp_path, path, (80, 24)) as terminal:
        terminal.wait_for("STORIES", "[red]x[/red]")
        terminal.keys("3")
        terminal.wait_for("before", "after")
        raw = terminal.raw()
        assert b"\x1b]52;c;ZXZpbA" not in raw and b"\x1b]0;owned" not in raw and "\u202e".encode() not in raw
        terminal.keys("q")
        assert terminal.exit_code() == 0


def test_without_colour_nothing_is_lost(
    store_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    with watching(tmp_path, store_path, (120, 36)) as terminal:
        shown = terminal.wait_for("STORIES", "DENIED", "Parties")
        assert "[1 STORIES" in shown
        raw = terminal.raw()
        coloured = [
            part
            for part in raw.split(b"\x1b[38;2;")[1:]
            if len(set(part[: part.index(b"m")].split(b";")[:3])) > 1
        ]
        assert not coloured, "a colour that is no grey was sent"
        terminal.keys("q")
        assert terminal.exit_code() == 0


def test_pasted_bytes_that_are_no_utf8_do_not_end_the_screen(store_path: Path, tmp_path: Path) -> None:
    with watching(tmp_path, store_path, (120, 36)) as terminal:
        terminal.wait_for("STORIES", "Harbour bridge")
        terminal.keys("/")
        terminal.paste(b"har\xff\xfe \xc3\xa9t")
        terminal.wait_for("har\ufffd\ufffd \u00e9t")
        terminal.keys("C-u")
        terminal.type("harbour")
        terminal.keys("Enter")
        terminal.wait_for("[harbour]")
        terminal.keys("q")
        assert terminal.exit_code() == 0


async def test_a_screen_that_ends_by_an_error_of_its_input_says_so_to_the_shell(
    running: Running, store_path: Path
) -> None:
    async with running(store_path) as pilot:
        pilot.app.panic("what the input thread could not read")
    assert pilot.app.return_code == 1

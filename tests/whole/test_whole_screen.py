"""The screen in a real terminal, as three kinds of people use it: watch, triage, brief."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import tarfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from feeds.replay import ReplayServer
from tests.whole.tmux_terminal import Terminal

Run = Callable[..., subprocess.CompletedProcess[str]]
Open = Callable[..., Terminal]

SIZES = [(120, 36), (80, 24)]

HARBOUR = "Norway sends missiles to Chile, {} reports"
HARBOUR_TEXT = "Norway has sent missiles to Chile, {} reported on Friday, citing an official at the port."


@pytest.fixture
def desk(tmp_path: Path, spreadwatch: Run) -> tuple[str, ...]:
    """The options of a database with one story of three publishers and some single items, and of no feeds."""
    lines = [
        {
            "id": f"arms-{number}",
            "title": HARBOUR.format(outlet),
            "summary": HARBOUR_TEXT.format(outlet),
            "published": f"2024-03-01T{8 + number:02}:00:00Z",
            "source": f"{outlet.lower()}.example",
        }
        for number, outlet in enumerate(("Echo", "Courier", "Herald"))
    ]
    lines += [
        {
            "id": f"single-{number}",
            "title": title,
            "published": f"2024-03-01T1{number}:30:00Z",
            "source": f"local{number}.example",
        }
        for number, title in enumerate(
            (
                "Choir sings in the park",
                "Bridge closed for repairs",
                "Library buys a telescope",
                "Rain expected",
            )
        )
    ]
    archive, database, feeds = tmp_path / "items.jsonl", tmp_path / "watch.db", tmp_path / "feeds.toml"
    archive.write_text("".join(json.dumps(line) + "\n" for line in lines))
    feeds.write_text("")
    done = spreadwatch("import", archive, "--db", database)
    assert done.returncode == 0, done.stderr
    return ("--db", str(database), "--feeds", str(feeds))


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_newcomer_watches_a_claim_until_it_is_denied(
    terminal: Open, width: int, height: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with terminal("demo", "--seconds", "9", width=width, height=height) as screen:
        screen.wait_for("STORIES", "≠ CONTESTED")  # the story of 2017
        screen.wait_for(" 11    11 ")  # all outlets of 2023 carry it
        screen.keys("g")
        if width < 100:
            screen.keys("Enter")
        shown = screen.wait_for("Taliban DENIED")
        assert all(len(line) <= width for line in shown.splitlines())
        screen.keys("q")
        assert screen.exit_code() == 0
        screen.wait_for("To start for real")
    assert not list(tmp_path.glob("spreadwatch-demo-*"))


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_all_four_screens_and_the_help_open_at_every_size(
    terminal: Open, desk: tuple[str, ...], width: int, height: int
) -> None:
    with terminal(*desk, width=width, height=height) as screen:
        screen.wait_for("STORIES", "Norway")
        for key, word in (("2", "TRIAGE"), ("3", "WIRE"), ("4", "FEEDS"), ("1", "STORIES")):
            screen.keys(key)
            assert "Traceback" not in screen.wait_for(word)
        screen.keys("?")
        screen.wait_for("Help: ")
        screen.keys("Escape")
        time.sleep(0.5)  # Escape and a letter at once are Alt and the letter
        screen.keys("q")
        assert screen.exit_code() == 0


def test_triage_moves_on_after_each_key_and_mistakes_are_undone(
    terminal: Open, desk: tuple[str, ...], answers: Callable[..., Any]
) -> None:
    with terminal(*desk) as screen:
        screen.wait_for("STORIES")
        screen.keys("2")
        screen.wait_for("TRIAGE 7", "Rain expected")
        screen.keys("x")  # dismissed: Rain expected
        screen.wait_for("TRIAGE 6")
        screen.keys("x", "x")  # two too many
        screen.wait_for("TRIAGE 4")
        screen.keys("u", "u")
        screen.wait_for("TRIAGE 6")
        screen.keys("a")  # accepted: the next item
        screen.wait_for("TRIAGE 5")
        screen.keys("q")
        assert screen.exit_code() == 0
    stories = {item["guid"]: item["story"] for item in answers("items", *desk[:2])}
    dismissed = [guid for guid, story in stories.items() if story is None]
    assert len(dismissed) == 1
    assert dismissed[0].startswith("single-")


def test_a_brief_written_with_one_key_verifies(
    terminal: Open, desk: tuple[str, ...], spreadwatch: Run, tmp_path: Path
) -> None:
    config = tmp_path / "config.toml"
    config.write_text(f'exports = "{tmp_path / "briefs"}"\n')
    with terminal("--config", config, *desk) as screen:
        screen.wait_for("STORIES", "Claim", "supply missiles")
        screen.keys("e")
        until = time.monotonic() + 10
        while not list((tmp_path / "briefs").glob("*.md")):
            assert time.monotonic() < until, screen.screen()
            time.sleep(0.1)
        screen.keys("q")
        assert screen.exit_code() == 0
    (brief,) = (tmp_path / "briefs").glob("*.md")
    assert "Norway" in brief.read_text("utf-8")
    assert spreadwatch("verify", brief).returncode == 0


def test_a_screen_that_is_killed_leaves_a_store_the_next_one_opens(
    terminal: Open, desk: tuple[str, ...], answers: Callable[..., Any]
) -> None:
    with terminal(*desk) as screen:
        screen.wait_for("STORIES")
        screen.keys("2", "x")
        screen.wait_for("TRIAGE 6")
        for pid in screen.pids():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
    with terminal(*desk) as screen:
        screen.wait_for("STORIES")
        screen.keys("2")
        screen.wait_for("TRIAGE 6")
        screen.keys("q")
        assert screen.exit_code() == 0
    assert len([item for item in answers("items", *desk[:2]) if item["story"] is None]) == 1


def test_two_screens_on_one_database_see_each_others_decisions(terminal: Open, desk: tuple[str, ...]) -> None:
    with terminal(*desk) as one, terminal(*desk, width=80, height=24) as two:
        for screen in (one, two):
            screen.wait_for("STORIES")
            screen.keys("2")
            screen.wait_for("TRIAGE 7")
        one.keys("x")
        one.wait_for("TRIAGE 6")
        two.wait_for("TRIAGE 6")
        two.keys("u")
        one.wait_for("TRIAGE 7")


def test_a_screen_whose_collector_left_with_another_screen_starts_its_own(
    terminal: Open, desk: tuple[str, ...]
) -> None:
    with terminal(*desk) as one:
        one.wait_for("LIVE")
        with terminal(*desk) as two:
            two.wait_for("LIVE")
            os.kill(one.pids()[0], signal.SIGKILL)
            two.wait_for("NO COLLECTOR")
            two.wait_for("LIVE")
            two.keys("q")
            assert two.exit_code() == 0


def test_no_escape_sequence_of_a_feed_reaches_the_terminal(
    terminal: Open, loopback: ReplayServer, shared: Path, tmp_path: Path
) -> None:
    chosen = (
        "06-esc-osc8-osc52.xml",
        "07-c1-csi.xml",
        "09-bidi.xml",
        "31-rich-markup-title.xml",
        "25-script-in-title.xml",
    )
    urls = []
    with tarfile.open(shared / "data" / "feeds" / "nasty.tar.xz") as archive:
        for name in chosen:
            file = archive.extractfile(f"cases/{name}")
            assert file is not None
            urls.append(loopback.add(f"/{name}", file.read()))
    feeds, database = tmp_path / "feeds.toml", tmp_path / "watch.db"
    feeds.write_text("".join(f'[[feed]]\nurl = "{url}"\n\n' for url in urls))
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "spreadwatch",
            "collect",
            "--once",
            "--db",
            str(database),
            "--feeds",
            str(feeds),
        ],
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    feeds.write_text("")
    with terminal("--db", database, "--feeds", feeds) as screen:
        screen.wait_for("STORIES")
        for key in ("i", "Enter", "Escape", "3", "Enter", "j", "j", "Escape", "2", "j", "4"):
            screen.keys(key)
            time.sleep(0.2)
        screen.wait_for("FEEDS")
        painted = screen.raw().decode("utf-8")
        screen.keys("q")
        assert screen.exit_code() == 0
    # Textual sets the mouse pointer's shape itself, ended by a bell.
    painted = re.sub("\x1b\\]22;[a-z-]*\x07", "", painted)
    # Copying (OSC 52), links (OSC 8), the bell, eight-bit control characters and text turned round.
    assert not re.search("\x1b\\](?:52|8|0|2);|\x07|[\x80-\x9f\u202a-\u202e\u2066-\u2069]", painted)

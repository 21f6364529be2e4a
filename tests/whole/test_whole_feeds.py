"""Socket → collector's process → store → command line and export, with nothing imitated between."""

from __future__ import annotations

import json
import os
import re
import signal
import sqlite3
import subprocess
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from feeds.replay import ReplayServer, Reply
from tests.whole.waiting import polled

Run = Callable[..., subprocess.CompletedProcess[str]]
Start = Callable[..., subprocess.Popen[str]]

CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Characters that steer a terminal or turn text round; a line break and a tab in a text don't."""


def rss(*entries: tuple[str, str, str]) -> bytes:
    """A feed of entries: guid, title, description."""
    items = "".join(
        f"<item><guid isPermaLink='false'>{guid}</guid><title>{title}</title>"
        f"<description>{text}</description><pubDate>Fri, 01 Mar 2024 08:00:00 GMT</pubDate></item>"
        for guid, title, text in entries
    )
    return f"<rss version='2.0'><channel><title>T</title>{items}</channel></rss>".encode()


CLAIM = "Norway ships missiles to Chile, satellite pictures show"
CLAIM_TEXT = "Norway has shipped missiles to Chile, according to the newspaper Daily Echo."
DENIAL = "Norway denies shipping missiles to Chile"
DENIAL_TEXT = "“We have not shipped missiles to Chile,” said Rufus Holt, a spokesman for Norway."


def catalogue(path: Path, urls: dict[str, str]) -> Path:
    """A catalogue of feeds by their publishers, polled every second."""
    path.write_text(
        "".join(
            f'[[feed]]\nurl = "{url}"\npublisher = "{publisher}"\nname = "{publisher}"\ninterval = "1s"\n\n'
            for publisher, url in urls.items()
        )
    )
    return path


def test_two_publishers_items_become_one_story_that_turns_when_the_accused_denies(
    loopback: ReplayServer, started: Start, answers: Callable[..., Any], tmp_path: Path
) -> None:
    one = [rss(("a1", CLAIM, CLAIM_TEXT), ("a2", "Local choir sings in the park", "It sang for an hour."))]
    two = [rss(), rss(("b1", CLAIM.replace("ships", "sent"), CLAIM_TEXT))]
    three = [rss(), rss(), rss(("c1", DENIAL, DENIAL_TEXT))]
    feeds = catalogue(
        tmp_path / "feeds.toml",
        {
            "one.example": loopback.add("/one.xml", one),
            "two.example": loopback.add("/two.xml", two),
            "three.example": loopback.add("/three.xml", three),
        },
    )
    database = tmp_path / "watch.db"
    collector = started("collect", "--db", database, "--feeds", feeds)
    polled(collector, loopback, "/three.xml", 5)
    collector.send_signal(signal.SIGTERM)
    assert collector.wait(15) == 0

    items = {item["guid"]: item for item in answers("items", "--db", database)}
    assert set(items) == {"a1", "a2", "b1", "c1"}
    assert items["a1"]["publisher"] == "one.example"
    (story,) = [s for s in answers("stories", "--db", database) if s["publishers"] == 3]
    assert {item["guid"] for item in story["items"]} == {"a1", "b1", "c1"}
    detail = answers("story", str(story["id"]), "--db", database)
    (accused,) = [party for party in detail["parties"] if party["party"] == "Norway"]
    assert accused["stance"] == "DENIED"
    assert detail["timeline"][-1]["status"] in ("DENIED", "CONTESTED")


@pytest.mark.parametrize("form", ["md", "json"])
def test_an_export_holds_every_word_it_quotes_and_verifies(
    loopback: ReplayServer, spreadwatch: Run, tmp_path: Path, form: str
) -> None:
    feeds = catalogue(
        tmp_path / "feeds.toml",
        {
            "one.example": loopback.add("/one.xml", rss(("a1", CLAIM, CLAIM_TEXT))),
            "three.example": loopback.add("/three.xml", rss(("c1", DENIAL, DENIAL_TEXT))),
        },
    )
    database = tmp_path / "watch.db"
    assert spreadwatch("collect", "--once", "--db", database, "--feeds", feeds).returncode == 0
    brief = tmp_path / f"brief.{form}"
    done = spreadwatch("export", "1", "--format", form, "-o", brief, "--db", database)
    assert done.returncode == 0, done.stderr
    text = brief.read_text("utf-8")
    if form == "json":
        text = " ".join(one["words"] for one in json.loads(text)["statements"])
    assert "We have not shipped missiles to Chile" in text
    assert spreadwatch("verify", brief).returncode == 0


def test_a_silent_edit_is_kept_as_a_revision_and_makes_no_second_item(
    loopback: ReplayServer, started: Start, answers: Callable[..., Any], tmp_path: Path
) -> None:
    url = loopback.add(
        "/one.xml", [rss(("a1", CLAIM, CLAIM_TEXT)), rss(("a1", "Norway ships goods", CLAIM_TEXT))]
    )
    feeds = catalogue(tmp_path / "feeds.toml", {"one.example": url})
    database = tmp_path / "watch.db"
    collector = started("collect", "--db", database, "--feeds", feeds)
    polled(collector, loopback, "/one.xml", 4)
    collector.send_signal(signal.SIGTERM)
    assert collector.wait(15) == 0
    (item,) = answers("items", "--db", database)
    assert item["title"] == "Norway ships goods"
    connection = sqlite3.connect(database)
    assert connection.execute("SELECT count(*) FROM revisions").fetchone()[0] == 1
    connection.close()


def test_a_collector_killed_at_any_point_loses_and_doubles_nothing(
    loopback: ReplayServer, started: Start, spreadwatch: Run, answers: Callable[..., Any], tmp_path: Path
) -> None:
    steps = [
        rss(*((f"a{n}", f"Report {n} on the harbour of district {n}", "") for n in range(last)))
        for last in range(20, 420, 20)
    ]
    feeds = catalogue(tmp_path / "feeds.toml", {"one.example": loopback.add("/one.xml", steps)})
    database = tmp_path / "watch.db"
    asked = loopback.paths["/one.xml"].requests
    for more in (1, 2, 3):
        collector = started("collect", "--db", database, "--feeds", feeds)
        polled(collector, loopback, "/one.xml", len(asked) + more)
        os.killpg(collector.pid, signal.SIGKILL)
        collector.wait()
    loopback.paths["/one.xml"].turn = len(steps) - 1
    assert spreadwatch("collect", "--once", "--db", database, "--feeds", feeds).returncode == 0
    connection = sqlite3.connect(database)
    assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    connection.close()
    guids = [item["guid"] for item in answers("items", "--db", database)]
    assert sorted(guids) == sorted(f"a{n}" for n in range(400))


@pytest.fixture
def nasty(shared: Path, tmp_path: Path) -> dict[str, bytes]:
    """The bad inputs by name."""
    with tarfile.open(shared / "data" / "feeds" / "nasty.tar.xz") as archive:
        found = {}
        for member in archive:
            file = archive.extractfile(member)
            if file is not None:
                found[Path(member.name).name] = file.read()
    assert len(found) == 33
    return found


def test_nasty_feeds_harm_no_other_feed_and_steer_no_terminal(
    loopback: ReplayServer,
    spreadwatch: Run,
    answers: Callable[..., Any],
    nasty: dict[str, bytes],
    tmp_path: Path,
) -> None:
    urls = {}
    for number, (name, body) in enumerate(sorted(nasty.items())):
        gzipped = (("Content-Encoding", "gzip"),) if name.endswith(".gz") else ()
        urls[f"bad{number}.example"] = loopback.add(f"/{name}", Reply(body, headers=gzipped))
    urls["good.example"] = loopback.add(
        "/good.xml", rss(("g1", "A good feed beside bad ones", "Read in time."))
    )
    feeds = catalogue(tmp_path / "feeds.toml", urls)
    database = tmp_path / "watch.db"
    done = spreadwatch("collect", "--once", "--db", database, "--feeds", feeds, seconds=120)
    assert done.returncode == 0, done.stderr
    assert not CONTROL.search(done.stdout + done.stderr)

    items = answers("items", "--db", database)
    assert "g1" in {item["guid"] for item in items}
    assert len({item["publisher"] for item in items}) > 15, "most bad feeds hold something that can be read"
    for item in items:
        assert not CONTROL.search(item["title"] + item["summary"] + item["body"]), item["guid"]
        assert item["link"].startswith(("http://", "https://")) or not item["link"]
    for command in (("items",), ("stories",), ("search", "title")):
        assert not CONTROL.search(spreadwatch(*command, "--db", database).stdout)

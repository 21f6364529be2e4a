"""A small archive in our own words, taken in once through the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from spreadwatch.cli import main

Call = Callable[..., tuple[int, str, str]]

ARCHIVE = (
    {
        "id": "n-1",
        "title": "Brazil sends helicopters to Chile, newspaper reports",
        "summary": "Brazil has sent military helicopters to Chile, the newspaper Folha reported, citing two officials.",
        "published": "2026-03-02T09:00:00Z",
        "link": "https://news.first.example/helicopters",
        "source": "first.example",
        "feed": "https://first.example/rss",
    },
    {
        "id": "n-2",
        "title": "Brazil sends military helicopters to Chile, Folha says",
        "summary": "Brazil has sent military helicopters to Chile, Folha reported on Monday.",
        "published": "2026-03-02T10:30:00Z",
        "link": "https://second.example/a",
        "source": "second.example",
    },
    {
        "id": "n-3",
        "title": "Brazil denies sending helicopters to Chile",
        "summary": 'Brazil\'s foreign ministry denied that it sent military helicopters to Chile. "This report is false," '
        "spokeswoman Ana Souza said.",
        "published": "2026-03-02T14:00:00Z",
        "link": "https://third.example/b",
        "source": "third.example",
    },
    {
        "id": "n-4",
        "title": "Chess championship opens in Reykjavik",
        "summary": "Forty players meet in the old town hall for the first round.",
        "published": "2026-03-02T11:00:00Z",
        "source": "second.example",
    },
)


@pytest.fixture(scope="session")
def call() -> Call:
    """Runs the command line in this process: exit code, standard output, standard error."""

    def called(*args: str) -> tuple[int, str, str]:
        done = CliRunner().invoke(main, list(args))
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done.exit_code, done.stdout, done.stderr

    return called


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory, call: Call) -> Path:
    """The archive, imported; two lines of it are bad."""
    folder = tmp_path_factory.mktemp("archive")
    file = folder / "archive.jsonl"
    lines = [json.dumps(item) for item in ARCHIVE]
    file.write_text("\n".join([*lines[:2], "{broken", *lines[2:], "[1, 2]"]) + "\n")
    database = folder / "archive.db"
    code, out, err = call("import", str(file), "--db", str(database))
    assert code == 0
    assert out == "6 lines: 4 new items, 2 bad lines.\n"
    assert f"{file}, line 3: it is not JSON" in err
    assert f"{file}, line 6: it is not a JSON object; skipped." in err
    return database


@pytest.fixture(scope="session")
def story(database: Path, call: Call) -> str:
    """The number of the story about the helicopters."""
    found = json.loads(call("stories", "--json", "--db", str(database))[1])
    return str(next(one["id"] for one in found if "n-1" in {item["guid"] for item in one["items"]}))

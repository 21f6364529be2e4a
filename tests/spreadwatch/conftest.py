"""A small archive in our own words, taken in once through the command line; a collector's lock."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from spreadwatch.cli import main
from store.database import Store, collector_lock
from store.lock import CollectorLock

Call = Callable[..., tuple[int, str, str]]

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "helicopters.jsonl"
"""The archive that the docs use too."""


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
    lines = EXAMPLE.read_text("utf-8").splitlines()
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


@pytest.fixture
def lock(store: Store) -> Iterator[CollectorLock]:
    """The empty store's one place for a collector, held."""
    with collector_lock(store.path) as held:
        yield held

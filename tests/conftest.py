"""What the rooms' tests share: the data beside the repository, a home of their own, and an empty store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from store.database import Store, open_store

SHARED = Path(__file__).parents[1].parent / "shared"
"""Real feeds and hand-checked answers; they belong to their outlets, so they lie outside the repository."""


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real data and hand-checked answers; the test skips where it isn't there."""
    if not SHARED.is_dir():
        pytest.skip("the shared data folder beside the repository is absent")
    return SHARED


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keeps the developer's own config, database and colours out of every test."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    for name in ("SPREADWATCH_DB", "SPREADWATCH_CONFIG", "SPREADWATCH_FEEDS", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return home


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store in a file of its own."""
    with open_store(tmp_path / "news.db", create=True) as opened:
        yield opened

"""A store filled by the real pipeline, and the app on a copy of it with a fixed clock."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from store import feeds as feed_states
from store.database import open_store
from store.feeds import FeedState
from tests.tui.running import CLAIM, HOSTILE, NOW, OTHER_NEWS, WIDE, Running, fill, settle
from tui.app import SpreadwatchApp


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store every test gets a copy of."""
    path = tmp_path_factory.mktemp("store") / "news.db"
    fill(path, [*CLAIM, *OTHER_NEWS, HOSTILE])
    with open_store(path) as store:
        store.write("PRAGMA wal_checkpoint(TRUNCATE)")
        feed_states.save(
            store,
            FeedState(
                "https://voa.example/feed",
                "voa.example",
                "VOA news",
                last_fetched=NOW - timedelta(minutes=5),
                next_due=NOW + timedelta(minutes=5),
                last_status=200,
                rhythm=600,
                items_per_hour=1.5,
            ),
        )
        feed_states.save(
            store,
            FeedState(
                "https://gone.example/feed",
                "gone.example",
                "Gone daily",
                last_fetched=NOW - timedelta(hours=2),
                last_status=404,
                error_kind="http",
                error_text="The server says 404 Not Found.",
                failures=3,
            ),
        )
    return path


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rests that spare a person's machine work, cut short: what is tested comes after them."""
    for name in (
        "stories_screen.REST",
        "items_screen.REST",
        "search.PAUSE",
        "live_app.LOOK",
        "live_app.RESTED",
        "frame.TITLES",
        "live.WATCH_SECONDS",
    ):
        monkeypatch.setattr(f"tui.{name}", 0.01)
    # After each key a pilot looks, at least twice, whether the program was idle for 20 ms: most of these tests' time.
    monkeypatch.setattr("textual._wait.SLEEP_GRANULARITY", 0.005)


@pytest.fixture
def store_path(made_once: Path, tmp_path: Path) -> Path:
    """A filled store of the test's own."""
    return Path(shutil.copy(made_once, tmp_path / "news.db"))


@pytest.fixture
def empty_path(tmp_path: Path) -> Path:
    """A store without anything."""
    path = tmp_path / "empty.db"
    open_store(path, create=True).close()
    return path


@pytest.fixture
def running(tmp_path: Path) -> Running:
    """Starts the app on a store and gives its pilot once everything asked for was answered."""

    @asynccontextmanager
    async def run(path: Path, size: tuple[int, int] = WIDE, **settings: Any) -> AsyncIterator[Pilot[None]]:
        app = SpreadwatchApp(path, now=lambda: NOW, by="ada", exports=tmp_path / "out", **settings)
        async with app.run_test(size=size) as pilot:
            await settle(pilot)
            yield pilot

    return run

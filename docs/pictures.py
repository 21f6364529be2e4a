"""Makes the pictures in docs/pictures: every screen on the demo's news, taken in by the real pipeline.

    python docs/pictures.py [folder]

The clock is fixed, so a picture changes only when the screen or the reading of the news does.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from textual.pilot import Pilot

from feeds.entry import Entry
from spreadwatch.demo import content
from spreadwatch.pipeline import Pipeline
from store import feeds as feed_states
from store import looks
from store.database import open_store
from store.feeds import FeedState
from tui.app import SpreadwatchApp
from tui.drawing import spaced
from tui.stories_screen import StoriesScreen

NOW = datetime(2023, 1, 30, 9, 0, tzinfo=UTC)
WIDE, SMALL = (120, 36), (80, 24)

PICTURES: Sequence[tuple[str, tuple[int, int], Sequence[str], dict[str, object]]] = (
    ("stories", WIDE, ["CLAIM"], {}),
    ("stories-small", SMALL, ["CLAIM"], {}),
    ("timeline", WIDE, ["CLAIM", "enter", *("right",) * 1], {}),
    ("statements", WIDE, ["CLAIM", "enter", *("right",) * 2], {}),
    ("spread", WIDE, ["CLAIM", "enter", *("right",) * 3], {}),
    ("items", WIDE, ["CLAIM", "enter", *("right",) * 4], {}),
    ("publishers", WIDE, ["CLAIM", "enter", *("right",) * 5], {}),
    ("as-of", WIDE, ["CLAIM", "enter", *("left_square_bracket",) * 3], {}),
    ("triage", WIDE, ["2"], {}),
    ("triage-small", SMALL, ["2"], {}),
    ("wire", WIDE, ["3"], {}),
    ("wire-small", SMALL, ["3"], {}),
    ("feeds", WIDE, ["4"], {}),
    ("feeds-small", SMALL, ["4"], {}),
    ("help", WIDE, ["question_mark"], {}),
)


def fill(path: Path) -> None:
    """The demo's news as if it had been polled, a few feeds' states, and a look a day ago."""
    outlets = content.outlets()
    with open_store(path, create=True) as store:
        pipeline = Pipeline(store)
        looked = False
        for item in content.items():
            if item.released > NOW:
                break
            if not looked and item.released > NOW - timedelta(days=2):
                for screen in ("stories", "triage", "wire", "feeds"):
                    looks.look(store, screen, item.released)
                for (story,) in store.rows("SELECT id FROM stories"):
                    looks.open_story(store, story)
                looked = True
            outlet = outlets[item.outlet]
            entry = Entry(
                item.guid,
                item.title,
                item.summary,
                link=item.link,
                published=item.released if item.dated else None,
                lang="en",
                feed=f"https://{outlet.publisher}/feed",
                publisher=outlet.publisher,
            )
            taken = pipeline.take_in([entry], item.released)
            pipeline.tending.live(taken.stories, item.released)
        for place, outlet in enumerate(outlets.values()):
            feed_states.save(store, _state(outlet, failing=place % 11 == 3))


def _state(outlet: content.Outlet, *, failing: bool) -> FeedState:
    return FeedState(
        f"https://{outlet.publisher}/feed",
        outlet.publisher,
        outlet.name,
        last_fetched=NOW - timedelta(minutes=4),
        last_changed=NOW - timedelta(hours=5),
        next_due=NOW + timedelta(minutes=11),
        last_status=404 if failing else 200,
        error_kind="gone" if failing else "",
        error_text="The server says 404 Not Found." if failing else "",
        failures=4 if failing else 0,
        rhythm=900,
        items_per_hour=0.8,
    )


async def settle(pilot: Pilot[None]) -> None:
    """Wait until everything asked was answered and drawn."""
    app = pilot.app
    assert isinstance(app, SpreadwatchApp)
    for _ in range(2):
        await pilot.pause(0.2)
        while app.desk.reads.busy or app.desk.writes.busy:
            await pilot.pause(0.02)


async def press(pilot: Pilot[None], key: str) -> None:
    """A key, or CLAIM: the cursor on the story of the demo."""
    screen = pilot.app.screen
    if key == "CLAIM" and isinstance(screen, StoriesScreen):
        rows = [screen.row_list.row(story) for story in screen.row_list.ids]
        wanted = max((row for row in rows if row and row.opposite_of), key=lambda row: row.items)
        screen.row_list.go(list(screen.row_list.ids).index(wanted.id))
    else:
        await pilot.press(key)
    if len(key) > 1 or key in "1234":
        await settle(pilot)


async def take(path: Path, folder: Path, only: Sequence[str]) -> None:
    """All pictures, each of a fresh app."""
    for name, size, keys, settings in PICTURES:
        if only and name not in only:
            continue
        app = SpreadwatchApp(path, now=lambda: NOW, by="analyst", exports=folder, **settings)  # type: ignore[arg-type]
        async with app.run_test(size=size) as pilot:
            await settle(pilot)
            for key in keys:
                await press(pilot, key)
            await settle(pilot)
            (folder / f"{name}.svg").write_text(spaced(app.export_screenshot(title="spreadwatch")), "utf-8")


def main() -> None:
    """Fill a store of its own, then take the pictures."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("pictures")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "demo.db"
        fill(path)
        asyncio.run(take(path, folder, sys.argv[2:]))


if __name__ == "__main__":
    main()

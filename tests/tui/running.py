"""What the screens' tests share: news in our own words, the fixed clock, and how to run the app and read it."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input

from feeds.entry import Entry
from spreadwatch.pipeline import Pipeline
from store.database import open_store
from tui.app import SpreadwatchApp
from tui.items_screen import ItemsScreen

NOW = datetime(2023, 1, 30, 12, 0, tzinfo=UTC)
WIDE, SMALL = (120, 36), (80, 24)


def entry(guid: str, publisher: str, hours: float, title: str, summary: str = "", link: str = "") -> Entry:
    """An entry published some hours before NOW."""
    return Entry(
        guid,
        title,
        summary,
        link=link or f"https://{publisher}/{guid}",
        published=NOW - timedelta(hours=hours),
        lang="en",
        feed=f"https://{publisher}/feed",
        publisher=publisher,
    )


CLAIM = [
    entry(
        "claim-1", "sun.example", 50,
        "Putin plots to get US weapons from the Taliban, Kremlin insider claims",
        "Russia is seeking American weapons that the Taliban seized in Afghanistan, according to the Telegram channel "
        "General SVR, which cites a Kremlin insider.",
    ),
    entry(
        "claim-2", "republic.example", 40,
        "Russia negotiates with the Taliban for US weapons, insider says",
        "Russia plans to obtain American weapons from the Taliban, The Sun reported, citing the Telegram channel General SVR.",
    ),
    entry(
        "claim-3", "voa.example", 30,
        "White House cannot confirm that the Taliban send weapons to Russia",
        "“I cannot confirm this report,” John Kirby of the White House told reporters about Russia seeking American weapons "
        "from the Taliban. “This report is a lie,” Zia Ahmad Takal, deputy spokesman of the Taliban's foreign ministry, "
        "told VOA. The Taliban denied that they send weapons to Russia.",
    ),
]  # fmt: skip
"""One claim in three publishers, denied and not confirmed in the third."""

OTHER_NEWS = [
    entry(f"{place}-{number}", f"{place}.example", 20 + number, title)
    for place in ("north", "south")
    for number, title in enumerate(
        (
            "Harbour bridge closes for repairs until spring",
            "Orchestra plays a lost symphony after ninety years",
            "Heavy snow stops trains in the mountain valleys",
            "Marathon record falls on a flat course by the sea",
            "Museum returns bronze statues to their village",
            "Farmers harvest the earliest grapes in a century",
        )
    )
]
HOSTILE = entry(
    "hostile", "evil.example", 10, "[bold red]Click[/] [@click=app.quit]here[/] \x1b[31mred\x1b[0m \u202eevil"
)


def fill(path: Path, entries: Sequence[Entry], now: datetime = NOW) -> None:
    """Take entries in through the pipeline, as an import does."""
    with open_store(path, create=True) as store:
        pipeline = Pipeline(store)
        taken = pipeline.take_in(entries, now, imported=True)
        pipeline.tending.live(taken.stories, now)


Running = Callable[..., AbstractAsyncContextManager["Pilot[None]"]]


async def until(pilot: Pilot[None], holds: Callable[[], bool], seconds: float = 60) -> None:
    """Wait until something holds, for a minute at most."""
    for _ in range(int(seconds / 0.02)):
        if holds():
            return
        await pilot.pause(0.02)
    raise AssertionError("what was waited for did not come")


async def settle(pilot: Pilot[None]) -> None:
    """Wait until the screen shows all that was asked, written, and put off, by this app or by another.

    The reading thread looks whether somebody wrote after each answer: once it has answered two more questions
    it has told of all that was written before the first.
    """
    app = pilot.app
    assert isinstance(app, SpreadwatchApp)
    quiet = False
    while not quiet:
        for question in ("whether it was written", "whether that was told"):
            await until(pilot, lambda: app.quiet)
            app.desk.reads.ask(question, lambda _: None)
        await until(pilot, lambda: app.quiet)
        await pilot.pause()
        quiet = app.quiet


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys, then wait for what they set going."""
    await pilot.press(*keys)
    await settle(pilot)


async def items_on(pilot: Pilot[None], key: str) -> ItemsScreen:
    """Go to Triage or Wire by its key."""
    await press(pilot, key)
    screen = pilot.app.screen
    assert isinstance(screen, ItemsScreen)
    return screen


async def write(pilot: Pilot[None], text: str, *keys: str) -> None:
    """Put text into the line that has the keys, as a paste does, then press keys; a pilot's key takes 60 ms."""
    await until(pilot, lambda: isinstance(pilot.app.focused, Input))
    line = pilot.app.focused
    assert isinstance(line, Input)
    line.insert_text_at_cursor(text)
    await pilot.pause()
    await press(pilot, *keys)


_TEXT = re.compile(r'<text [^>]*x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]*)</text>')


def text_of(pilot: Pilot[None]) -> str:
    """What the terminal shows, as lines of text, read from the screenshot."""
    lines: dict[float, str] = {}
    body = pilot.app.export_screenshot().partition("-matrix")[2]
    for x, y, text in _TEXT.findall(body):
        shown = html.unescape(text).replace("\xa0", " ")
        lines[float(y)] = lines.get(float(y), "").ljust(round(float(x) / 12.2)) + shown
    return "\n".join(line.rstrip() for _, line in sorted(lines.items()))

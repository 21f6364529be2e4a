"""The Feeds screen: the page of one feed, and the catalogue changed by keys, with its comments kept and one undo."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from textual.widgets import Label

from feeds import catalogue
from feeds.discovery import Found
from feeds.schedule import FeedState
from spreadwatch.catalogue_desk import CatalogueDesk
from spreadwatch.feed_states import kept, remembered
from store import feeds, requests
from store.database import open_store
from tests.tui.running import NOW, SMALL, Running, press, settle, text_of, write
from tui.page_feed import feed_page
from tui.sheet import Sheet, plain_text

CLOCK = "Its clock is 5 h behind: the middle one of 40 new items is dated 5.0 h before it came; dates are corrected, raw words kept."


@pytest.mark.parametrize("width", [38, 76])
def test_a_feeds_page_says_what_was_mended_and_that_its_dates_are_corrected(width: int) -> None:
    state = FeedState("https://a.example/rss", warnings=("Mended unescaped characters.", CLOCK))
    sheet = Sheet(width)
    feed_page(sheet, kept(state.url, state, "a.example", None), datetime(2026, 3, 1, tzinfo=UTC))
    page = plain_text(sheet.lines)
    assert "Mended unescaped characters." in page
    assert CLOCK in " ".join(page.split())
    assert max(map(len, page.splitlines())) <= width


def test_the_page_of_a_feed_without_oddities_warns_of_nothing() -> None:
    sheet = Sheet(60)
    state = kept("https://a.example/rss", FeedState("https://a.example/rss"), "a.example", None)
    feed_page(sheet, state, datetime(2026, 3, 1, tzinfo=UTC))
    assert "Read with care" not in plain_text(sheet.lines)


CATALOGUE = """# Ours, do not sort
[[publisher]]
key = "gone.example"
label = "Ruritanian state media"

[[feed]]  # asked often
url = "https://gone.example/feed"
name = "Gone daily"

[[feed]]
url = "https://voa.example/feed"
"""


async def test_a_feed_is_edited_in_a_form_that_asks_again_and_one_undo_brings_the_file_back(
    running: Running, store_path: Path, tmp_path: Path
) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text(CATALOGUE, "utf-8")
    async with running(store_path, SMALL, catalogue=CatalogueDesk(path)) as pilot:
        await press(pilot, "4", "e")
        assert "Ruritanian state media" in text_of(pilot)  # inherited, so it need not be typed
        await press(pilot, *" x", "tab", "tab", *"soon", "enter")
        await settle(pilot)  # until the form that asks again has come up
        assert 'Interval must be a time such as "15m"' in text_of(pilot)
        await press(pilot, "tab", "tab", "ctrl+u", *"2h", "down", *"gb", "enter")
        (feed, _) = catalogue.load(path).feeds
        assert (feed.name, feed.country) == ("Gone daily x", "GB") and str(feed.interval) == "2:00:00"
        assert path.read_text("utf-8").startswith(
            "# Ours, do not sort"
        ) and "# asked often" in path.read_text("utf-8")
        await press(pilot, "u")
        assert path.read_text("utf-8") == CATALOGUE
    with open_store(store_path) as store:
        assert [request.act for request in requests.waiting(store)] == [requests.Ask.ADD_FEED] * 2


async def test_opml_goes_in_and_out_from_the_screen_and_is_never_written_over(
    running: Running, store_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path, file = tmp_path / "feeds.toml", tmp_path / "out" / "feeds.opml"
    path.write_text(CATALOGUE, "utf-8")
    async with running(store_path, catalogue=CatalogueDesk(path)) as pilot:
        await press(pilot, "4", "O", "enter")
        before = file.read_bytes()
        assert before.count(b"xmlUrl") == 2
        await press(pilot, "O", "enter")
        await settle(pilot)
        assert "it is there already" in str(pilot.app.screen.query_one(Label).render())
        await press(pilot, "escape", "D")
        assert len(catalogue.load(path).feeds) == 1
        await press(pilot, "I")
        await write(pilot, "out/feeds.opml", "enter")
        assert "Added 1 of 2 feeds" in text_of(pilot)
        await press(pilot, "u", "u")
        assert path.read_text("utf-8") == CATALOGUE and file.read_bytes() == before
        await press(pilot, "u")
        assert "The catalogue was not changed" in text_of(pilot)


async def test_what_of_an_opml_file_is_not_taken_is_said(
    running: Running, store_path: Path, tmp_path: Path
) -> None:
    file = tmp_path / "cut.opml"
    file.write_text(
        '<opml version="2.0"><body><outline xmlUrl="https://a.example/rss"/>\n<outline xmlUrl="ftp://old.example/x"/>'
    )
    async with running(store_path, catalogue=CatalogueDesk(tmp_path / "feeds.toml")) as pilot:
        await press(pilot, "4", "I")
        await write(pilot, str(file), "enter")
        await settle(pilot)
        assert "Added 1 of 1 feeds" in text_of(pilot)
        (told,) = (one.message for one in pilot.app._notifications)
        assert "Line 2: “ftp://old.example/x” is no http" in told and "The file is broken in line 2 (" in told


async def test_a_feed_that_comes_cut_off_is_called_repaired_with_what_would_help(
    running: Running, store_path: Path
) -> None:
    with open_store(store_path) as store:
        cut = feeds.FeedState(
            "https://cut.example/feed",
            "cut.example",
            "Cut short",
            last_fetched=NOW,
            extra={"warnings": ["The feed is cut off; its complete items were kept."]},
        )
        feeds.save(store, cut)
    async with running(store_path) as pilot:
        await press(pilot, "4", "slash", *"repaired", "enter")
        shown = " ".join(text_of(pilot).split())
        assert "· Cut short" in shown and "Health repaired" in shown
        assert "The feed is cut off; its complete" in shown and "r polls it now" in shown


async def test_after_the_only_feed_was_undone_those_that_come_with_the_program_are_offered_again(
    running: Running, store_path: Path, tmp_path: Path
) -> None:
    desk = CatalogueDesk(tmp_path / "feeds.toml", lambda url: (Found(url, "Ours", 3),))
    async with running(store_path, catalogue=desk) as pilot:
        await press(pilot, "4", "a")
        await write(pilot, "https://ours.example/feed", "enter")
        await press(pilot, "u", "s")
        assert "State media" in text_of(pilot)
        await press(pilot, "enter")
        await settle(pilot)
        assert len(catalogue.load(tmp_path / "feeds.toml").feeds) > 20
        assert desk.offers() == {}


def test_the_first_change_keeps_the_feeds_that_come_with_the_program(tmp_path: Path) -> None:
    path = tmp_path / "feeds.toml"
    desk = CatalogueDesk(path)
    one, *others = catalogue.starter().feeds
    desk.mute(one.url, True)
    assert [feed.url for feed in catalogue.load(path).feeds if not feed.muted] == [
        feed.url for feed in others if not feed.muted
    ]
    path.write_text(path.read_text("utf-8") + "# by hand", "utf-8")
    with pytest.raises(catalogue.CatalogueError, match="changed by somebody else"):
        desk.undo()


def test_who_polls_none_of_the_feeds_that_come_with_the_program_adds_one_alone(tmp_path: Path) -> None:
    path = tmp_path / "feeds.toml"
    look = lambda url: (Found(url, "Ours", 3),)  # noqa: E731
    desk = CatalogueDesk(path, look)
    desk.add("https://ours.example/feed")
    assert [feed.url for feed in catalogue.load(path).feeds] == ["https://ours.example/feed"]
    desk.undo()
    assert not catalogue.load(path).feeds  # a file without feeds: without one all of them would be polled
    polling = CatalogueDesk(tmp_path / "other.toml", look, polled=lambda: True)
    polling.add("https://ours.example/feed")
    assert len(catalogue.load(tmp_path / "other.toml").feeds) == len(catalogue.starter().feeds) + 1


def test_a_feed_muted_in_the_catalogue_is_not_taken_for_one_that_is_gone() -> None:
    row = kept("https://a.example/rss", FeedState("https://a.example/rss"), "a.example", None)
    assert remembered(replace(row, muted=True)).muted is False
    gone = kept("https://a.example/rss", FeedState("https://a.example/rss", muted=True), "a.example", None)
    assert remembered(gone).muted is True

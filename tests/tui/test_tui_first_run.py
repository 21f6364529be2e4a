"""The first start: the starter's feeds are offered by the keyboard, then polling begins; offline stays calm."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

import pytest

from feeds import catalogue
from spreadwatch.catalogue_desk import CatalogueDesk
from store import requests
from store.database import collector_lock, open_store
from stories.errors import SpreadwatchError
from tests.tui.running import CLAIM, SMALL, Running, fill, press, settle, text_of, until


class Feeds:
    """A catalogue that remembers what it was asked."""

    def __init__(self, offers: Mapping[str, int]) -> None:
        self.groups = offers
        self.adopted: list[str] | None = None
        self.added: list[str] = []
        self.muted: dict[str, bool] = {}

    def offers(self) -> Mapping[str, int]:
        return self.groups

    def chosen(self) -> bool:
        return not self.groups

    def adopt(self, groups: Sequence[str]) -> None:
        self.adopted = list(groups)
        self.groups = {}

    def add(self, address: str) -> str:
        if not address.startswith("http"):
            raise SpreadwatchError(f"“{address}” is no address.", remedy="It starts with https://.")
        self.added.append(address)
        return f"Added {address} (12 items)."

    def give_out(self, file: Path, titles: Mapping[str, str]) -> str:
        return f"Wrote {file}"

    def mute(self, url: str, muted: bool) -> str:
        self.muted[url] = muted
        return "Muted"


async def test_groups_are_chosen_by_keyboard_and_then_polling_starts(
    running: Running, empty_path: Path
) -> None:
    feeds, started = Feeds({"Wire agencies": 8, "State media": 14, "Fact-checkers": 7}), []

    def start() -> object:
        started.append(True)
        return lambda: None

    async with running(empty_path, SMALL, catalogue=feeds, start_collector=start) as pilot:
        shown = text_of(pilot)
        assert "Welcome" in shown and "State media" in shown and "14 feeds" in shown
        assert not started
        await press(pilot, "j", "space", "enter")
        await settle(pilot)
        assert feeds.adopted == ["Wire agencies", "Fact-checkers"]
        assert started


async def test_feeds_that_are_declined_are_not_polled_and_can_be_chosen_later(
    running: Running, empty_path: Path
) -> None:
    feeds, started = Feeds({"Wire agencies": 8}), list[bool]()

    def start() -> Callable[[], object]:
        started.append(True)
        return lambda: None

    async with running(empty_path, SMALL, catalogue=feeds, start_collector=start) as pilot:
        await press(pilot, "escape")
        assert "Nothing is polled. 4 then s chooses feeds." in text_of(pilot)
        await press(pilot, "4")
        assert "s offers those that come with the program" in " ".join(text_of(pilot).split())
        await press(pilot, "O", "enter")  # what changes no catalogue has nothing polled
        await settle(pilot)
        assert (feeds.adopted, started) == (None, [])
        await press(pilot, "s", "enter")
        await until(pilot, lambda: bool(started))
        assert feeds.adopted == ["Wire agencies"]
        await press(pilot, "s")
        assert "you have a catalogue of your own already" in text_of(pilot)


async def test_an_archive_is_opened_without_a_word_of_feeds_and_nothing_is_polled_into_it(
    running: Running, empty_path: Path
) -> None:
    fill(empty_path, CLAIM)
    with open_store(empty_path) as store:
        store.write("UPDATE feeds SET polled = 0")
    started = list[bool]()

    def start() -> Callable[[], object]:
        started.append(True)
        return lambda: None

    feeds = Feeds({"Wire agencies": 8})
    async with running(empty_path, catalogue=feeds, start_collector=start) as pilot:
        await settle(pilot)
        assert "Welcome" not in text_of(pilot) and "Nothing is polled" in text_of(pilot)
        assert not started


async def test_with_a_catalogue_nothing_is_offered(running: Running, empty_path: Path) -> None:
    async with running(empty_path, catalogue=Feeds({})) as pilot:
        assert "Welcome" not in text_of(pilot)


async def test_a_feed_is_added_by_its_address_and_the_collector_is_told(
    running: Running, store_path: Path
) -> None:
    feeds = Feeds({})
    async with running(store_path, catalogue=feeds) as pilot:
        await press(pilot, "4", "a", *"https://example.org/feed", "enter")
        await settle(pilot)
        assert feeds.added == ["https://example.org/feed"]
        assert "12 items" in text_of(pilot)
    with open_store(store_path) as store:
        assert [request.act for request in requests.waiting(store)] == [requests.Ask.ADD_FEED]


async def test_an_address_that_is_none_says_what_it_should_be(running: Running, store_path: Path) -> None:
    async with running(store_path, catalogue=Feeds({})) as pilot:
        await press(pilot, "4", "a", *"nonsense", "enter")
        await settle(pilot)
        assert "It starts with https://" in text_of(pilot)


async def test_failing_feeds_come_first_with_the_error_and_a_remedy(
    running: Running, store_path: Path
) -> None:
    async with running(store_path) as pilot:
        await press(pilot, "4")
        shown = text_of(pilot)
        assert shown.index("Gone daily") < shown.index("VOA news")
        assert "404 Not Found" in shown and "Look for its new address" in " ".join(shown.split())


async def test_muting_changes_the_catalogue(running: Running, store_path: Path) -> None:
    feeds = Feeds({})
    async with running(store_path, catalogue=feeds) as pilot:
        await press(pilot, "4", "x")
    assert feeds.muted == {"https://gone.example/feed": True}


def test_the_starters_groups_hold_all_its_feeds_and_are_adopted_as_chosen(tmp_path: Path) -> None:
    desk = CatalogueDesk(tmp_path / "feeds.toml")
    offers = desk.offers()
    assert sum(offers.values()) == len(catalogue.starter().feeds)
    desk.adopt(["Wire agencies"])
    assert len(catalogue.load(tmp_path / "feeds.toml").feeds) == offers["Wire agencies"]
    assert desk.offers() == {}


async def test_a_screen_left_without_a_collector_starts_its_own_and_only_one(
    running: Running, store_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.collecting.ABSENT", 0.01)
    monkeypatch.setattr("tui.live_app.TICK", 0.2)
    held, started = ExitStack(), list[str]()

    def start() -> object:
        started.append("started")
        held.enter_context(collector_lock(store_path, "screen"))
        return lambda: started.append("stopped")

    with held:
        others = held.enter_context(ExitStack())
        others.enter_context(collector_lock(store_path, "screen"))
        async with running(store_path, start_collector=start) as pilot:
            await press(pilot, "R")
            assert "Polling all feeds" in text_of(pilot)
            assert not started
            others.close()  # the screen that had started it leaves
            await until(pilot, lambda: bool(started))
            await until(pilot, lambda: "LIVE" in text_of(pilot))
            assert started == ["started"]
        assert started == ["started", "stopped"]


async def test_polling_says_that_nobody_polls_where_no_collector_runs(
    running: Running, store_path: Path
) -> None:
    async with running(store_path) as pilot:
        await press(pilot, "R")
        assert "No collector runs: all feeds are polled as soon as one does" in text_of(pilot)

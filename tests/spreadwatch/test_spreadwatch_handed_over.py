"""An import handed to a collector: batch by batch between its polls, with its progress and its troubles told."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from feeds.catalogue import Catalogue, Feed
from feeds.replay import ReplayServer
from spreadwatch import collector as collecting
from spreadwatch.collector import Collector, Task
from spreadwatch.handed_over import handed_over
from spreadwatch.imported import Imported
from spreadwatch.reading_ahead import BATCH
from store import items, requests, state, stories
from store.database import Store, open_store
from store.errors import disk_full
from store.lock import CollectorLock
from store.requests import Ask
from stories.errors import SpreadwatchError

NOW = datetime(2024, 3, 1, 12, tzinfo=UTC)
LINES = 2 * BATCH + 10


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "archive.jsonl"
    lines = ({"id": str(n), "title": f"Report {n} from district {n % 97}"} for n in range(LINES))
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


def collector(store: Store, lock: CollectorLock, *feeds: Feed) -> tuple[Collector, asyncio.Task[object]]:
    made = Collector(store, lock, Task(lambda: Catalogue(feeds)))
    return made, asyncio.create_task(made.run())


async def settle(condition: Callable[[], bool]) -> None:
    for _ in range(6_000):
        if condition():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it did not happen in time")


def sofar(store: Store, request: int) -> Imported:
    return Imported.unpacked(requests.outcome(store, request)[0])


def over(store: Store, request: int) -> bool:
    return requests.outcome(store, request)[1]


async def test_a_collector_polls_on_between_the_batches_and_its_screens_see_how_far_it_is(
    store: Store, lock: CollectorLock, archive: Path
) -> None:
    async with ReplayServer() as server:
        steps = [
            f"<rss version='2.0'><channel><item><title>Live {n}</title></item></channel></rss>".encode()
            for n in range(500)
        ]
        feed = Feed(server.add("/feed", steps), interval=timedelta(milliseconds=1))
        made, running = collector(store, lock, feed)
        request = requests.ask(store, Ask.IMPORT, NOW, str(archive))
        seen: dict[str, int] = {}

        def done() -> bool:
            seen.setdefault(state.collector(store).doing, len(server.paths["/feed"].requests))
            return over(store, request)

        await settle(done)
        polls = list(seen.values())
        assert len([doing for doing in seen if doing.startswith("importing archive.jsonl ")]) > 1
        assert polls[-1] > polls[0] + 1, "it polls between two batches"
        told = sofar(store, request)
        assert (told.lines, told.new, told.bad, told.done) == (LINES, LINES, 0, archive.stat().st_size)
        await settle(lambda: state.collector(store).doing == "")
        made.stop()
        await running


async def test_an_import_that_is_withdrawn_ends_after_the_batch_in_hand(
    store: Store, lock: CollectorLock, archive: Path
) -> None:
    made, running = collector(store, lock)
    request = requests.ask(store, Ask.IMPORT, NOW, str(archive))
    await settle(lambda: sofar(store, request).lines > 0)
    requests.withdraw(store, request, NOW)
    await settle(lambda: state.collector(store).doing == "")
    assert BATCH <= items.count(store) < LINES
    assert not stories.stale(store), "what was taken in is told"
    short = archive.with_name("short.jsonl")
    short.write_text('{"title": "Quite another report"}\n')
    following = requests.ask(store, Ask.IMPORT, NOW, str(short))
    await settle(lambda: over(store, following))
    assert sofar(store, following).new == 1
    made.stop()
    await running


async def test_a_batch_whose_telling_has_to_wait_for_room_is_counted_once(
    store: Store, lock: CollectorLock, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    note, failed = requests.note, []

    def full_at_first(*told: Any) -> None:
        if not failed:
            failed.append(told)
            raise disk_full()
        note(*told)

    monkeypatch.setattr(requests, "note", full_at_first)
    monkeypatch.setattr(collecting, "_RETRY", 0.01)
    made, running = collector(store, lock)
    request = requests.ask(store, Ask.IMPORT, NOW, str(archive))
    await settle(lambda: over(store, request))
    told = sofar(store, request)
    assert failed and (told.lines, told.new) == (LINES, LINES)
    made.stop()
    await running


async def test_the_next_collector_finishes_what_one_left_and_doubles_nothing(
    store: Store, lock: CollectorLock, archive: Path
) -> None:
    made, running = collector(store, lock)
    request = requests.ask(store, Ask.IMPORT, NOW, str(archive))
    await settle(lambda: sofar(store, request).lines > 0)
    made.stop()
    await running
    assert not over(store, request) and items.count(store) < LINES
    made, running = collector(store, lock)
    await settle(lambda: over(store, request))
    told = sofar(store, request)
    assert (told.lines, items.count(store)) == (LINES, LINES) and told.seen >= BATCH
    made.stop()
    await running


async def test_a_file_that_cant_be_read_is_the_commands_trouble_and_not_the_collectors(
    store: Store, lock: CollectorLock, tmp_path: Path
) -> None:
    broken = tmp_path / "archive.jsonl.gz"
    broken.write_bytes(b"\x1f\x8b\x08 no such stream")
    made, running = collector(store, lock)
    with open_store(store.path) as other, pytest.raises(SpreadwatchError, match=r"archive\.jsonl\.gz"):
        await asyncio.to_thread(lambda: list(handed_over(other, broken)))
    assert not running.done() and not requests.waiting(store)
    made.stop()
    await running

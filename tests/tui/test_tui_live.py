"""The thread that reads: what is typed on breaks off what was asked before, and nothing else."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.message import Message

from store import decisions
from store.database import Store, open_store
from store.filters import WAITING
from stories.decision import Act
from tests.tui.running import NOW, Running, items_on, until
from tui.listing import Asked, read
from tui.live import ReadingThread
from tui.messages import Answered

ENDLESS = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c"


class Asking:
    """A reading thread, and its answers by topic as they come."""

    def __init__(self, store: Store) -> None:
        self.answers: list[Answered] = []
        self.came = threading.Condition()
        self.thread = ReadingThread(store, self._take, self._failed)
        self.thread.start()

    def _take(self, message: Message) -> None:
        if isinstance(message, Answered):
            with self.came:
                self.answers.append(message)
                self.came.notify()

    def _failed(self, error: BaseException) -> None:
        raise AssertionError("the thread ended") from error

    def wait(self, count: int) -> list[object]:
        """The first so many answers' values."""
        with self.came:
            assert self.came.wait_for(lambda: len(self.answers) >= count, 60)
        return [answer.error or answer.value for answer in self.answers]


@pytest.fixture
def asking(tmp_path: Path) -> Iterator[Asking]:
    """On an empty store."""
    with open_store(tmp_path / "a.db", create=True) as store:
        asking = Asking(store)
        yield asking
        asking.thread.stop()


def endless(begun: threading.Event, store: Store) -> object:
    """A query that ends only by being broken off."""
    begun.set()
    with store.reading():
        return store.value(ENDLESS)


def test_a_question_asked_over_breaks_off_the_one_before_it_and_is_answered(asking: Asking) -> None:
    begun = threading.Event()
    asking.thread.ask("ids", lambda store: endless(begun, store))
    assert begun.wait(60)
    asking.thread.ask("other", lambda store: store.value("SELECT 1"))
    while not asking.answers:  # its query may have been about to begin
        asking.thread.ask("ids", lambda store: store.value("SELECT 2"), over=True)
        asking.came.acquire()
        asking.came.wait(0.05)
        asking.came.release()
    assert asking.wait(2) == [1, 2]


def test_a_question_of_another_topic_is_left_alone(asking: Asking) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(store: Store) -> object:
        begun.set()
        assert go_on.wait(60)
        return store.value("SELECT 1")

    asking.thread.ask("standing", slow)
    assert begun.wait(60)
    asking.thread.ask("ids", lambda store: store.value("SELECT 2"), over=True)
    go_on.set()
    assert asking.wait(2) == [1, 2]


def test_a_list_is_read_anew_only_where_the_store_has_not_just_what_it_lists(store_path: Path) -> None:
    with open_store(store_path) as store:
        listed = read(store, Asked(WAITING, "", NOW, ())).ids
        newest, none = listed[0], listed[:0]
        for held, whole in (
            ((listed, none), False),
            ((listed[3:], listed[:3]), False),
            ((listed[1:], none), True),
            ((listed[:-1], listed[:1]), True),
        ):
            found = read(store, Asked(WAITING, "", NOW, (), since=newest, held=held))
            assert (found.since == 0) == whole and len(found.ids) == (len(listed) if whole else 0)
        decisions.record(store, Act.DISMISS, items=[listed[2]], by="bob", at=NOW)
        later = read(store, Asked(WAITING, "", NOW, (), since=newest, held=(listed, none)))
        assert later.since == 0 and list(later.ids) == [item for item in listed if item != listed[2]]


async def test_what_somebody_else_decided_leaves_the_queue(
    running: Running, store_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.items_screen.WHOLE", 0.0)
    async with running(store_path) as pilot:
        screen = await items_on(pilot, "2")
        queue = list(screen.row_list.ids)
        with open_store(store_path) as store:
            decisions.record(store, Act.DISMISS, items=[queue[2]], by="bob", at=NOW)
        await until(pilot, lambda: queue[2] not in screen.row_list.ids)
        assert list(screen.row_list.ids) == [item for item in queue if item != queue[2]]

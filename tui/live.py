"""How the screens talk to the store without waiting: one thread reads, one writes, both post messages.

Small reads (a page of rows by id, 0.1 ms) are done by the screens themselves. Anything that may take longer
is asked here by topic; a newer question of a topic makes an older one void, before it runs and after.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual.message import Message

from store.errors import StoreInterrupted
from stories.errors import SpreadwatchError
from tui.messages import Answered, Decided, StoreChanged

if TYPE_CHECKING:
    from store.database import Store
    from stories.decision import Decision

Post = Callable[[Message], Any]

WATCH_SECONDS = 0.25
"""How often the store is asked whether somebody wrote; `PRAGMA data_version` costs 2 µs."""


TRIM_SECONDS = 10.0
"""How often freed memory is given back, without Python's lock."""


@dataclass(frozen=True, slots=True)
class _Question:
    topic: str
    stamp: int
    ask: Callable[[Store], Any]


class ReadingThread:
    """Answers questions in the background and notices when the store changes.

    The store gives this thread a connection of its own. Errors of the store come back in the answer;
    anything else is a bug and ends the app with its traceback.
    """

    def __init__(self, store: Store, post: Post, failed: Callable[[BaseException], Any]) -> None:
        self._store = store
        self._post = post
        self._failed = failed
        self._questions: queue.SimpleQueue[_Question | None] = queue.SimpleQueue()
        self._stamps: dict[str, int] = {}
        self._asked = self._done = 0
        self._under_way = ""
        """The topic of the question it is at."""
        self._guard = threading.Lock()
        """Held where that changes and while its query is broken off, so that no other one is."""
        self._break_off: Callable[[], None] = lambda: None
        self._thread = threading.Thread(target=self._run, name="spreadwatch-reads", daemon=True)

    def start(self) -> None:
        """Begin; the first look at the store's version only remembers it."""
        self._thread.start()

    def stop(self) -> None:
        """Let the thread end: nobody waits for the answer that it is at. Waits a second at most."""
        self._questions.put(None)
        with self._guard:
            if self._under_way:
                self._break_off()
        if self._thread.is_alive():
            self._thread.join(1.0)

    def ask(self, topic: str, ask: Callable[[Store], Any], *, over: bool = False) -> int:
        """Put a question; its answer comes as `Answered` with this stamp. Older ones of the topic are void.

        ``over``: one of the topic that is under way is broken off. For what is typed: a question that is asked
        again and again by itself would never be answered.
        """
        stamp = self._stamps.get(topic, 0) + 1
        self._stamps[topic] = stamp
        self._asked += 1
        if over:
            with self._guard:
                if self._under_way == topic:
                    self._break_off()
        self._questions.put(_Question(topic, stamp, ask))
        return stamp

    @property
    def busy(self) -> bool:
        """Whether a question is still unanswered; each counter has one writer, so no lock is needed."""
        return self._asked != self._done

    def current(self, answer: Answered) -> bool:
        """Whether the answer is to the topic's latest question."""
        return self._stamps.get(answer.topic) == answer.stamp

    def _run(self) -> None:
        try:
            from tui.heap import heap  # ctypes is not needed for the first frame

            seen = self._store.data_version()
            trim, trimmed = heap(), time.monotonic()
            self._break_off = self._store.breaker()
            while True:
                try:
                    question = self._questions.get(timeout=WATCH_SECONDS)
                except queue.Empty:
                    pass
                else:
                    if question is None:
                        return
                    if (answer := self._answer(question)) is not None:
                        self._post(answer)
                    self._done += 1
                if time.monotonic() > trimmed + TRIM_SECONDS:
                    trim()
                    trimmed = time.monotonic()
                now = self._store.data_version()
                if now != seen:
                    seen = now
                    self._post(StoreChanged())
        except BaseException as error:  # noqa: BLE001 - the app shows it and ends; a thread's error must not vanish
            self._failed(error)

    def _answer(self, question: _Question) -> Answered | None:
        """None for one that is void."""
        with self._guard:
            self._under_way = question.topic
        try:
            if self._stamps[question.topic] != question.stamp:
                return None
            return Answered(question.topic, question.stamp, question.ask(self._store))
        except StoreInterrupted:
            return None
        except SpreadwatchError as error:
            return Answered(question.topic, question.stamp, None, error)
        finally:
            with self._guard:
                self._under_way = ""


@dataclass(frozen=True, slots=True)
class _Order:
    title: str
    write: Callable[[Store], Decision | None]


class WritingThread:
    """Writes decisions in the order they were made, so that no key waits for the disk or another writer."""

    def __init__(self, store: Store, post: Post, failed: Callable[[BaseException], Any]) -> None:
        self._store = store
        self._post = post
        self._failed = failed
        self._orders: queue.SimpleQueue[_Order | None] = queue.SimpleQueue()
        self._ordered = self._done = 0
        self._thread = threading.Thread(target=self._run, name="spreadwatch-writes", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Write everything that was ordered, then end; a lock held by another may make this last seconds."""
        self._orders.put(None)
        if self._thread.is_alive():
            self._thread.join(30.0)

    def order(self, title: str, write: Callable[[Store], Decision | None]) -> None:
        """Have something written; `Decided` tells how it went."""
        self._ordered += 1
        self._orders.put(_Order(title, write))

    @property
    def busy(self) -> bool:
        """Whether something ordered is still to be written."""
        return self._ordered != self._done

    def _run(self) -> None:
        try:
            while (order := self._orders.get()) is not None:
                try:
                    self._post(Decided(order.title, order.write(self._store)))
                except SpreadwatchError as error:
                    self._post(Decided(order.title, None, error))
                self._done += 1
        except BaseException as error:  # noqa: BLE001 - the app shows it and ends; a thread's error must not vanish
            self._failed(error)

"""A terminal that goes away wakes the program once more, and must find nobody."""

from __future__ import annotations

import os
import pty
import signal
from collections.abc import Iterator

import pytest

from tui.hangup import ENDINGS, heed_hangup


@pytest.fixture(autouse=True)
def handlers() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in (*ENDINGS, signal.SIGCONT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


async def test_waking_up_is_heeded_in_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    woken: list[int] = []
    signal.signal(signal.SIGCONT, lambda number, _: woken.append(number))
    heed_hangup(lambda code: None)
    terminal, line = pty.openpty()
    with os.fdopen(line) as stdin:
        monkeypatch.setattr("sys.__stdin__", stdin)
        signal.raise_signal(signal.SIGCONT)
        assert woken == [signal.SIGCONT]
        os.close(terminal)  # the ssh line has dropped
        signal.raise_signal(signal.SIGCONT)
        assert woken == [signal.SIGCONT]

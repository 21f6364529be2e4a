"""Polls' results in portions that are written in one transaction each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from feeds.entry import Entry
from feeds.polled import Polled


@dataclass(frozen=True, slots=True)
class Part:
    """Some of a poll's entries, in their order."""

    polled: Polled
    entries: Sequence[Entry]
    last: bool
    """Nothing of the poll is left, so that its feed's new state may be kept."""


def portions(polls: Sequence[Polled], most: int) -> Iterator[list[Part]]:
    """Parts with at most ``most`` entries together, over all polls in their order; a poll without entries is a part too."""
    held: list[Part] = []
    room = most
    for polled in polls:
        left = polled.entries
        while True:
            now, left = left[:room], left[room:]
            held.append(Part(polled, now, not left))
            room -= len(now)
            if room:
                break
            yield held
            held, room = [], most
            if not left:
                break
    if held:
        yield held

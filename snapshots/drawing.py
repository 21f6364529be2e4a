"""A story's spread as a drawing: publishers that carry the claim, publishers that carry a denial, and turns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape

from snapshots.snapshot import Snapshot
from snapshots.wording import counted
from stories.evidence import Stance, Target

_WIDTH, _HEIGHT = 720, 250
_LEFT, _RIGHT, _TOP, _BOTTOM = 40, 710, 44, 184
_INSET = 14
"""Points between the axis and the first item, so that marks don't cover the axis' figures."""
_MARKS = 12
"""Turns drawn at most; a longer timeline is in the text beside the drawing."""


@dataclass(frozen=True, slots=True)
class _Scale:
    """Times to points across, counts to points up."""

    start: datetime
    end: datetime
    most: int

    def x(self, at: datetime) -> float:
        share = (at - self.start) / (self.end - self.start)
        return round(_LEFT + _INSET + (_RIGHT - _LEFT - 2 * _INSET) * min(max(share, 0.0), 1.0), 1)

    def y(self, count: int) -> float:
        return round(_BOTTOM - (_BOTTOM - _TOP) * count / self.most, 1)


def timeline(snapshot: Snapshot) -> str:
    """An SVG element, with its meaning in words for those who can't see it; empty for a story without items."""
    carried = _first_by_publisher(
        [(item.effective, item.publisher) for item in snapshot.detail.items if item.effective is not None]
    )
    if not carried:
        return ""
    denied = _first_by_publisher(
        [
            (placed.at, placed.publisher)
            for placed in snapshot.detail.statements
            if placed.target is Target.CLAIM and placed.statement.stance is Stance.DENY
        ]
    )
    turns = [event for event in snapshot.detail.timeline if event.party]
    last = max([snapshot.detail.last_seen or carried[-1], *carried, *(event.at for event in turns)])
    # A story of one moment still needs a width.
    scale = _Scale(carried[0], max(last, carried[0] + timedelta(hours=1)), len(carried))
    told = (
        f"From {_clock(scale.start)} to {_clock(last)} UTC: {counted(len(carried), 'publisher')} carry the story, "
        f"{len(denied)} a denial."
    )
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        f'aria-label="{escape(told)}">',
        f'<path d="M{_LEFT} {_TOP}V{_BOTTOM}H{_RIGHT}" fill="none" stroke="currentColor"/>',
        _text(_LEFT - 6, _TOP + 4, str(scale.most), anchor="end"),
        _text(_LEFT - 6, _BOTTOM + 4, "0", anchor="end"),
        _text(_LEFT, _BOTTOM + 18, _clock(scale.start)),
        _text(_RIGHT, _BOTTOM + 18, _clock(scale.end), anchor="end"),
        _curve(scale, carried, "claim"),
        _curve(scale, denied, "denial"),
        *(_mark(scale, number, event.at, event.because) for number, event in enumerate(turns[:_MARKS], 1)),
        _text(
            _LEFT,
            _HEIGHT - 30,
            "Line: publishers that carry the story. Grey: publishers that carry a denial.",
        ),
        _text(_LEFT, _HEIGHT - 14, "Numbers: turns of the timeline below."),
        "</svg>",
    ]
    return "\n".join(part for part in parts if part)


def turn_numbers(snapshot: Snapshot) -> dict[int, int]:
    """The drawing's number of each timeline event that has one, by the event's place."""
    places = [place for place, event in enumerate(snapshot.detail.timeline) if event.party]
    return {place: number for number, place in enumerate(places[:_MARKS], 1)}


def _first_by_publisher(sightings: Sequence[tuple[datetime, str]]) -> list[datetime]:
    first: dict[str, datetime] = {}
    for at, publisher in sightings:
        first[publisher] = min(at, first.get(publisher, at))
    return sorted(first.values())


def _curve(scale: _Scale, times: Sequence[datetime], kind: str) -> str:
    if not times:
        return ""
    steps = "".join(f"H{scale.x(at)}V{scale.y(count)}" for count, at in enumerate(times, 1))
    path = f"M{scale.x(times[0])} {scale.y(0)}{steps}H{_RIGHT}"
    if kind == "denial":  # an area, since both curves may run along each other
        return f'<path class="{kind}" d="{path}V{_BOTTOM}Z" fill="currentColor" fill-opacity="0.25"/>'
    return f'<path class="{kind}" d="{path}" fill="none" stroke="currentColor" stroke-width="2"/>'


def _mark(scale: _Scale, number: int, at: datetime, because: str) -> str:
    x = scale.x(at)
    up = _TOP - 4 - 12 * ((number - 1) % 3)  # neighbours in time must not cover each other
    return (
        f'<g class="turn"><title>{number}: {escape(because)}</title>'
        f'<path d="M{x} {up + 4}V{_BOTTOM}" stroke="currentColor" stroke-width="0.5" opacity="0.6"/>'
        f"{_text(x, up, str(number), anchor='middle')}</g>"
    )


def _text(x: float, y: float, words: str, *, anchor: str = "start") -> str:
    return f'<text x="{x}" y="{y}" font-size="12" text-anchor="{anchor}" fill="currentColor">{escape(words)}</text>'


def _clock(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"

"""Drawings in characters: items and statements on one time axis, and how far claim and denial reached."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from stories.evidence import Stance, Target
from stories.story import StoryDetail
from tui import words
from tui.drawing import Glyphs, Look, Piece
from tui.sheet import Sheet

HEIGHT = 4
"""Lines of a curve: enough to tell a step from a slope, few enough for 24 lines."""


def histogram(sheet: Sheet, detail: StoryDetail) -> None:
    """Items over the story's whole time, with a mark under each statement on the claim."""
    times = [item.effective for item in detail.items if item.effective is not None]
    axis = _axis(times, detail.as_of)
    if axis is None:
        return
    start, end = axis
    width = sheet.width
    counts = [0] * width
    for at in times:
        counts[_cell(at, start, end, width)] += 1
    top = max(counts)
    glyphs = sheet.glyphs
    sheet.head("Items over time", f"tallest bar {top}")
    levels = len(glyphs.bars) - 1
    bars = "".join(glyphs.bars[-(-count * levels // top)] for count in counts)
    sheet.add_line(Piece(bars, Look.SPARK))
    marks: list[Piece] = [Piece(" ")] * width
    for placed in detail.statements:
        if placed.target is Target.CLAIM:
            cell = _cell(placed.at, start, end, width)
            stance = placed.statement.stance
            if marks[cell].text != glyphs.denied:  # a denial is never hidden by what came with it
                marks[cell] = Piece(words.stance_mark(stance, glyphs), words.stance_look(stance))
    sheet.add_line(*marks)
    _scale(sheet, start, end)
    sheet.add(
        Piece(f"{glyphs.denied} denial  ", Look.BAD),
        Piece(f"{glyphs.confirmed} confirmation  ", Look.GOOD),
        Piece(f"{words.CANNOT_CONFIRM} can't confirm  {words.NO_COMMENT} no comment  ", Look.INFO),
        Piece(f"{words.DOUBT} doubt  ", Look.WARN),
        Piece("> claim", Look.DIM),
    )


def curves(sheet: Sheet, detail: StoryDetail) -> None:
    """Publishers that carry the claim, and publishers that carry a denial, added up over time."""
    carried = _first_times((item.publisher, item.effective) for item in detail.items)
    denied = _first_times(
        (placed.publisher, placed.at)
        for placed in detail.statements
        if placed.target is Target.CLAIM and placed.statement.stance is Stance.DENY
    )
    axis = _axis(carried, detail.as_of)
    if axis is None or len(carried) < 2:
        return
    start, end = axis
    top = len(carried)
    sheet.head("Reach", "publishers that carry the claim, and a denial of it")
    room = max(10, sheet.width - 7)
    for name, times, look in (("claim", carried, Look.SPARK), ("denial", denied, Look.BAD)):
        steps = [0] * room
        for at in times:
            steps[_cell(at, start, end, room)] += 1
        total, heights = 0, []
        for step in steps:
            total += step
            heights.append(total)
        if not times:
            sheet.add_line(Piece(f"{name:<7}", Look.DIM), Piece("nobody", Look.DIM))
            continue
        for number, line in enumerate(_area(heights, top, HEIGHT if name == "claim" else 2, sheet.glyphs)):
            label = f"{name} " if number == 0 else f"{len(times):>5} " if number == 1 else ""
            sheet.add_line(Piece(f"{label:<7}", Look.DIM), Piece(line, look))
    _scale(sheet, start, end, indent=7)


def _area(heights: Sequence[int], top: int, lines: int, glyphs: Glyphs) -> list[str]:
    """An area curve of some lines, top line first; a value above 0 shows at least the lowest bar."""
    levels = len(glyphs.bars) - 1
    filled = [max(bool(height), round(height / top * lines * levels)) for height in heights]
    return [
        "".join(glyphs.bars[max(0, min(levels, value - levels * line))] for value in filled)
        for line in reversed(range(lines))
    ]


def _first_times(carried: object) -> list[datetime]:
    first: dict[str, datetime] = {}
    for publisher, at in carried:  # type: ignore[attr-defined]
        if at is not None and (publisher not in first or at < first[publisher]):
            first[publisher] = at
    return sorted(first.values())


def _axis(times: Sequence[datetime], now: datetime) -> tuple[datetime, datetime] | None:
    """From the first item to the last, an hour at least; None when there is no time to draw."""
    if len(times) < 2:
        return None
    start, end = min(times), max(times)
    return start, max(end, start + timedelta(hours=1))


def _cell(at: datetime, start: datetime, end: datetime, width: int) -> int:
    share = (at - start) / (end - start)
    return max(0, min(width - 1, int(share * width)))


def _scale(sheet: Sheet, start: datetime, end: datetime, indent: int = 0) -> None:
    room = sheet.width - indent
    left = words.moment(start)
    right = f"{end:%H:%M}" if start.date() == end.date() else words.moment(end)
    sheet.add_line(Piece(" " * indent + left + right.rjust(max(1, room - len(left))), Look.DIM))

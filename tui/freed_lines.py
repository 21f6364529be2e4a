"""Drawn lines are freed as soon as nothing shows them any more.

Textual 8.2.8 keeps with each line (`Strip`) what came of cutting it, and a line that is not cut comes out as itself:
it then holds itself, so that only a search for garbage frees it. Such lines, with their seven caches each, were nine in
ten of all garbage, 90,000 objects in 25 seconds of moving about; the memory between two searches was in pieces, and
a screen that was used for an hour had grown by 10 MB. Whole lines are given back before those caches are asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from textual.strip import Strip

if TYPE_CHECKING:
    from rich.style import Style

_divide = Strip.divide
_crop_extend = Strip.crop_extend


def free_lines() -> None:
    """Have whole lines cut without being kept by themselves, in every app of this process."""
    Strip.divide = _divided  # type: ignore[method-assign, assignment]
    Strip.crop_extend = _cropped  # type: ignore[method-assign, assignment]


def _divided(line: Strip, cuts: Iterable[int]) -> Sequence[Strip]:
    length = line.cell_length
    inside = [cut for cut in cuts if cut <= length]
    return [line] if inside == [length] else _divide(line, inside)


def _cropped(line: Strip, start: int, end: int, style: Style | None) -> Strip:
    return line if start == 0 and end == line.cell_length else _crop_extend(line, start, end, style)

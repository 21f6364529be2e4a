"""What commands write: JSON that streams, and lines that fit the terminal."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

import click


def as_json(value: Any) -> None:
    """One JSON value on standard output."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=1))


def as_json_list(values: Iterable[Any]) -> None:
    """A JSON list, one member a line, written as the members come: a store may hold a million."""
    between = "[\n"
    for value in values:
        click.echo(between + json.dumps(value, ensure_ascii=False), nl=False)
        between = ",\n"
    click.echo("[]" if between == "[\n" else "\n]")


def bar(
    length: int, label: str, steps: Iterable[Any] | None = None
) -> Any:  # click keeps the bar's class private
    """A bar on standard error for work that takes long, over ``steps`` or moved by hand; nothing where nobody watches."""
    return click.progressbar(steps, length=length, label=label, file=sys.stderr, hidden=not _watched())


def _watched() -> bool:
    return sys.stderr.isatty()


def minute(at: datetime | None) -> str:
    """A time to the minute in UTC, as wide when there is none."""
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M") if at else "-" * 16


def lines(rows: Iterable[Sequence[str]]) -> None:
    """Rows as columns; the last takes what the terminal has left, and all of it when the output is no terminal."""
    table = [tuple(row) for row in rows]
    if not table:
        return
    widths = [max(map(_width, column)) for column in zip(*table, strict=True)]
    left = max(20, shutil.get_terminal_size().columns - sum(widths[:-1]) - 2 * (len(widths) - 1))
    cut = sys.stdout.isatty()
    for row in table:
        cells = [cell + " " * (width - _width(cell)) for cell, width in zip(row[:-1], widths, strict=False)]
        click.echo("  ".join([*cells, shortened(row[-1], left) if cut else row[-1]]).rstrip())


def shortened(text: str, width: int) -> str:
    """The text in at most ``width`` cells, its end shown as cut."""
    if _width(text) <= width:
        return text
    kept = ""
    for character in text:
        if _width(kept) + _width(character) >= width:
            break
        kept += character
    return kept + "…"


def _width(text: str) -> int:
    """Terminal cells; wide East Asian characters take two."""
    from unicodedata import combining, east_asian_width

    if text.isascii():
        return len(text)
    return sum(0 if combining(one) else 2 if east_asian_width(one) in "WF" else 1 for one in text)

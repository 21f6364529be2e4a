"""Briefs in a desk's own words: Jinja2 templates, sandboxed, so that a template can show but not act."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator, Sized
from contextlib import contextmanager
from pathlib import Path
from traceback import extract_tb
from types import FrameType
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, TemplateNotFound, select_autoescape
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from snapshots import document
from snapshots.brief import brief
from snapshots.drawing import timeline, turn_numbers
from snapshots.errors import SnapshotError
from snapshots.snapshot import Snapshot
from snapshots.wording import link, literal, one_line, printable

LONGEST = 10.0
"""Seconds a desk's template may take; the brief of a story of 5,000 items takes one."""
_MOST = 1_000_000
"""Characters or members that a product may have."""
_POWER = 64
_OWN = Path(__file__).with_name("templates")


def render(snapshot: Snapshot, template: Path) -> str:
    """The snapshot through a template file; SnapshotError names its line when it can't be used.

    A template sees ``brief`` (`snapshots.brief.Brief`), ``story`` (the JSON object of docs/schemas) and
    ``drawing`` (the timeline as SVG, with ``turns``, its number of each timeline line by place), and may include others of its folder. Texts are escaped in files
    named `.html` or `.xml`; elsewhere the filter ``literal`` keeps them from acting as Markdown.
    """
    environment = _environment(template.parent)
    context = _context(snapshot)
    try:
        with _bounded(template):
            made: str = environment.get_template(template.name).render(context)
    except TemplateNotFound as error:
        raise SnapshotError(f"{template}: it includes {error.name}, which is not in its folder.") from error
    except TemplateError as error:
        place = _place(template, error, getattr(error, "lineno", None))
        raise SnapshotError(f"{place}: {(error.message or type(error).__name__).rstrip('.')}.") from error
    except (UnicodeDecodeError, OSError) as error:
        raise SnapshotError(f"{template} can't be read: {error}.") from error
    except (
        ArithmeticError,
        AttributeError,
        LookupError,
        MemoryError,
        RecursionError,
        TypeError,
        ValueError,
    ) as error:
        # What a template's own expressions raise: they are Python's.
        told = str(error).rstrip(".") or type(error).__name__
        raise SnapshotError(f"{_place(template, error, None)}: {told}.") from error
    return made


def _place(template: Path, error: Exception, line: int | None) -> str:
    """File and line; Jinja2 puts the template's own lines into the traceback."""
    lines = [frame.lineno for frame in extract_tb(error.__traceback__) if frame.filename == str(template)]
    found = line or (lines[-1] if lines else None)
    return f"{template}, line {found}" if found else str(template)


@contextmanager
def _bounded(template: Path) -> Iterator[None]:
    """Ends a template that loops for longer than anybody waits; only the main thread can be interrupted so."""
    if template.parent == _OWN or threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(_: int, __: FrameType | None) -> None:
        raise SnapshotError(
            f"{template}: it was still at work after {LONGEST:g} seconds.", remedy="Does it loop?"
        )

    before = signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, LONGEST)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja2's sandbox bounds `range`, and this what can be made of little: products and powers."""

    intercepted_binops = frozenset({"*", "**"})

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """The product or power; SecurityError when it would be huge."""
        if operator == "**" and not (abs(left) <= _MOST and abs(right) <= _POWER):
            raise SecurityError("The power is too large")
        for many, times in ((left, right), (right, left)):
            if (
                operator == "*"
                and isinstance(many, Sized)
                and isinstance(times, int)
                and len(many) * times > _MOST
            ):
                raise SecurityError(f"More than {_MOST:,} repetitions are asked for")
        return super().call_binop(context, operator, left, right)


def page(snapshot: Snapshot) -> str:
    """The brief as one self-contained HTML page: no scripts, nothing fetched, made to be printed too."""
    return printable(render(snapshot, _OWN / "brief.html"))


def _environment(folder: Path) -> _Sandbox:
    environment = _Sandbox(
        loader=FileSystemLoader(folder),
        autoescape=select_autoescape(("html", "htm", "xml", "svg")),
        undefined=StrictUndefined,  # a mistyped name must not print as nothing
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(literal=literal, one_line=one_line, link=link)
    return environment


def _context(snapshot: Snapshot) -> dict[str, Any]:
    return {
        "brief": brief(snapshot),
        "story": document.story(snapshot.detail),
        "drawing": timeline(snapshot),
        "turns": turn_numbers(snapshot),
        "tool": snapshot.tool,
    }

"""Briefs in a desk's own words: Jinja2 templates, sandboxed, so that a template can show but not act."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, select_autoescape
from jinja2.sandbox import ImmutableSandboxedEnvironment

from snapshots import document
from snapshots.brief import brief
from snapshots.drawing import timeline, turn_numbers
from snapshots.errors import SnapshotError
from snapshots.snapshot import Snapshot
from snapshots.wording import link, literal, one_line

_OWN = Path(__file__).with_name("templates")


def render(snapshot: Snapshot, template: Path) -> str:
    """The snapshot through a template file; SnapshotError names its line when it can't be used.

    A template sees ``brief`` (`snapshots.brief.Brief`), ``story`` (the JSON object of docs/schemas) and
    ``drawing`` (the timeline as SVG, with ``turns``, its number of each timeline line by place), and may include others of its folder. Texts are escaped in files
    named `.html` or `.xml`; elsewhere the filter ``literal`` keeps them from acting as Markdown.
    """
    environment = _environment(template.parent)
    try:
        made: str = environment.get_template(template.name).render(_context(snapshot))
    except TemplateError as error:
        line = getattr(error, "lineno", None)
        place = f"{template}, line {line}" if line else str(template)
        raise SnapshotError(f"{place}: {error.message or type(error).__name__}.") from error
    except (UnicodeDecodeError, OSError) as error:
        raise SnapshotError(f"{template} can't be read: {error}.") from error
    return made


def page(snapshot: Snapshot) -> str:
    """The brief as one self-contained HTML page: no scripts, nothing fetched, made to be printed too."""
    return render(snapshot, _OWN / "brief.html")


def _environment(folder: Path) -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
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

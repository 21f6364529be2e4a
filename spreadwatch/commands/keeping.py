"""Keeping a story as evidence: export it, check an export, compare two."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click

from snapshots import json_export
from snapshots.difference import difference
from snapshots.errors import SnapshotError
from snapshots.formats import FORMATS, Format
from snapshots.saving import file_name, save
from snapshots.snapshot import Snapshot
from snapshots.verifying import verify
from snapshots.wording import counted
from spreadwatch.choosing import chosen_story
from spreadwatch.commands.looking import as_of_option
from spreadwatch.invocation import Invocation, db_option, invocation
from spreadwatch.moment import as_moment
from spreadwatch.taking import all_taken, taken
from store import items, stories
from store.stories import StoriesView

ALTERED = 1
"""The exit code of `verify` when something is not as it was written."""
_LONG = 500
"""Items of a story whose export takes a second or more."""
_SHOWN = 5
"""Files named one by one when a whole folder is well."""


@click.command(
    "export", epilog="Examples: spreadwatch export 1 -o brief.md; spreadwatch export --all -o briefs"
)
@click.argument("story", metavar="[STORY]", default="")
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    default="md",
    show_default=True,
    help="; ".join(f"{form.name}: {form.title}" for form in FORMATS.values()) + ".",
)
@click.option(
    "--template",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="Your own Jinja2 template instead of a format (docs/snapshots.md).",
)
@click.option("--all", "all_", is_flag=True, help="Every story of the Stories screen, into the folder -o.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write there, and record it in that folder's manifest; without it, standard output.",
)
@as_of_option
@db_option
@invocation
def export_command(
    told: Invocation,
    story: str,
    form: str,
    template: Path | None,
    all_: bool,
    output: Path | None,
    as_of: datetime | None,
) -> None:
    """Write a story's snapshot. STORY is a number from `stories`, or words of a name that fit only one."""
    if bool(story) == all_:
        raise click.UsageError("Name one story, or say --all.")
    made = FORMATS[form] if template is None else _own(template)
    if all_:
        _export_all(told, made, output, as_of)
        return
    with told.open() as store:
        number = chosen_story(store, story)
        with _steps(items.count(store, items.ItemFilter(story=number))) as step:
            snapshot = taken(store, number, told.analyst, as_of)
            step()
            if output is None:
                text = made.write(snapshot)
            else:
                path = output / file_name(snapshot, made) if output.is_dir() else output
                files = save(snapshot, made, path)
            step()
    if output is not None:
        for written in files:
            click.echo(f"Wrote {written}", err=True)
        return
    if not isinstance(text, str):
        raise click.UsageError(f"--format {form} makes {len(text)} files; name them with -o FILE.")
    click.echo(text.encode(), nl=False)


@contextmanager
def _steps(size: int) -> Iterator[Callable[[], None]]:
    """A bar for an export that takes long, moved by each step: reading the story, then writing it."""
    if size < _LONG:
        yield lambda: None
        return
    with click.progressbar(length=2, label=counted(size, "item"), file=sys.stderr) as bar:
        yield lambda: bar.update(1)


def _own(template: Path) -> Format:
    def write(snapshot: Snapshot) -> str:
        from snapshots.templating import render  # Jinja2 costs 40 ms, which no other format needs

        return render(snapshot, template)

    return Format(f"template {template.name}", template.suffix, "a desk's own", write)


def _export_all(told: Invocation, form: Format, folder: Path | None, as_of: datetime | None) -> None:
    if folder is None:
        raise click.UsageError("--all writes many files; name their folder with -o.")
    with told.open() as store:
        count = stories.count(store)
        snapshots = all_taken(store, StoriesView.ACTIVE, told.analyst, as_of)
        with click.progressbar(snapshots, length=count, label="Stories", file=sys.stderr) as bar:
            for snapshot in bar:
                save(snapshot, form, folder / file_name(snapshot, form))
    click.echo(f"Wrote {counted(count, 'story', 'stories')} to {folder}.", err=True)


@click.command("verify", epilog="Example: spreadwatch verify brief.md")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
def verify_command(file: Path) -> None:
    """Check an exported snapshot, or a folder's manifest: any altered byte, missing item or broken chain."""
    verdict = verify(file)
    for line in verdict.trouble:
        click.echo(line)
    if verdict.trouble:
        raise SystemExit(ALTERED)
    more = len(verdict.checked) - _SHOWN
    rest = f"; and {more:,} more" if more > 0 else ""
    click.echo(f"As it was written: {'; '.join(verdict.checked[:_SHOWN])}{rest}.")


@click.command(
    "diff", epilog="Examples: spreadwatch diff monday.json tuesday.json; spreadwatch diff 1 --since '1d ago'"
)
@click.argument("before")
@click.argument("after", default="")
@click.option(
    "--since", metavar="TIME", callback=as_moment, help="Compare the story BEFORE with what was known then."
)
@db_option
@invocation
def diff_command(told: Invocation, before: str, after: str, since: datetime | None) -> None:
    """Say what changed between two JSON snapshots, or in a story since a time."""
    if bool(after) == bool(since):
        raise click.UsageError("Give two snapshots, or one story and --since TIME.")
    if after:
        old, new = _read(before), _read(after)
    else:
        with told.open() as store:
            number = chosen_story(store, before)
            old, new = taken(store, number, "", since), taken(store, number, "")
    for line in difference(old, new):
        click.echo(line)


def _read(path: str) -> Snapshot:
    try:
        return json_export.read(Path(path).read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise SnapshotError(
            f"{path} can't be read: {error}.", remedy="Give a --format json export."
        ) from error
    except SnapshotError as error:
        raise SnapshotError(f"{path}: {error.message}", remedy=error.remedy) from error

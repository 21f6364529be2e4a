"""Keeping a story as evidence: export it, check an export, compare two."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click

from snapshots import json_export
from snapshots.difference import difference
from snapshots.formats import FORMATS, Format
from snapshots.saving import file_name, save, save_each
from snapshots.snapshot import Snapshot
from snapshots.verifying import verify
from snapshots.wording import counted
from spreadwatch.choosing import chosen_story, stories_of_view
from spreadwatch.commands.looking import as_of_option
from spreadwatch.invocation import Invocation, db_option, invocation
from spreadwatch.moment import as_moment
from spreadwatch.printing import bar
from spreadwatch.taking import taken
from store import items

ALTERED = 1
"""The exit code of `verify` when something is not as it was written."""
_LONG = 500
"""Items of a story whose export takes a second or more."""
_SHOWN = 5
"""Files named one by one when a whole folder is well."""


@click.command(
    "export",
    epilog="Examples: spreadwatch export 1 -o brief.md; spreadwatch export --view watched -o briefs",
)
@click.argument("story", metavar="[STORY]...", nargs=-1)
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
@click.option(
    "--view",
    metavar="NAME",
    help="Every story of a view, into the folder -o: active (what the Stories screen lists), watched, starred, all, or "
    "the name of a filter saved on the screen.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write there, and record it in that folder's manifest; without it, standard output.",
)
@click.option("--force", is_flag=True, help="Replace a file that is there.")
@as_of_option
@db_option
@invocation
def export_command(
    told: Invocation,
    story: tuple[str, ...],
    form: str,
    template: Path | None,
    view: str | None,
    output: Path | None,
    force: bool,
    as_of: datetime | None,
) -> None:
    """Write snapshots of stories. STORY is a number from `stories`, or words of a name that fit only one."""
    if bool(story) == bool(view):
        raise click.UsageError("Name stories, or a view with --view.")
    if output is not None:
        _has_place(output)
    made = FORMATS[form] if template is None else _own(template)
    if len(story) != 1:
        _export_each(told, story, view, made, output, force, as_of)
        return
    with told.open() as store:
        number = chosen_story(store, story[0])
        with _steps(items.count(store, items.ItemFilter(story=number))) as step:
            snapshot = taken(store, number, told.analyst, as_of)
            step()
            if output is None:
                text = made.write(snapshot)
            else:
                path = output / file_name(snapshot, made) if output.is_dir() else output
                files = save(snapshot, made, path, replace=force)
            step()
    if output is not None:
        for written in files:
            click.echo(f"Wrote {written}", err=True)
        return
    if not isinstance(text, str):
        raise click.UsageError(f"--format {form} makes {len(text)} files; name them with -o FILE.")
    click.echo(text.encode(), nl=False)


def _has_place(output: Path) -> None:
    """One new folder is made, as for the first brief; several missing ones are a slip of the pen."""
    lacking = output.absolute().parent.parent
    if not lacking.is_dir():
        raise click.BadParameter(
            f"there is no folder {lacking}. Make it first (mkdir -p), or choose another.",
            param_hint="-o",
        )


@contextmanager
def _steps(size: int) -> Iterator[Callable[[], None]]:
    """A bar for an export that takes long, moved by each step: reading the story, then writing it."""
    if size < _LONG:
        yield lambda: None
        return
    with bar(2, counted(size, "item")) as shown:
        yield lambda: shown.update(1)


def _own(template: Path) -> Format:
    def write(snapshot: Snapshot) -> str:
        from snapshots.templating import render  # Jinja2 costs 40 ms, which no other format needs

        return render(snapshot, template)

    return Format(f"template {template.name}", template.suffix, "a desk's own", write)


def _export_each(
    told: Invocation,
    chosen: tuple[str, ...],
    view: str | None,
    form: Format,
    folder: Path | None,
    force: bool,
    as_of: datetime | None,
) -> None:
    """Writes several stories, with a bar; a story that the format has nothing for is named."""
    if folder is None:
        raise click.UsageError("Several stories are several files; name their folder with -o.")
    with told.open() as store:
        wanted = (
            [chosen_story(store, words) for words in chosen]
            if view is None
            else stories_of_view(store, view, as_of)
        )
        snapshots = (taken(store, number, told.analyst, as_of) for number in wanted)
        with bar(len(wanted), "Stories", save_each(snapshots, (form,), folder, replace=force)) as steps:
            saved = list(steps)
    for left_out in filter(None, (one.left_out for one in saved)):
        click.echo(left_out, err=True)
    count = sum(bool(one.files) for one in saved)
    click.echo(f"Wrote {counted(count, 'story', 'stories')} to {folder}.", err=True)


@click.command("verify", epilog="Example: spreadwatch verify brief.md")
@click.argument("file", type=click.Path(path_type=Path, exists=True))
def verify_command(file: Path) -> None:
    """Check an exported snapshot, or a folder of them: any altered byte, missing item or broken chain."""
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
        old, new = json_export.load(Path(before)), json_export.load(Path(after))
    else:
        with told.open() as store:
            number = chosen_story(store, before)
            old, new = taken(store, number, "", since), taken(store, number, "")
    for line in difference(old.detail, new.detail).lines():
        click.echo(line)

"""Keeping a story as evidence: export it, and check an export."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from snapshots.formats import FORMATS
from snapshots.saving import save
from snapshots.snapshot import Snapshot, freeze
from snapshots.verifying import verify
from spreadwatch import TOOL
from spreadwatch.choosing import chosen_story
from spreadwatch.commands.looking import as_of_option
from spreadwatch.invocation import Invocation, db_option, invocation
from store.database import Store
from store.provenance import provenance
from store.stories import detail

ALTERED = 1
"""The exit code of `verify` when something is not as it was written."""


@click.command("export", epilog="Example: spreadwatch export 1 --format md -o brief.md")
@click.argument("story", metavar="STORY")
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    default="md",
    show_default=True,
    help="; ".join(f"{form.name}: {form.title}" for form in FORMATS.values()) + ".",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write there, and record it in that folder's manifest; without it, standard output.",
)
@as_of_option
@db_option
@invocation
def export_command(
    told: Invocation, story: str, form: str, output: Path | None, as_of: datetime | None
) -> None:
    """Write a story's snapshot: a number from `stories`, or a name that fits only one."""
    with told.open() as store:
        snapshot = taken(store, chosen_story(store, story), told.analyst, as_of)
    if output is not None:
        for path in save(snapshot, FORMATS[form], output):
            click.echo(f"Wrote {path}", err=True)
        return
    made = FORMATS[form].write(snapshot)
    if not isinstance(made, str):
        raise click.UsageError(f"--format {form} makes {len(made)} files; name them with -o FILE.")
    click.echo(made.encode(), nl=False)


def taken(store: Store, story: int, by: str, as_of: datetime | None = None) -> Snapshot:
    """A story of the store, frozen now as it is or was known."""
    told = detail(store, story, as_of=as_of)
    now = datetime.now(UTC)
    return freeze(told, taken_at=now, tool=TOOL, taken_by=by, provenance=provenance(store, told))


@click.command("verify", epilog="Example: spreadwatch verify brief.md")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
def verify_command(file: Path) -> None:
    """Check an exported snapshot, or a folder's manifest: any altered byte, missing item or broken chain."""
    verdict = verify(file)
    for line in verdict.trouble:
        click.echo(line)
    if verdict.trouble:
        raise SystemExit(ALTERED)
    click.echo(f"As it was written: {'; '.join(verdict.checked)}.")

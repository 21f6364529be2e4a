"""Giving space back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import click

from spreadwatch.invocation import Invocation, db_option, invocation
from spreadwatch.moment import as_length
from store import housekeeping


@click.command("tidy", epilog="Example: spreadwatch tidy --older-than 90d --vacuum")
@click.option(
    "--older-than",
    "age",
    metavar="LENGTH",
    callback=as_length,
    help="Let go of items older than 90d, 26w … whose story only one publisher carried.",
)
@click.option(
    "--vacuum", is_flag=True, help="Write the file anew without its holes; needs as much free disk again."
)
@db_option
@invocation
def tidy_command(told: Invocation, age: timedelta | None, vacuum: bool) -> None:
    """Make the database smaller. What you starred, watch or decided about stays, whatever its age.

    A collector and screens may go on meanwhile; --vacuum waits for a moment when nobody writes.
    """
    if age is None and not vacuum:
        raise click.UsageError("Say what to do: --older-than 90d, --vacuum, or both.")
    with told.open(write=True) as store:
        before = housekeeping.size(store)
        if age is not None:
            gone = housekeeping.retire(store, datetime.now(UTC) - age)
            click.echo(f"{gone:,} items let go, {before.items - gone:,} kept.")
        after = housekeeping.vacuum(store) if vacuum else housekeeping.size(store)
        click.echo(
            f"{before.bytes / 1e6:,.1f} MB before, {after.bytes / 1e6:,.1f} MB now, {after.free / 1e6:,.1f} MB of it free."
        )

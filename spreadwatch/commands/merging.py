"""The analysts' log out of one database and into another."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from snapshots.wording import counted
from spreadwatch.imported import SHOWN
from spreadwatch.invocation import Invocation, db_option, invocation
from store import exchange

UNPLACED = 1
"""The exit code of `decisions import` when some lines could not be taken over."""


@click.group("decisions", epilog="Example: spreadwatch decisions export -o ada.jsonl")
def decisions_command() -> None:
    """What analysts decided: as JSON lines out of one database, and into a colleague's."""


@decisions_command.command("export", epilog="Example: spreadwatch decisions export -o ada.jsonl")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write there."
)
@db_option
@invocation
def export_decisions(told: Invocation, output: Path | None) -> None:
    """Write every decision, oldest first, one JSON object a line."""
    with told.open() as store:
        lines = exchange.export(store)
        if output is None:
            for line in lines:
                click.echo(line)
            return
        with output.open("w", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in lines)


@decisions_command.command("import", epilog="Example: spreadwatch decisions import ada.jsonl")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@db_option
@invocation
def import_decisions(told: Invocation, file: Path) -> None:
    """Take over a colleague's decisions: each once; where both decided about an item, the newer one stands."""
    with told.open(write=True) as store, file.open(encoding="utf-8", errors="replace") as lines:
        merged = exchange.merge(store, lines, datetime.now(UTC))
    for number, why in merged.unplaced[:SHOWN]:
        click.echo(f"{file}, line {number}: {why} Skipped.", err=True)
    if (more := len(merged.unplaced) - SHOWN) > 0:
        click.echo(f"{file}: {counted(more, 'more line')} skipped.", err=True)
    click.echo(f"{counted(merged.applied, 'decision')} taken over, {merged.known:,} known already.")
    if merged.unplaced:
        raise SystemExit(UNPLACED)

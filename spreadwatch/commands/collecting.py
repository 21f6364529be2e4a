"""Collecting without a screen."""

from __future__ import annotations

import logging
from datetime import timedelta
from pathlib import Path

import click

from snapshots.wording import counted
from spreadwatch.collector import Counts, Task, run
from spreadwatch.companion import serve_a_screen
from spreadwatch.invocation import Invocation, db_option, feeds_option, invocation
from spreadwatch.moment import as_length
from spreadwatch.taking import Schedule
from stories.errors import SpreadwatchError

log = logging.getLogger("spreadwatch.export")


@click.command("collect", epilog="Examples: spreadwatch collect --once; spreadwatch collect --for 10m")
@click.option("--once", is_flag=True, help="Poll every feed that is due once, then leave.")
@click.option("--for", "duration", metavar="LENGTH", callback=as_length, help="Leave after 90s, 10m, 2h …")
@click.option(
    "--keep",
    metavar="LENGTH",
    callback=as_length,
    help="Once a day let go of items older than 90d, 26w … whose story only one publisher carried.",
)
@click.option(
    "--articles/--no-articles",
    default=True,
    help="Read the articles of watched stories' new items, politely.  [default: articles]",
)
@click.option("-v", "--verbose", is_flag=True, help="Say what is done, on standard error.")
@click.option(
    "--export-dir",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Keep snapshots of watched and starred stories there whenever they changed.",
)
@click.option(
    "--export-every",
    metavar="LENGTH",
    callback=as_length,
    default="1d",
    show_default=True,
    help="How often to look whether they changed.",
)
@click.option("--tied", is_flag=True, hidden=True, help="Stop when standard input ends, as a screen's does.")
@feeds_option
@db_option
@invocation
def collect_command(
    told: Invocation,
    once: bool,
    duration: timedelta | None,
    keep: timedelta | None,
    articles: bool,
    verbose: bool,
    export_dir: Path | None,
    export_every: timedelta,
    tied: bool,
) -> None:
    """Poll the feeds and take their items in until stopped (Ctrl-C); one collector per database."""
    logging.basicConfig(
        level=logging.INFO if verbose else logging.WARNING, format="%(asctime)s %(name)s: %(message)s"
    )
    # The libraries' own lines would name every request.
    logging.getLogger("httpx").setLevel(logging.WARNING)
    if tied:
        serve_a_screen()
    elif not (polled := told.catalogue_in_use().feeds):
        raise click.UsageError(f"There are no feeds in {told.feeds}. Add one: spreadwatch feeds add URL")
    elif not told.feeds.exists():
        # A file that can't be used is refused before anything is said of feeds.
        told.open(create=True).close()
        click.echo(
            f"There is no catalogue at {told.feeds} yet: polling the {counted(len(polled), 'feed')} that come with the program. "
            "`spreadwatch feeds add URL` makes one of your own.",
            err=True,
        )
    schedule = Schedule(told.db, export_dir, every=export_every, by=told.analyst) if export_dir else None
    report = None if schedule is None else lambda _: _export(schedule)
    task = Task(
        told.catalogue_in_use,
        once=once,
        duration=duration,
        keep=keep,
        articles=articles,
        meaning=told.config.meaning,
        holder="screen" if tied else "collect",
        report=report,
    )
    counts = run(told.db, task)
    if schedule is not None:
        schedule.hurry()
        _export(schedule)
    click.echo(summary(counts))


def _export(schedule: Schedule) -> None:
    """A snapshot that can't be written must not end the collecting; it is tried again the next time."""
    try:
        for path in schedule.due():
            log.info("wrote %s", path)
    except SpreadwatchError as error:
        log.error("no snapshots: %s", error)


def summary(counts: Counts) -> str:
    """What a collector has done, in one line."""
    failed = ", ".join(f"{number} {kind}" for kind, number in sorted(counts.failed.items()))
    polls = f"{counted(counts.polls, 'poll')} ({counts.unchanged:,} unchanged{f'; failed: {failed}' if failed else ''})"
    return f"{polls}: {counted(counts.new, 'new item')}, {counts.revised:,} revised, {counts.seen:,} known already."

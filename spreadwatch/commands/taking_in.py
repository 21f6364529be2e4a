"""Bringing an archive of items in, through the same pipeline that polling uses."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import click

from snapshots.errors import SnapshotError
from snapshots.wording import counted
from spreadwatch.handed_over import handed_over
from spreadwatch.imported import SHOWN, Imported
from spreadwatch.importing import take_in
from spreadwatch.invocation import Invocation, db_option, feeds_option, invocation
from spreadwatch.pipeline import Pipeline
from spreadwatch.printing import bar
from spreadwatch.reading_ahead import batches
from store.database import collector_lock
from store.errors import CollectorRunning
from stories.errors import SpreadwatchError

NOTHING = 1
"""The exit code when no line could be read."""


@click.command("import", epilog="Example: spreadwatch import archive.jsonl.xz --db archive.db")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@db_option
@feeds_option
@invocation
def import_command(told: Invocation, file: Path) -> None:
    """Take in an archive: one JSON object a line (or CSV), plain or .xz, .gz, .bz2, .zst.

    A line needs a title (or summary or body), and may have id, link, published, feed, source and lang;
    description, content, url, date and host are read as summary, body, link, published and source. A bad
    line is reported with its number and skipped. Where a collector runs, it takes the file in, between its polls and by
    its own catalogue. FILE may also be a JSON snapshot, read back into a new database.
    """
    if _is_snapshot(file):
        _revive(told, file)
        return
    with closing(_imported(told, file)) as steps:
        done = _shown(file, steps)
    if done.unread_dates:
        found = counted(done.unread_dates, "line")
        click.echo(f"{file}: {found} with unreadable dates: kept, undated.", err=True)
    if done.unread_keys:
        click.echo(f"{file}: not read: {', '.join(done.unread_keys[:SHOWN])}.", err=True)
    click.echo(f"{done}.")
    if done.bad and done.bad == done.lines:
        raise SystemExit(NOTHING)


def _shown(file: Path, steps: Generator[Imported]) -> Imported:
    """What the import came to, after a bar and what went wrong on the way."""
    done = next(steps)  # before the bar: where it can't begin, one line says so
    try:
        with bar(1, file.name) as shown:
            for now in steps:
                if now.waiting != done.waiting and now.waiting:
                    click.echo(f"The collector waits: {now.waiting}", err=True)
                done = now
                shown.length = max(done.total, 1)
                shown.update(done.done - shown.pos)
    except (SpreadwatchError, KeyboardInterrupt):
        click.echo(
            f"{file}: stopped after {done}. What is in stays; the same command goes on from there.", err=True
        )
        raise
    finally:
        for line in done.shown:
            click.echo(f"{file}, line {line.number}: {line.problem}; skipped.", err=True)
        if done.bad > len(done.shown):
            click.echo(f"{file}: {done.bad - len(done.shown):,} more bad lines.", err=True)
    return done


def _imported(told: Invocation, file: Path) -> Generator[Imported]:
    """How far the import has come, again and again: by this process, or by the collector that runs."""
    publishers = told.catalogue_in_use()
    while True:
        try:
            with told.open(create=True) as store, collector_lock(told.db, "import"):
                done = Imported()
                yield done
                now = datetime.now(UTC)
                for batch, taken in take_in(Pipeline(store), batches(file, publishers, now), now):
                    done.add(batch, taken)
                    yield done
                return
        except CollectorRunning as collector:
            if not collector.polls or not file.is_file():
                raise
            click.echo(
                f"{collector.message} It takes the file in between its polls; Ctrl-C ends that.", err=True
            )
        with told.open(write=True) as store:
            if (yield from handed_over(store, file)):
                return
        click.echo("The collector has ended; what it left is taken in here.", err=True)


def _is_snapshot(file: Path) -> bool:
    with file.open("rb") as opened:
        return b'"schema": "spreadwatch/story@' in opened.read(200)


def _revive(told: Invocation, file: Path) -> None:
    from snapshots import json_export  # an archive needs neither of these
    from spreadwatch.reviving import revived

    try:
        snapshot = json_export.read(file.read_text("utf-8"))
    except UnicodeDecodeError as error:
        raise SnapshotError(f"{file} was altered: it is no longer UTF-8.") from error
    with told.open(create=True) as store, collector_lock(told.db, "import"):
        otherwise = revived(store, snapshot)
    click.echo(
        f"Read back “{snapshot.detail.story.name}” with {counted(len(snapshot.detail.items), 'item')}."
    )
    if otherwise:
        click.echo(f"This version tells otherwise than {snapshot.tool}: {', '.join(otherwise)}.", err=True)

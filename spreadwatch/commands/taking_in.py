"""Bringing an archive of items in, through the same pipeline that polling uses."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import click

from feeds.archive import BadLine
from snapshots.errors import SnapshotError
from snapshots.wording import counted
from spreadwatch.importing import Batch, batches, take_in
from spreadwatch.invocation import Invocation, db_option, feeds_option, invocation
from spreadwatch.pipeline import TakenIn
from store.database import collector_lock
from stories.errors import SpreadwatchError

NOTHING = 1
"""The exit code when no line could be read."""
SHOWN = 20
"""Bad lines shown one by one; beyond that only their number."""


@dataclass(slots=True)
class Counts:
    """What an import has come to so far."""

    lines: int = 0
    new: int = 0
    revised: int = 0
    seen: int = 0
    bad: int = 0
    unread_dates: int = 0
    unread_keys: frozenset[str] = frozenset()
    shown: list[BadLine] = field(default_factory=list)

    def add(self, batch: Batch, taken: TakenIn) -> None:
        """Count a batch."""
        self.lines += len(batch.entries) + len(batch.bad)
        self.new += len(taken.new)
        self.revised += len(taken.revised)
        self.seen += taken.seen
        self.bad += len(batch.bad)
        self.unread_dates += sum(bool(one.published_raw) and one.published is None for one in batch.entries)
        self.unread_keys |= batch.unread
        self.shown += batch.bad[: SHOWN - len(self.shown)]

    def __str__(self) -> str:
        known = f", {self.revised:,} revised" if self.revised else ""
        known += f", {self.seen:,} known already" if self.seen else ""
        read = f"{counted(self.lines, 'line')}: {counted(self.new, 'new item')}"
        return f"{read}{known}, {counted(self.bad, 'bad line')}"


@click.command("import", epilog="Example: spreadwatch import archive.jsonl.xz --db archive.db")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@db_option
@feeds_option
@invocation
def import_command(told: Invocation, file: Path) -> None:
    """Take in an archive: one JSON object a line (or CSV), plain or .xz, .gz, .bz2, .zst.

    A line needs a title (or summary or body), and may have id, link, published, feed, source and lang;
    description, content, url, date and host are read as summary, body, link, published and source. A bad
    line is reported with its number and skipped. FILE may also be a JSON snapshot, read back into a new database.
    """
    if _is_snapshot(file):
        _revive(told, file)
        return
    publishers = told.catalogue_in_use()
    now = datetime.now(UTC)
    counts = Counts()
    with told.open(create=True) as store, collector_lock(told.db, "import"):
        try:
            with click.progressbar(length=1, label=file.name, file=sys.stderr) as bar:
                for batch, taken in take_in(store, batches(file, publishers, now), now):
                    counts.add(batch, taken)
                    bar.length = max(batch.total, 1)
                    bar.update(batch.done - bar.pos)
        except SpreadwatchError:
            click.echo(f"{file}: stopped after {counts}.", err=True)
            raise
        finally:
            for line in counts.shown:
                click.echo(f"{file}, line {line.number}: {line.problem}; skipped.", err=True)
            if counts.bad > len(counts.shown):
                click.echo(f"{file}: {counts.bad - len(counts.shown):,} more bad lines.", err=True)
    if counts.unread_dates:
        found = counted(counts.unread_dates, "line")
        click.echo(f"{file}: {found} with unreadable dates: kept, undated.", err=True)
    if counts.unread_keys:
        click.echo(f"{file}: not read: {', '.join(sorted(counts.unread_keys)[:SHOWN])}.", err=True)
    click.echo(f"{counts}.")
    if counts.bad and counts.bad == counts.lines:
        raise SystemExit(NOTHING)


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

"""Bringing an archive of items in, through the same pipeline that polling uses."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import click

from feeds import catalogue
from feeds.archive import BadLine, Progress, read
from feeds.entry import Entry
from spreadwatch.invocation import Invocation, db_option, feeds_option, invocation
from spreadwatch.pipeline import Pipeline
from store.database import Store, collector_lock
from stories.errors import SpreadwatchError

BATCH = 500
"""Items written together: one transaction's cost is spread, and a bar still moves twice a second."""
SHOWN = 20
"""Bad lines shown one by one; beyond that only their number."""


@dataclass(slots=True)
class Counts:
    """What an import came to."""

    lines: int = 0
    new: int = 0
    revised: int = 0
    seen: int = 0
    bad: list[BadLine] = field(default_factory=list)

    def __str__(self) -> str:
        known = f", {self.revised:,} revised" if self.revised else ""
        known += f", {self.seen:,} known already" if self.seen else ""
        return f"{self.lines:,} lines: {self.new:,} new items{known}, {len(self.bad):,} bad lines"


@click.command("import", epilog="Example: spreadwatch import archive.jsonl.xz --db archive.db")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@db_option
@feeds_option
@invocation
def import_command(told: Invocation, file: Path) -> None:
    """Take in an archive: one JSON object a line (or CSV), plain or .xz, .gz, .bz2, .zst.

    A line needs a title (or summary or body), and may have id, link, published, feed, source and lang. A bad
    line is reported with its number and skipped.
    """
    publishers = catalogue.load(told.feeds)
    with told.open(create=True) as store, collector_lock(told.db):
        counts = Counts()
        progress = Progress()
        now = datetime.now(UTC)
        entries = read(file, publishers, progress=progress, now=now)
        try:
            with click.progressbar(length=1, label=file.name, file=sys.stderr) as bar:
                for _ in taken_in(store, entries, counts, now):
                    bar.length = max(progress.total, 1)
                    bar.update(progress.done - bar.pos)
                bar.update((bar.length or 0) - bar.pos)
        except SpreadwatchError as error:
            click.echo(f"{file}: stopped after {counts}.", err=True)
            raise error
        for line in counts.bad[:SHOWN]:
            click.echo(f"{file}, line {line.number}: {line.problem}; skipped.", err=True)
        if len(counts.bad) > SHOWN:
            click.echo(f"{file}: {len(counts.bad) - SHOWN:,} more bad lines.", err=True)
        click.echo(f"{counts}.")


def taken_in(
    store: Store, entries: Iterable[Entry | BadLine], counts: Counts, now: datetime
) -> Iterator[None]:
    """Takes an archive's entries in, a batch a step; the stories are told when it ends."""
    pipeline = Pipeline(store)
    rest = iter(entries)
    while batch := list(islice(rest, BATCH)):
        counts.lines += len(batch)
        counts.bad += [line for line in batch if isinstance(line, BadLine)]
        taken = pipeline.take_in([entry for entry in batch if isinstance(entry, Entry)], now, imported=True)
        counts.new += len(taken.new)
        counts.revised += len(taken.revised)
        counts.seen += taken.seen
        pipeline.tending.importing(taken.stories, now)
        yield
    pipeline.tending.rest(now)

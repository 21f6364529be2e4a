"""Changes as plain lines, for screen readers and pipes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime, timedelta

import click

from spreadwatch.invocation import Invocation, db_option, invocation
from spreadwatch.moment import as_length
from spreadwatch.printing import minute
from store import items, stories
from store.database import Store
from store.state import moment
from store.stories import StoriesView

_LOOK = 0.5
"""Seconds between looks at the file's version, which cost 2 µs."""
_STORIES = 500
"""The most active stories, whose changes are told."""


@click.command("follow", epilog="Example: spreadwatch follow --items | tee today.txt")
@click.option("--items", "with_items", is_flag=True, help="Also a line for each new item.")
@click.option("--for", "duration", metavar="LENGTH", callback=as_length, help="Leave after 90s, 10m, 2h …")
@db_option
@invocation
def follow_command(told: Invocation, with_items: bool, duration: timedelta | None) -> None:
    """Write a line whenever a story appears or its status changes, until stopped (Ctrl-C).

    It first tells how the stories stand. Collecting is another process's work.
    """
    end = None if duration is None else time.monotonic() + duration.total_seconds()
    with told.open() as store:
        for line in changes(store, end, with_items=with_items):
            click.echo(line)


def changes(store: Store, end: float | None, *, with_items: bool) -> Iterator[str]:
    """The lines, as changes come, until ``end`` by the monotonic clock."""
    known: dict[int, str] = {}
    newest = items.newest_id(store)
    version = -1
    while True:
        now_version = store.data_version()
        if now_version != version:
            version = now_version
            at = moment(store)
            if with_items:
                fresh = [row for row in items.newest(store, limit=_STORIES) if row.id > newest]
                newest = max([newest, *(row.id for row in fresh)])
                yield from (_item(row) for row in reversed(fresh))
            yield from _stories(store, known, at)
        if end is not None and time.monotonic() >= end:
            return
        time.sleep(_LOOK)


def _stories(store: Store, known: dict[int, str], at: datetime) -> Iterator[str]:
    for row in stories.rows(store, view=StoriesView.ACTIVE, limit=_STORIES, now=at):
        says = f"{row.name}: {row.because or row.status.value}"
        if known.get(row.id) != says:
            known[row.id] = says
            yield f"{minute(at)}  story {row.id}  {says}"


def _item(row: items.ItemRow) -> str:
    return f"{minute(row.first_seen)}  item {row.id}  {row.publisher}: {row.title}"

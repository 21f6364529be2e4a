"""Keeping the database well: doctor, backup, regroup."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from snapshots.wording import counted
from spreadwatch import TOOL, config
from spreadwatch.invocation import Invocation, db_option, invocation, unread
from spreadwatch.printing import bar, minute
from store import feeds, items, requests, stories
from store.checking import check
from store.database import Store, collector_lock, collector_running
from store.errors import StoreDamaged
from store.lock import collector_says
from store.safekeeping import backup
from store.state import collector
from stories.errors import SpreadwatchError
from stories.logins import shown

UNWELL = 1
"""The exit code of `doctor` when something needs mending."""
_LOW_DISK = 500 << 20
"""Bytes; less than this and an import or a day of polling may fill the disk."""


@click.command("doctor", epilog="Example: spreadwatch doctor")
@db_option
@unread
def doctor_command(told: Invocation) -> None:
    """Look over settings, catalogue, database, disk and terminal, and say what needs mending."""
    unwell = False
    for well, line in findings(told):
        click.echo(f"{'ok   ' if well else 'MEND '} {line}")
        unwell = unwell or not well
    if unwell:
        raise SystemExit(UNWELL)


def findings(told: Invocation) -> Iterator[tuple[bool, str]]:
    """What there is to say, each with whether it is well."""
    yield True, f"{TOOL}, Python {platform.python_version()}, {platform.system()}"
    try:
        path = told.settings or config.default_path()
        told.config  # noqa: B018 - reading it is the test
        yield True, f"settings: {path if path.exists() else f'none at {path}, defaults'}"
        held = told.catalogue_in_use()
        place = f"in {told.feeds}" if told.feeds.exists() else f"that come with spreadwatch (no {told.feeds})"
        yield bool(held.feeds), f"catalogue: {counted(len(held.feeds), 'feed')} {place}"
    except SpreadwatchError as error:
        yield False, str(error)
        return
    yield from _meaning(told.config.meaning)
    yield from _database(told)
    folder = next(parent for parent in (told.db.absolute(), *told.db.absolute().parents) if parent.is_dir())
    free = shutil.disk_usage(folder).free
    yield free > _LOW_DISK, f"disk: {free / (1 << 30):.1f} GiB free at {folder}"
    encoding = sys.stdout.encoding or "unknown"
    unicode = encoding.lower().replace("-", "") == "utf8"
    yield (
        unicode,
        f"terminal: {os.environ.get('TERM', 'unknown')}, {encoding}"
        + ("" if unicode else "; set plain = true in the settings, or a UTF-8 locale"),
    )


def _meaning(name: str) -> Iterator[tuple[bool, str]]:
    """Whether the sentence encoder that the settings ask for is there; nothing where they ask for none."""
    if not name:
        return
    from stories.meaning import (
        EncoderError,
        meaning,
    )  # it loads the encoder, which only this question is worth

    try:
        meaning(name)
        yield True, f"meaning: the encoder “{name}” is installed"
    except EncoderError as error:
        yield False, f"meaning: {error} {error.remedy}"


def _database(told: Invocation) -> Iterator[tuple[bool, str]]:
    if not told.db.exists():
        yield True, f"database: none yet at {told.db}; `spreadwatch` makes it"
        return
    try:
        with told.open() as store:
            size = told.db.stat().st_size / (1 << 20)
            held = f"{counted(items.count(store), 'item')}, {counted(stories.count(store), 'story', 'stories')} shown"
            yield True, f"database: {told.db}, {size:,.1f} MiB, {held}"
            if not os.access(told.db, os.W_OK):
                yield False, f"database: {told.db} is read-only: neither news nor decisions can be written"
            for finding in check(store):
                yield finding.ok, f"database, {finding.name}: {finding.words}"
            yield from _collector(told.db, store)
    except StoreDamaged:
        remedy = f"Restore a backup, or save what can be read: sqlite3 {told.db} .recover | sqlite3 saved.db"
        yield False, f"database: {told.db} is damaged. {remedy}"
    except SpreadwatchError as error:
        yield False, str(error)


def _collector(path: Path, store: Store) -> Iterator[tuple[bool, str]]:
    says = collector_says(path)
    if says is None:
        last = collector(store).now
        when = f"the last one was here {minute(last)} UTC" if last else "none was ever here"
        yield True, f"collector: none runs; {when}"
    else:
        pid, trouble = says
        yield not trouble, f"collector: process {pid or 'unknown'}" + (f": {trouble}" if trouble else "")
    failing = [state for state in feeds.rows(store) if state.failures and not state.muted]
    for state in failing:
        yield (
            False,
            f"feed: {shown(state.url)}: {state.error_kind}, {counted(state.failures, 'time')} in a row: {state.error_text}",
        )


@click.command("backup", epilog="Example: spreadwatch backup news-backup.db")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@db_option
@invocation
def backup_command(told: Invocation, file: Path) -> None:
    """Copy the database as it is now; a running collector and open screens may go on."""
    with told.open() as store, bar(1, file.name) as shown:
        size = backup(store, file, lambda done, total: _show(shown, done, total))
    click.echo(f"Copied {told.db} to {file}, {size / (1 << 20):,.1f} MiB.")


@click.command("regroup", epilog="Example: spreadwatch regroup")
@db_option
@invocation
def regroup_command(told: Invocation) -> None:
    """Read and group the recent items anew, within what you decided; a running collector does it if there is one."""
    if collector_running(told.db) is not None:
        with told.open(write=True) as store:
            requests.ask(store, requests.Ask.REGROUP, datetime.now(UTC))
        click.echo("Asked the running collector to regroup.")
        return
    from spreadwatch.pipeline import Pipeline  # here, since asking the collector needs no grouping
    from spreadwatch.regrouping import regroup

    with (
        told.open(write=True) as store,
        collector_lock(told.db, "regroup"),
        bar(1, "Regrouping") as shown,
    ):
        moved = regroup(
            Pipeline(store), datetime.now(UTC), progress=lambda done, total: _show(shown, done, total)
        )
    click.echo(f"{counted(moved, 'item')} moved to another story.")


def _show(shown: Any, done: int, total: int) -> None:
    shown.length = max(total, 1)
    shown.update(done - shown.pos)

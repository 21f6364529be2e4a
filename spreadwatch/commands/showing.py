"""The commands that show the screen; Textual is loaded only here, and only when one of them runs."""

from __future__ import annotations

from pathlib import Path

import click

from spreadwatch import companion
from spreadwatch.catalogue_desk import CatalogueDesk
from spreadwatch.invocation import Invocation, invocation
from spreadwatch.terminal import need_terminal


def show(told: Invocation) -> None:
    """The screen on the database, which is made if need be, with a collector unless one runs."""
    need_terminal()
    told.open(create=True).close()
    # A broken catalogue must be said before the screen hides the terminal.
    told.catalogue_in_use()
    database, feeds, config = told.db, told.feeds, told.config

    from tui.starting import load_app

    app = load_app()(
        database,
        start_collector=lambda: companion.start(database, feeds),
        plain=config.plain,
        by=told.analyst,
        exports=config.exports,
        keymap=config.keys,
        theme=f"spreadwatch-{config.theme}",
        catalogue=CatalogueDesk(feeds, polled=lambda: _polls(told)),
    )
    app.run()
    if app.return_code:
        raise SystemExit(app.return_code)


def _polls(told: Invocation) -> bool:
    """Whether feeds are polled into the database already."""
    from store import feeds

    with told.open() as store:
        return bool(feeds.rows(store))


@click.command("demo", epilog="Examples: spreadwatch demo; spreadwatch demo --headless --seconds 10")
@click.option("--headless", is_flag=True, help="Write what changes as lines instead of showing the screen.")
@click.option("--keep", is_flag=True, help="Leave the demo's database behind and say where it is.")
@click.option(
    "--seconds", type=click.FloatRange(1, 3600), default=60.0, show_default=True, help="How long it takes."
)
@click.option(
    "--export-dir",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Where e writes snapshots; by default a temporary folder.",
)
@invocation
def demo_command(
    told: Invocation, headless: bool, keep: bool, seconds: float, export_dir: Path | None
) -> None:
    """Show the screen on a built-in story, polled from a feed server on this machine; needs no network."""
    from spreadwatch import demo

    code = demo.run(
        headless=headless,
        keep=keep,
        seconds=seconds,
        plain=told.config.plain,
        by=told.analyst,
        exports=export_dir,
        say=lambda line: click.echo(line),
    )
    if code:
        raise SystemExit(code)

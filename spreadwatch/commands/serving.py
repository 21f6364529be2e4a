"""The screen in a browser on this machine, through textual-serve."""

from __future__ import annotations

import ipaddress
import shlex
import sys

import click

from spreadwatch.invocation import Invocation, db_option, feeds_option, invocation
from stories.errors import SpreadwatchError


class NotInstalled(SpreadwatchError):  # noqa: N818 - named for the state the reader is told of
    """An optional part isn't there."""


@click.command("serve", epilog="Example: spreadwatch serve --port 8000")
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Where to listen."
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="This machine's address to listen on: another than the default lets other machines in, and is warned of.",
)
@feeds_option
@db_option
@invocation
def serve_command(told: Invocation, port: int, host: str) -> None:
    """Show the screen in a browser. It listens on this machine only: whoever reaches it decides in your name."""
    try:
        from textual_serve.server import Server
    except ImportError as error:
        raise NotInstalled(
            "The screen in a browser needs textual-serve.",
            remedy="Install it: pip install 'spreadwatch[web]'.",
        ) from error
    if not _loopback(host):
        click.echo(
            f"Warning: whoever reaches {host}:{port} reads everything and decides in your name, without a password. "
            "Over ssh (-L) or behind a proxy that asks who it is, the default address serves as well.",
            err=True,
        )
    told.open(create=True).close()
    screen = [sys.executable, "-m", "spreadwatch", "--db", str(told.db), "--feeds", str(told.feeds)]
    if told.settings is not None:
        screen += ["--config", str(told.settings)]
    Server(shlex.join(screen), host=host, port=port, title="spreadwatch").serve()


def _loopback(host: str) -> bool:
    """Whether only this machine reaches the address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"

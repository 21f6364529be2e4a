"""The command line: which commands there are, and how an error ends. Each command loads only what it needs."""

from __future__ import annotations

import importlib
import signal
from collections.abc import Iterable
from typing import Any, NamedTuple

import click

from spreadwatch import __version__
from spreadwatch.invocation import Invocation, config_of_all, db_of_all, feeds_of_all, unread
from stories.errors import SpreadwatchError

INTERRUPTED = 128 + signal.SIGINT
"""The exit code after Ctrl-C, as shells have it."""
TROUBLE = 2
"""The exit code when the database, the settings or the call itself can't be used."""


class Place(NamedTuple):
    """Where a command is written, and its one line in the list."""

    module: str
    line: str


COMMANDS: dict[str, dict[str, Place]] = {
    "Watch": {
        "demo": Place("showing", "Show the screen on a built-in story, replayed offline."),
        "serve": Place("serving", "Show the screen in a browser on this machine."),
        "collect": Place("collecting", "Poll the feeds without a screen."),
        "feeds": Place("feeding", "The feeds that are polled: add, list, remove, OPML."),
        "watch": Place("watching", "Watch for a story of your own."),
        "import": Place("taking_in", "Take in an archive of items (JSONL or CSV)."),
    },
    "Look": {
        "follow": Place("following", "Write changes as plain lines, for screen readers and pipes."),
        "stories": Place("looking", "List stories with status, spread and items."),
        "story": Place("looking", "Tell one story, with the sentences behind it."),
        "replay": Place("watching", "Play a story as it became known."),
        "items": Place("looking", "List items with what each one states and cites."),
        "search": Place("looking", "Find items by their words."),
    },
    "Keep": {
        "export": Place("keeping", "Write a story's snapshot to a file."),
        "verify": Place("keeping", "Check that an exported snapshot is as it was written."),
        "archive": Place("archiving", "Write the answers behind a watched story as WARC."),
        "diff": Place("keeping", "Say what changed between two snapshots, or since a time."),
        "backup": Place("tending", "Copy the database while it is in use."),
        "tidy": Place("tidying", "Let go of old items, give space back."),
        "decisions": Place("merging", "Your decisions out, a colleague's in."),
        "regroup": Place("tending", "Read and group the recent items anew."),
        "doctor": Place("tending", "Look over settings, database and disk."),
        "completion": Place("completing", "Write the shell's completion script."),
    },
}
"""Every command by its section. A table, so that `--help` shows them without loading any."""

_PLACES = {name: place for section in COMMANDS.values() for name, place in section.items()}


class Front(click.Group):
    """The group that loads a command when it is called and turns our errors into one line and exit code 2."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_PLACES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        place = _PLACES.get(cmd_name)
        if place is None:
            return None
        module = importlib.import_module(f"spreadwatch.commands.{place.module}")
        command: click.Command = getattr(module, f"{cmd_name}_command")
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        if args and args[0] not in _PLACES:
            ctx.fail(_unknown(args[0], _PLACES))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for section, places in COMMANDS.items():
            with formatter.section(section):
                formatter.write_dl([(name, place.line) for name, place in places.items()])

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except SpreadwatchError as error:
            click.echo(f"spreadwatch: {error}", err=True)
            ctx.exit(TROUBLE)
        except KeyboardInterrupt:
            # What a command has to say of it, it has said: click's own "Aborted!" would call the usual end of
            # `follow` a failure.
            ctx.exit(INTERRUPTED)


def _unknown(name: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, known, n=1)
    return f"No such command '{name}'." + (f" Did you mean '{near[0]}'?" if near else "")


@click.group(
    cls=Front,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Example: spreadwatch demo",
)
@db_of_all
@feeds_of_all
@config_of_all
@click.version_option(__version__, prog_name="spreadwatch")
@unread
def main(told: Invocation) -> None:
    """Watch how a news narrative spreads: who said it first, who repeats it, who denies it.

    Without a command: the screen, with a collector in the background unless one runs already.
    """
    if click.get_current_context().invoked_subcommand is None:
        told.config  # noqa: B018 - wrong settings must be said before the screen hides the terminal
        importlib.import_module("spreadwatch.commands.showing").show(told)

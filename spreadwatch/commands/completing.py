"""Completion of commands and options in the shell."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

_SHELLS = ("bash", "zsh", "fish")


@click.command(
    "completion",
    epilog="Example: spreadwatch completion bash > ~/.local/share/bash-completion/completions/spreadwatch",
)
@click.argument("shell", type=click.Choice(_SHELLS))
def completion_command(shell: str) -> None:
    """Write the script that completes spreadwatch's commands and options in SHELL."""
    root = click.get_current_context().find_root().command
    made = get_completion_class(shell)
    assert made is not None  # click has all three
    click.echo(made(root, {}, "spreadwatch", "_SPREADWATCH_COMPLETE").source())

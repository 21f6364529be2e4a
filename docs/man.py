"""Writes docs/spreadwatch.1 from the commands' own help; a test compares them."""

from __future__ import annotations

from pathlib import Path

import click

from spreadwatch.cli import COMMANDS, main

HEAD = '.TH SPREADWATCH 1 "" "spreadwatch" "User Commands"'


def page() -> str:
    """The man page, in troff."""
    context = click.Context(main, info_name="spreadwatch", **main.context_settings)
    lines = [HEAD, ".SH NAME", "spreadwatch \\- watch how a news narrative spreads", ".SH SYNOPSIS"]
    lines += [
        ".B spreadwatch",
        "[OPTIONS] [COMMAND] [ARGS]...",
        ".SH DESCRIPTION",
        *_text(main.help or ""),
        ".SH OPTIONS",
    ]
    lines += _options(main, context)
    for section, places in COMMANDS.items():
        lines.append(f".SH {section.upper()}")
        for name in places:
            command = main.get_command(context, name)
            assert command is not None
            lines += _command(command, click.Context(command, context, info_name=name))
    lines += [
        ".SH EXIT STATUS",
        *_text(
            "0 all is well; 1 verify or doctor found something; 2 the database, the settings or the call can't be used."
        ),
        ".SH FILES",
        *_text(
            "~/.config/spreadwatch/config.toml, feeds.toml: settings and catalogue. ~/.local/share/spreadwatch/news.db: the database."
        ),
    ]
    return "\n".join(lines) + "\n"


def _command(command: click.Command, context: click.Context) -> list[str]:
    usage = " ".join(command.collect_usage_pieces(context))
    lines = [f".SS spreadwatch {_escaped(context.command_path.removeprefix('spreadwatch ').strip())}"]
    lines += [f".B {_escaped(context.command_path)} {_escaped(usage)}", ".PP", *_text(command.help or "")]
    lines += _options(command, context)
    lines += [".PP", _escaped(command.epilog or "")] if command.epilog else []
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            lines += _command(inner, click.Context(inner, context, info_name=name))
    return lines


def _options(command: click.Command, context: click.Context) -> list[str]:
    lines = []
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if record is not None:
            lines += [".TP", f".B {_escaped(record[0])}", _escaped(record[1])]
    return lines


def _text(words: str) -> list[str]:
    """Paragraphs; a line that starts with a dot or quote would be a request to troff."""
    paragraphs = [" ".join(part.split()) for part in words.split("\n\n")]
    return [line for part in paragraphs for line in (_escaped(part), ".PP")][:-1]


def _escaped(words: str) -> str:
    words = words.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{words}" if words.startswith((".", "'")) else words


if __name__ == "__main__":
    Path(__file__).with_name("spreadwatch.1").write_text(page(), "utf-8")

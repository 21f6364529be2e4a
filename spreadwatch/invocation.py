"""What the command line was told, and the store and settings it leads to; nothing is opened before it is asked for."""

from __future__ import annotations

import getpass
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, update_wrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

import click

from spreadwatch import config

if TYPE_CHECKING:
    from feeds.catalogue import Catalogue
    from store.database import Store

_Command = TypeVar("_Command", bound=Callable[..., Any])
_Told = ParamSpec("_Told")
_Made = TypeVar("_Made")


@dataclass
class Invocation:
    """One call of `spreadwatch`; a later option (the command's) beats an earlier one (the group's)."""

    database: Path | None = None
    catalogue: Path | None = None
    settings: Path | None = None

    @cached_property
    def config(self) -> config.Config:
        """The settings file's values; ConfigError when it is wrong."""
        return config.load(self.settings)

    @property
    def db(self) -> Path:
        """Which database to use."""
        return self.database or self.config.database

    @property
    def feeds(self) -> Path:
        """Which catalogue of feeds to use."""
        return self.catalogue or self.config.feeds

    def catalogue_in_use(self) -> Catalogue:
        """The catalogue's feeds, or while there is no file at the default place those that come with the program.

        CatalogueError when a file that was named isn't there: a mistyped name must not poll strangers.
        """
        from feeds import catalogue  # here, so that looking into the store loads no feed code
        from feeds.errors import CatalogueError

        if self.feeds.exists():
            return catalogue.load(self.feeds)
        if self.feeds != config.Config().feeds:
            raise CatalogueError(
                self.feeds,
                "there is no such file.",
                remedy="Check its name; `spreadwatch feeds add URL` makes a catalogue.",
            )
        return catalogue.starter()

    @property
    def analyst(self) -> str:
        """Who decides: the setting, else the login name, which is empty where the system knows none."""
        if self.config.analyst:
            return self.config.analyst
        try:
            return getpass.getuser()
        except (KeyError, OSError):  # a container's user id without a name
            return f"uid {os.getuid()}"

    def open(self, *, create: bool = False, write: bool = False) -> Store:
        """The store; StoreError when it is missing, foreign, newer, locked or read-only."""
        from store.database import open_store  # here, so that --help need not load SQLite

        return open_store(self.db, create=create, read_only=not (create or write))


def _remember(name: str) -> Callable[[click.Context, click.Parameter, Path | None], None]:
    def remember(context: click.Context, _: click.Parameter, value: Path | None) -> None:
        if value is not None:
            setattr(context.ensure_object(Invocation), name, value)

    return remember


def _path_option(flag: str, name: str, env: str | None, text: str) -> Callable[[_Command], _Command]:
    return click.option(
        flag,
        metavar="PATH" if flag == "--db" else "FILE",
        type=click.Path(path_type=Path),
        envvar=env,
        expose_value=False,
        callback=_remember(name),
        help=text,
    )


db_option = _path_option("--db", "database", None, "The database to use.")
"""On every command that uses the database, so that it can stand before or after the command's name."""
feeds_option = _path_option("--feeds", "catalogue", None, "The catalogue of feeds to use.")

db_of_all = _path_option("--db", "database", "SPREADWATCH_DB", "The database to use.")
feeds_of_all = _path_option("--feeds", "catalogue", "SPREADWATCH_FEEDS", "The catalogue of feeds to use.")
config_of_all = _path_option("--config", "settings", "SPREADWATCH_CONFIG", "The settings file to use.")

unread = click.make_pass_decorator(Invocation, ensure=True)
"""Gives a command the `Invocation` it belongs to, its settings not looked at yet."""


def invocation(command: Callable[Concatenate[Invocation, _Told], _Made]) -> Callable[_Told, _Made]:
    """Gives a command the `Invocation` it belongs to; ConfigError before it begins when the settings are wrong."""

    def checked(told: Invocation, /, *args: _Told.args, **kwargs: _Told.kwargs) -> _Made:
        told.config  # noqa: B018 - reading it is the check; most commands use little of it
        return command(told, *args, **kwargs)

    return unread(update_wrapper(checked, command))

"""The user's settings: a small TOML file, every key typed, a mistyped one named with its line.

A value on the command line beats the environment, which beats the file. Reading creates nothing.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import platformdirs

from spreadwatch import keymap
from stories.errors import SpreadwatchError

APP = "spreadwatch"
THEMES = ("dark", "light", "contrast")
MEANINGS = ("multilingual", "semantic")
_PATHS = ("database", "feeds", "exports")


class ConfigError(SpreadwatchError):
    """A setting is wrong; the message names file, line and key."""


def _data(name: str) -> Path:
    return Path(platformdirs.user_data_dir(APP)) / name


def _settings(name: str) -> Path:
    return Path(platformdirs.user_config_dir(APP)) / name


@dataclass(frozen=True, slots=True)
class Config:
    """Every setting with its default; docs/configuration.md is compared with it by a test."""

    database: Path = field(default_factory=lambda: _data("news.db"))
    """The SQLite file that holds everything."""
    feeds: Path = field(default_factory=lambda: _settings("feeds.toml"))
    """The catalogue of feeds and publishers."""
    exports: Path = field(default_factory=lambda: _data("snapshots"))
    """Where the screen and scheduled exports write snapshots."""
    analyst: str = ""
    """Who decides and rates, as the decisions and snapshots name it; empty means the login name."""
    theme: str = "dark"
    """The screen's colours: dark, light or contrast."""
    plain: bool = False
    """Only ASCII on the screen, no boxes and no block characters."""
    meaning: str = ""
    """The encoder that finds a story's items where words don't: multilingual, semantic, or empty for none."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """The screen's keys: an action's name to the key that does it."""


def default_path() -> Path:
    """Where the settings are looked for when nothing else is said."""
    return _settings("config.toml")


def load(path: Path | None = None) -> Config:
    """The settings of ``path``, or of the default file; a default file that isn't there means defaults.

    Raises ConfigError with file, line, key and remedy.
    """
    asked = path is not None
    path = path or default_path()
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError as error:
        if not asked:
            return Config()
        raise ConfigError(f"There is no settings file at {path}.", remedy="Check --config.") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise ConfigError(f"{path}, line {line}: this is not UTF-8.", remedy="Save it as UTF-8.") from error
    except OSError as error:
        raise ConfigError(
            f"{path} can't be read: {error.strerror}.", remedy="Check its permissions."
        ) from error
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(_syntax(path, str(error)), remedy="See docs/configuration.md.") from error
    return _checked(path, text, found)


def _syntax(path: Path, message: str) -> str:
    """tomllib's message with the line where a reader looks for it."""
    found = re.search(r"\(at line (\d+), column (\d+)\)", message)
    if not found:
        return f"{path}: {message}."
    words = message[: found.start()].strip()
    return f"{path}, line {found[1]}, column {found[2]}: {words}."


def _checked(path: Path, text: str, found: Mapping[str, Any]) -> Config:
    known = [one.name for one in fields(Config)]
    values: dict[str, Any] = {}
    for key, value in found.items():
        place = f"{path}, line {_line(text, key)}"
        if key not in known:
            # 0.7 finds "databse"; at 0.6, the default, "date" would find "database" and "time" "theme".
            near = difflib.get_close_matches(key.lower(), known, n=1, cutoff=0.7)
            remedy = f'Did you mean "{near[0]}"?' if near else f"Known keys: {', '.join(known)}."
            raise ConfigError(f'{place}: unknown key "{key}".', remedy=remedy)
        problem = _problem(key, value)
        if problem:
            raise ConfigError(f'{place}: "{key}" must be {problem[0]}.', remedy=f"Write {problem[1]}.")
        if key == "keys":
            _check_keys(path, text, value)
        # Relative to the file, so that a settings folder can be moved as a whole.
        values[key] = path.parent / Path(value).expanduser() if key in _PATHS else value
    return Config(**values)


def _problem(key: str, value: object) -> tuple[str, str] | None:
    """What a value must be, and what to write instead; None when it is right."""
    if key == "keys":
        return None if isinstance(value, dict) else ("a table", "[keys] on a line of its own")
    if key == "plain":
        return None if isinstance(value, bool) else ("true or false", "plain = true")
    if key == "theme":
        return None if value in THEMES else (f"one of {', '.join(THEMES)}", f'theme = "{THEMES[0]}"')
    if key == "meaning":
        return (
            None
            if value in ("", *MEANINGS)
            else (f"one of {', '.join(MEANINGS)}", f'meaning = "{MEANINGS[0]}"')
        )
    if not isinstance(value, str) or (not value and key in _PATHS):
        return "text in quotes", f'{key} = "…"'
    return None


def _check_keys(path: Path, text: str, value: Mapping[str, object]) -> None:
    for action, keys in value.items():
        problem = keymap.problem(action, keys)
        if problem:
            place = f"{path}, line {_line(text, action)}"
            raise ConfigError(f"{place}: {problem[0]}.", remedy=problem[1])
    if (found := keymap.clash({action: str(keys) for action, keys in value.items()})) is not None:
        action, clash = found
        place = f"{path}, line {_line(text, action)}"
        raise ConfigError(f"{place}: {clash}", remedy="Give one of them another key.")


def _line(text: str, key: str) -> int:
    """Where a key stands; 1 when it can't be found, as with a key written in an unusual way."""
    pattern = re.compile(rf"""\s*(\[\s*)?["']?{re.escape(key)}["']?\s*([=.\]])""")
    return next((number for number, line in enumerate(text.splitlines(), 1) if pattern.match(line)), 1)

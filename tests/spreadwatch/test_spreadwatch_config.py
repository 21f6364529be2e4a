"""Settings: typed, strict, and an error says which file, line and key, and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from spreadwatch import keymap
from spreadwatch.config import Config, ConfigError, default_path, load


def written(folder: Path, text: str) -> Path:
    path = folder / "config.toml"
    path.write_text(text, "utf-8")
    return path


def test_without_a_file_the_defaults_hold_and_nothing_is_made(own_home: Path) -> None:
    assert load().database == own_home / "data" / "spreadwatch" / "news.db"
    assert load() == Config()
    assert not default_path().parent.exists()


def test_paths_are_relative_to_the_settings_file_and_know_the_home_folder(
    tmp_path: Path, own_home: Path
) -> None:
    config = load(written(tmp_path, 'database = "a.db"\nfeeds = "~/f.toml"\nanalyst = "ana"\n'))
    assert config.database == tmp_path / "a.db"
    assert config.feeds == own_home / "f.toml"
    assert config.analyst == "ana"


def test_keys_are_a_table_of_actions(tmp_path: Path) -> None:
    assert load(written(tmp_path, '[keys]\naccept = "f5"\n')).keys == {"accept": "f5"}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('# mine\ndatabse = "x"\n', 'line 2: unknown key "databse". Did you mean "database"?'),
        ("\n\nzzz = 1\n", 'line 3: unknown key "zzz". Known keys: database, feeds'),
        ("database = 3\n", 'line 1: "database" must be text in quotes. Write database = "…".'),
        ('analyst = "a"\nfeeds = ""\n', 'line 2: "feeds" must be text'),
        ('analyst = "a\n', "line 1"),
        ("date = 1\n", "Known keys: database, feeds"),
        ('[keys]\naccept = "ctrl+ö"\n', 'line 2: no terminal sends the key "ctrl+ö"'),
        ('[keys]\naccept = "ctrl+banana"\n', 'line 2: no terminal sends the key "ctrl+banana"'),
        ('[keys]\nacept = "x"\n', 'line 2: no action is called "acept". Did you mean "accept"?'),
        ("[keys]\naccept = 1\n", 'line 2: the key of "accept" must be text'),
        ('keys = "a"\n', 'line 1: "keys" must be a table'),
        ('theme = "pink"\n', 'line 1: "theme" must be one of dark, light, contrast. Write theme = "dark".'),
        ('plain = "yes"\n', 'line 1: "plain" must be true or false'),
    ],
)
def test_a_wrong_file_is_named_with_line_key_and_remedy(tmp_path: Path, text: str, says: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        load(path)
    assert says in str(caught.value)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_bytes_that_are_not_utf_8_are_named_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(b'analyst = "a"\ncontact = "\xff"\n')
    with pytest.raises(ConfigError, match="line 2: this is not UTF-8"):
        load(path)


def test_a_file_that_was_asked_for_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="There is no settings file"):
        load(tmp_path / "none.toml")


def test_every_key_of_the_table_can_be_named_in_the_settings() -> None:
    from tui.actions import ACTIONS

    assert all(keymap.pressable(key) for action in ACTIONS for key in action.keys)


@pytest.mark.parametrize("key", ["s", "f5 !", "exclamation_mark"])
def test_two_actions_on_one_key_are_found_when_the_settings_are_read(tmp_path: Path, key: str) -> None:
    path = written(tmp_path, f'analyst = "a"\n[keys]\ndismiss = "{key}"\n')
    with pytest.raises(
        ConfigError, match=r"line 3: The key .* is claimed by “dismiss” and “(star|status)” on stories"
    ) as caught:
        load(path)
    assert "another key" in caught.value.remedy


def test_a_key_is_free_again_once_its_own_action_has_another(tmp_path: Path) -> None:
    assert (
        load(written(tmp_path, '[keys]\ndismiss = "s"\nstar = "S"\nsplit = "ctrl+x"\n')).keys["star"] == "S"
    )

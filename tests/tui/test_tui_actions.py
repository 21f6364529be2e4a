"""The one table of actions: keys, help and docs say the same, and a clash is reported."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from tui.actions import ACTIONS, SCREENS, KeymapError, Keys, clashes, keys_table, shown

DOCS = Path(__file__).parents[2] / "docs" / "keys.md"
SCREEN_CLASSES = {
    "stories": "tui.stories_screen.StoriesScreen",
    "triage": "tui.triage_screen.TriageScreen",
    "wire": "tui.wire_screen.WireScreen",
    "feeds": "tui.feeds_screen.FeedsScreen",
    "rules": "tui.rules_screen.RulesScreen",
}


def test_no_two_actions_of_one_screen_share_a_key() -> None:
    assert clashes({action.name: action.keys for action in ACTIONS}) == []


def test_names_are_unique_so_that_a_keymap_means_one_action() -> None:
    names = [action.name for action in ACTIONS]
    assert len(names) == len(set(names))


def test_every_action_is_done_by_some_screen_of_its_places() -> None:
    for action in ACTIONS:
        doers = []
        for screen, places in SCREENS.items():
            module, _, name = SCREEN_CLASSES[screen].rpartition(".")
            if action.where in places and hasattr(
                getattr(importlib.import_module(module), name), action.method
            ):
                doers.append(screen)
        assert doers, f"nothing does {action.name}"


def test_a_keymap_moves_an_action_to_other_keys() -> None:
    keys = Keys.mapped({"dismiss": "D", "star": "S ctrl+s", "split": "ctrl+x"})
    assert keys.first("dismiss") == "D"
    assert keys.keymap() == {"dismiss": "D", "star": "S,ctrl+s", "split": "ctrl+x"}


def test_a_keymap_that_makes_two_actions_share_a_key_says_which() -> None:
    with pytest.raises(KeymapError, match=r"claimed by .*“dismiss”") as found:
        Keys.mapped({"dismiss": "s"})
    assert "star" in str(found.value)


def test_a_keymap_with_an_unknown_name_names_the_nearest_known_one() -> None:
    with pytest.raises(KeymapError, match="dismis") as found:
        Keys.mapped({"dismis": "D"})
    assert "“dismiss”" in found.value.remedy


def test_keys_are_shown_as_people_read_them() -> None:
    assert [shown(key) for key in ("ctrl+r", "escape", "space", "j", "?")] == [
        "Ctrl+R",
        "Esc",
        "Spc",
        "j",
        "?",
    ]


def test_the_documented_table_is_the_table() -> None:
    assert keys_table() in DOCS.read_text("utf-8"), "run `python docs/keys.py`"

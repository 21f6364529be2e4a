"""Which keys the settings may name: checked without Textual, so that every command finds a wrong one."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping

_NAMED = """
space enter escape tab backspace delete insert home end pageup pagedown up down left right question_mark
exclamation_mark slash backslash comma full_stop colon semicolon plus minus equals_sign underscore asterisk
number_sign percent_sign ampersand at apostrophe quotation_mark grave_accent tilde dollar_sign
circumflex_accent vertical_line less_than_sign greater_than_sign left_parenthesis right_parenthesis
left_square_bracket right_square_bracket left_curly_bracket right_curly_bracket
"""
NAMED = frozenset(_NAMED.split())
"""Textual's names of keys."""


def problem(action: str, keys: object) -> tuple[str, str] | None:
    """What is wrong with one line of `[keys]`, and what to write; None when it is right."""
    from tui.actions import BY_NAME  # here: who sets no keys needs no table of actions

    if action not in BY_NAME:
        near = difflib.get_close_matches(action, BY_NAME, n=1)
        hint = f'Did you mean "{near[0]}"?' if near else "docs/keys.md lists all names."
        return f'no action is called "{action}"', hint
    if not isinstance(keys, str) or not keys.split():
        return f'the key of "{action}" must be text', f'Write {action} = "x".'
    for key in keys.split():
        if not pressable(key):
            return (
                f'no terminal sends the key "{key}"',
                'Write one character, a name such as "f5", "space" or "pagedown", or "ctrl+r".',
            )
    return None


def clash(keys: Mapping[str, str]) -> tuple[str, str] | None:
    """The first key that two actions would claim on one screen: which setting makes it so, and what is wrong."""
    from tui.actions import clashes, remapped

    for found in clashes(remapped(keys)):
        return found.other if found.other in keys else found.one, str(found)
    return None


def pressable(key: str) -> bool:
    """Whether a terminal can send it: a character, a named key, or one of these with ctrl, shift or alt."""
    *held, last = key.split("+") if len(key) > 1 else [key]
    if len(held) != len(set(held)) or not set(held) <= {"ctrl", "shift", "alt"}:
        return False
    if last in NAMED or re.fullmatch(r"f([1-9]|1\d|2[0-4])", last):
        return True
    # A terminal sends Ctrl with a letter of ASCII as a code of its own; Ctrl+1 arrives as 1.
    return (
        len(last) == 1 and last.isprintable() and ("ctrl" not in held or (last.isascii() and last.isalpha()))
    )

"""Which keys the settings may name: checked without Textual, so that every command finds a wrong one."""

from __future__ import annotations

import difflib
import re

_ACTIONS = """
stories triage wire feeds down up half-down half-up top bottom open back pane next-tab previous-tab zoom
next-new previous-new mark mark-all follow pause filter views accept move new-story dismiss rule stance star
read read-above browser copy-link copy-title pager undo redo repeat export export-as split join rename watch
status singles earlier later day-earlier day-later live mute poll-feed add-feed search poll alerts theme
commands help quit as-of screenshot toggle-rule add-rule change-rule delete-rule
export-view changes whole edit-feed remove-feed import-opml export-opml
"""
_NAMED = """
space enter escape tab backspace delete insert home end pageup pagedown up down left right question_mark
exclamation_mark slash backslash comma full_stop colon semicolon plus minus equals_sign underscore asterisk
number_sign percent_sign ampersand at apostrophe quotation_mark grave_accent tilde dollar_sign
circumflex_accent vertical_line less_than_sign greater_than_sign left_parenthesis right_parenthesis
left_square_bracket right_square_bracket left_curly_bracket right_curly_bracket
"""
ACTIONS = frozenset(_ACTIONS.split())
"""The names of `tui.actions.ACTIONS`; a test compares them. Importing the table would load Textual."""
NAMED = frozenset(_NAMED.split())
"""Textual's names of keys."""


def problem(action: str, keys: object) -> tuple[str, str] | None:
    """What is wrong with one line of `[keys]`, and what to write; None when it is right."""
    if action not in ACTIONS:
        near = difflib.get_close_matches(action, ACTIONS, n=1)
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


def pressable(key: str) -> bool:
    """Whether a terminal can send it: a character, a named key, or one of these with ctrl, shift or alt."""
    *held, last = key.split("+") if len(key) > 1 else [key]
    if len(held) != len(set(held)) or not set(held) <= {"ctrl", "shift", "alt"}:
        return False
    if last in NAMED or re.fullmatch(r"f([1-9]|1\d|2[0-4])", last):
        return True
    # A terminal sends Ctrl with a letter as a code of its own; Ctrl+1 arrives as 1.
    return len(last) == 1 and last.isprintable() and ("ctrl" not in held or last.isalpha())

"""How often Python looks for garbage that only refers to itself."""

from __future__ import annotations

import gc

_YOUNG = 50_000
"""New objects between two looks; Python's own 700 looks through a batch of 500 items some sixty times."""
_OLDER = 20
"""Looks at the young before one at those that survived, and so on."""


def seldom() -> None:
    """Look less often, in a process that keeps much and makes hardly any cycles: a sixth of taking items in."""
    gc.set_threshold(_YOUNG, _OLDER, _OLDER)

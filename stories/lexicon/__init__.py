"""The language the readers know, as data: one TOML file a language, actors, and the names of sources."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """One lexicon file by its stem ("en", "sources"); raises FileNotFoundError for a name that isn't there."""
    return tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


def pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    """Finds any of some phrases between word ends, the longest first; "…" in one stands for one to seven words."""
    parts = [re.escape(phrase).replace("…", r"(?:\S+ ){0,6}?\S+") for phrase in phrases]
    return re.compile(r"(?<!\w)(?:" + "|".join(sorted(parts, key=len, reverse=True)) + r")(?!\w)")

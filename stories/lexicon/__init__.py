"""The language the readers know, as data: one TOML file a language, actors, and the names of sources."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """One lexicon file by its stem ("en", "sources"); raises FileNotFoundError for a name that isn't there."""
    return tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))

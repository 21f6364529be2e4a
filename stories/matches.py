"""Matches are another matter than what states do to each other, however alike the names of two countries make them."""

from __future__ import annotations

import re
from functools import lru_cache

from stories.active import Window
from stories.acts import acts
from stories.features import Features
from stories.gathered import Gathered
from stories.ways import claimed

_NEWEST = 5
"""Newest headlines of a story that are asked whether it is about a match."""
_SCORE = re.compile(r"\b\d{1,3} \d{1,3}\b")
"""A folded headline has a space where a score has its hyphen."""


@lru_cache(maxsize=4096)
def played(title: str) -> bool:
    """Whether a folded headline tells of a match: by a word that only sport has, or by a score ("chile beat peru 2 1")."""
    words = title.split()
    if not acts().matches.isdisjoint(words):
        return True
    return not acts().played.isdisjoint(words) and _SCORE.search(title) is not None


def other_matter(window: Window, features: Features, gathered: Gathered) -> bool:
    """Whether one of item and story is a match and the other tells an act between two parties."""
    if played(features.title):
        deed = any(claimed(gathered, way) for way in gathered.flows)
        return deed and not any(map(played, _titles(window, gathered)))
    return bool(features.flows) and all(map(played, _titles(window, gathered)))


def _titles(window: Window, gathered: Gathered) -> list[str]:
    return [window.slots[item].features.title for item in gathered.items[-_NEWEST:]]

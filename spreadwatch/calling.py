"""Which watched story an item's words call for: the words that an analyst gave with `watch --terms`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from store.database import Store
from store.watched import Watched, watched
from stories.item import Item


class Callings:
    """The watched stories' words; read anew when the analyst decided something."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._patterns: list[tuple[int, tuple[re.Pattern[str], ...]]] | None = None

    def forget(self) -> None:
        """Read the watched stories anew before the next item."""
        self._patterns = None

    def story_of(self, item: Item) -> int | None:
        """The oldest watched story all of whose words stand in the item; None when there is none."""
        if self._patterns is None:
            self._patterns = list(_patterns(watched(self._store)))
        if not self._patterns:
            return None
        text = "\n".join((item.title, item.summary, item.body))
        return next(
            (story for story, words in self._patterns if all(word.search(text) for word in words)), None
        )


def _patterns(stories: Iterable[Watched]) -> Iterable[tuple[int, tuple[re.Pattern[str], ...]]]:
    """Whole words in any case; a term of several words is a phrase."""
    for story in stories:
        terms = [r"\s+".join(map(re.escape, term.split())) for term in story.terms if term.strip()]
        if terms:
            yield story.id, tuple(re.compile(rf"(?<!\w){term}(?!\w)", re.IGNORECASE) for term in terms)

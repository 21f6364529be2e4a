"""Which story a person means: by its number, or by words of its name that fit only one."""

from __future__ import annotations

from store import stories
from store.database import Store
from stories.errors import SpreadwatchError

_LEAST = 3
"""Characters of a name that may stand for it; one letter fits by chance."""
_SHOWN = 5


class NoSuchStory(SpreadwatchError):  # noqa: N818 - an answer to the caller, like the store's own
    """No story, or more than one, fits what was asked."""


def chosen_story(store: Store, words: str) -> int:
    """The story's number; NoSuchStory names the candidates when several fit."""
    words = words.strip()
    if words.isascii() and words.isdecimal():
        return int(words)
    found = stories.find(store, words) if words else []
    exact = [row for row in found if row.name.casefold() == words.casefold()]
    if len(exact) == 1 or (len(found) == 1 and not exact and len(words) >= _LEAST):
        return (exact or found)[0].id
    if not found:
        raise NoSuchStory(
            f"No story's name or claim holds “{words}”.", remedy="`spreadwatch stories --all` lists them."
        )
    fits = "could be" if len(found) == 1 else f"fits {len(found)} stories:"
    names = ", ".join(f"{row.id} ({row.name})" for row in found[:_SHOWN])
    more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
    raise NoSuchStory(f"“{words}” {fits} {names}{more}.", remedy="Give its number, or more of its name.")

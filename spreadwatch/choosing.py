"""Which story a person means: by its number, or by words of its name that fit only one."""

from __future__ import annotations

from store import stories
from store.database import Store
from stories.errors import SpreadwatchError


class NoSuchStory(SpreadwatchError):  # noqa: N818 - an answer to the caller, like the store's own
    """No story, or more than one, fits what was asked."""


def chosen_story(store: Store, words: str) -> int:
    """The story's number; NoSuchStory names the candidates when several fit."""
    if words.isdecimal():
        return int(words)
    found = stories.find(store, words)
    exact = [row for row in found if row.name.casefold() == words.casefold()]
    if len(exact or found) == 1:
        return (exact or found)[0].id
    if not found:
        raise NoSuchStory(f"No story's name holds “{words}”.", remedy="`spreadwatch stories` lists them.")
    names = ", ".join(f"{row.id} ({row.name})" for row in found[:5])
    raise NoSuchStory(f"“{words}” fits {len(found)} stories: {names}.", remedy="Give one's number.")

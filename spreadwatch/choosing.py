"""Which story a person means: by its number, or by words of its name that fit only one; and which stories a view has."""

from __future__ import annotations

from datetime import datetime

from store import setups, stories
from store.database import Store
from store.stories import StoriesView
from stories.errors import SpreadwatchError

_LEAST = 3
"""Characters of a name that may stand for it; one letter fits by chance."""
_DIGITS = 18
"""SQLite has no longer numbers; what is longer is taken for words."""
_SHOWN = 5
_EVERY = 1_000_000
"""As many stories as a view can have."""


class NoSuchView(SpreadwatchError):  # noqa: N818 - an answer to the caller, like the store's own
    """No view is called so, or its filter can't be read."""


class NoSuchStory(SpreadwatchError):  # noqa: N818 - an answer to the caller, like the store's own
    """No story, or more than one, fits what was asked."""


def chosen_story(store: Store, words: str) -> int:
    """The story's number; NoSuchStory names the candidates when several fit."""
    words = words.strip()
    if words.isascii() and words.isdecimal() and len(words) <= _DIGITS:
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


def stories_of_view(store: Store, name: str, as_of: datetime | None = None) -> tuple[int, ...]:
    """The stories of a view that there were then, the most active first: one of ours, or one saved on the screen.

    A saved one is its filter over what the Stories screen lists, as it matches now. NoSuchView names what there is.
    """
    if name in tuple(StoriesView):
        view = StoriesView(name)
        found = [row.id for row in stories.rows(store, view=view, limit=stories.count(store, view))]
    else:
        found = _saved(store, name)
    return tuple(story for story in found if as_of is None or stories.story(store, story, as_of) is not None)


def _saved(store: Store, name: str) -> list[int]:
    # The screen's own reading of a filter, and its clock; 60 ms that no other export needs.
    from store.state import moment
    from store.story_filters import matching
    from tui.desk import Clock
    from tui.narrowing import stories_wanted
    from tui.query import OF_STORIES, parse, unfit

    held = setups.views(store)
    if name not in held:
        saved = f"; saved on the screen: {', '.join(sorted(held))}" if held else ""
        raise NoSuchView(f"No view is called “{name}”.", remedy=f"There are {', '.join(StoriesView)}{saved}.")
    clock = Clock()
    clock.tell(moment(store))
    query = parse(held[name], clock())
    if trouble := query.trouble or unfit(query, OF_STORIES, "stories"):
        raise NoSuchView(f"The filter of the view “{name}” can't be read. {trouble}")
    return [story.id for story in matching(store, stories_wanted(query), StoriesView.ACTIVE, _EVERY)]

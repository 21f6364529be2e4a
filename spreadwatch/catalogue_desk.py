"""What may be done to the catalogue, from the Feeds screen as from the command line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from feeds import catalogue, clean, editing
from feeds.catalogue import Feed
from feeds.discovery import Found
from feeds.errors import CatalogueError, FeedError, Trouble
from spreadwatch.finding import feeds_at

_NO_FEED = (Trouble.NOT_A_FEED, Trouble.BROKEN, Trouble.GUARDED)
"""Answers that say there is no feed; any other trouble may be over by the next poll."""


class CatalogueDesk:
    """Adds and mutes feeds in the user's catalogue file."""

    def __init__(self, path: Path, look: Callable[[str], tuple[Found, ...]] = feeds_at) -> None:
        self._path = path
        self._look = look

    def add(self, address: str) -> str:
        """Adds the feed at an address, or the best one that its page names; gives what was done in one sentence.

        An address that can't be reached now is added unseen. CatalogueError or FeedError when there is no feed.
        """
        return self.add_feed(Feed(self.address(address)))

    def add_feed(self, feed: Feed, *, look: bool = True) -> str:
        """Adds a feed with what is known of it, looked at first."""
        found, unseen = self._found(feed.url) if look else (None, "")
        if found is not None and found.url != feed.url:
            feed = replace(feed, url=found.url)
        if not editing.add(self._path, [feed]):
            return f"{feed.url} is in {self._path} already."
        items = (
            ""
            if found is None or found.entries is None
            else f" ({found.title or 'no title'}, {found.entries} items)"
        )
        return f"Added {feed.url}{items} to {self._path}.{unseen}"

    def address(self, words: str) -> str:
        """The http or https address in what was typed; CatalogueError when it is none."""
        url = clean.address(words.strip())
        if not url:
            told = clean.line(words, 80)
            raise CatalogueError(
                self._path, f"“{told}” is no address.", remedy="It starts with https:// or http://."
            )
        return url

    def mute(self, url: str, muted: bool) -> None:
        """Mutes a feed, or lets it be polled again."""
        held = next((feed for feed in catalogue.load(self._path).feeds if feed.url == url), None)
        if held is None:
            raise CatalogueError(self._path, f"{url} is not in it.", remedy="Add it first.")
        editing.change(self._path, url, replace(held, muted=muted))

    def _found(self, url: str) -> tuple[Found | None, str]:
        try:
            return self._look(url)[0], ""
        except FeedError as error:
            if error.trouble in _NO_FEED:
                raise
            return None, f" It could not be looked at now: {error.message}"

"""What the Feeds screen may do to the catalogue; screens never reach the network themselves."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from feeds import catalogue, clean, editing
from feeds.catalogue import Feed
from feeds.errors import CatalogueError


class CatalogueDesk:
    """Adds and mutes feeds in the user's catalogue file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def add(self, address: str) -> str:
        """Adds the feed at an address; gives what was done in one sentence."""
        url = clean.address(address)
        if not url:
            raise CatalogueError(
                self._path, f"“{clean.line(address, 80)}” is no address.", remedy="It starts with https://."
            )
        return f"Added {url}." if editing.add(self._path, [Feed(url)]) else f"{url} is there already."

    def mute(self, url: str, muted: bool) -> None:
        """Mutes a feed, or lets it be polled again."""
        held = next((feed for feed in catalogue.load(self._path).feeds if feed.url == url), None)
        if held is None:
            raise CatalogueError(self._path, f"{url} is not in it.", remedy="Add it first.")
        editing.change(self._path, url, replace(held, muted=muted))

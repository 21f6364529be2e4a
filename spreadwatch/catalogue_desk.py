"""What may be done to the catalogue, from the Feeds screen as from the command line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path

from feeds import catalogue, clean, editing
from feeds.catalogue import Catalogue, Feed, Kind
from feeds.discovery import Found
from feeds.errors import CatalogueError, FeedError, Trouble
from spreadwatch.finding import feeds_at

_NO_FEED = (Trouble.NOT_A_FEED, Trouble.BROKEN, Trouble.GUARDED)
"""Answers that say there is no feed; any other trouble may be over by the next poll."""


_GROUPS = {
    Kind.WIRE: "Wire agencies",
    Kind.PUBLIC: "Public broadcasters",
    Kind.PRIVATE: "Newspapers and private outlets",
    Kind.STATE: "State media",
    Kind.OFFICIAL: "Governments and organisations",
    Kind.FACT_CHECKER: "Fact-checkers",
    Kind.SPECIALIST: "Specialists",
    Kind.AGGREGATOR: "Aggregators",
}
"""How the first start names the groups, in this order."""
_OTHERS = "Others"


def _kinds(whole: Catalogue) -> dict[str, Kind]:
    """What stands behind each feed, by its address."""
    publishers = {publisher.key: publisher.kind for publisher in whole.publishers}
    return {
        feed.url: feed.kind if feed.kind is not Kind.UNKNOWN else publishers.get(feed.publisher, Kind.UNKNOWN)
        for feed in whole.feeds
    }


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

    def offers(self) -> Mapping[str, int]:
        """Groups of the starter's feeds by who stands behind them; none once the user has a catalogue."""
        if self._path.exists():
            return {}
        counts = Counter(_GROUPS.get(kind, _OTHERS) for kind in _kinds(catalogue.starter()).values())
        return {name: counts[name] for name in (*_GROUPS.values(), _OTHERS) if counts[name]}

    def adopt(self, groups: Sequence[str]) -> None:
        """Makes the catalogue of these groups of the starter's feeds."""
        whole = catalogue.starter()
        kinds = _kinds(whole)
        chosen = tuple(feed for feed in whole.feeds if _GROUPS.get(kinds[feed.url], _OTHERS) in groups)
        editing.save(self._path, replace(whole, feeds=chosen))

    def _found(self, url: str) -> tuple[Found | None, str]:
        try:
            return self._look(url)[0], ""
        except FeedError as error:
            if error.trouble in _NO_FEED:
                raise
            if error.trouble is Trouble.GONE or error.status == HTTPStatus.NOT_FOUND:
                raise FeedError(
                    error.trouble,
                    f"Nothing is at {url}: {error.message}",
                    remedy=f"To poll it all the same: spreadwatch feeds add --force {url}",
                    status=error.status,
                ) from error
            return None, f" It could not be looked at now: {error.message}"

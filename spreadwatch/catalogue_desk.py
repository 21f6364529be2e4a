"""What may be done to the catalogue, from the Feeds screen as from the command line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path

from feeds import catalogue, clean, editing, opml
from feeds.catalogue import Catalogue, Feed, Kind, Publisher, interval_words
from feeds.catalogue_values import checked
from feeds.discovery import Found
from feeds.errors import CatalogueError, FeedError, Trouble
from spreadwatch.finding import feeds_at
from stories.errors import SpreadwatchError
from stories.logins import has_login, shown

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


_EDITED = ("name", "publisher", "interval", "country", "lang", "kind", "label", "muted")
"""What the screen lets one change of a feed; its address is another feed."""
_TOLD = 5
"""Outlines of an OPML file that are named when they can't be taken."""
_YES = {"yes": True, "no": False, "true": True, "false": False, "": False}


class CatalogueDesk:
    """Changes the user's catalogue file, and takes the last change back.

    Whoever polls the feeds that come with the program has no file yet; the first change from a screen makes it
    of them, so that changing one feed doesn't drop the others. Where they are not polled, a feed that is added
    is the only one: who has declined them must not poll them by adding another.

    Args:
        path: the catalogue's file.
        look: finds the feeds at an address.
        polled: whether the feeds that come with the program are polled while there is no file.
    """

    def __init__(
        self,
        path: Path,
        look: Callable[[str], tuple[Found, ...]] = feeds_at,
        polled: Callable[[], bool] = lambda: False,
    ) -> None:
        self._path = path
        self._look = look
        self._polled = polled
        self._changes: list[tuple[str, str | None, str | None]] = []
        """What was done, and the file's text before and after it; None is no file."""

    def add(self, address: str) -> str:
        """Adds the feed at an address, or the best one that its page names; gives what was done in one sentence.

        An address that can't be reached now is added unseen. CatalogueError or FeedError when there is no feed.
        """
        feed = Feed(self.address(address))
        with self._kept(f"adding {shown(feed.url)}", adding=True):
            return self.add_feed(feed)

    def mute(self, url: str, muted: bool) -> str:
        """Mutes a feed, or lets it be polled again."""
        with self._kept(f"{'muting' if muted else 'unmuting'} {url}"):
            held = self._held(url)
            editing.change(self._path, url, replace(held, muted=muted))
        return f"{'Muted' if muted else 'Unmuted'} {held.name or url}"

    def values(self, url: str) -> Mapping[str, tuple[str, str]]:
        """What the catalogue says of a feed, as it is typed, and what holds while it says nothing: its publisher's."""
        whole = self._whole()
        held = self._held(url, whole)
        publisher = whole.publisher(replace(held, kind=Kind.UNKNOWN, country="", lang="", label=""))
        return {name: (_typed(held, name), _typed(publisher, name)) for name in _EDITED}

    def edit(self, url: str, values: Mapping[str, str]) -> str:
        """Gives a feed other values; CatalogueError says which one can't be."""
        with self._kept(f"the change of {url}"):
            held = self._held(url)
            told: dict[str, object] = {name: value.strip() for name, value in values.items() if value.strip()}
            muted = values.get("muted", "").strip().lower()
            if muted not in _YES:
                raise SpreadwatchError("Muted must be yes or no.")
            table = {"url": url, **told, "muted": _YES[muted]}
            if "country" in told:
                table["country"] = str(told["country"]).upper()
            made = self._feed_of(table)
            changed = replace(held, **{name: getattr(made, name) for name in _EDITED})
            editing.change(self._path, url, changed)
        return f"Changed {changed.name or url}; it holds from its next poll on"

    def _feed_of(self, table: Mapping[str, object]) -> Feed:
        """The values of a form; SpreadwatchError says which is wrong, without the file: nothing is in it yet."""
        try:
            return Feed(**checked(("url", *_EDITED), table, self._path, "", "feed", 0))
        except CatalogueError as error:
            said = error.message.removeprefix(f"{self._path}: ")
            raise SpreadwatchError(said[:1].upper() + said[1:], remedy=error.remedy) from error

    def remove(self, url: str) -> str:
        """Takes a feed out; its items stay."""
        with self._kept(f"removing {url}"):
            held = self._held(url)
            editing.remove(self._path, url)
        return f"Took {held.name or url} out of the catalogue; its items stay"

    def take_in(self, file: Path) -> str:
        """Adds the feeds of an OPML file; what could not be taken is told in further lines."""
        found = subscriptions(file.expanduser())
        with self._kept(f"importing {file.name}", adding=True):
            added = editing.add(self._path, found.feeds)
        rest = "; the others were there" if len(added) < len(found.feeds) else ""
        told = f"Added {len(added)} of {len(found.feeds)} feeds of {file.name}{rest}"
        return "\n".join((told, *left_out(found)))

    def give_out(self, file: Path, titles: Mapping[str, str]) -> str:
        """Writes the catalogue as OPML, with the feeds' own titles; a file that is there already is left alone."""
        file = file.expanduser()
        whole = self._whole()
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("xb") as written:
                written.write(opml.write(whole, titles=titles))
        except FileExistsError as error:
            raise CatalogueError(file, "it is there already.", remedy="Give another name.") from error
        except OSError as error:
            raise CatalogueError(file, f"it can't be written ({error.strerror}).") from error
        return f"Wrote {len(whole.feeds)} feeds to {file}{logins_told(whole)}"

    def undo(self) -> str:
        """Takes the last change of this desk back, comments and order as they were.

        SpreadwatchError when there is none, or when somebody has changed the file since.
        """
        if not self._changes:
            raise SpreadwatchError("The catalogue was not changed since this screen was opened.")
        what, before, after = self._changes[-1]
        if self._text() != after:
            raise CatalogueError(
                self._path, f"it was changed by somebody else since {what}.", remedy="Change it by hand."
            )
        editing.restore(self._path, before)
        self._changes.pop()
        return f"Undone: {what}"

    @contextmanager
    def _kept(self, what: str, *, adding: bool = False) -> Iterator[None]:
        """A change that can be taken back; the file is there for it."""
        before = self._text()
        made = before is None
        if made and adding and not self._polled():
            # Taking it back leaves a file without feeds: without a file all that come with us are polled.
            before = ""
        if made:
            starter = catalogue.STARTER.read_text(encoding="utf-8") if before is None else before
            editing.restore(self._path, starter)
        try:
            yield
        except BaseException:  # Ctrl-C too: a change that failed must not leave a catalogue that nobody made
            if made:
                editing.restore(self._path, None)
            raise
        after = self._text()
        if after != before:
            self._changes.append((what, before, after))

    def _text(self) -> str | None:
        return self._path.read_text(encoding="utf-8") if self._path.exists() else None

    def _whole(self) -> Catalogue:
        return catalogue.load(self._path) if self._path.exists() else catalogue.starter()

    def _held(self, url: str, whole: Catalogue | None = None) -> Feed:
        held = next((feed for feed in (whole or catalogue.load(self._path)).feeds if feed.url == url), None)
        if held is None:
            raise CatalogueError(self._path, f"{url} is not in it.", remedy="Add it first.")
        return held

    def add_feed(self, feed: Feed, *, look: bool = True) -> str:
        """Adds a feed with what is known of it, looked at first."""
        found, unseen = self._found(feed.url) if look else (None, "")
        if found is not None and found.url != feed.url:
            feed = replace(feed, url=found.url)
        if not editing.add(self._path, [feed]):
            return f"{shown(feed.url)} is in {self._path} already."
        items = (
            ""
            if found is None or found.entries is None
            else f" ({found.title or 'no title'}, {found.entries} items)"
        )
        bare = " It has no items now: look whether it is whole." if found and found.entries == 0 else ""
        return f"Added {shown(feed.url)}{items} to {self._path}.{unseen}{bare}"

    def address(self, words: str) -> str:
        """The http or https address in what was typed; CatalogueError when it is none."""
        url = clean.address(words.strip())
        if not url:
            told = clean.line(words, 80)
            raise CatalogueError(
                self._path, f"“{told}” is no address.", remedy="It starts with https:// or http://."
            )
        return url

    def offers(self) -> Mapping[str, int]:
        """Groups of the starter's feeds by who stands behind them; none once the user has feeds."""
        if catalogue.load(self._path).feeds:
            return {}
        counts = Counter(_GROUPS.get(kind, _OTHERS) for kind in _kinds(catalogue.starter()).values())
        return {name: counts[name] for name in (*_GROUPS.values(), _OTHERS) if counts[name]}

    def chosen(self) -> bool:
        """Whether the user has a catalogue: one without feeds is a choice, too, and nobody is asked about it."""
        return self._path.exists()

    def adopt(self, groups: Sequence[str]) -> None:
        """Makes the catalogue of these groups of the starter's feeds, with what one without feeds says of publishers."""
        whole, own = catalogue.starter(), catalogue.load(self._path)
        kinds = _kinds(whole)
        chosen = tuple(feed for feed in whole.feeds if _GROUPS.get(kinds[feed.url], _OTHERS) in groups)
        others = (each for each in whole.publishers if each.key not in own.by_key)
        publishers = (*own.publishers, *others)
        editing.save(
            self._path,
            replace(whole, feeds=chosen, publishers=publishers, contact=own.contact or whole.contact),
        )

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


def subscriptions(file: Path) -> opml.Subscriptions:
    """What an OPML file holds; CatalogueError names the file when it can't be read, or is no OPML."""
    try:
        return opml.read(file.read_bytes())
    except OSError as error:
        raise CatalogueError(file, f"it can't be read ({error.strerror}).") from error
    except FeedError as error:
        raise CatalogueError(file, error.message) from error


def left_out(found: opml.Subscriptions) -> tuple[str, ...]:
    """What of an OPML file could not be taken, a line each; of many the first and how many more there are."""
    more = len(found.left_out) - _TOLD
    return (*found.left_out[:_TOLD], *([f"{more:,} more outlines have no such address."] if more > 0 else []))


def logins_told(whole: Catalogue) -> str:
    """A warning where addresses hold a name or a password: OPML that left them out could not be polled again."""
    held = sum(has_login(feed.url) for feed in whole.feeds)
    return f"; {held} of the addresses hold a login, keep the file to yourself" if held else ""


def _typed(held: Feed | Publisher, name: str) -> str:
    """A value as one types it; empty where it says nothing."""
    value = getattr(held, "key" if name == "publisher" and isinstance(held, Publisher) else name, "")
    if isinstance(value, timedelta):
        return interval_words(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value or "")

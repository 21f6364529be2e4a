"""Feeds: how each one is, when it is polled next, what went wrong in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.widget import Widget

from store import feeds
from store.database import Store
from store.feeds import FeedState
from tui.actions import DEFAULT_KEYS, Where
from tui.desk import Desk
from tui.drawing import Look, Piece, Pieces, wrap
from tui.messages import Answered, Decided
from tui.page_feed import feed_page
from tui.page_view import PageView
from tui.query import parse
from tui.row_list import RowList
from tui.rows import health
from tui.sheet import Sheet
from tui.watch_screen import WatchScreen

_PLACES = (Where.EVERYWHERE, Where.LIST, Where.FEED)


class FeedsScreen(WatchScreen):
    """The feeds, failing ones first."""

    MODE = "feeds"
    PLACES = _PLACES
    BINDINGS = DEFAULT_KEYS.bindings(*_PLACES)
    CSS_PATH = ["feeds_screen.tcss"]
    KEY_LINE = ("open", "poll-feed", "poll", "mute", "add-feed", "filter", "pane")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._feeds: dict[int, FeedState] = {}
        self._list: RowList[FeedState] = RowList(
            self._fetch, self._paint, id="feeds-list", empty=self._nothing
        )
        self.page = PageView(desk.sheet, id="detail")
        self.page.border_title = "Feed"

    @property
    def row_list(self) -> RowList[FeedState]:
        """The feeds."""
        return self._list

    @property
    def detail(self) -> Widget:
        """The feed's page."""
        return self.page

    @property
    def inner(self) -> PageView | RowList[FeedState]:
        """The feed's page."""
        return self.page

    def list_title(self) -> str:
        """What is listed, and the filter's chip."""
        return f"Feeds, failing first [{self.filter_text}]" if self.filter_text else "Feeds, failing first"

    def heads(self, width: int) -> Pieces | None:
        """Names of the columns."""
        return self.desk.painter.feed_heads(width)

    def _fetch(self, wanted: Sequence[int]) -> Mapping[int, FeedState]:
        return {feed: self._feeds[feed] for feed in wanted if feed in self._feeds}

    def _paint(self, row: FeedState, width: int, *, marked: bool) -> Pieces:
        return self.desk.painter.feed(row, width, marked=marked)

    def _nothing(self) -> Sequence[Pieces]:
        keys = self.desk.keys
        told = (
            f"No feed matches. {keys.first('back')} clears the filter."
            if self.filter_text
            else f"No feeds yet. {keys.first('add-feed')} adds one by its address; `spreadwatch feeds import` reads OPML."
        )
        return wrap((Piece(told, Look.DIM),), max(20, self.row_list.size.width - 2))

    def reload(self) -> None:
        """States anew; failing feeds first, then by name."""
        if self.paused:
            return
        query = parse(self.filter_text, self.desk.clock())
        found = [feed for feed in feeds.rows(self.desk.store) if _matches(feed, query.words, query.without)]
        found.sort(
            key=lambda feed: (not feed.failures, feed.muted, (feed.title or feed.publisher).casefold())
        )
        self._feeds = {feed.id: feed for feed in found}
        self.row_list.forget()
        ids = [feed.id for feed in found]
        if list(self.row_list.ids) != ids:
            self.row_list.show(ids)
        self.titles()
        self._redraw(keep=True)

    def row_rested(self, row_id: int | None) -> None:
        """Show the feed."""
        self._redraw(keep=False)

    def _redraw(self, *, keep: bool) -> None:
        feed = self._here()
        if feed is None:
            self.page.show(None)
            return

        def write(sheet: Sheet) -> None:
            feed_page(sheet, feed, self.desk.clock())

        self.page.show(write, keep=keep)

    def _here(self) -> FeedState | None:
        return None if self.row_list.cursor_id is None else self._feeds.get(self.row_list.cursor_id)

    def why_not(self, name: str) -> str:
        """Why an action can't be done."""
        if name in ("mute", "poll-feed") and self._here() is None:
            return "there is no feed under the cursor."
        if name == "poll-feed" and not self.standing.running:
            return "no collector runs; `spreadwatch collect` starts one."
        if name in ("add-feed", "mute") and self.desk.catalogue is None:
            return "this screen was opened without a catalogue; `spreadwatch feeds` edits it."
        return super().why_not(name)

    def do_poll_feed(self) -> None:
        """Ask the collector to poll this feed now."""
        feed = self._here()
        if feed is None:
            return
        self.desk.poll_now(feed.url)
        self.say(f"Polling {feed.title or feed.url}")

    def do_mute(self) -> None:
        """Mute the feed, or let it be polled again; the catalogue file is changed."""
        feed, catalogue = self._here(), self.desk.catalogue
        if feed is None or catalogue is None:
            return
        muted = not feed.muted

        def order(_: Store) -> None:
            catalogue.mute(feed.url, muted)
            self.desk.catalogue_changed(feed.url)

        self.desk.writes.order(f"{'Muted' if muted else 'Unmuted'} {feed.title or feed.url}", order)

    def do_add_feed(self) -> None:
        """Add a feed by its own address or by a page's; what was found is said."""
        from tui.prompt import Prompt

        catalogue = self.desk.catalogue
        if catalogue is None:
            return

        def given(address: str | None) -> None:
            if address:
                self.say(f"Looking at {address}")
                self.desk.reads.ask("add feed", lambda _: catalogue.add(address))

        self.app.push_screen(Prompt("Add a feed", note="Its address, or the page that has it"), given)

    def answered(self, answer: Answered) -> None:
        """What was found at the address."""
        if answer.topic == "add feed":
            self.say(str(answer.error or answer.value), warn=answer.error is not None)
            if answer.error is None:
                self.desk.catalogue_changed()

    def decided(self, told: Decided) -> None:
        """Say what could not be done."""
        if told.error is not None:
            self.say(f"{told.title} failed. {told.error}", warn=True)
        self.reload()


def _matches(feed: FeedState, words: Sequence[str], without: Sequence[str]) -> bool:
    text = f"{feed.title} {feed.publisher} {feed.url} {health(feed)[0]}".casefold()
    return all(word.casefold() in text for word in words) and not any(
        word.casefold() in text for word in without
    )

"""Feeds: how each one is, when it is polled next, what went wrong in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from store import feeds
from store.database import Store
from store.feeds import FeedState
from stories.errors import SpreadwatchError
from stories.logins import shown
from tui.actions import DEFAULT_KEYS, Where
from tui.desk import Catalogue, Desk
from tui.drawing import Look, Piece, Pieces, wrap
from tui.messages import Answered, CatalogueChanged, Decided
from tui.page_beside import PageBeside
from tui.page_feed import feed_page
from tui.query import parse
from tui.row_list import RowList
from tui.rows import called, health
from tui.sheet import Sheet

_PLACES = (Where.EVERYWHERE, Where.LIST, Where.FEED)


READ = 20.0
"""Seconds that stand what of a file could not be taken, a line each."""
_CHANGES = frozenset(
    {"add-feed", "mute", "edit-feed", "remove-feed", "offered-feeds", "import-opml", "export-opml", "undo"}
)
_FIELDS = (
    ("name", "Name", "what lists call it; else the feed's own title"),
    ("publisher", "Publisher", "who stands behind it: a domain or a key of the catalogue"),
    ("interval", "Interval", "15m or 2h; else by the feed's own rhythm"),
    ("country", "Country", "two letters: GB"),
    ("lang", "Language", "two letters: en"),
    ("kind", "Kind", "wire, public, private, state, official, fact-checker, specialist"),
    ("label", "Label", "state affiliation, as it shall be shown"),
    ("muted", "Muted", "yes or no"),
)
"""The catalogue's fields, as a form names them."""


class FeedsScreen(PageBeside):
    """The feeds, failing ones first."""

    MODE = "feeds"
    PLACES = _PLACES
    BINDINGS = DEFAULT_KEYS.bindings(*_PLACES)
    CSS_PATH = ["feeds_screen.tcss"]
    KEY_LINE = ("open", "poll-feed", "poll", "mute", "edit-feed", "add-feed", "undo", "filter", "pane")
    PAGE_TITLE = "Feed"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._feeds: dict[int, FeedState] = {}
        self._asked = 0
        self._changing: dict[str, tuple[bool, Callable[[str], None] | None]] = {}
        """Changes of the catalogue that are under way, by their topic."""
        self._list: RowList[FeedState] = RowList(
            self._fetch, self._paint, id="feeds-list", empty=self._nothing
        )

    @property
    def row_list(self) -> RowList[FeedState]:
        """The feeds."""
        return self._list

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
            self.no_match("feed")
            if self.filter_text
            else f"No feeds yet. {keys.first('offered-feeds')} offers those that come with the program; "
            f"{keys.first('add-feed')} adds one by its address; {keys.first('import-opml')} reads OPML."
        )
        return wrap((Piece(told, Look.DIM),), max(20, self.row_list.size.width - 2))

    def reload(self) -> None:
        """States anew; failing feeds first, then by name."""
        if self.paused:
            return
        query = parse(self.filter_text, self.desk.clock())
        found = [feed for feed in feeds.rows(self.desk.store) if _matches(feed, query.words, query.without)]
        found.sort(
            key=lambda feed: (not feed.failures, feed.muted, not feed.warnings, called(feed).casefold())
        )
        self._feeds = {feed.id: feed for feed in found}
        self.row_list.forget()
        ids = [feed.id for feed in found]
        if list(self.row_list.ids) != ids:
            self.row_list.show(ids)
        self.titles()
        self._redraw(keep=True)

    @property
    def narrows(self) -> tuple[frozenset[str], str]:
        """Feeds are narrowed by words alone."""
        return frozenset(), "feeds"

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
        if name in ("mute", "poll-feed", "edit-feed", "remove-feed") and self._here() is None:
            return "there is no feed under the cursor."
        if name == "poll-feed" and not self.standing.running:
            return "no collector runs; `spreadwatch collect` starts one."
        if name in _CHANGES and self.desk.catalogue is None:
            return "this screen was opened without a catalogue; `spreadwatch feeds` edits it."
        if name == "offered-feeds" and self.desk.catalogue is not None and not self.desk.catalogue.offers():
            return "you have a catalogue of your own already."
        if name == "redo":
            return "a change of the catalogue is done again by its own key."
        return super().why_not(name)

    def do_poll_feed(self) -> None:
        """Ask the collector to poll this feed now."""
        feed = self._here()
        if feed is None:
            return
        self.desk.poll_now(feed.url)
        self.say(f"Polling {feed.title or shown(feed.url)}")

    def do_mute(self) -> None:
        """Mute the feed, or let it be polled again; the catalogue file is changed."""
        if (feed := self._here()) is not None:
            self._change(lambda catalogue: catalogue.mute(feed.url, not feed.muted), feed.url)

    def do_remove_feed(self) -> None:
        """Take the feed out of the catalogue; its items stay, and u brings it back."""
        if (feed := self._here()) is not None:
            self._change(lambda catalogue: catalogue.remove(feed.url))

    def do_undo(self) -> None:
        """Take the last change of the catalogue back."""
        self._change(lambda catalogue: catalogue.undo(), undoable=False)

    def do_add_feed(self) -> None:
        """Add a feed by its own address or by a page's; what was found is said."""
        from tui.prompt import Prompt

        def given(address: str | None) -> None:
            if address:
                self.say(f"Looking at {address}")
                self._change(lambda catalogue: catalogue.add(address))

        self.app.push_screen(Prompt("Add a feed", note="Its address, or the page that has it"), given)

    def do_offered_feeds(self) -> None:
        """Choose among the feeds that come with the program; Enter has them polled."""
        from tui.first_run import FirstRun

        def adopt(catalogue: Catalogue, groups: Sequence[str]) -> str:
            catalogue.adopt(groups)
            return f"Polling the feeds of {', '.join(groups)}" if groups else "No feeds chosen"

        def chosen(groups: Sequence[str] | None) -> None:
            if groups is not None:
                self._change(lambda catalogue: adopt(catalogue, groups), undoable=False)

        if self.desk.catalogue is not None:
            self.app.push_screen(FirstRun(self.desk.catalogue.offers(), self.desk.glyphs), chosen)

    def do_edit_feed(self) -> None:
        """Change what the catalogue says of the feed; a wrong value is said and asked for again."""
        feed, catalogue = self._here(), self.desk.catalogue
        if feed is not None and catalogue is not None:
            try:
                held = catalogue.values(feed.url)
            except SpreadwatchError as error:
                self.say(str(error), warn=True)
            else:
                self._ask_values(feed, held, {}, "")

    def _ask_values(
        self, feed: FeedState, held: Mapping[str, tuple[str, str]], typed: Mapping[str, str], note: str
    ) -> None:
        from tui.form import Form, FormLine

        lines = [
            FormLine(name, label, typed.get(name, held[name][0]), held[name][1] or hint)
            for name, label, hint in _FIELDS
        ]

        def given(values: Mapping[str, str] | None) -> None:
            if values is not None:
                self._change(
                    lambda catalogue: catalogue.edit(feed.url, values),
                    feed.url,
                    again=lambda trouble: self._ask_values(feed, held, values, trouble),
                )

        self.app.push_screen(Form(feed.title or shown(feed.url), lines, note=note), given)

    def do_import_opml(self) -> None:
        """Add the feeds of an OPML file."""
        self._ask_file("Import feeds from OPML", "", lambda desk, file: desk.take_in(file))

    def do_export_opml(self) -> None:
        """Write the catalogue as OPML."""
        place = str(self.desk.exports / "feeds.opml")
        titles = {feed.url: feed.title for feed in feeds.rows(self.desk.store) if feed.title}
        self._ask_file(
            "Export the feeds as OPML", place, lambda desk, file: desk.give_out(file, titles), undoable=False
        )

    def _ask_file(
        self,
        heading: str,
        present: str,
        what: Callable[[Catalogue, Path], str],
        note: str = "A file on this machine, such as ~/subscriptions.opml",
        *,
        undoable: bool = True,
    ) -> None:
        from tui.prompt import Prompt

        def given(name: str | None) -> None:
            if name:
                self._change(
                    lambda catalogue: what(catalogue, Path(name)),
                    undoable=undoable,
                    again=lambda trouble: self._ask_file(heading, name, what, trouble, undoable=undoable),
                )

        self.app.push_screen(Prompt(heading, present, note=note), given)

    def _change(
        self,
        what: Callable[[Catalogue], str],
        url: str = "",
        *,
        undoable: bool = True,
        again: Callable[[str], None] | None = None,
    ) -> None:
        """Have the catalogue changed beside the screen; ``again`` asks once more when it can't be done as typed."""
        catalogue = self.desk.catalogue
        if catalogue is None:
            return
        self._asked += 1  # a topic of its own: a second change must not make the first one void
        self._changing[f"catalogue {self._asked}"] = (undoable, again)

        def change(_: Store) -> str:
            said = what(catalogue)
            self.desk.catalogue_changed(url)  # here: another screen may be shown when the answer comes
            return said

        self.desk.reads.ask(f"catalogue {self._asked}", change)

    def answered(self, answer: Answered) -> None:
        """What became of a change of the catalogue."""
        if (asked := self._changing.pop(answer.topic, None)) is None:
            return
        undoable, again = asked
        if answer.error is None:
            self.post_message(CatalogueChanged())
            done, _, besides = str(answer.value).partition("\n")
            if undoable:
                self.acted(done, whole=True)
            else:
                self.say(done)
            if besides:
                self.notify(self.desk.glyphs.own(besides), severity="warning", timeout=READ, markup=False)
        elif again is not None:
            again(str(answer.error))
        else:
            self.say(str(answer.error), warn=True)

    def decided(self, told: Decided) -> None:
        """Say what could not be done."""
        super().decided(told)
        self.reload()


def _matches(feed: FeedState, words: Sequence[str], without: Sequence[str]) -> bool:
    text = f"{feed.title} {feed.publisher} {feed.url} {health(feed)[0]}".casefold()
    return all(word.casefold() in text for word in words) and not any(
        word.casefold() in text for word in without
    )

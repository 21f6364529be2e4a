"""Full-text search over every item, newest first, with the words around each find."""

from __future__ import annotations

from collections.abc import Sequence

from store import search
from store.database import Store
from store.search import Hit
from tui import words
from tui.desk import Desk
from tui.drawing import Glyphs, Look, Piece, Pieces, fit, pad, title
from tui.messages import Answered
from tui.rest import Rest
from tui.typed_list import TypedList

LIMIT = 200
"""Finds listed; more words narrow better than more scrolling."""
_CUT = "…"
"""What `store.search` puts where it cuts a text."""
PAUSE = 0.12
"""Seconds without a letter before the store is asked."""


class SearchScreen(TypedList[Hit, int | None]):
    """Gives the id of the item that was chosen, None when left."""

    TITLE_TEXT = "Search everything"
    HINT = 'Enter opens, "exact words", -without, title:word, Esc leaves'
    PLACEHOLDER = "words of a title, summary or article"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._rest = Rest(self)
        self._typed = ""

    def on_mount(self) -> None:
        """Nothing is listed before something is typed."""
        self.query_one(".dialog").add_class("-wide")

    def matching(self, typed: str) -> Sequence[Hit]:
        """Nothing at once: the reading thread is asked when the typing pauses."""
        self._typed = typed
        self._rest.stop()
        if typed.strip():
            self._rest.after(PAUSE, self._ask)
            return self.found
        return ()

    @property
    def resting(self) -> bool:
        """Whether what was typed has been asked for."""
        return not self._rest.due

    def _ask(self) -> None:
        typed = self._typed

        def read(store: Store) -> list[Hit]:
            return search.search(store, typed, LIMIT)

        self._desk.reads.ask("search", read, over=True)

    def answered(self, answer: Answered) -> None:
        """List what was found."""
        if answer.topic == "search" and self._desk.reads.current(answer) and answer.error is None:
            self.found = answer.value
            self._list.forget()
            self._list.show(range(len(self.found)), keep=False)
            dialog = self.query_one(".dialog")
            more = "+" if len(self.found) == LIMIT else ""
            dialog.border_title = title(f"{self.TITLE_TEXT}: {len(self.found)}{more} found")

    def paint(self, row: Hit, width: int) -> Pieces:
        """Time, publisher, title, and the words around the find."""
        glyphs, item = self._desk.glyphs, row.row
        left = (
            Piece(fit(words.when(item.effective, self._desk.clock()), 8, glyphs), Look.DIM),
            Piece(fit(item.publisher, 14, glyphs) + " ", Look.NAME),
        )
        if (marked := _in_title(item.title, row.snippet)) is not None:
            return pad((*left, *marked), width, glyphs)
        room = width - 23
        title = fit(item.title, room * 3 // 5, glyphs)
        return pad((*left, Piece(title + "  "), *_snippet(row.snippet, room // 8, glyphs)), width, glyphs)

    def nothing(self) -> Sequence[Pieces]:
        """No item has these words, or none were typed."""
        told = (
            "No item has these words." if self._typed.strip() else "Type words; the newest items come first."
        )
        return ((Piece(told, Look.DIM),),)

    def choose(self, row: Hit | None, typed: str) -> None:
        """Give the item."""
        if row is not None:
            self.dismiss(row.row.id)


def _in_title(title: str, snippet: str) -> tuple[Piece, ...] | None:
    """The whole title with what was found marked, where it was found there; None where it stands in a text."""
    found = snippet.strip(_CUT)
    told = found.replace(search.OPEN, "").replace(search.CLOSE, "")
    before, here, after = title.partition(told)
    return _marked(before + found + after, Look.TEXT) if here and told else None


def _snippet(text: str, lead: int, glyphs: Glyphs) -> tuple[Piece, ...]:
    """The words around a find, the found ones marked; the first of them after ``lead`` characters, so that it is seen."""
    before, opened, rest = text.partition(search.OPEN)
    if opened and len(before) > lead:
        text = f"{glyphs.ellipsis}{before[-lead:].partition(' ')[2]}{opened}{rest}"
    return _marked(text, Look.DIM)


def _marked(text: str, plain: Look) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    for part in text.split(search.OPEN):
        found, close, rest = part.partition(search.CLOSE)
        if close:
            pieces.append(Piece(found, Look.CUE))
            pieces.append(Piece(rest, plain))
        else:
            pieces.append(Piece(part, plain))
    return tuple(piece for piece in pieces if piece.text)

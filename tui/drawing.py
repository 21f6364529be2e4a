"""Text as it is drawn: pieces of literal words with a look, cut, padded and wrapped by terminal cells.

Nothing here interprets markup, so whatever a feed wrote is shown as it stands. The looks get their
colours from the theme (`tui.looks`); every state that a look shows is also a word or a mark.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len, chop_cells, set_cell_size
from rich.segment import Segment
from textual.content import Content
from textual.strip import Strip

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rich.style import Style


class Look(StrEnum):
    """What a piece of text is; `tui.looks` says what that is in a theme."""

    TEXT = "text"
    DIM = "dim"
    STRONG = "strong"
    HEAD = "head"
    NAME = "name"
    QUOTE = "quote"
    CUE = "cue"
    GOOD = "good"
    BAD = "bad"
    WARN = "warn"
    INFO = "info"
    NEW = "new"
    KEY = "key"
    OFF = "off"
    SPARK = "spark"
    FLASH = "flash"
    FOUND = "found"


class Piece(NamedTuple):
    """Some literal text and its look."""

    text: str
    look: Look = Look.TEXT


Pieces = tuple[Piece, ...]

# A terminal obeys C0 and C1 controls; bidi overrides turn the rest of a line around. The collector strips them
# when it takes an item in, but a store may have been filled by something else.
_UNSAFE = dict.fromkeys((*range(32), *range(127, 160)), " ") | dict.fromkeys(
    (*range(8234, 8239), *range(8294, 8298), 8206, 8207, 1564)
)


# Terminals disagree whether joined emoji, skin tones and flags are one sign or several, and a line that is wider
# than we reckoned shifts the border. Apart, each has one width everywhere; a flag becomes its letters.
_JOINED = re.compile(
    "(?<=[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f])\u200d|\u200d(?=[\U0001f000-\U0001faff\u2600-\u27bf])"
)
_APART = {
    **dict.fromkeys((0xFE0E, 0xFE0F, *range(0x1F3FB, 0x1F400), *range(0xE0020, 0xE0080))),
    **{0x1F1E6 + place: chr(65 + place) for place in range(26)},
}


def literal(text: str) -> str:
    """The text without anything a terminal would obey; line breaks become spaces, joined emoji stand apart."""
    if text.isascii() and text.isprintable():
        return text
    return _JOINED.sub("", text.translate(_UNSAFE)).translate(_APART)


def spaced(svg: str) -> str:
    """A screenshot in which every viewer keeps the spaces at a text's ends; without it rsvg joins the words."""
    return svg.replace("<text ", '<text xml:space="preserve" ')


def title(text: str) -> Content:
    """The text for a border, where a plain string would be read as markup."""
    return Content(literal(text))


def width_of(pieces: Iterable[Piece]) -> int:
    """Cells that the pieces take."""
    return sum(cell_len(piece.text) for piece in pieces)


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The marks that are not letters, so that `--plain` can draw the same screen in ASCII."""

    ellipsis: str = "…"
    new: str = "•"
    marked: str = "✓"
    star: str = "★"
    opposite: str = "⇄"
    from_: str = "←"
    arrow: str = "→"
    dot: str = "·"
    times: str = "×"
    up: str = "▲"
    down: str = "▼"
    level: str = "="
    branch: str = "├─ "
    last: str = "└─ "
    trunk: str = "│  "
    rule: str = "─"
    bars: str = " ▁▂▃▄▅▆▇█"
    denied: str = "✗"
    confirmed: str = "✓"
    contested: str = "≠"
    open_quote: str = "“"
    close_quote: str = "”"
    watched: str = "◉"
    own_marks: Mapping[int, str] = field(default_factory=dict)
    """What names and claims that we make are told with here: "Russia–Taliban" as "Russia-Taliban" in ASCII."""

    def own(self, text: str) -> str:
        """A text that we made, in these marks; what feeds wrote is never put through this."""
        return text.translate(self.own_marks) if self.own_marks else text


UNICODE = Glyphs()
PLAIN = Glyphs(
    ellipsis="~",
    new="*",
    marked="x",
    star="*",
    opposite="<>",
    from_="<-",
    arrow="->",
    dot="-",
    times="x",
    up="^",
    down="v",
    level="=",
    branch="|- ",
    last="`- ",
    trunk="|  ",
    rule="-",
    bars=" .:-=+*%#",
    denied="x",
    confirmed="+",
    contested="/",
    open_quote='"',
    close_quote='"',
    watched="@",
    own_marks=str.maketrans(
        {"–": "-", "−": "-", "→": "->", "…": "~", "“": '"', "”": '"', "’": "'", "·": "-", "×": "x"}
    ),
)


def fit(text: str, width: int, glyphs: Glyphs = UNICODE, *, right: bool = False) -> str:
    """The text cut or padded to exactly ``width`` cells."""
    text = literal(text)
    used = len(text) if text.isascii() else cell_len(text)
    if used <= width:
        space = " " * (width - used)
        return space + text if right else text + space
    if width <= len(glyphs.ellipsis):
        return set_cell_size(text, max(0, width))
    return _cut(text, width, glyphs)


def _cut(text: str, width: int, glyphs: Glyphs) -> str:
    """The text's beginning with an ellipsis, at a word's end when one is near; exactly ``width`` cells."""
    room = width - len(glyphs.ellipsis)
    kept = set_cell_size(text, room)
    space = kept.rfind(" ")
    if space >= len(kept) - 6 and space > len(kept) // 2:
        kept = kept[:space]
    kept = kept.rstrip(" .,:;") + glyphs.ellipsis
    return kept + " " * (width - cell_len(kept))


def spark(counts: Sequence[int], width: int, glyphs: Glyphs = UNICODE) -> str:
    """A bar a bucket, latest at the right, scaled to the tallest; nothing at all is blank.

    With fewer cells than buckets neighbours stand in one bar: it is the same day that is shown.
    """
    together = -(-len(counts) // width)
    shown = [sum(counts[max(0, end - together) : end]) for end in range(len(counts), 0, -together)][::-1]
    if not shown:
        return " " * width
    top = max(shown)
    last = len(glyphs.bars) - 1
    if not top:
        return " " * width
    return "".join(glyphs.bars[max(1, round(count / top * last))] for count in shown).rjust(width)


_TOKEN = re.compile(r"\s+|\S+")


def wrap(pieces: Iterable[Piece], width: int, *, indent: int = 0) -> list[Pieces]:
    """The pieces broken between words into lines of at most ``width`` cells.

    Lines after the first start with ``indent`` spaces. A word longer than a line is broken where it must be.
    """
    lines: list[list[Piece]] = [[]]
    used = 0
    pending = ""  # white space that is drawn only when a word follows on the same line
    pending_look = Look.TEXT
    for piece in pieces:
        for token in _TOKEN.findall(literal(piece.text)):
            if token.isspace():
                pending, pending_look = " ", piece.look
                continue
            for part in _breakable(token, max(4, width - indent)):
                size = cell_len(part)
                fresh = used == (indent if len(lines) > 1 else 0)
                if used + len(pending) + size > width and not fresh:
                    lines.append([Piece(" " * indent)] if indent else [])
                    used, pending, fresh = indent, "", True
                if pending and not fresh:
                    lines[-1].append(Piece(" ", pending_look))
                    used += 1
                lines[-1].append(Piece(part, piece.look))
                used += size
                pending = ""
    return [_joined(line) for line in lines]


def _breakable(token: str, width: int) -> list[str]:
    return [token] if len(token) * 2 <= width or cell_len(token) <= width else chop_cells(token, width)


def _joined(line: Sequence[Piece]) -> Pieces:
    """Neighbours of one look as one piece: fewer segments to draw."""
    joined: list[Piece] = []
    for piece in line:
        if joined and joined[-1].look is piece.look:
            joined[-1] = Piece(joined[-1].text + piece.text, piece.look)
        else:
            joined.append(piece)
    return tuple(joined)


def pad(pieces: Pieces, width: int, glyphs: Glyphs = UNICODE) -> Pieces:
    """The pieces cut or padded to exactly ``width`` cells."""
    used = 0
    kept: list[Piece] = []
    for piece in pieces:
        text = literal(piece.text)
        size = cell_len(text)
        if used + size > width:
            kept.append(Piece(fit(text, width - used, glyphs), piece.look))
            return tuple(kept)
        kept.append(Piece(text, piece.look))
        used += size
    if used < width:
        kept.append(Piece(" " * (width - used)))
    return tuple(kept)


def strip_of(pieces: Iterable[Piece], looks: Mapping[Look, Style], base: Style, width: int) -> Strip:
    """The pieces as one line of the terminal, ``base`` under every look."""
    segments = [Segment(literal(text), base + looks[look]) for text, look in pieces]
    return Strip(segments).adjust_cell_length(width, base)

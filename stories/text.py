"""Sentences, quotations and words of a text, always as character offsets into it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from stories.boilerplate import body_spans
from stories.lexicon import load

__all__ = ["Word", "body_spans", "quotations", "sentences", "words"]

_ABBREVIATIONS = frozenset(load("abbreviations")["words"])
_END = re.compile(
    r"""[.!?…؟۔\n](?:(?<=\n)(?:[ \t]*\n\s*)?|(?<!\n)(?P<more>[.!?…؟۔]*)(?P<close>["”’'»)\]]*)(?=\s|$))"""
)
_LAST = re.compile(r"[\w.]+$")
_BEGINNING = re.compile(r"""\s*["“„«'‘(\[]*\s*(?P<first>\S)""")
_QUOTE = re.compile(
    r"[“„«\"‘'](?:(?<=“)(?P<a>[^“”]{1,1200})”|(?<=„)(?P<b>[^„“”]{1,1200})[“”]|(?<=«)(?P<c>[^«»]{1,1200})»"
    r"|(?<=\")(?<![\w\"]\")(?:(?P<d>[^\"\n]{1,1200})\"(?!\w)|(?P<f>[^\"“”\n]{1,1200})”)"
    r"|(?<=“)(?P<g>[^“”\"\n]{1,1200})\"(?!\w)|(?<=[‘'])(?<![\w’'][‘'])(?P<e>[^‘\n]{2,400}?)['’](?![\w]))"
)
"""Begins with a mark, as `_END` does with a stop: Python passes over what can't begin a match ten times as fast then."""
_ESCAPED = re.compile(r"\\('(?:s\b)?)")
_OPENED = re.compile(r"(?<![\w.,!?;:'’…-])''(?=[^\s'])")
_CLOSED = re.compile(r"''")
_WORD = re.compile(r"\w+(?:(?:[-’'.&/]|(?<=\d),(?=\d{3}(?!\d)))\w+)*|[^\w\s]")


class Word(NamedTuple):
    """A word or a mark, with its place in the text it was cut from."""

    text: str
    low: str
    """In lower case, with typographic apostrophes made plain."""
    start: int
    end: int


@lru_cache(maxsize=4)
def curled(text: str) -> str:
    """The text with quotation marks typed as two apostrophes (old wire copy) as “ and ”, every character in its place.

    A backslash that a careless feed left before an apostrophe goes behind it as a space.
    """
    if "\\'" in text:
        text = _ESCAPED.sub(r"\1 ", text)
    if "''" not in text:
        return text
    return _CLOSED.sub("” ", _OPENED.sub(" “", text.replace("``", "''")))


_word = tuple.__new__
"""Past NamedTuple's own constructor, which takes half of the time that cutting words takes."""


def words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """Cuts text into words and single marks; a hyphen, apostrophe, inner dot or a number's comma keeps a word together."""
    stop = len(text) if end is None else end
    text = curled(text)
    low = lowered(text)
    row = [
        _word(Word, (found[0], low[at:to], at, to))
        for found in _WORD.finditer(text, start, stop)
        for at, to in (found.span(),)
    ]
    if "WHO" in text and not text[start:stop].isupper():
        # "as WHO confirms an outbreak": the body's letters are no "who"
        return [word._replace(low="WHO") if word.text == "WHO" else word for word in row]
    return row


@lru_cache(maxsize=4)
def lowered(text: str) -> str:
    """The text in lower case with typographic apostrophes made plain, every character still in its place."""
    low = text.lower()
    if len(low) != len(text):  # a few letters (İ) grow when lowered; offsets matter more than their case
        low = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
    return low.replace("’", "'")


def sentences(text: str) -> list[tuple[int, int]]:
    """Cuts text into sentences, trimmed of surrounding space; every line break that ends a line of prose cuts.

    A stop inside a quotation that goes on ("“We won. Again,” he said") cuts no sentence only when what
    follows is in lower case, so that a quotation's own sentences are still told apart.
    """
    return list(_sentences(text))


def first_sentences(text: str, most: int) -> list[tuple[int, int]]:
    """The first ``most`` of a text's `sentences`; what follows them is not looked at."""
    return list(islice(_cut(text), most))


@lru_cache(maxsize=256)
def _sentences(text: str) -> tuple[tuple[int, int], ...]:
    # An item's statements and citations are read one after the other from the same lines; a long page has
    # a hundred or two.
    return tuple(_cut(text))


def _cut(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for end in _END.finditer(text):
        if end["more"] is None:
            if end[0].count("\n") == 1 and _wrapped(text, end.start(), end.end()):
                continue
        elif not _ends(text, start, end):
            continue
        yield from _trimmed(text, start, end.end())
        start = end.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """The span without the space around it; none when nothing is left."""
    begun = text[start:end].lstrip()
    held = begun.rstrip()
    first = end - len(begun)
    return ((first, first + len(held)),) if held else ()


def _wrapped(text: str, start: int, end: int) -> bool:
    """Whether a line break only wraps a line: the sentence goes on in lower case after no full stop."""
    return start > 0 and text[start - 1] not in ".!?:;" and end < len(text) and text[end].islower()


def _ends(text: str, start: int, end: re.Match[str]) -> bool:
    after = _BEGINNING.match(text, end.end())
    if after is None:
        return True
    first = after.group("first")
    if first.islower() or (first in ",;—–-" and not end.group("close")):
        return False
    if end["more"] or text[end.start()] != ".":
        return first not in ",;"
    before = _LAST.search(text[max(start, end.start() - 12) : end.start()])
    if before is None:
        return True
    word = before.group().lower().lstrip(".")
    if word in _ABBREVIATIONS:
        # "the U.S. The ministry": after a shortened country a determiner begins a new sentence.
        return bool(word in ("u.s", "u.k", "u.n", "a.m", "p.m") and _DETERMINED.match(text, end.end()))
    return not (len(word) == 1 and word.isalpha() and before.group().isupper())


_DETERMINED = re.compile(r"""\s+["“‘']?(?:The|A|An|It|He|She|They|But|And|In|On|That|This|We|I)\b""")


_DATELINE = re.compile(
    r"(?:[A-Z\d][\w.’' ]{1,30}(?:, [A-Z\d][\w.’' ]{0,20})*,?|\d{0,2})"
    r"(?: ?\([\w ./-]{1,20}\)(?: ?--| ?[–—]| -|:)| --| [–—]| -) ?(?=[\w\"“'])"
)
_DASH = re.compile(r"[:–—-]")
"""What parts a place and a day from the news."""
_DATED = 70
"""Characters of the longest opening with place, day and agency."""
_UPPER = re.compile(r"[A-Z]{3,}|\d|\(|^\w+ --")


def dateline(text: str, start: int, end: int) -> int:
    """Where a sentence begins behind the place, day and agency it opens with ("MOSCOW, March 28 (Itar-Tass) -- ")."""
    if _DASH.search(text, start, min(end, start + _DATED)) is None:
        return start  # nearly every sentence; the whole pattern would try each of its first words
    found = _DATELINE.match(text, start, end)
    if found is None or found.end() - start > _DATED:
        return start
    # "Russia - which denies it - said" opens with no place alone in capitals, day or agency
    return found.end() if _UPPER.search(found.group()) else start


def quotations(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Finds what stands between quotation marks: offsets of the quoted words without the marks."""
    stop = len(text) if end is None else end
    text = curled(text)
    return [found.span(found.lastgroup or 0) for found in _QUOTE.finditer(text, start, stop)]


def within(spans: list[tuple[int, int]], place: int) -> tuple[int, int] | None:
    """The span, of spans sorted by start, that holds a place."""
    at = bisect_right(spans, (place, 1 << 60)) - 1
    return spans[at] if at >= 0 and spans[at][0] <= place < spans[at][1] else None


_ABBREVIATED = re.compile(r"(?:\b[A-Za-z]|\b(?:Inc|Corp|Co|Ltd|Jr|Sr|Bros|Dept|Gov|St))\.$")


def bare_name(name: str) -> str:
    """A name without the marks a sentence left at its end; "Inc." keeps its dot."""
    bare = name.rstrip(" ,;:")
    return bare if _ABBREVIATED.search(bare) else bare.rstrip(" ,.;:")


_SINGLE_OPENED = re.compile(r"(?<!\w)['‘](?=\w)")
_SINGLE_CLOSED = re.compile(r"(?<=\w)['’](?!\w)")


def is_quoted(text: str, at: int) -> bool:
    """Whether a place stands inside a quotation in single marks."""
    opened = [match.start() for match in _SINGLE_OPENED.finditer(text, 0, at + 1)]
    return bool(opened) and _SINGLE_CLOSED.search(text, opened[-1], at) is None

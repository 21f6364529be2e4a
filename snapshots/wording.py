"""How a snapshot writes times, spans of time and other people's words."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

_MARKDOWN = re.compile(r"([\\`*\[\]<>])|(?<!\w)_|_(?!\w)|&(?=#?\w+;)|~(?=~)")
"""Only what CommonMark would act on inside a line: quoted words must stay findable in their item."""
_ADDRESS = re.compile(
    r"https?://[^\s/\\?#<>\"'^`{|}\x00-\x20\x7f-\x9f][^\s\\#<>\"'^`{|}\x00-\x20\x7f-\x9f\ufffe\uffff]*",
    re.IGNORECASE,
)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_LINE_START = re.compile(r"^(\d*)([#+\-=.)])(?=[\s#=\-]|$)")


def stamp(at: datetime | None) -> str:
    """A time as a reader needs it, in UTC to the minute; "undated" when there is none."""
    return "undated" if at is None else at.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")


def span(length: timedelta) -> str:
    """A length of time in the largest unit that keeps it honest: "45 min", "31 h", "3 d 4 h"."""
    minutes = max(0, int(length.total_seconds() // 60))
    if minutes < 120:
        return f"{minutes} min"
    hours = minutes // 60
    if hours < 72:
        return f"{hours} h"
    days, rest = divmod(hours, 24)
    return f"{days} d {rest} h" if rest else f"{days} d"


def one_line(text: str) -> str:
    """The words on one line; nothing but line breaks and runs of blanks is changed."""
    return " ".join(text.split())


def literal(text: str) -> str:
    """Other people's words as literal Markdown: never markup, never HTML, never a link."""
    return _LINE_START.sub(r"\1\\\2", _MARKDOWN.sub(r"\\\g<0>", one_line(text)))


def counted(number: int, singular: str, plural: str = "") -> str:
    """ "1 publisher", "3 publishers"."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def address(link: str) -> str:
    """An http(s) address that may stand in a link as it is; empty for anything else, as a stranger's file may hold."""
    head, mark, fragment = link.partition("#")
    return f"{head}{mark}{fragment.replace('#', '%23')}" if _ADDRESS.fullmatch(head) else ""


def link(text: str, href: str) -> str:
    """A Markdown link, or only its literal text where the address isn't plain http(s)."""
    safe = address(href)
    return f"[{literal(text)}](<{safe}>)" if safe else literal(text)


def printable(text: str) -> str:
    """The text with a replacement character for each that HTML and XML forbid: controls, non-characters, halves."""
    return _FORBIDDEN.sub("\ufffd", text)

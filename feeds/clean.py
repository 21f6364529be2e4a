"""Hostile text made harmless when it is taken in: no control, no direction override, no markup.

Everything here is idempotent, so that text read back from an archive or an export stays as it was.
"""

from __future__ import annotations

import html
import re
import unicodedata
from urllib.parse import quote, urljoin

from stories.harmless import harmless
from stories.item import Link

TITLE = 1_000
"""Characters a title may have; far above any headline."""
SUMMARY = 20_000
BODY = 200_000
GUID = 2_000
ADDRESS = 4_000
LINKS = 200
"""Hyperlinks kept of one text."""

_RAW = 8
"""How many times its limit a field is read before cleaning: markup may be long, five megabytes may not."""

_FILLERS = "\u115f\u1160\u3164\uffa0"
"""Hangul fillers: letters, says Unicode, that show as nothing."""
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_C1 = re.compile("[\x80-\x9f]")
_MOJIBAKE = re.compile("[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_MARKS = 4
"""Combining marks one letter may carry: Vietnamese and Hebrew need three, "zalgo" has hundreds."""
# A plain set comes first: by it alone Python passes over ordinary letters, four times as fast.
_RUN = re.compile(r"[^\x00-\u02ff](?<![\w\s])[^\w\s\x00-\u02ff]{4,}")

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
# Quoted values may hold ">" but not "<", so that no start of a tag is ever looked at twice.
_MARKUP = re.compile(
    r"<!--(?:.*?-->|.*)"
    r"|<!\[CDATA\[|\]\]>"
    r"|<[!?][^<>]*>?"
    r"""|<(?P<end>/?)(?P<tag>[a-zA-Z][a-zA-Z0-9:_-]*)(?P<rest>(?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*+|[^<>]*+)(?:>|(?=<)|\Z)""",
    re.DOTALL,
)
_HREF = re.compile(r"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_BLOCKS = frozenset(
    [
        "address", "article", "aside", "blockquote", "br", "center", "dd", "details", "div", "dl", "dt", "fieldset",
        "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main",
        "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
    ]
)  # fmt: skip
_INLINE = frozenset(
    [
        "a", "abbr", "acronym", "applet", "area", "audio", "b", "base", "basefont", "bdi", "bdo", "big", "blink", "body",
        "button", "canvas", "caption", "cite", "code", "col", "colgroup", "data", "datalist", "del", "dfn", "dialog", "em", "embed", "font", "frame",
        "frameset", "hgroup", "html", "i", "input", "ins", "kbd", "label", "legend", "link", "map", "mark", "marquee",
        "meta", "meter", "nobr", "noframes", "optgroup", "option", "output", "param", "picture", "progress", "q", "rp",
        "rt", "ruby", "s", "samp", "search", "slot", "small", "source", "span", "strike", "strong", "sub", "sup",
        "time", "track", "tt", "u", "var", "video", "wbr",
    ]
)  # fmt: skip
_SPACED = frozenset(("td", "th", "img"))
_UNREAD = frozenset(
    [
        "script",
        "style",
        "template",
        "svg",
        "math",
        "iframe",
        "object",
        "noscript",
        "head",
        "title",
        "textarea",
        "select",
    ]
)
_TAGS = _BLOCKS | _INLINE | _SPACED | _UNREAD
_CLOSED = {tag: re.compile(f"</{tag}", re.IGNORECASE) for tag in _UNREAD}


def line(text: str, limit: int = TITLE) -> str:
    """Text on one line, harmless, no longer than ``limit`` characters."""
    if not text:
        return ""
    return _cut(" ".join(_safe(text[: limit * _RAW]).split()), limit)


def prose(text: str, limit: int = SUMMARY) -> str:
    """Text with its paragraphs kept as single line feeds, harmless, no longer than ``limit`` characters."""
    return _paragraphs(_safe(text[: limit * _RAW]), limit)


def title(text: str, limit: int = TITLE) -> str:
    """A headline that may hold markup, as one plain line."""
    if "<" not in text and "&" not in text:
        return line(text, limit)
    return line(markup(text, limit * 2)[0], limit)


def markup(text: str, limit: int = SUMMARY, base: str = "") -> tuple[str, tuple[Link, ...]]:
    """HTML as plain prose, and its hyperlinks; plain text comes out as it is.

    Feeds escape once, twice or not at all, so it is read until nothing is left to read; what is
    still markup after four times was made to keep us busy and is disarmed.
    """
    text = text[: limit * _RAW]
    if "<" not in text and "&" not in text:
        return prose(text, limit), ()
    links: list[Link] = []
    for _ in range(4):
        before = text
        if "<" in text:
            text = _untagged(text, base, links)
        if "&" in text:
            text = _ENTITY.sub(_character, text)
        text = _safe(text)
        if text == before or ("<" not in text and "&" not in text):
            break
    else:
        text = _safe(_ENTITY.sub("", text).replace("&", "").replace("<", "‹"))
    return _paragraphs(text, limit), tuple(links[:LINKS])


def address(url: str, base: str = "") -> str:
    """An absolute http or https address without anything a terminal or a shell could trip over, else empty."""
    if len(url) <= ADDRESS and _PLAIN_ADDRESS.fullmatch(url):
        return url
    url = _safe(url[: ADDRESS * 2]).strip().replace("\n", "").replace("\t", "")
    if "&" in url:
        # Escaped twice: no address means "&amp;" by itself.
        url = _AMPERSAND.sub("&", url)
    if not url:
        return ""
    if base and not url.lower().startswith(("http://", "https://")):
        try:
            url = urljoin(base, url)
        except ValueError:
            return ""
    if not url.lower().startswith(("http://", "https://")) or len(url) > ADDRESS:
        return ""
    if url.partition("://")[2][:1] in ("", "/", "?", "#"):
        return ""
    return _UNQUOTED.sub(lambda found: quote(found.group(), safe=""), url)


_AMPERSAND = re.compile(r"&(?:amp|#38|#x26);(?:(?:amp|#38|#x26);)*", re.IGNORECASE)
_PLAIN_ADDRESS = re.compile(r"https?://[0-9A-Za-z\[][!#$%()-;=?-\[\]_a-z~]*")
"""An address that nothing below would change: most are, and are told so ten times as fast."""
_UNQUOTED = re.compile(r"[\s\"'<>\\^`{|}]")


def _paragraphs(safe: str, limit: int) -> str:
    if "\n" in safe:
        lines = [" ".join(line.split()) for line in safe.split("\n")]
        return _cut("\n".join(filter(None, lines)), limit)
    return _cut(" ".join(safe.split()), limit)


def _safe(text: str) -> str:
    # Nearly all text is printable line by line, which is told much faster than by the pattern.
    if (text.replace("\n", " ") if "\n" in text else text).isprintable():
        if text.isascii():
            return text
        if not any(filler in text for filler in _FILLERS):
            return _RUN.sub(_capped_marks, text)
    if _C1.search(text):
        text = _MOJIBAKE.sub(_recoded, text)
    text = _LINE_ENDS.sub("\n", text)
    text = harmless(text)
    return text if text.isascii() else _RUN.sub(_capped_marks, text)


def _recoded(found: re.Match[str]) -> str:
    """UTF-8 that was taken for Latin-1 on its way ("â€“" for a dash), where a C1 character gives it away."""
    run = found.group()
    if not _C1.search(run):
        return run
    try:
        return run.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return run


def _capped_marks(run: re.Match[str]) -> str:
    kept: list[str] = []
    marks = 0
    for character in run.group():
        marks = marks + 1 if unicodedata.category(character) in ("Mn", "Me") else 0
        if marks <= _MARKS:
            kept.append(character)
    return "".join(kept)


def _untagged(text: str, base: str, links: list[Link]) -> str:
    parts: list[str] = []
    at = 0
    open_link: tuple[str, int] | None = None
    for found in _MARKUP.finditer(text):
        start, end = found.span()
        if start < at:
            continue
        parts.append(text[at:start])
        at = end
        tag = (found["tag"] or "").lower()
        if not tag:
            continue
        if tag not in _TAGS and ":" not in tag and "-" not in tag:
            # "<tag>", "<john@example.org>": words in angle brackets, which HTML has no meaning for.
            parts.append(found.group())
            continue
        if tag in _BLOCKS:
            parts.append("\n")
        elif tag in _SPACED:
            parts.append(" ")
        elif tag == "a":
            if open_link is not None:
                _add_link(links, open_link[0], "".join(parts[open_link[1] :]))
            open_link = None
            href = None if found["end"] else _HREF.search(found["rest"] or "")
            if href is not None:
                target = next((value for value in href.groups() if value is not None), "")
                where = address(_ENTITY.sub(_character, target), base)
                open_link = (where, len(parts)) if where else None
        elif tag in _UNREAD and not found["end"] and found["rest"][-1:] != "/":
            close = _CLOSED[tag].search(text, at)
            # Never closed: what follows is all inside, or the feed was cut there.
            at = close.start() if close else len(text)
    if open_link is not None:
        _add_link(links, open_link[0], "".join(parts[open_link[1] :]))
    parts.append(text[at:])
    return "".join(parts)


def _add_link(links: list[Link], href: str, text: str) -> None:
    if len(links) < LINKS:
        words = line(_ENTITY.sub(_character, text), 500)
        link = Link(href, words)
        if link not in links:
            links.append(link)


def _character(entity: re.Match[str]) -> str:
    return html.unescape(entity.group())


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"

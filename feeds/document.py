"""Bytes from the network as the text of a document: which characters, which format, what had to be cut off."""

from __future__ import annotations

import codecs
import re
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from html.entities import html5

from feeds import clean
from feeds.errors import FeedError, Trouble

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""\A[^<]{0,200}<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
_CHARSET = re.compile(r"""charset\s*=\s*["']?([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)
_PROLOG = re.compile(r"\A\s*<\?xml[^>]*\?>")
_ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]{0,20}:)?(?:rss|rdf|feed|channel)\b", re.IGNORECASE)
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[<>]*(?:\[.*?\]\s*)?>", re.IGNORECASE | re.DOTALL)
_ELEMENT = re.compile(r"<[A-Za-z_]")
_LAST_ITEM = re.compile(r"</((?:[A-Za-z_][\w.-]{0,20}:)?(?:item|entry))\s*>", re.IGNORECASE)
_OPEN_ITEM = re.compile(r"<(?:[A-Za-z_][\w.-]{0,20}:)?(?:item|entry)[\s>]", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_AMPERSAND = re.compile(r"&(?:(?P<name>#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});)?")
_ENTITY = re.compile(
    r"""<!ENTITY\s+([A-Za-z_][\w.-]{0,40})\s+(?:"([^"&<%]{0,200})"|'([^'&<%]{0,200})')\s*>"""
)
_DETECTED = ("cp1251", "koi8-r", "cp1252")


class Form(Enum):
    """What kind of document it is, by its first words."""

    XML = "xml"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Document:
    """A document as text, ready to be read as XML (without prolog or doctype) or JSON."""

    form: Form
    text: str
    warnings: tuple[str, ...]
    entities: Mapping[str, str] = field(default_factory=dict)
    """Plain words that the doctype gives names to; `repaired` puts them in."""


def document(body: bytes, content_type: str = "") -> Document:
    """The document in a response body; FeedError when it is empty, an HTML page or no feed at all."""
    if not body.strip(b"\x00\t\r\n "):
        raise FeedError(Trouble.EMPTY, "The server sent an empty document.")
    text, warnings = decoded(body, content_type)
    start = text.lstrip("\ufeff\x00 \t\r\n")
    if start[:1] in "{[":
        return Document(Form.JSON, start, warnings)
    root = _ROOT.search(text[:65_536])
    page = _HTML.search(text[:65_536])
    if page is not None and root is not None and _only_xml(text[: root.start()]):
        page = None  # HTML's doctype, and then a feed after all
    if page is not None and (root is None or page.start() < root.start()):
        raise FeedError(
            Trouble.NOT_A_FEED,
            f"The server sent a web page instead of a feed{_headline(text)}.",
            remedy="`spreadwatch feeds add` with the page's address finds the feeds it names.",
        )
    if root is None:
        raise FeedError(Trouble.NOT_A_FEED, "The document is neither RSS, Atom nor JSON Feed.")
    before = text[: root.start()]
    if _PROLOG.sub("", _DOCTYPE.sub("", before)).strip("\ufeff \t\r\n") and not _only_xml(before):
        warnings += ("Skipped text before the feed's beginning.",)
    text, cut = _completed(text[root.start() :])
    return Document(Form.XML, text, warnings + cut, _entities(before))


def decoded(body: bytes, content_type: str = "") -> tuple[str, tuple[str, ...]]:
    """The text of a body: byte-order mark, then strict UTF-8, then what is declared, then what fits best.

    Declarations lie more often than UTF-8 does: text in another encoding is almost never valid UTF-8.
    """
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return body.decode(encoding, "replace"), ()
    # Two-byte text without its mark is valid UTF-8 full of NULs; "<?" or "{" gives it away.
    if body[:1] in b"<{[" and body[1:2] == b"\x00" != body[2:3]:
        return body.decode("utf-16-le", "replace"), ("Read as UTF-16 without a byte-order mark.",)
    if body[:1] == b"\x00" and body[1:2] in (b"<", b"{", b"["):
        return body.decode("utf-16-be", "replace"), ("Read as UTF-16 without a byte-order mark.",)
    declared = [name.decode("ascii") for name in _DECLARED.findall(body[:1024])]
    declared += _CHARSET.findall(content_type[:500])
    stateful = next((name for name in declared if name.lower().startswith(("iso-2022", "hz", "utf-7"))), "")
    if not stateful:
        # Those encodings are pure ASCII bytes, which UTF-8 would accept; all others fail it.
        try:
            return body.decode("utf-8"), ()
        except UnicodeDecodeError as error:
            if error.start > len(body) - 4 and error.reason == "unexpected end of data":
                return body[: error.start].decode("utf-8"), ()
    for name in declared:
        try:
            codec = codecs.lookup(name)
            if codec.name != "utf-8":
                text, _ = codec.decode(body, "strict")
                if isinstance(text, str):
                    return text, ()
        except (LookupError, UnicodeError):
            continue
    # One bad byte in megabytes of UTF-8 is a slip, not another encoding.
    slipped = body.decode("utf-8", "replace")
    if slipped.count("\ufffd") * 200 < len(re.findall(rb"[\xc2-\xf4][\x80-\xbf]", body)) * 2:
        return slipped, ("Replaced bytes that are not valid UTF-8.",)
    best = _detected(body) or max(
        _DETECTED, key=lambda name: _likeness(body[:100_000].decode(name, "replace"))
    )
    return body.decode(best, "replace"), (f"The declared encoding does not fit; read as {best}.",)


def without_prolog(text: str) -> str:
    """XML from its first element on: no declaration that contradicts the decoding, no doctype, so no entities."""
    start = _ELEMENT.search(_DOCTYPE.sub("", text[:65_536]))
    return (_DOCTYPE.sub("", text[:65_536]) + text[65_536:])[start.start() :] if start else ""


def repaired(text: str, entities: Mapping[str, str]) -> str:
    """XML with its commonest slips mended: bare "&", HTML's named entities, control characters."""

    def reference(found: re.Match[str]) -> str:
        return _reference(found, entities)

    text = _CONTROL.sub("", text)
    parts: list[str] = []
    at = 0
    while at < len(text):
        # Sections are literal and stay as they are; one without an end is none.
        start = text.find("<![CDATA[", at)
        end = text.find("]]>", start) if start >= 0 else -1
        if end < 0:
            start = end = len(text)
        parts.append(_AMPERSAND.sub(reference, text[at:start]))
        parts.append(text[start:end])
        at = end
    return "".join(parts)


def _entities(before: str) -> dict[str, str]:
    """A doctype's short plain entities: nothing nested, nothing external, nothing that could grow."""
    if "<!ENTITY" not in before:
        return {}
    found = _ENTITY.findall(before)
    return {name: double or single for name, double, single in found} if len(found) <= 300 else {}


def _reference(found: re.Match[str], entities: Mapping[str, str]) -> str:
    name = found["name"]
    if name is None:
        return "&amp;"
    if name.startswith("#") or name in ("amp", "lt", "gt", "quot", "apos"):
        return found.group()
    if name in entities:
        return entities[name]
    character = html5.get(f"{name};")
    return "".join(f"&#{ord(letter)};" for letter in character) if character else f"&amp;{name};"


def _detected(body: bytes) -> str:
    """The encoding by charset-normalizer, empty where it has too little to go by.

    It tells scripts apart, but not Western from Central European: single letters among ASCII are not its matter.
    """
    beyond = re.findall(rb"[\x80-\xff]+", body[:100_000])
    length = sum(map(len, beyond))
    if length < 30 or length < 3 * len(beyond):
        return ""
    from charset_normalizer import from_bytes  # 60 ms, for the few feeds that need it

    found = from_bytes(body[:100_000]).best()
    return found.encoding if found is not None and found.encoding != "utf_8" else ""


def _likeness(text: str) -> float:
    """How much text looks like words: letters in their usual case, not signs; higher is likelier."""
    score = 0.0
    beyond = re.findall(r"[^\x00-\x7f]+", text)
    for run in beyond:
        for previous, letter in zip(" " + run, run, strict=False):
            if letter == "\ufffd" or "\x80" <= letter <= "\x9f":
                score -= 5
            elif "а" <= letter <= "я" or letter in "ёіїєґ":
                score += 1
            elif "А" <= letter <= "Я":
                # Capitals inside a word are what KOI8-R looks like when read as cp1251.
                score += 0.3 if not previous.isalpha() else -1
            elif letter.isalpha():
                # A lone accented letter among ASCII is Western; runs of them are not.
                score += 1.5 if len(run) <= 2 else -1
    return score


def _headline(text: str) -> str:
    found = re.search(r"<title[^>]{0,200}>([^<]{1,300})", text[:65_536], re.IGNORECASE)
    words = clean.title(found.group(1), 80) if found else ""
    return f" (“{words}”)" if words else ""


def _only_xml(before: str) -> bool:
    """Whether what stands before the root is prolog, comments, instructions and doctype only."""
    left = re.sub(r"<\?.*?\?>|<!--.*?-->", "", _DOCTYPE.sub("", before), flags=re.DOTALL)
    return not left.strip("\ufeff \t\r\n")


def _completed(text: str) -> tuple[str, tuple[str, ...]]:
    """The feed with its end: a cut-off one ends after its last complete item, and nothing follows the root."""
    root = re.match(r"<([\w.:-]+)", text)
    name = root.group(1) if root else ""
    end = text.rfind(f"</{name}")
    if end >= 0:
        close = text.find(">", end)
        return (text[: close + 1] if close >= 0 else text[:end] + f"</{name}>"), ()
    last = deque(_LAST_ITEM.finditer(text), maxlen=1)
    warning = ("The feed is cut off; its complete items were kept.",)
    if not last:
        opened = _OPEN_ITEM.search(text)
        text = text[: opened.start()] if opened else text
    else:
        text = text[: last[0].end()]
    # RSS 2.0 keeps its items in the channel, RSS 1.0 beside it.
    inner = "</channel>" if re.search(r"<channel[\s>]", text) and "</channel" not in text else ""
    return f"{text}{inner}</{name}>", warning

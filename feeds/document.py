"""Bytes from the network as the text of a document: which characters, which format, what had to be cut off."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from html.entities import html5

from feeds import clean
from feeds.characters import decoded, stated
from feeds.errors import FeedError, Trouble

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


_HEAD = 65_536
"""Characters in which a feed must have begun."""
_PLAIN_HEAD = 4_096


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


def document(body: bytes, content_type: str = "", lang: str = "") -> Document:
    """The document in a response body; FeedError when it is empty, an HTML page or no feed at all."""
    _not_empty(body)
    return _shaped(*decoded(body, content_type, lang))


def plain_document(body: bytes, content_type: str = "") -> Document | None:
    """`document` where that takes no guessing and no long search, else None; FeedError likewise."""
    _not_empty(body)
    found = stated(body, content_type)
    if found is None:
        return None
    root = _ROOT.search(found[0], 0, _HEAD)
    # What stands before the root is searched with patterns that a hostile kilobyte can keep busy for long.
    return None if root is not None and root.start() > _PLAIN_HEAD else _shaped(*found)


def _not_empty(body: bytes) -> None:
    if not body.strip(b"\x00\t\r\n "):
        raise FeedError(Trouble.EMPTY, "The server sent an empty document.")


def _shaped(text: str, warnings: tuple[str, ...]) -> Document:
    start = text.lstrip("\ufeff\x00 \t\r\n")
    if start[:1] in "{[":
        return Document(Form.JSON, start, warnings)
    root = _ROOT.search(text[:_HEAD])
    page = _HTML.search(text[:_HEAD])
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


def without_prolog(text: str) -> str:
    """XML from its first element on: no declaration that contradicts the decoding, no doctype, so no entities."""
    start = _ELEMENT.search(_DOCTYPE.sub("", text[:_HEAD]))
    return (_DOCTYPE.sub("", text[:_HEAD]) + text[_HEAD:])[start.start() :] if start else ""


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


def _headline(text: str) -> str:
    found = re.search(r"<title[^>]{0,200}>([^<]{1,300})", text[:_HEAD], re.IGNORECASE)
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

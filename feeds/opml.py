"""OPML in and out, without loss of what OPML can hold."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

import listparser

from feeds import clean
from feeds.catalogue import Catalogue, Feed, Kind, interval_words, parse_interval
from feeds.characters import decoded
from feeds.document import without_prolog
from feeds.errors import FeedError, Trouble

_OURS = "https://spreadwatch.invalid/ns/opml"
"""Namespace of the attributes that OPML has no word for; other programs ignore them."""
LARGEST = 16 << 20
_ADDRESS = re.compile(r"""\bxmlurl\s{0,9}=\s{0,9}(?:"([^"<]{0,4000})"|'([^'<]{0,4000})')""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Subscriptions:
    """What an OPML document holds."""

    feeds: tuple[Feed, ...]
    """Each once, in its order."""
    left_out: tuple[str, ...] = ()
    """What was not taken and why, a sentence each."""


def read(body: bytes) -> Subscriptions:
    """The feeds in an OPML document, and what of it could not be taken.

    One that breaks off gives those before the break; FeedError when it is no OPML or nothing stands before the break.
    """
    if len(body) > LARGEST:
        raise FeedError(Trouble.TOO_BIG, "The OPML file is larger than 16 MiB.")
    text, _ = decoded(body)
    exact = _exact(text)
    found = listparser.parse(text.encode("utf-8", "replace"))
    if not found.get("version") and not found.feeds:
        raise FeedError(Trouble.NOT_A_FEED, "The file is not OPML, or holds no feeds.")
    broken = _broken(text)
    if not found.feeds and broken:
        raise FeedError(Trouble.BROKEN, f"The file is broken {broken}, and no feed stands before that.")
    feeds: dict[str, Feed] = {}
    for each in found.feeds:
        url = clean.address(str(each.get("url") or ""))
        if url and url not in feeds:
            feeds[url] = exact.get(url) or Feed(url, name=clean.line(str(each.get("title") or ""), 300))
    left_out = (
        *_no_addresses(text),
        *([f"The file is broken {broken}: what follows is not read."] if broken else []),
    )
    return Subscriptions(tuple(feeds.values()), left_out)


def _no_addresses(text: str) -> Iterator[str]:
    """The outlines whose address is not one of the web."""
    line, counted = 1, 0
    for found in _ADDRESS.finditer(text):
        line, counted = line + text.count("\n", counted, found.start()), found.start()
        address = html.unescape(found[1] or found[2] or "")
        if not clean.address(address):
            yield f"Line {line}: “{clean.line(address, 80)}” is no http or https address."


def _broken(text: str) -> str:
    """Where and how the document is not well-formed; empty when it is."""
    held = without_prolog(text)
    try:
        ElementTree.fromstring(held)
    except ElementTree.ParseError as error:
        line, _ = error.position
        return (
            f"in line {line + text[: len(text) - len(held)].count(chr(10))} ({error.msg.partition(':')[0]})"
        )
    except ValueError as error:
        return f"({error})"
    return ""


def write(
    catalogue: Catalogue, title: str = "spreadwatch", titles: Mapping[str, str] = MappingProxyType({})
) -> bytes:
    """The catalogue's feeds as OPML 2.0, by kind, with our own words as namespaced attributes.

    ``titles``: by address what feeds call themselves, for those that the catalogue gives no name.
    """
    ElementTree.register_namespace("sw", _OURS)
    root = Element("opml", version="2.0")
    SubElement(SubElement(root, "head"), "title").text = title
    body = SubElement(root, "body")
    groups: dict[str, Element] = {}
    for feed in catalogue.feeds:
        whole = catalogue.publisher(feed)
        parent = body
        if whole.kind:
            parent = groups.get(whole.kind) or SubElement(body, "outline", text=whole.kind, title=whole.kind)
            groups[whole.kind] = parent
        name = feed.name or titles.get(feed.url, "") or whole.name
        outline = SubElement(parent, "outline", type="rss", text=name, title=name, xmlUrl=feed.url)
        if feed.lang:
            outline.set("language", feed.lang)
        for key, value in _own(feed):
            outline.set(f"{{{_OURS}}}{key}", value)
    ElementTree.indent(root)
    text: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _own(feed: Feed) -> Iterable[tuple[str, str]]:
    """The values OPML has no attribute for, as text."""
    # Also when empty: the outline's title is then only the publisher's.
    yield "name", feed.name
    for key in ("publisher", "kind", "country", "label"):
        if value := getattr(feed, key):
            yield key, str(value)
    if feed.tier:
        yield "tier", str(feed.tier)
    if feed.interval:
        yield "interval", interval_words(feed.interval)
    if feed.muted:
        yield "muted", "true"
    if feed.articles:
        yield "articles", "true"
    if feed.inside is not None:
        yield "inside", "true" if feed.inside else "false"


def _exact(text: str) -> dict[str, Feed]:
    """Feeds that carry our own attributes, as they were written; none when the file is not well-formed."""
    try:
        root = ElementTree.fromstring(without_prolog(text))
    except (ElementTree.ParseError, ValueError):
        return {}
    feeds: dict[str, Feed] = {}
    for outline in root.iter("outline"):
        own = {
            key.rpartition("}")[2]: value
            for key, value in outline.attrib.items()
            if key.startswith(f"{{{_OURS}}}")
        }
        url = clean.address(outline.get("xmlUrl", ""))
        if not url or not (own or outline.get("language")):
            continue
        kind = own.get("kind", "")
        tier = own.get("tier", "")
        lang = outline.get("language", "").lower()[:2]
        country = own.get("country", "")
        feeds[url] = Feed(
            url,
            publisher=clean.line(own.get("publisher", ""), 300),
            name=clean.line(
                own.get("name", "" if own else outline.get("title", outline.get("text", ""))), 300
            ),
            kind=Kind(kind) if kind in tuple(Kind) else Kind.UNKNOWN,
            country=country if len(country) == 2 and country.isascii() and country.isupper() else "",
            lang=lang if len(lang) == 2 and lang.isascii() and lang.isalpha() else "",
            label=clean.line(own.get("label", ""), 300),
            tier=int(tier) if tier in ("1", "2", "3") else 0,
            interval=parse_interval(own.get("interval", "")),
            muted=own.get("muted") == "true",
            articles=own.get("articles") == "true",
            inside={"true": True, "false": False}.get(own.get("inside", "")),
        )
    return feeds

"""Well-formed RSS and Atom, read by the XML parser alone: some twenty times as fast as feedparser.

`feeds.lenient` (feedparser) is the reference and reads everything this declines; a test compares
both over recorded feeds.
"""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from feeds import clean
from feeds.elements import (
    ATOM,
    DC,
    MEDIA,
    XML,
    alternate,
    based,
    cut_warning,
    first_of,
    markup_of,
    media_words,
    minutes,
    numbers,
    period,
    text_of,
)
from feeds.entry import Parsed
from feeds.raw import MOST_ENTRIES, RawEntry, Setting, entries, language
from feeds.strict_atom import read_atom

_RSS1 = (
    "{http://purl.org/rss/1.0/}",
    "{http://my.netscape.com/rdf/simple/0.9/}",
    "{http://channel.netscape.com/rdf/simple/0.9/}",
)
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
_ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_XHTML = "{http://www.w3.org/1999/xhtml}"
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def read(text: str, setting: Setting) -> Parsed | None:
    """The feed in a document without prolog, or None when it is not plainly well-formed RSS or Atom."""
    if 'mode="base64"' in text or 'type="application/octet-stream"' in text:
        return None  # Atom 0.3's encoded content, which feedparser knows
    try:
        root = ElementTree.fromstring(text)
    except (ElementTree.ParseError, ValueError):
        # Undefined entities, unescaped "&", undeclared prefixes, lone surrogates: for feedparser.
        return None
    if root.tag == "rss":
        channel = root.find("channel")
        if channel is None:
            return None
        version = "rss" + (root.get("version") or "").replace(".", "")[:4]
        items = channel.findall("item") or root.findall("item")
        return _rss(channel, items, "rss20" if version == "rss2" else version, root, setting)
    if root.tag == _RDF + "RDF":
        for space in _RSS1:
            channel = root.find(space + "channel")
            if channel is not None:
                return _rss(channel, root.findall(space + "item"), "rss10", root, setting, space)
        return None
    for space, version in zip(ATOM, ("atom10", "atom03"), strict=True):
        if root.tag == space + "feed":
            return read_atom(root, space, version, setting)
    return None


def _rss(
    channel: Element, items: list[Element], version: str, root: Element, setting: Setting, space: str = ""
) -> Parsed:
    lang = language(first_of(channel, (f"{space}language", DC[0] + "language")) or root.get(XML + "lang", ""))
    base = channel.get(XML + "base") or root.get(XML + "base") or ""
    own = replace(setting, lang=lang or setting.lang)
    raws = [_rss_item(item, space) for item in items[:MOST_ENTRIES]]
    for raw in raws:
        raw.base = based(raw.base, base, setting)
    ttl = minutes(text_of(channel.find(f"{space}ttl")))
    hours = numbers(channel.findall(f"{space}skipHours/{space}hour"))
    days = {text_of(day).strip().lower() for day in channel.findall(f"{space}skipDays/{space}day")}
    return Parsed(
        entries=entries(raws, own),
        format=version,
        title=clean.title(first_of(channel, (f"{space}title", DC[0] + "title")), 200),
        home=clean.address(text_of(channel.find(f"{space}link")) or alternate(channel), setting.url),
        lang=lang,
        ttl=ttl or period(channel),
        skip_hours=frozenset(hour % 24 for hour in hours),
        skip_days=frozenset(number for number, day in enumerate(_DAYS) if day in days),
        warnings=cut_warning(len(items)),
    )


def _rss_item(item: Element, space: str) -> RawEntry:
    raw = RawEntry(lang=item.get(XML + "lang", ""), base=item.get(XML + "base", ""))
    dates: dict[str, str] = {}
    spare_title = spare_summary = spare_link = ""
    for child in item:
        tag = child.tag
        if not isinstance(tag, str):
            continue
        if tag.startswith("{") and (not space or not tag.startswith(space)):
            name = tag.rpartition("}")[2]
            if tag.startswith(DC):
                if name in ("date", "issued", "created", "modified", "available"):
                    dates.setdefault(name, text_of(child))
                elif name == "title":
                    spare_title = spare_title or text_of(child)
                elif name == "description":
                    spare_summary = spare_summary or markup_of(child)
                elif name == "identifier":
                    raw.guid = raw.guid or text_of(child)
                elif name == "language":
                    raw.lang = raw.lang or text_of(child)
            elif tag == _CONTENT + "encoded":
                raw.content = raw.content or markup_of(child)
            elif tag.startswith(ATOM):
                if name == "link" and child.get("rel", "alternate") == "alternate":
                    spare_link = spare_link or child.get("href", "")
                elif name in ("published", "updated"):
                    dates.setdefault(name, text_of(child))
                elif name in ("summary", "content"):
                    spare_summary = spare_summary or markup_of(child)
            elif tag.startswith(MEDIA):
                if name == "title":
                    spare_title = spare_title or text_of(child)
                elif name == "description":
                    spare_summary = spare_summary or markup_of(child)
                elif name in ("group", "content"):
                    title, words = media_words(child)
                    spare_title, spare_summary = spare_title or title, spare_summary or words
            elif tag.lower() == _ITUNES + "summary":
                spare_summary = spare_summary or markup_of(child)
            elif tag == _XHTML + "body":
                raw.content = raw.content or markup_of(child)
            continue
        name = tag[len(space) :].lower() if space else tag.lower()
        if name == "title":
            raw.title = raw.title or markup_of(child)
        elif name == "link":
            if child.get("rel", "alternate") != "alternate":
                continue
            # The last of several, as feedparser has it.
            raw.link = text_of(child).strip() or child.get("href", "") or raw.link
        elif name == "description":
            raw.summary = raw.summary or markup_of(child)
        elif name in ("fullitem", "body", "content"):
            raw.content = raw.content or markup_of(child)
        elif name == "guid":
            raw.guid = text_of(child)
            raw.guid_is_link = (
                child.get("isPermaLink", child.get("ispermalink", "true")).strip().lower() != "false"
            )
        elif name == "id":
            # Atom's words in RSS, as some programs write them.
            raw.guid = raw.guid or text_of(child).strip()
        elif name == "summary":
            spare_summary = spare_summary or markup_of(child)
        elif name in ("pubdate", "date", "published", "updated"):
            dates.setdefault(name, text_of(child))
        elif name == "source":
            raw.source_name, raw.source_url = text_of(child), child.get("url", "")
    raw.title = raw.title or spare_title
    raw.summary = raw.summary or spare_summary
    raw.link = raw.link or spare_link
    raw.guid = raw.guid or item.get(_RDF + "about", "")
    for name in ("pubdate", "published", "issued", "date", "updated", "modified", "created", "available"):
        if dates.get(name, "").strip():
            raw.published = dates[name]
            break
    return raw

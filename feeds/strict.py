"""Well-formed RSS and Atom, read by the XML parser alone: some twenty times as fast as feedparser.

`feeds.lenient` (feedparser) is the reference and reads everything this declines; a test compares
both over recorded feeds.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from feeds import clean
from feeds.entry import Parsed
from feeds.raw import MOST_ENTRIES, RawEntry, Setting, entries, language

_ATOM = ("{http://www.w3.org/2005/Atom}", "{http://purl.org/atom/ns#}")
_RSS1 = (
    "{http://purl.org/rss/1.0/}",
    "{http://my.netscape.com/rdf/simple/0.9/}",
    "{http://channel.netscape.com/rdf/simple/0.9/}",
)
_DC = ("{http://purl.org/dc/elements/1.1/}", "{http://purl.org/dc/terms/}")
_MEDIA = ("{http://search.yahoo.com/mrss/}", "{http://search.yahoo.com/mrss}")
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
_ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
_SY = "{http://purl.org/rss/1.0/modules/syndication/}"
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_XHTML = "{http://www.w3.org/1999/xhtml}"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_PERIODS = {"hourly": 1, "daily": 24, "weekly": 168, "monthly": 720, "yearly": 8760}
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
    for space, version in zip(_ATOM, ("atom10", "atom03"), strict=True):
        if root.tag == space + "feed":
            return _atom(root, space, version, setting)
    return None


def _rss(
    channel: Element, items: list[Element], version: str, root: Element, setting: Setting, space: str = ""
) -> Parsed:
    lang = language(_first(channel, (f"{space}language", _DC[0] + "language")) or root.get(_XML + "lang", ""))
    base = channel.get(_XML + "base") or root.get(_XML + "base") or ""
    own = Setting(setting.url, setting.now, setting.country, lang or setting.lang)
    raws = [_rss_item(item, space) for item in items[:MOST_ENTRIES]]
    for raw in raws:
        raw.base = _based(raw.base, base, setting)
    ttl = _minutes(_text(channel.find(f"{space}ttl")))
    hours = _numbers(channel.findall(f"{space}skipHours/{space}hour"))
    days = {_text(day).strip().lower() for day in channel.findall(f"{space}skipDays/{space}day")}
    return Parsed(
        entries=entries(raws, own),
        format=version,
        title=clean.title(_text(channel.find(f"{space}title")), 200),
        home=clean.address(_text(channel.find(f"{space}link")) or _alternate(channel), setting.url),
        lang=lang,
        ttl=ttl or _period(channel),
        skip_hours=frozenset(hour % 24 for hour in hours),
        skip_days=frozenset(number for number, day in enumerate(_DAYS) if day in days),
        warnings=_cut(len(items)),
    )


def _rss_item(item: Element, space: str) -> RawEntry:
    raw = RawEntry(lang=item.get(_XML + "lang", ""), base=item.get(_XML + "base", ""))
    dates: dict[str, str] = {}
    spare_title = spare_summary = spare_link = ""
    for child in item:
        tag = child.tag
        if not isinstance(tag, str):
            continue
        if tag.startswith("{") and (not space or not tag.startswith(space)):
            name = tag.rpartition("}")[2]
            if tag.startswith(_DC):
                if name in ("date", "issued", "created", "modified", "available"):
                    dates.setdefault(name, _text(child))
                elif name == "title":
                    spare_title = spare_title or _text(child)
                elif name == "description":
                    spare_summary = spare_summary or _markup(child)
                elif name == "identifier":
                    raw.guid = raw.guid or _text(child)
                elif name == "language":
                    raw.lang = raw.lang or _text(child)
            elif tag == _CONTENT + "encoded":
                raw.content = raw.content or _markup(child)
            elif tag.startswith(_ATOM):
                if name == "link" and child.get("rel", "alternate") == "alternate":
                    spare_link = spare_link or child.get("href", "")
                elif name in ("published", "updated"):
                    dates.setdefault(name, _text(child))
                elif name in ("summary", "content"):
                    spare_summary = spare_summary or _markup(child)
            elif tag.startswith(_MEDIA):
                if name == "title":
                    spare_title = spare_title or _text(child)
                elif name == "description":
                    spare_summary = spare_summary or _markup(child)
                elif name in ("group", "content"):
                    title, words = _media(child)
                    spare_title, spare_summary = spare_title or title, spare_summary or words
            elif tag.lower() == _ITUNES + "summary":
                spare_summary = spare_summary or _markup(child)
            elif tag == _XHTML + "body":
                raw.content = raw.content or _markup(child)
            continue
        name = tag[len(space) :].lower() if space else tag.lower()
        if name == "title":
            raw.title = raw.title or _markup(child)
        elif name == "link":
            if child.get("rel", "alternate") != "alternate":
                continue
            # The last of several, as feedparser has it.
            raw.link = _text(child).strip() or child.get("href", "") or raw.link
        elif name == "description":
            raw.summary = raw.summary or _markup(child)
        elif name in ("fullitem", "body", "content"):
            raw.content = raw.content or _markup(child)
        elif name == "guid":
            raw.guid = _text(child)
            raw.guid_is_link = (
                child.get("isPermaLink", child.get("ispermalink", "true")).strip().lower() != "false"
            )
        elif name == "id":
            # Atom's words in RSS, as some programs write them.
            raw.guid = raw.guid or _text(child).strip()
        elif name == "summary":
            spare_summary = spare_summary or _markup(child)
        elif name in ("pubdate", "date", "published", "updated"):
            dates.setdefault(name, _text(child))
        elif name == "source":
            raw.source_name, raw.source_url = _text(child), child.get("url", "")
    raw.title = raw.title or spare_title
    raw.summary = raw.summary or spare_summary
    raw.link = raw.link or spare_link
    raw.guid = raw.guid or item.get(_RDF + "about", "")
    for name in ("pubdate", "published", "issued", "date", "updated", "modified", "created", "available"):
        if dates.get(name, "").strip():
            raw.published = dates[name]
            break
    return raw


def _media(group: Element) -> tuple[str, str]:
    """The title and description inside a Media RSS group."""
    found = {"title": "", "description": ""}
    for each in group.iter():
        if isinstance(each.tag, str) and each.tag.startswith(_MEDIA):
            name = each.tag.rpartition("}")[2]
            if name in found:
                found[name] = found[name] or _markup(each)
    return found["title"], found["description"]


def _atom(root: Element, space: str, version: str, setting: Setting) -> Parsed:
    lang = language(root.get(_XML + "lang", "") or _text(root.find(space + "language")))
    base = root.get(_XML + "base", "")
    own = Setting(setting.url, setting.now, setting.country, lang or setting.lang)
    items = root.findall(space + "entry")
    raws = [_atom_entry(item, space) for item in items[:MOST_ENTRIES]]
    for raw in raws:
        raw.base = _based(raw.base, base, setting)
    return Parsed(
        entries=entries(raws, own),
        format=version,
        title=clean.title(_markup(root.find(space + "title")), 200),
        home=clean.address(_alternate(root), clean.address(base, setting.url) or setting.url),
        lang=lang,
        ttl=_period(root),
        warnings=_cut(len(items)),
    )


def _atom_entry(item: Element, space: str) -> RawEntry:
    raw = RawEntry(lang=item.get(_XML + "lang", ""), base=item.get(_XML + "base", ""))
    raw.guid = _text(item.find(space + "id")).strip()
    raw.title = _markup(item.find(space + "title"))
    raw.summary = _markup(item.find(space + "summary"))
    content = item.find(space + "content")
    if content is not None and not content.get("src"):
        raw.content = _markup(content)
    raw.link = _alternate(item)
    raw.guid_is_link = raw.guid.startswith(("http://", "https://"))
    for name in ("published", "issued", "updated", "modified", "created"):
        raw.published = _text(item.find(space + name)).strip()
        if raw.published:
            break
    else:
        raw.published = _first(item, (_DC[0] + "date", _DC[1] + "issued"))
    source = item.find(space + "source")
    if source is not None:
        raw.source_name, raw.source_url = _text(source.find(space + "title")), _alternate(source)
    if not raw.title or not (raw.summary or raw.content):
        title, words = _media(item)
        raw.title = raw.title or title
        raw.summary = raw.summary or ("" if raw.content else words)
    return raw


def _based(own: str, outer: str, setting: Setting) -> str:
    """The base of an entry's relative links: its own `xml:base`, relative to the feed's."""
    if not own:
        return outer
    return clean.address(own, clean.address(outer, setting.url) or setting.url)


def _alternate(element: Element) -> str:
    """The page an element stands for: its last `alternate` link that is HTML, else any, as feedparser has it."""
    page = other = ""
    for space in _ATOM:
        for link in element.findall(space + "link"):
            href = link.get("href", "")
            if href and (link.get("rel") or "alternate") == "alternate":
                if "html" in (link.get("type") or "html"):
                    page = href
                else:
                    other = other or href
    return page or other


def _text(element: Element | None) -> str:
    if element is None:
        return ""
    return (element.text or "") if not len(element) else "".join(element.itertext())


def _markup(element: Element | None) -> str:
    """An element's content as HTML: its text, or its child elements written out."""
    if element is None:
        return ""
    if not len(element):
        return element.text or ""
    # Not ElementTree.tostring, which recurses: nesting may be as deep as the feed's author is unkind.
    parts: list[str] = []
    stack: list[Element | str] = [element]
    while stack:
        found = stack.pop()
        if isinstance(found, str):
            parts.append(found)
            continue
        if found is not element and isinstance(found.tag, str):
            name = found.tag.rpartition("}")[2]
            href = found.get("href")
            parts.append(f'<{name} href="{_escaped(href)}">' if href else f"<{name}>")
            stack.append(f"</{name}>{_escaped(found.tail or '')}")
        elif found is not element:
            parts.append(_escaped(found.tail or ""))
            continue
        parts.append(_escaped(found.text or ""))
        stack.extend(reversed(found))
    return "".join(parts)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def _first(element: Element, tags: Iterable[str]) -> str:
    return next((text for tag in tags if (text := _text(element.find(tag)))), "")


def _minutes(text: str) -> timedelta | None:
    text = text.strip()
    return (
        timedelta(minutes=int(text))
        if text.isascii() and text.isdigit() and 0 < len(text) < 7 and int(text)
        else None
    )


def _period(channel: Element) -> timedelta | None:
    hours = _PERIODS.get(_text(channel.find(_SY + "updatePeriod")).strip().lower())
    if hours is None:
        return None
    often = _text(channel.find(_SY + "updateFrequency")).strip()
    return timedelta(hours=hours) / max(
        1, int(often) if often.isascii() and often.isdigit() and len(often) < 5 else 1
    )


def _numbers(elements: Iterable[Element]) -> list[int]:
    texts = [_text(element).strip() for element in elements]
    return [int(text) for text in texts if text.isascii() and text.isdigit() and int(text[:4]) <= 24]


def _cut(count: int) -> tuple[str, ...]:
    return (f"Only the first {MOST_ENTRIES} of {count} items were read.",) if count > MOST_ENTRIES else ()

"""What RSS and Atom share as XML: texts, markup, links and dates inside elements."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from xml.etree.ElementTree import Element

from feeds import clean
from feeds.raw import MOST_ENTRIES, Setting

ATOM = ("{http://www.w3.org/2005/Atom}", "{http://purl.org/atom/ns#}")
DC = ("{http://purl.org/dc/elements/1.1/}", "{http://purl.org/dc/terms/}")
MEDIA = ("{http://search.yahoo.com/mrss/}", "{http://search.yahoo.com/mrss}")
XML = "{http://www.w3.org/XML/1998/namespace}"
_SY = "{http://purl.org/rss/1.0/modules/syndication/}"
_PERIODS = {"hourly": 1, "daily": 24, "weekly": 168, "monthly": 720, "yearly": 8760}


def based(own: str, outer: str, setting: Setting) -> str:
    """The base of an entry's relative links: its own `xml:base`, relative to the feed's."""
    if not own:
        return outer
    return clean.address(own, clean.address(outer, setting.url) or setting.url)


def alternate(element: Element) -> str:
    """The page an element stands for: its last `alternate` link that is HTML, else any, as feedparser has it."""
    page = other = ""
    for space in ATOM:
        for link in element.findall(space + "link"):
            # Some write the address between the tags, which Atom never allowed.
            href = link.get("href", "") or text_of(link).strip()
            if href and (link.get("rel") or "alternate") == "alternate":
                if "html" in (link.get("type") or "html"):
                    page = href
                else:
                    other = other or href
    return page or other


def text_of(element: Element | None) -> str:
    """An element's text, with that of its children; empty for no element."""
    if element is None:
        return ""
    return (element.text or "") if not len(element) else "".join(element.itertext())


def markup_of(element: Element | None) -> str:
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


def first_of(element: Element, tags: Iterable[str]) -> str:
    """The text of the first of these children that has any."""
    return next((text for tag in tags if (text := text_of(element.find(tag)))), "")


def minutes(text: str) -> timedelta | None:
    """A `ttl`; None when it is no sensible number of minutes."""
    text = text.strip()
    return (
        timedelta(minutes=int(text))
        if text.isascii() and text.isdigit() and 0 < len(text) < 7 and int(text)
        else None
    )


def period(channel: Element) -> timedelta | None:
    """`sy:updatePeriod` by `sy:updateFrequency`; None where it isn't said."""
    hours = _PERIODS.get(text_of(channel.find(_SY + "updatePeriod")).strip().lower())
    if hours is None:
        return None
    often = text_of(channel.find(_SY + "updateFrequency")).strip()
    return timedelta(hours=hours) / max(
        1, int(often) if often.isascii() and often.isdigit() and len(often) < 5 else 1
    )


def numbers(elements: Iterable[Element]) -> list[int]:
    """Small whole numbers that elements hold, such as hours to skip."""
    texts = [text_of(element).strip() for element in elements]
    return [int(text) for text in texts if text.isascii() and text.isdigit() and int(text[:4]) <= 24]


def cut_warning(count: int) -> tuple[str, ...]:
    """What to say of a document with this many entries."""
    return (f"Only the first {MOST_ENTRIES} of {count} items were read.",) if count > MOST_ENTRIES else ()


def media_words(group: Element) -> tuple[str, str]:
    """The title and description inside a Media RSS group."""
    found = {"title": "", "description": ""}
    for each in group.iter():
        if isinstance(each.tag, str) and each.tag.startswith(MEDIA):
            name = each.tag.rpartition("}")[2]
            if name in found:
                found[name] = found[name] or markup_of(each)
    return found["title"], found["description"]

"""Well-formed Atom, as `feeds.strict` reads it."""

from __future__ import annotations

from dataclasses import replace
from xml.etree.ElementTree import Element

from feeds import clean
from feeds.elements import (
    DC,
    XML,
    alternate,
    based,
    cut_warning,
    first_of,
    markup_of,
    media_words,
    period,
    text_of,
)
from feeds.entry import Parsed
from feeds.raw import MOST_ENTRIES, RawEntry, Setting, entries, language


def read_atom(root: Element, space: str, version: str, setting: Setting) -> Parsed:
    """The feed in an Atom document's root."""
    lang = language(root.get(XML + "lang", "") or text_of(root.find(space + "language")))
    base = root.get(XML + "base", "")
    own = replace(setting, lang=lang or setting.lang)
    items = root.findall(space + "entry")
    raws = [_atom_entry(item, space) for item in items[:MOST_ENTRIES]]
    for raw in raws:
        raw.base = based(raw.base, base, setting)
    return Parsed(
        entries=entries(raws, own),
        format=version,
        title=clean.title(markup_of(root.find(space + "title")), 200),
        home=clean.address(alternate(root), clean.address(base, setting.url) or setting.url),
        lang=lang,
        ttl=period(root),
        warnings=cut_warning(len(items)),
    )


def _atom_entry(item: Element, space: str) -> RawEntry:
    raw = RawEntry(lang=item.get(XML + "lang", ""), base=item.get(XML + "base", ""))
    raw.guid = text_of(item.find(space + "id")).strip()
    raw.title = markup_of(item.find(space + "title"))
    raw.summary = markup_of(item.find(space + "summary"))
    content = item.find(space + "content")
    if content is not None and not content.get("src"):
        raw.content = markup_of(content)
    raw.link = alternate(item)
    raw.guid_is_link = raw.guid.startswith(("http://", "https://"))
    for name in ("published", "issued", "updated", "modified", "created"):
        raw.published = text_of(item.find(space + name)).strip()
        if raw.published:
            break
    else:
        raw.published = first_of(item, (DC[0] + "date", DC[1] + "issued"))
    source = item.find(space + "source")
    if source is not None:
        raw.source_name, raw.source_url = text_of(source.find(space + "title")), alternate(source)
    if not raw.title or not (raw.summary or raw.content):
        title, words = media_words(item)
        raw.title = raw.title or title
        raw.summary = raw.summary or ("" if raw.content else words)
    return raw

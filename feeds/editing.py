"""Changes to the user's catalogue file that leave comments, order and everything else as written."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from dataclasses import fields
from datetime import timedelta
from enum import Enum
from pathlib import Path

import tomlkit
from tomlkit.items import AoT, Table

from feeds import catalogue
from feeds.catalogue import Catalogue, Feed, Publisher, interval_words
from feeds.errors import CatalogueError


def add(path: Path, feeds: Iterable[Feed]) -> tuple[Feed, ...]:
    """Append feeds to a catalogue file, making it if there is none; returns those that weren't there before."""
    known = {feed.url for feed in catalogue.load(path).feeds}
    document = _document(path)
    added = []
    for feed in feeds:
        if feed.url not in known:
            known.add(feed.url)
            _tables(document, "feed").append(_table(feed))
            added.append(feed)
    if added:
        _write(path, document)
    return tuple(added)


def remove(path: Path, url: str) -> bool:
    """Take a feed out of a catalogue file; False when it isn't in it."""
    catalogue.load(path)
    document = _document(path)
    tables = document.get("feed")
    if not isinstance(tables, AoT):
        return False
    for number, table in enumerate(tables):
        if table.get("url") == url:
            del tables[number]
            if not len(tables):
                del document["feed"]
            _write(path, document)
            return True
    return False


def change(path: Path, url: str, feed: Feed) -> bool:
    """Give the feed at ``url`` other values (its address too, when it moved); False when it isn't there."""
    catalogue.load(path)
    document = _document(path)
    for table in document.get("feed", []):
        if table.get("url") == url:
            values = _table(feed)
            for each in fields(Feed):
                if each.name in values:
                    table[each.name] = values[each.name]
                else:
                    table.pop(each.name, None)
            _write(path, document)
            return True
    return False


def save(path: Path, whole: Catalogue) -> None:
    """Write a whole catalogue anew."""
    document = tomlkit.document()
    if whole.contact:
        document["contact"] = whole.contact
    for name, entries in (("publisher", whole.publishers), ("feed", whole.feeds)):
        for entry in entries:
            _tables(document, name).append(_table(entry))
    _write(path, document)


def restore(path: Path, text: str | None) -> None:
    """Put a whole file back as it was, or away when there was none."""
    if text is None:
        path.unlink(missing_ok=True)
    else:
        _replace(path, text)


def _document(path: Path) -> tomlkit.TOMLDocument:
    if not path.exists():
        return tomlkit.document()
    return tomlkit.parse(path.read_text(encoding="utf-8"))


def _tables(document: tomlkit.TOMLDocument, name: str) -> AoT:
    found = document.get(name)
    if not isinstance(found, AoT):
        found = tomlkit.aot()
        document[name] = found
    return found


def _table(entry: Feed | Publisher) -> Table:
    table = tomlkit.table()
    for each in fields(entry):
        value = getattr(entry, each.name)
        if value == each.default:
            continue
        if isinstance(value, timedelta):
            value = interval_words(value)
        elif isinstance(value, Enum):
            value = value.value
        elif isinstance(value, tuple):
            value = list(value)
        table[each.name] = value
    return table


def _write(path: Path, document: tomlkit.TOMLDocument) -> None:
    _replace(path, tomlkit.dumps(document))


def _replace(path: Path, text: str) -> None:
    """Whole or not at all: the file is replaced in one step, so that a full disk leaves the old one."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # A link to a catalogue kept elsewhere (dotfiles) stays a link.
        target = path.resolve()
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=target.parent, prefix=target.name, suffix=".new", delete=False
        ) as new:
            new.write(text)
            new.flush()
            os.fsync(new.fileno())
        if target.exists():
            Path(new.name).chmod(target.stat().st_mode)
        Path(new.name).replace(target)
    except OSError as error:
        raise CatalogueError(path, f"it can't be written ({error}).") from error

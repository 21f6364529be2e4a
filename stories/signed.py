"""Who signed an opinion piece, so that what it denies or doubts in its own voice is theirs and not the outlet's."""

from __future__ import annotations

import re

from stories.item import Field, Item, Span

_NAME = r"(?P<name>[A-Z][\w.’'-]*\w(?: (?:[A-Z]\.|[a-z]{1,3}|[A-Z][\w.’'-]*\w)){0,3} [A-Z][\w’'-]*\w)"
_LABEL = re.compile(
    r"(?:opinion|op-ed|comment|commentary|viewpoint|perspective|guest (?:essay|column)|column|letter)\s*[:|]|.*\|\s*(?:opinion|comment)\W*$",
    re.IGNORECASE,
)
_WRITES = re.compile(rf"[,|–—]\s*(?:writes|argues) {_NAME}\W*$")
_BEHIND = re.compile(rf"\|\s*{_NAME}\W*$")
_BY = re.compile(rf"\s*By {_NAME}[ ,.]*(?:\n|$)")


def author(item: Item) -> Span | None:
    """Where the author of a signed opinion stands; None where nothing says that it is one, or who signed it.

    News has by-lines, too: a "By Jane Roe" counts only under a headline that is labelled as opinion.
    """
    found = _WRITES.search(item.title)
    labelled = _LABEL.match(item.title) is not None
    if found is None and labelled:
        found = _BEHIND.search(item.title)
    if found is not None:
        return Span(Field.TITLE, *found.span("name"))
    for where in (Field.SUMMARY, Field.BODY):
        found = _BY.match(item.text(where)) if labelled else None
        if found is not None:
            return Span(where, *found.span("name"))
    return None

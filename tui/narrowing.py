"""From what was typed to which items the store lists."""

from __future__ import annotations

from dataclasses import replace

from store.items import ItemFilter
from tui.query import Query


def narrowed(base: ItemFilter, query: Query) -> ItemFilter:
    """The list's own filter with everything the query asks for."""
    return replace(
        base,
        text=query.text,
        publisher=query.source or base.publisher,
        stance=query.stance or base.stance,
        starred=base.starred or "starred" in query.flags,
        unread=base.unread or "unread" in query.flags,
        dismissed=base.dismissed or "dismissed" in query.flags,
        waiting=base.waiting or "waiting" in query.flags,
    )

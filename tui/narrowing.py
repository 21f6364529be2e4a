"""From what was typed to which items the store lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from store.items import ItemFilter
from store.narrowing import Narrowing
from tui.query import Query


def narrowed(base: ItemFilter, query: Query, hidden: Sequence[Query] = ()) -> ItemFilter:
    """The list's own filter with everything the query asks for."""
    return replace(
        base,
        text=query.text,
        narrowing=Narrowing(
            source=query.source,
            party=query.party,
            story=query.story,
            lang=query.lang,
            status=query.status,
            since=query.since,
            until=query.until,
            without=query.without,
            hidden=tuple((rule.source, rule.words) for rule in hidden),
        ),
        stance=query.stance or base.stance,
        starred=base.starred or "starred" in query.flags,
        unread=base.unread or "unread" in query.flags,
        dismissed=base.dismissed or "dismissed" in query.flags,
        waiting=base.waiting or "waiting" in query.flags,
    )

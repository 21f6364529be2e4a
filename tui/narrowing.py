"""From what was typed to which items the store lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from store.items import ItemFilter
from store.narrowing import Hidden, Narrowing
from store.setups import Rule, RuleKind
from tui.query import Query, parse

_ANY_TIME = datetime(1970, 1, 1, tzinfo=UTC)
"""Rules that hide ask for publisher and words, never for a time."""


def hidden_by(rules: Sequence[Rule]) -> Hidden:
    """What the rules leave out of Wire and Triage, and of what is counted there."""
    asked = [parse(rule.query, _ANY_TIME) for rule in rules if rule.kind is RuleKind.HIDE]
    return tuple((query.source, query.words) for query in asked)


def narrowed(base: ItemFilter, query: Query, hidden: Hidden = ()) -> ItemFilter:
    """The list's own filter with everything the query asks for, without what rules hide."""
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
            hidden=hidden,
        ),
        stance=query.stance or base.stance,
        starred=base.starred or "starred" in query.flags,
        unread=base.unread or "unread" in query.flags,
        dismissed=base.dismissed or "dismissed" in query.flags,
        waiting=base.waiting or "waiting" in query.flags,
    )

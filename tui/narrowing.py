"""From what was typed to which items the store lists, and what the analyst's rules make of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from store import items
from store.database import Store
from store.items import EVERYTHING, ItemFilter
from store.narrowing import Narrowing
from store.setups import Rule, RuleKind
from store.story_filters import StoryFilter
from tui.query import OF_ITEMS, OF_STORIES, Query, parse, unfit


def narrowed(base: ItemFilter, query: Query, hidden: tuple[ItemFilter, ...] = ()) -> ItemFilter:
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
        ),
        stance=query.stance or base.stance,
        starred=base.starred or "starred" in query.flags,
        unread=base.unread or "unread" in query.flags,
        dismissed=base.dismissed or "dismissed" in query.flags,
        waiting=base.waiting or "waiting" in query.flags,
        hidden=(*hidden, *(narrowed(EVERYTHING, one) for one in query.unless if one.fields <= OF_ITEMS)),
    )


def stories_wanted(query: Query) -> StoryFilter:
    """What the query asks of stories; what asks nothing of them `tui.query.unfit` says."""
    return StoryFilter(
        words=query.words,
        without=query.without,
        status=query.status,
        party=query.party,
        source=query.source,
        story=query.story,
        since=query.since,
        until=query.until,
        starred="starred" in query.flags,
        watched="watched" in query.flags,
        unread="unread" in query.flags,
        # What says nothing of stories must not leave all of them out.
        unless=tuple(stories_wanted(one) for one in query.unless if one.fields <= OF_STORIES),
    )


def ruled(rule: Rule, now: datetime) -> ItemFilter:
    """The items that a rule is about; its words are whole words, since nobody is still typing them."""
    query = parse(rule.query, now)
    words = " ".join(f'"{word}"' for word in query.words)
    return replace(narrowed(EVERYTHING, query), text=words)


def trouble_of(rule: Rule, now: datetime) -> str:
    """What of a rule's filter can't be read, or says nothing of what the rule is about; empty when all does."""
    query = parse(rule.query, now)
    about = (OF_STORIES, "stories") if rule.kind is RuleKind.ALERT else (OF_ITEMS, "items")
    return query.trouble or unfit(query, *about)


def hidden_by(rules: Iterable[Rule], now: datetime) -> tuple[ItemFilter, ...]:
    """What the rules leave out of Wire and Triage, and of what is counted there."""
    return tuple(ruled(rule, now) for rule in rules if rule.kind is RuleKind.HIDE)


@dataclass(frozen=True, slots=True)
class Ruling:
    """The rules in force, as filters of a moment."""

    hidden: tuple[ItemFilter, ...] = ()
    flags: tuple[ItemFilter, ...] = ()
    routes: tuple[tuple[Rule, ItemFilter], ...] = ()

    @classmethod
    def of(cls, rules: Sequence[Rule], now: datetime) -> Ruling:
        """The rules with lengths of time counted back from ``now``."""
        return cls(
            hidden_by(rules, now),
            tuple(ruled(rule, now) for rule in rules if rule.kind is RuleKind.FLAG),
            tuple((rule, ruled(rule, now)) for rule in rules if rule.kind is RuleKind.ROUTE),
        )

    def flagged(self, store: Store, among: Sequence[int]) -> set[int]:
        """Which of a screenful a rule flags."""
        found: set[int] = set()
        for wanted in self.flags:
            found |= items.matching(store, wanted, among)
        return found

    def routed(self, store: Store, among: Sequence[int]) -> dict[int, Rule]:
        """Which of a screenful a rule leads to a story; of several rules the oldest decides."""
        found: dict[int, Rule] = {}
        for rule, wanted in reversed(self.routes):
            found |= dict.fromkeys(items.matching(store, replace(wanted, undecided=True), among), rule)
        return found


def routed_to(store: Store, story: int, rules: Iterable[Rule], now: datetime, limit: int) -> list[int]:
    """The newest waiting items that rules lead to a story and that are not in it yet."""
    found: set[int] = set()
    for rule in rules:
        if rule.kind is RuleKind.ROUTE and rule.story == story:
            found.update(items.ids(store, replace(ruled(rule, now), waiting=True), limit=limit))
    return sorted((row.id for row in items.rows(store, found) if row.story_id != story), reverse=True)[:limit]

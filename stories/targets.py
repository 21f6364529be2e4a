"""Which claim a statement is on: the story's own, another, background, or unclear."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from stories.actors import mentions
from stories.evidence import Claim, Reading, Stance, Statement, Target
from stories.item import Field, Item
from stories.lexicon import load
from stories.text import sentences

ACCUSE = "accuse"
"""The frame of accusations (`stories.claims`)."""
KEYWORD_SHARE = 0.2
"""A word is one of a story's own when this share of its items carry it in title or summary."""
_WORD = re.compile(r"[^\W\d_]{3,}")
_CLAIMING = re.compile(
    r"\b(?:claims?|allegations?|accusations?|reports?|rumou?rs?|suggestions?|assertions?|charges?|story|stories|stud(?:y|ies)|"
    r"speculation|it|this|that|these|those|such|any|all|wrongdoing|involvement|responsibility|the|role|knowledge|as|false|lie|lies|"
    r"baseless|utterly|completely|nonsense|is|are|was|were|being|a|an|of|and|its|his|her|their|having|to|in|on|for|by|us)\b",
    re.IGNORECASE,
)
_CONCESSIVE = re.compile(r"^\W*(?:though|although|while|even though|even as|despite)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Topic:
    """What a story is about, so far as placing statements needs it."""

    claim: Claim | None
    actors: frozenset[str] = frozenset()
    """The claim's actors, else those that most of the items name."""
    words: Mapping[str, float] = field(default_factory=dict)
    """Stem → share of the items whose title or summary carries it; names of actors left out."""


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """A word's beginning, enough to meet its other forms ("supplying", "supplies" → "suppl")."""
    low = word.lower()
    for ending in ("ing", "ies", "ied", "es", "ed", "s", "y"):
        if low.endswith(ending) and len(low) - len(ending) >= 3:
            low = low[: -len(ending)]
            break
    return low[:6]


def _stopped() -> frozenset[str]:
    grammar = load("grammar_en")
    return frozenset(
        " ".join(
            grammar[part]
            for part in (
                "determiners",
                "pronouns",
                "prepositions",
                "conjunctions",
                "auxiliaries",
                "adverbs",
                "time",
                "say",
                "roles",
            )
        ).split()
    )


_STOPPED = _stopped()


def keywords(text: str) -> set[str]:
    """The stems of a text's words of content."""
    return {stem(word) for word in _WORD.findall(text) if word.lower() not in _STOPPED}


def parse_claim(words: str) -> Claim | None:
    """A claim as it is written on a story ("Taliban → supply weapons → Russia"), None for a plain sentence."""
    parts = [part.strip() for part in words.split("→")]
    if len(parts) < 2:
        return None
    action, _, thing = parts[1].partition(" ")
    return Claim(parts[0], action, parts[2] if len(parts) > 2 else "", thing)


def topic(claim_words: str, items: Sequence[tuple[Item, Reading]]) -> Topic:
    """What a story's items are about: its claim as written or, failing that, the one most of them lead with."""
    claim = parse_claim(claim_words)
    counts: Counter[tuple[str, str, str]] = Counter()
    first: dict[tuple[str, str, str], Claim] = {}
    for _, reading in items:
        for rank, each in enumerate(reading.claims[:3]):
            key = (each.actor, each.action, each.recipient)
            counts[key] += 3 - rank
            first.setdefault(key, each)
    if claim is None and counts:
        claim = first[max(counts, key=lambda key: (counts[key], bool(key[2])))]
    shares: Counter[str] = Counter()
    named: Counter[str] = Counter()
    for item, _ in items:
        head = f"{item.title}. {item.summary}" if item.summary else f"{item.title}. {item.body[:400]}"
        shares.update(keywords(head))
        named.update({mention.actor for mention in mentions(head[:400], item.effective)})
    total = max(1, len(items))
    if claim is not None:
        actors = frozenset(filter(None, (claim.actor, claim.recipient)))
    else:
        actors = frozenset(actor for actor, count in named.items() if count >= 0.5 * total)
    names = {stem(word) for actor in named for word in _WORD.findall(actor)}
    kept = {
        word: count / total
        for word, count in shares.items()
        if count / total >= KEYWORD_SHARE and word not in names
    }
    if claim is not None:
        for word in keywords(f"{claim.action} {claim.object}"):
            kept[word] = 1.0
    return Topic(claim, actors, kept)


def place(statement: Statement, item: Item, reading: Reading, on: Topic) -> Target:
    """Which claim a statement is on, by actors, words, anaphora and where it stands."""
    text = item.text(statement.span.where)
    said = statement.proposition
    explicit = keywords(_CLAIMING.sub(" ", said))
    at = item.effective
    own = {statement.party} if statement.party else set()
    if _opposite(statement, reading, on):
        return Target.OTHER
    if (
        on.claim is not None
        and statement.stance is Stance.DENY
        and on.claim.action == ACCUSE
        and statement.party == on.claim.actor
    ):
        return Target.OTHER  # an accuser denies what is held against them, not their own accusation
    actors_said = {mention.actor for mention in mentions(said, at)} | own
    short = statement.span.where is not Field.BODY
    if len(explicit) >= 2:
        return _explicit(explicit, actors_said, short, on)
    # "this report", "the allegations", "it": what stands before it says what is meant
    before = _before(text, statement, item)
    actors = actors_said | {mention.actor for mention in mentions(before, at)}
    if _CONCESSIVE.match(statement.words) and statement.stance is Stance.DENY and "," in statement.words:
        # "Though Moscow denies these claims, officials say Russia is short of arms": which claims?
        rest = statement.words.split(",", 1)[1]
        rest_actors = {mention.actor for mention in mentions(rest, at)} | own
        if not on.actors <= rest_actors:
            return Target.UNCLEAR if on.actors <= actors else Target.OTHER
    hits = keywords(before) & on.words.keys()
    if on.actors and on.actors <= actors and hits:
        return Target.CLAIM
    if short and hits:
        return Target.CLAIM
    if not hits:
        return Target.OTHER if not short else Target.UNCLEAR
    return Target.UNCLEAR if short else Target.OTHER


def _opposite(statement: Statement, reading: Reading, on: Topic) -> bool:
    """Whether the sentence carries a claim that goes the other way round."""
    if on.claim is None or not on.claim.recipient:
        return False
    for claim in reading.claims:
        if claim.span is None or claim.span.where is not statement.span.where:
            continue
        if statement.span.start <= claim.span.start < statement.span.end:
            return (claim.action, claim.actor, claim.recipient) == (
                on.claim.action,
                on.claim.recipient,
                on.claim.actor,
            )
    return False


def _explicit(explicit: set[str], actors: set[str], short: bool, on: Topic) -> Target:
    hits = explicit & on.words.keys()
    weight = sum(on.words[word] for word in hits)
    covered = not on.actors or on.actors <= actors
    if covered and (hits or len(on.actors) >= 2):
        return Target.CLAIM
    if short:
        if weight >= 0.5 or len(hits) >= 2:
            return Target.CLAIM
        return Target.UNCLEAR if hits else Target.OTHER
    return Target.OTHER


def _before(text: str, statement: Statement, item: Item) -> str:
    """The words an anaphor can point back to: what stands before it in its paragraph, or the headline."""
    where = statement.span
    if where.where is Field.TITLE:
        return f"{text} {item.summary}"
    if where.where is Field.SUMMARY:
        return f"{item.title} {text[: where.end]}"
    opened = text.rfind("\n", 0, where.start) + 1
    start = opened
    if not text[opened : where.start].strip():
        earlier = sentences(text[max(0, opened - 900) : opened])
        if earlier:
            start = max(0, opened - 900) + earlier[max(0, len(earlier) - 2)][0]
    return text[start : where.end]

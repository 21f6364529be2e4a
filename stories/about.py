"""What a story is about: its claim, its parties and its words, as its items tell it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache

from stories.accusation import BLAMING, charged, does_it
from stories.actors import Mention, is_known, mentions
from stories.acts import acts
from stories.evidence import Claim, Reading, Stance
from stories.item import Field, Item
from stories.keywords import CACHED, GOODS, WORD, head_words, keywords, names_of

ACCUSE = "accuse"
"""The frame of accusations (`stories.claims`)."""
KEYWORD_SHARE = 0.2
"""A word is one of a story's own when this share of its items carry it in title or summary."""
_FEW = 4
"""Items of a story of which one may make its claim; of more, two and a twentieth must: a stray one is not it."""
_MAKING = 0.05
_HOLDING = 0.1
_PAIR = 2
"""Items of which one is enough to make the claim of a story."""
_HALF = 0.4
_MOST = 0.6
"""Shares of a story's items that must make a claim for those it names to be waited for: of many, of a few, of unknown ones."""
_SAMPLE = 600
"""Items a story's words are counted in, spread over its time: shares of more are the same, and cost a second."""
_SETTLED = 50
"""Items from which on a story's words are counted anew only when it has grown by a quarter: one item more changes no
share by a fiftieth, and where every item was weighed again after each, a story would cost n²."""
_GROWN = 1.25
GIVING = ("supply", "seek", "get")
"""Frames of `stories.claims` by which goods pass."""


@dataclass(frozen=True, slots=True)
class Topic:
    """What a story is about, so far as placing statements needs it."""

    claim: Claim | None
    actors: frozenset[str] = frozenset()
    """The claim's actors, else those that most of the items name."""
    words: Mapping[str, float] = field(default_factory=dict)
    """Stem → share of the items whose title or summary carries it; names of actors left out."""
    core: frozenset[str] = frozenset()
    """The stems of the claim's own action and object."""
    names: frozenset[str] = frozenset()
    """Stems of capitalised words that several items' headlines share, where no claim was read."""
    charged: bool = False
    """Whether the claim holds something against its parties, so that they are asked to answer."""
    firm: bool = False
    """Whether the claim is the story's and not one item's beside it, so that not to answer it is a silence."""
    accusers: frozenset[str] = frozenset()
    """Parties that the items say accuse one of the claim's actors."""
    told: frozenset[str] = frozenset()
    """Stems that two items carry at least."""
    deed: str = ""
    """Who is said to have done something to somebody, where others than the two can say it."""
    passing: frozenset[str] = frozenset()
    """Where goods pass between two: whether the items say so of asking, of giving (`passing`), or of both."""
    beside: frozenset[str] = frozenset({"United States", "United Nations", "NATO"})
    """Actors that news of anything names, so that naming them doesn't make it another claim."""


def parse_claim(words: str) -> Claim | None:
    """A claim as it is written on a story ("Taliban → supply weapons → Russia"), None for a plain sentence."""
    parts = [part.strip() for part in words.split("→")]
    if len(parts) < 2:
        return None
    action, _, thing = parts[1].partition(" ")
    return Claim(parts[0], action, parts[2] if len(parts) > 2 else "", thing)


def settled(items: int) -> int:
    """How many of a story's items, its first ones, say what it is about: all of a few, of many the last round number."""
    if items <= _SETTLED:
        return items
    return int(_SETTLED * _GROWN ** int(math.log(items / _SETTLED, _GROWN) + 1e-9))


def topic(claim_words: str, items: Sequence[tuple[Item, Reading]]) -> Topic:
    """What a story's items are about: its claim as written or, failing that, the one most of them lead with."""
    claim = parse_claim(claim_words)
    items = items[: settled(len(items))]
    counts: Counter[tuple[str, str, str]] = Counter()
    made: Counter[tuple[str, str, str]] = Counter()
    first: dict[tuple[str, str, str], Claim] = {}
    for _, reading in items:
        for rank, each in enumerate(filter(does_it, reading.claims[:3])):
            key = (each.actor, each.action, each.recipient)
            counts[key] += 3 - rank
            made[key] += 1
            first.setdefault(key, each)
    least_made = 1 if len(items) <= _FEW else max(2, _MAKING * len(items))
    counts = Counter({key: count for key, count in counts.items() if made[key] >= least_made})
    if claim is None and counts:
        claim = first[max(counts, key=lambda key: (counts[key], bool(key[2])))]
    shares: Counter[str] = Counter()
    named: Counter[str] = Counter()
    common: set[str] = set()
    sample = items[:: 1 + len(items) // _SAMPLE]
    for item, _ in sample:
        head = head_of(item)
        words, lowered = head_words(head)
        shares.update(words)
        common.update(lowered)
        named.update(actors_in(head[:400], item.effective))
    total = max(1, len(sample))
    if claim is not None:
        actors = frozenset(filter(None, (claim.actor, claim.recipient)))
    else:
        actors = frozenset(actor for actor, count in named.items() if count >= 0.5 * total)
    names = names_of(named)
    least = max(KEYWORD_SHARE * total, min(2, total))
    kept = {
        word: count / total
        for word, count in shares.items()
        if count >= least and word not in names and (not common or word in common or word.startswith("#"))
    }
    core: set[str] = set()
    if claim is not None:
        core = set(keywords(f"{claim.action} {claim.object}"))
        frame = acts().by_name.get(claim.action)
        if frame is not None:
            core.add(f"#{frame.family}")
        if claim.action in GIVING:
            core.add(GOODS)
        kept.update(dict.fromkeys(core, 1.0))
    accused = "" if claim is None else claim.recipient if claim.action == ACCUSE else claim.actor
    accusers = {
        each.actor
        for _, reading in items
        for each in reading.claims
        if each.action == ACCUSE and accused and each.recipient == accused
    } - {accused}
    strange = {word for word, count in shares.items() if count >= least and word not in kept}
    if claim is None:  # what only the answers themselves say was put to nobody
        put = {
            word
            for item, reading in sample
            if not _answered(reading)
            for word in head_words(head_of(item))[0]
        }
        kept = {word: share for word, share in kept.items() if word in put}
        strange &= put
    return Topic(
        claim,
        actors,
        kept,
        frozenset(core),
        names=frozenset(strange) if claim is None else frozenset(),
        charged=charged(claim, items),
        firm=claim is not None and _firm(claim, items),
        accusers=frozenset(accusers),
        passing=_passing(claim, items),
        told=frozenset(word for word, count in shares.items() if count > 1),
        deed=claim.actor if claim is not None and claim.recipient and claim.action not in BLAMING else "",
    )


def passing(said: str) -> frozenset[str]:
    """Whether words tell of asking for something ("ask"), of giving or getting it ("give"), or of both."""
    verbs = acts().verbs
    found = set()
    for word in WORD.findall(said.lower()):
        frames = {sense.frame.name for sense in verbs.get(word, ())}
        if "seek" in frames or word.startswith(_APPROACHING):
            found.add("ask")
        elif not frames.isdisjoint(_HANDING):
            found.add("give")
    return frozenset(found)


def _passing(claim: Claim | None, items: Sequence[tuple[Item, Reading]]) -> frozenset[str]:
    """What the items claim of goods between a claim's two parties, those aside that stand in a denial."""
    if claim is None or claim.action not in GIVING or not claim.recipient:
        return frozenset()
    between = {claim.actor, claim.recipient}
    told = {
        each.action
        for _, reading in items
        for each in reading.claims
        if {each.actor, each.recipient} == between and not _denied(each, reading)
    }
    return frozenset("ask" if action == "seek" else "give" for action in told & set(GIVING) | {claim.action})


_HANDING = frozenset({"supply", "give", "get"})
_APPROACHING = ("approach", "appeal", "plead")


def _denied(claim: Claim, reading: Reading) -> bool:
    """Whether a claim's words are those of a denial of it."""
    place = claim.span
    return place is not None and any(
        said.stance is Stance.DENY
        and said.span.where is place.where
        and said.span.start <= place.start < said.span.end
        for said in reading.statements
    )


def _firm(claim: Claim, items: Sequence[tuple[Item, Reading]]) -> bool:
    """Whether so many items make a claim, a headline among them, that those it names are asked to answer.

    Of parties no lexicon knows most must make it, unless somebody is blamed: "Actors strike at …" accuses nobody.
    """
    key = (claim.actor, claim.action, claim.recipient)
    made = headed = 0
    for _, reading in items:
        spans = [each.span for each in reading.claims if (each.actor, each.action, each.recipient) == key]
        made += bool(spans)
        headed += any(span is None or span.where is Field.TITLE for span in spans)
    known = claim.action in BLAMING or (is_known(claim.actor) and is_known(claim.recipient))
    least = _HOLDING if known and made >= _FEW else _HALF if known else _MOST
    return headed > 0 and made >= max(
        1 if known and len(items) <= _PAIR else min(2, len(items)), least * len(items)
    )


def head_of(item: Item) -> str:
    """The words that an item leads with."""
    return f"{item.title}. {item.summary}" if item.summary else f"{item.title}. {item.body[:400]}"


def _answered(reading: Reading) -> bool:
    """Whether somebody denies or confirms something in an item, so that its words may be only the answer's."""
    return any(each.stance in (Stance.DENY, Stance.CONFIRM) for each in reading.statements)


def actors_in(words: str, at: datetime | None) -> frozenset[str]:
    """The actors that words name, as they were called at a time."""
    return frozenset(mention.actor for mention in mentions_in(words, at.date() if at else None))


@lru_cache(maxsize=CACHED)
def mentions_in(words: str, day: date | None) -> tuple[Mention, ...]:
    """`stories.actors.mentions` of words that are asked about again and again while a story grows."""
    return tuple(mentions(words, datetime(day.year, day.month, day.day, tzinfo=UTC) if day else None))

"""Which claim a statement is on: the story's own, another, background, or unclear."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import lru_cache

from stories.about import Topic, actors_in, head_of, mentions_in, passing
from stories.accusation import BLAMING
from stories.actors import MentionKind
from stories.beside import another_matter, blames_another, brings_up, content, says_nothing, takes_up
from stories.claims import Direction, direction, read_sentence
from stories.cues import plain
from stories.evidence import Claim, Reading, Stance, Statement, Target
from stories.item import Field, Item
from stories.keywords import CACHED, GOODS, goods_among, keywords, names_of, stem
from stories.remarks import own_clause, tells_what
from stories.text import sentences

DEED_SHARE = 0.5
"""A word of the story, beside its goods, tells that its claim's deed is meant when this share of its items carry it."""
UNMISTAKEN = 1.5
"""Words whose shares of a story's items come to so much say what it is about, whatever stands between them."""
_CLAIMING = re.compile(
    r"\b(?:claims?|allegations?|accusations?|reports?|rumou?rs?|suggestions?|assertions?|charges?|story|stories|stud(?:y|ies)|"
    r"speculation|start to finish|beginning to end|every word|it|this|that|these|those|such|any|all|wrongdoing|involvement|responsibility|the|role|knowledge|as|false|lie|lies|"
    r"baseless|utterly|completely|nonsense|is|are|was|were|being|a|an|of|and|its|his|her|their|having|to|in|on|for|by|us)\b",
    re.IGNORECASE,
)
_ANAPHORA = re.compile(
    r"[\W]*(?:(?:the|this|that|these|those|such|any|all|both|his|her|their|its|us|western|media|press|earlier|latest|new) )*"
    r"(?:[\w.-]+ )?(?:(?:claims?|allegations?|reports?|accusations?|charges?|suggestions?|rumou?rs?|stor(?:y|ies)|assertions?|speculation|"
    r"findings?|stud(?:y|ies))\b(?! (?:that|of|about|claiming|saying|alleging|it|he|they|she|there|\w+ing)\b)(?! [\w.'-]+ (?:is|are|was|were|has|have|had)\b)"
    r"|(?:wrongdoing|involvement|responsibility)\b(?! in| with| for)|(?:it|this|that|them)\b(?=\W*$|\W*[,;.])|$)"
)
_POINTER = re.compile(
    r"\b(?:the|this|that|these|those|such) (?:[\w.-]+ )?(?:claims?|allegations?|reports?|accusations?|rumou?rs?|stor(?:y|ies)|assertions?)\b"
)
_NEAR = 60
"""Fewer characters than this before a sentence in its paragraph tell too little; the paragraph before is read too."""
_ANSWERING_WHOLE = frozenset({Stance.DENY, Stance.DOUBT, Stance.CANNOT_CONFIRM})
_ASKING = frozenset(
    stem(word) for word in ("request", "comment", "respond", "response", "question", "inquiry", "answer")
)
"""What somebody is asked with, whatever it is about."""
_SPARING = re.compile(
    r"(?:\b(?:not|never|no longer)|n['’]t) (?:\w+ly )?(?:be )?(?:charg|accus|blam|prosecut|su(?:e|ing)\b|indict|pursu)\w*"
)
_CONCESSIVE = re.compile(r"^\W*(?:though|although|while|even though|even as|despite)\b", re.IGNORECASE)


def place(statement: Statement, item: Item, reading: Reading, on: Topic) -> Target:
    """Which claim a statement is on, by actors, words, anaphora and where it stands."""
    said = statement.proposition
    if another_matter(said):
        return Target.OTHER
    if says_nothing(statement):
        return Target.UNCLEAR
    if (
        statement.stance in (Stance.ASSERT, Stance.CONFIRM)
        and on.claim is not None
        and on.claim.action in BLAMING
        and statement.party == on.claim.actor
        and _SPARING.search(said)
    ):
        return Target.OTHER  # "will not charge him": the accusation is given up
    if (
        statement.stance is Stance.CONFIRM
        and on.claim is not None
        and on.claim.action == "attack"
        and statement.party == on.claim.recipient
        and on.claim.actor not in actors_in(said, item.effective) | _literally(said, on)
    ):
        return Target.UNCLEAR  # "acknowledges the attack": that it was hit, not by whom
    if statement.stance is Stance.DENY and len(on.passing) == 1 and passing(said) not in (set(), on.passing):
        return Target.UNCLEAR  # a denial of supplying is not a denial of being asked
    way = _way(statement, item, on)
    if way is Direction.OPPOSITE:
        return Target.OTHER
    if statement.stance is Stance.DENY and statement.party in on.accusers:
        return Target.OTHER  # an accuser denies what is held against them, not their own accusation
    if way is Direction.SAME:
        return Target.CLAIM
    at = item.effective
    own = {statement.party} if statement.party else set()
    explicit = keywords(_CLAIMING.sub(" ", content(said)))
    short = statement.span.where is not Field.BODY
    low = plain(said)
    if statement.stance is Stance.ASSERT and on.deed and statement.party != on.deed:
        blamed = actors_in(said, at) | _literally(said, on)
        if on.deed not in blamed:
            return Target.OTHER if blames_another(said, blamed) else Target.UNCLEAR
    if statement.stance is Stance.NO_COMMENT and statement.party in on.actors and explicit <= _ASKING:
        # "has not responded to a request for comment" in an item that tells of the claim
        head = head_of(item)
        if on.actors <= actors_in(head, at) and keywords(head) & on.core:
            return Target.CLAIM
    if statement.stance in _ANSWERING_WHOLE and short and len(on.actors) > 1:
        denies = statement.stance is Stance.DENY
        words = said if denies else statement.words
        whole = actors_in(words, at) | _literally(words, on) | (own if denies else set())
        plainly = {word for word in explicit - names_of(whole) if not word.startswith("#")}
        if on.actors <= whole <= on.actors | on.beside and plainly <= on.told and takes_up(statement):
            return (
                Target.CLAIM
            )  # "denies responsibility for the Lima blast", "‘unlikely’ that it was fired from Peru"
    clause = statement.stance is Stance.DENY and own_clause(low)
    if len(explicit) >= (1 if clause else 2) and not _ANAPHORA.match(low):
        named = actors_in(said, at) | _literally(said, on)
        found = _explicit(explicit, named | own, short, on, strangers=bool(named - on.actors - on.beside))
        told = {word for word in explicit if not word.startswith("#")}
        if found is Target.CLAIM and on.claim is not None and statement.stance is Stance.CONFIRM:
            beside = told - names_of(named) - on.words.keys()
            if explicit.isdisjoint(on.core) and 2 * len(beside) > len(told - names_of(named)):
                return Target.UNCLEAR  # "confirms a security breach during the visit": not that there was one
        if found is Target.UNCLEAR and tells_what(low) and 2 * len(told & on.words.keys()) < len(told):
            return (
                Target.OTHER
            )  # "denied that it had raised the retirement age": it is clear what, and not this
        return found
    if explicit and content(said) != said and explicit.isdisjoint(on.words.keys() | on.told):
        return Target.UNCLEAR  # "brushes off talk of a split after the vote": nobody else speaks of one
    if (
        statement.stance is Stance.ASSERT
        and on.claim is None
        and len(explicit) < 2
        and not _ANAPHORA.match(low)
    ):
        return Target.UNCLEAR  # "defended Roe after news broke": the news is not what is said
    if (
        statement.stance is Stance.DENY
        and not explicit
        and brings_up(statement)
        and not on.actors <= actors_in(statement.words, at) | _literally(statement.words, on) | own
    ):
        return Target.UNCLEAR  # "resigned over media accusations that the ministry says are baseless"
    # "this report", "the allegations", "it": what stands before says what is meant
    before = _before(item.text(statement.span.where), statement, item)
    actors = actors_in(before, at) | actors_in(said, at) | _literally(f"{before} {said}", on) | own
    if _CONCESSIVE.match(statement.words) and statement.stance is Stance.DENY and "," in statement.words:
        # "Though Moscow denies these claims, officials say Russia is short of arms": which claims?
        rest = statement.words.split(",", 1)[1]
        if not on.actors <= actors_in(rest, at) | _literally(rest, on) | own:
            return Target.UNCLEAR if _pointing(said) else Target.OTHER
    hits = (keywords(before) | explicit) & on.words.keys()
    if on.actors and on.actors <= actors and hits:
        return Target.CLAIM
    if short:
        return Target.CLAIM if hits else Target.UNCLEAR
    if (
        statement.party in on.actors
        and hits
        and _POINTER.search(plain(said))
        and not _strangers(before, at, on)
    ):
        return Target.CLAIM
    return Target.UNCLEAR if hits and on.actors & actors else Target.OTHER


def _literally(words: str, on: Topic) -> frozenset[str]:
    """The claim's parties that words name as the claim does: companies, persons and places no lexicon knows."""
    return frozenset(
        actor for actor in on.actors if re.search(rf"(?<!\w){re.escape(actor)}(?!\w)", words, re.IGNORECASE)
    )


@lru_cache(maxsize=CACHED)
def _claims(words: str, day: date | None) -> tuple[Claim, ...]:
    at = datetime(day.year, day.month, day.day, tzinfo=UTC) if day else None
    return tuple(read_sentence(words, 0, len(words), Field.TITLE, at))


def says_so(statement: Statement, claim: Claim, at: datetime) -> bool:
    """Whether an assertion brings the claim itself, rather than answering those who make it."""
    if _ANSWERING.search(statement.words):
        return False
    found = _claims(statement.words, at.date())
    alone = any(  # "Moscow supplied the weapons": to whom needn't be said again
        each.actor == claim.actor and each.action == claim.action and not each.recipient for each in found
    )
    return alone or direction(found, (claim,)) is Direction.SAME


_ANSWERING = re.compile(
    r"\b(?:alleg\w*|accus\w*|(?:claim|report)s?(?! (?:to|that|they|he|she|it|being)\b)|rumou?rs?|false|lies?|not|never|no)\b|n[’']t\b",
    re.IGNORECASE,
)


def _strangers(words: str, at: datetime | None, on: Topic) -> bool:
    """Whether words name states or groups that are no part of the claim, so that they may tell of another one."""
    found = mentions_in(words, at.date() if at else None)
    outside = {mention.actor for mention in found if mention.kind is not MentionKind.PERSON}
    return bool(outside - on.actors - on.beside)


def _pointing(said: str) -> bool:
    return bool(_ANAPHORA.match(plain(said)))


def _way(statement: Statement, item: Item, on: Topic) -> Direction:
    """How the claims that a statement is about point, seen from the story's claim."""
    if on.claim is None or not on.claim.recipient or not keywords(statement.words) & on.core:
        return Direction.NEUTRAL
    found = _claims(statement.words, item.effective.date() if item.effective else None)
    if statement.stance is Stance.DENY:  # what stands before "denied" is not what is denied
        start = statement.cue.start - statement.span.start
        said = statement.words.find(statement.proposition) if statement.proposition else 0
        start = min(start, max(0, said))
        found = tuple(claim for claim in found if claim.span is None or claim.span.end > start)
    if statement.stance is Stance.ASSERT and statement.proposition:
        first = statement.words.find(statement.proposition)  # only what is brought
        last = first + len(statement.proposition)
        found = tuple(each for each in found if each.span is None or first <= each.span.start < last)
    ways = {direction((claim,), (on.claim,)) for claim in found} - {Direction.NEUTRAL}
    return ways.pop() if len(ways) == 1 else Direction.NEUTRAL


def _explicit(
    explicit: frozenset[str], actors: frozenset[str], short: bool, on: Topic, *, strangers: bool
) -> Target:
    hits = explicit & on.words.keys()
    if on.claim is None:  # nothing is known to be denied: only what says most of the story again is on it
        plain_words = {word for word in explicit if not word.startswith("#")}
        if goods_among(hits) - {GOODS}:
            hits -= {GOODS}  # "soldiers" and what all such words stand for are one word of the story
        hits |= explicit & on.names if hits else frozenset()
        told = sum(on.words.get(hit, 0.0) for hit in hits)
        most = len(hits) >= 0.5 * len(plain_words) or told >= UNMISTAKEN
        return Target.CLAIM if short and len(hits) >= 2 and most else Target.UNCLEAR
    weight = sum(on.words[word] for word in hits)
    covered = bool(on.actors) and on.actors <= actors
    if covered and (hits if short else hits & on.core or len(hits) >= 2):
        return Target.CLAIM
    if short:
        if len(on.actors) > 1 and strangers:
            return Target.OTHER  # "denies that its forces use Iranian drones": other parties' matter
        deeds = hits - goods_among(hits)
        if len(on.actors) > 1 and hits and all(on.words[deed] < DEED_SHARE for deed in deeds):
            # "denies being short of weapons": the same goods tell of no deed, nor does a word that few items share
            return Target.UNCLEAR
        if weight >= 0.5 or len(hits) >= 2:
            return Target.CLAIM
        return Target.UNCLEAR if hits else Target.OTHER
    if hits & on.core and on.actors & actors and not actors - on.actors - on.beside:
        return Target.UNCLEAR
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
    if len(text[opened : where.start].strip()) < _NEAR:
        earlier = sentences(text[max(0, opened - 900) : opened])
        if earlier:
            start = max(0, opened - 900) + earlier[max(0, len(earlier) - 2)][0]
    return text[start : where.end]

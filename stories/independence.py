"""How many sources of its own a stance has: what one speaker says on one occasion is one, however many quote it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache

from stories.actors import MentionKind, mentions
from stories.evidence import Voice
from stories.story import PlacedStatement

OCCASION = timedelta(hours=24)
"""Words of one speaker this close together are taken for one occasion: a day's briefing is quoted for a day."""


def independent(evidence: Sequence[PlacedStatement]) -> int:
    """How many independent sources there are among one party's statements of one stance.

    Two are one when they reached us through one outlet from one speaker, are worded alike, or are one
    speaker's within `OCCASION`. A party named as a whole ("Iran denies", a headline) adds no source to
    a person who spoke for it on the same occasion.
    """
    through: set[tuple[str, str]] = set()
    worded: set[str] = set()
    last: dict[str, datetime] = {}
    spoken: list[datetime] = []
    count = 0
    ordered = sorted(evidence, key=lambda each: each.at)
    for each in sorted(ordered, key=_is_whole):  # those who are named first
        statement = each.statement
        name = "" if _is_whole(each) else statement.speaker.split()[-1].lower()
        way = (name, statement.via[0] if statement.via else each.publisher)
        words = " ".join(statement.words.lower().split())
        known = way in through or words in worded
        if name:
            known = known or (name in last and each.at - last[name] <= OCCASION)
            last[name] = each.at
        else:
            known = known or _near(spoken, each.at)
        count += not known
        through.add(way)
        worded.add(words)
        at = bisect_left(spoken, each.at)
        spoken.insert(at, each.at)
    return count


def _near(times: Sequence[datetime], at: datetime) -> bool:
    """Whether any of the sorted times lies within one occasion of a time."""
    place = bisect_left(times, at)
    return any(abs(times[near] - at) <= OCCASION for near in (place - 1, place) if 0 <= near < len(times))


def _is_whole(each: PlacedStatement) -> bool:
    """Whether a statement names no person or office, only the party ("Iran", "Tehran", "officials")."""
    statement = each.statement
    if not statement.speaker or statement.voice is not Voice.NAMED:
        return True
    return statement.speaker == statement.party or (
        not statement.affiliation and _is_place(statement.speaker)
    )


@lru_cache(maxsize=8_192)
def _is_place(name: str) -> bool:
    whole = len(name)
    return any(
        mention.kind in (MentionKind.STATE, MentionKind.SEAT, MentionKind.PEOPLE)
        and mention.end == whole
        and mention.start <= len("the ")
        for mention in mentions(name, None)
    )

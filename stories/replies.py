"""Who answers in a headline: the party that denies, rejects or accuses back, often without the claim's own words.

"China says U.S. is ‘not qualified’ to issue orders" shares only actors and time with what it answers; that a party
of a claim answers is then the strongest sign there is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from stories.actors import Mention, MentionKind
from stories.lexicon import load, pattern

_MARK = "!"
_SPOKEN = (MentionKind.STATE, MentionKind.PEOPLE, MentionKind.SEAT, MentionKind.OFFICE, MentionKind.GROUP)


def reply_term(title: str, named: Sequence[Mention]) -> str:
    """The word that stands for "this party answers" ("!China"); empty where the headline is no answer.

    ``named``: the mentions of a text that begins with the title; who is named first answers.
    """
    first = next((each for each in named if each.end <= len(title)), None)
    if first is None or first.kind is MentionKind.PLACE:
        return ""
    cue = _cues().search(title.lower().replace("’", "'"))
    if cue is None or first.start > cue.start():
        return ""
    return _MARK + first.actor.replace(" ", "_")


def replier(words: Iterable[str]) -> str:
    """The party that answers, of an item's words; empty where none does."""
    return next((word[1:].replace("_", " ") for word in words if word[0] == _MARK), "")


@cache
def _cues() -> re.Pattern[str]:
    data = load("sides")
    return pattern([*data["denial"]["words"], *data["counter"]["words"]])

"""Plain denials: a party says, in words no lexicon of denials holds, that it did not do what is a claim."""

from __future__ import annotations

import re
from datetime import datetime

from stories.claims import read_sentence
from stories.item import Field

_NEGATED = re.compile(
    r"\b(?:is|are|was|were|do|does|did|has|have|had)(?: not|n['’]t)\b|(?<!will )(?<!shall )(?<!must )\bnever\b|\bno longer\b",
    re.IGNORECASE,
)
_SELF = re.compile(
    r"\W*(?:that )?(?P<who>it|they|we|(?:the|our) (?:country|government|army|military|company|nation|kingdom))(?= )",
    re.IGNORECASE,
)
"""The speaker's own party, where its words begin with it."""
_NONE_DONE = re.compile(
    r"\W*(?:that )?(?P<goods>no (?:[\w-]+ ){1,3}?)(?:(?:were|was|have been|had been|has been) )?(?:ever )?"
    r"(?P<verb>[\w-]+) (?=(?:from|to) )",
    re.IGNORECASE,
)
"""A denial without its actor: "no missiles received from France"."""
_NONE = re.compile(r" no (?!more\b|less\b|fewer\b|doubt\b|longer\b|later\b|sooner\b)", re.IGNORECASE)
_OTHER_VERB = re.compile(
    r"[,;]|\b(?:stop\w*|ceas\w*|regret\w*|want\w*|hid\w*|conceal\w*|den(?:y|ied)|doubt\w*|only|just|know\w*|knew|believe\w*|think|say|said|"
    r"confirm\w*|comment\w*|recall|remember|apologi\w+|if|whether|why|how|when|that|but|because)\b",
    re.IGNORECASE,
)
"""What between a negation and an act says that it isn't the act that is negated ("never stopped buying")."""
_NEAR = 30
"""Characters from a negation to the act it negates, at most."""


def denied(
    text: str, start: int, end: int, party: str, where: Field, at: datetime | None
) -> tuple[int, int] | None:
    """Where a speaker's words say that their own party does not do something ("Russia is not supplying weapons").

    Only what `stories.claims` knows as a claim with that party as its actor counts: "did not see" and "will not
    run" deny nothing that was alleged. ``text[start:end]`` are the words; the answer is the negation's place.
    """
    found = _negated(text[start:end], party, where, at)
    if found is not None:
        return start + found[0], start + found[1]
    said = text[start:end]
    own = _SELF.match(said)
    if own is not None:
        found = _negated(party + said[own.end() :], party, where, at)
        moved = own.end() - len(party)
        return None if found is None else (start + found[0] + moved, start + found[1] + moved)
    none = _NONE_DONE.match(said)
    if none is not None:
        turned = f"{party} {none['verb']} {none['goods']}{said[none.end() :]}"
        if _negated(turned, party, where, at) is not None:
            at_no = start + none.start("goods")
            return at_no, at_no + len("no")
    return None


def _negated(words: str, party: str, where: Field, at: datetime | None) -> tuple[int, int] | None:
    """The place of what negates an act of the party's, in words that name it."""
    negations = [each.span() for each in _NEGATED.finditer(words)]
    if not negations and " no " not in words.lower():
        return None
    for claim in read_sentence(words, 0, len(words), where, at):
        if claim.actor != party or claim.span is None or claim.action == "recognise":
            continue  # who "does not recognise" a court answers nothing
        none = _NONE.match(words, claim.span.end)
        if none is not None:
            return none.start() + 1, none.end() - 1
        for first, last in negations:
            between = words[last : claim.span.start]
            if last <= claim.span.start <= last + _NEAR and not _OTHER_VERB.search(between):
                return first, last
    return None

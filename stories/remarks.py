"""Words that say nothing on a claim, though they are somebody's on the day they are asked."""

from __future__ import annotations

import re

from stories.cues import plain

_WHO = r"\W*(?:that )?(?:it|they|we|i|he|she|(?:the|our) (?:country|government|army|military|ministry|company|nation))"
_MATTER = (
    r"(?: (?:by|about|at|with|of|to|over) (?:(?:the|this|that|these|those|such|any) )?(?:(?:media|press|latest) )?"
    r"(?:reports?|claims?|allegations?|accusations?|news|matters?|situation|developments?|issues?|remarks|statements?|questions?|it|this|that))?"
)
_EMPTY = re.compile(
    _WHO + r"(?:"
    # what it feels, or that it looks on
    r"(?: (?:is|are|was|were|am|remains?|remained|felt|(?:has|had|have) been)|'(?:re|m|s))(?: not|n't)?(?: \w+ly| very| also| still| not)*"
    r" (?:surprised|shocked|worried|concerned|alarmed|saddened|pleased|happy|glad|disappointed|outraged|calm|confident|ready|aware|"
    r"following|monitoring|watching|studying)"
    # that it is for what somebody did
    r"|(?: (?:fully|strongly|completely|firmly))? (?:backs?|backed|supports?|supported|welcomes?|welcomed) (?:the |a |any )?(?:[\w.'-]+ ){0,3}?"
    r"(?:decision|move|call|effort|plan|step|response)s?(?: to [\w' .-]+)?"
    # that it will speak at another time
    r"|(?: (?:would|will|plans? to|planned to|intends? to|intended to)|'(?:d|ll))(?: \w+ly| only| soon| later)*"
    r" (?:respond|reply|answer|comment|speak|say more|(?:make|issue|release|give) (?:a|its|an|their) (?:\w+ )?(?:statement|response|answer|reply))"
    r"(?: (?:later|soon|shortly|tomorrow|in due course|in time|in due time|at a later (?:date|stage|time)|when \w+|on \w+day))"
    r")" + _MATTER + r"(?: (?:on \w+day|later|soon|today|yesterday))?\W*"
)


_TO_BE_SEEN = re.compile(
    r"\b(?:claims?|allegations?|accusations?|reports?|videos?|footage|recordings?|images?|photos?|documents?|leaks?|authenticity|information|facts|it|this|that)"
    r" (?:first )?(?:must|should|needs? to|has to|have to|had to|needed to)(?: first)? be"
    r" (?:\w+ly )?(?:studied|verified|checked|examined|established|authenticated|analy[sz]ed|looked (?:into|at)|investigated|confirmed|assessed)\b"
)
"""What is still to be looked at is neither said to be so nor not to be so."""


def says_nothing(said: str) -> bool:
    """Whether words tell only a feeling or put off the answer ("it was not surprised", "the video must be studied").

    A feeling about something told in the same words ("concerned that Iran sends drones") does say something.
    """
    low = plain(said)
    return _EMPTY.fullmatch(low) is not None or _TO_BE_SEEN.search(low) is not None


_OWN_CLAUSE = re.compile(
    r"\W*(?:that )?(?:he|she|it|they|we|i) (?!.*\b(?:involved|responsible|guilty|aware|behind|blame|true|happen\w*|party|part|so|it|this|that)\b)"
)
_TELLS_WHAT = re.compile(
    r"\W*(?:that (?:it|he|she|they|we|the|its|his|her|their)\b|(?:having )?\w{3,}ing (?:the|a|an|its|any|\w{3,})\b)"
)


def own_clause(low: str) -> bool:
    """Whether a clause of its own says what is denied ("denied he was ill"), not words that only point back ("was involved")."""
    return _OWN_CLAUSE.match(low) is not None


def tells_what(low: str) -> bool:
    """Whether what is denied is told in full ("that it had raised the pay", "raising the pay")."""
    return _TELLS_WHAT.match(low) is not None

"""What is beside a story's claim though its words are near: another charge, a detail, a feeling, somebody else's deed."""

from __future__ import annotations

import re

from stories.cues import plain
from stories.evidence import Stance, Statement
from stories.remarks import says_nothing as empty

_MATTER = r"(?:charges?|counts?|allegations?|accusations?|claims?|reports?|offen[cs]es?|crimes?|incidents?|matters?)\b"
_ANOTHER = re.compile(
    rf"\W*(?:to |of |that )?(?:(?:two|three|four|several|many|some|any|all|the|these|those) )*"
    rf"(?:(?:unrelated|separate|other|similar|different) (?:[\w'-]+ )?{_MATTER}|(?:all|any) (?:previous|earlier|prior|past) (?:[\w'-]+ )?{_MATTER})"
)
"""What says itself that it is not this matter ("all previous allegations", "unrelated charges")."""
_DETAIL = re.compile(
    r"\W*(?:exactly |precisely )?(?:how (?:many|much|long|often|big|large|far)|when|where|which|what (?!happened|the truth)\w+)\b"
)
"""What is left open of something that is taken for granted ("would not say how many jobs go")."""
_FEELING = re.compile(
    r"\b(?:shock\w*|stunn\w+|surpris\w+|disappoint\w+|hat(?:es|ed|ing)|lov(?:es|ed|ing)|lik(?:es|ed|ing)|feel\w*|felt|struggl\w+|"
    r"nervous|scared|afraid|fear\w*|worr(?:y|ied|ies)|frustrat\w+|excited|proud|emotional|tough|difficult|hard|heartbr\w+|"
    r"jealous\w*|cr(?:y|ied|ying)|miss(?:es|ed)|missing him|must (?:improve|do better)|can improve|embarrass\w+|regret\w*|anger(?:ed)?|angry|challeng(?:e|ing)|"
    r"ashamed|lonely|depressed|upset|trepidation|insecur\w+|"
    r"(?:he|she|i)(?:'s| was| is| felt)(?: been)? ['\"]*(?:really |so |very |quite )?(?:broken|lost|tired))\b"
)
"""What somebody owns up to about themselves, which is no answer to what others say."""
_ORDERED = re.compile(
    r"\W*(?:(?:reporters|journalists|him|her|them|us|people|staff|officials|residents|everyone) )?(?:not )?to (?!\w+ing\b)[a-z]+\b"
)
"""What somebody is told to do, which asserts nothing ("told reporters to contact the court")."""
_DOCUMENTED = re.compile(
    r"\W*(?:according to|in) (?:the|a|an|his|her|its|their) [^,]{0,60}\b(?:complaint|lawsuit|suit|indictment|filing|affidavit|memoir|book)\b"
)
"""Who says that somebody admitted it: their opponent's papers, not they."""
_NEAR = 45
"""Characters of what is admitted in which a negation is of the whole."""
_NEGATED = re.compile(
    r"\b(?:is|are|was|were|am|does|do|did|has|have|had|can|will)(?:n't| not)\b|\bnie (?:jest|są|był\w*|ma|mają|będzie)\b"
)
"""What is admitted not to be so is no confirmation of what others say is so."""
_CIRCUMSTANCE = re.compile(
    r"(?<=[\w'’\"”] )(?:following|amid|amidst|after|ahead of|in the wake of|in response to|despite|as)\b"
)
"""What was said when: words behind it tell the occasion, not what is said."""
_BLAMED = re.compile(
    r"\b(?:(?i:(?:was|is|were|are|be|been|being|probably|likely|possibly) (?:probably |likely |possibly |to )?(?:responsible|to blame)"
    r"|(?:came|come|coming|fired|launched|shot|sent|hit|struck) (?:from|by))\b|(?i:likely|probably|possibly|was|were|be|been) (?=[A-Z]))"
)
"""What lays a deed to whoever is named beside it ("likely came from Chile", "could be Chilean")."""
_BROUGHT_UP = re.compile(
    r"(?<!the )(?<!these )(?<!those )(?<!such )(?<!this )(?<!that )(?<!all )(?<!any )"
    r"\b(?!the\b|these\b|those\b|such\b|this\b|that\b|all\b|any\b)[\w'-]+ (?:allegations?|accusations?|claims?|charges?|rumou?rs?)['\"]? (?:which|that|of) "
)
"""Accusations of their own, told of in the sentence that calls them untrue."""
_PART = re.compile(r"\b(?:responsib\w+|involve\w+|any (?:role|part)|being behind|to blame|blame)\b")
_LEAST = 2
"""Words before a circumstance that must say something by themselves."""


def another_matter(said: str) -> bool:
    """Whether what is denied or admitted is called another matter by its own words."""
    return _ANOTHER.match(plain(said)) is not None


def says_nothing(statement: Statement) -> bool:
    """Whether words leave a story's claim alone: an empty remark, a detail left open, a feeling owned up to.

    "confirms" is never a feeling; a detail is left open of what is taken for granted ("would not say how many jobs go").
    """
    said = plain(statement.proposition)
    if statement.stance is Stance.ASSERT:
        start = statement.cue.start - statement.span.start
        tells = plain(statement.words).startswith(("tell", "told"), start)
        return empty(said) or (tells and _ORDERED.match(said) is not None)
    if statement.stance in (Stance.NO_COMMENT, Stance.CANNOT_CONFIRM):
        return _DETAIL.match(said) is not None
    if statement.stance is Stance.CONFIRM:
        low = plain(statement.words)
        confirms = low.startswith("confirm", statement.cue.start - statement.span.start)
        return (
            not confirms
            and (_FEELING.search(low) or _DOCUMENTED.match(low) or _NEGATED.search(said, 0, _NEAR))
            is not None
        )
    return False


def takes_up(statement: Statement) -> bool:
    """Whether words deny a part in the deed, or doubt it, whatever noun they give it."""
    start = statement.cue.start - statement.span.start
    cue = plain(statement.words)[start : statement.cue.end - statement.span.start]
    return (
        statement.stance is not Stance.DENY
        or _PART.search(f"{cue} {plain(statement.proposition)[:30]}") is not None
    )


def brings_up(statement: Statement) -> bool:
    """Whether what is called untrue is brought up by the same words, and not pointed back to ("media accusations which …")."""
    start = statement.cue.start - statement.span.start
    return _BROUGHT_UP.search(plain(statement.words)[:start]) is not None


def content(said: str) -> str:
    """What is said, without the occasion it is said on ("no split after the vote": the split)."""
    cut = _CIRCUMSTANCE.search(said)
    return said if cut is None or len(said[: cut.start()].split()) < _LEAST else said[: cut.start()]


def blames_another(said: str, named: frozenset[str] | set[str]) -> bool:
    """Whether words lay a deed to somebody they name ("Chile's air defence was probably responsible")."""
    return bool(named) and _BLAMED.search(said) is not None

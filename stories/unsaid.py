"""What a sentence only asks about, supposes or shows forged, though it has the words of an act."""

from __future__ import annotations

import re

from stories.phrase import grammar, is_adverb
from stories.text import Word

_ASKING = re.compile(r"(?:did|does|do|has|have|had|is|are|was|were|will|would|could|can) ")
_CONDITION = re.compile(r"if [^,]*$")
_FORGED = re.compile(
    r"\b(?:fake|faked|doctored|deepfake|fabricated|manipulated|ai-generated|bogus|forged|spoof|satirical)(?: \w+){0,2}? "
    r"(?:videos?|clips?|footage|audio|recordings?|images?|photos?|posts?|letters?|documents?|tweets?|screenshots?|quotes?|"
    r"statements?|reports?|articles?|stor(?:y|ies)|websites?|broadcasts?) "
    r"(?:shows?|showing|shown|of|purport\w*|claim\w*|has|have|with|quot\w*|in which|featur\w*|depict\w*)\b[^,;:]*$"
)

_ANSWERED = re.compile(
    r"['\"]? ?(?:the|a|an|any|all|his|her|its|their|this|that|these|those|what|\w+'s?|(?:\w+ ){0,2}(?:claims?|reports?|"
    r"suggestions?|allegations?|accusations?|rumou?rs?|assertions?|speculation|statements?|comments?|charges?|talk|ideas?))\b"
)


def forged(before: str) -> bool:
    """Whether what follows is only shown in a forgery ("Fake video shows minister …"); of words in lower case."""
    return _FORGED.search(before) is not None


_PENDING = re.compile(
    r"\b(?:until|till|unless|once|if|in case|provided|as soon as)(?: [\w'-]+){1,8}? ?(?P<be>\b(?:is|are|be|been|gets?|has|have) )?(?:\w+ly )?$"
)
_PRESENT = re.compile(r"(?:confirm|admit|acknowledge|concede|reject|dismiss|dispute)s?\b|den(?:y|ies)\b")
_SHOWN = re.compile(r"\b(?:an?|the|any|each|this|that) (?:[\w-]+ ){0,2}(?P<noun>[\w-]+) $")
_NOT_DENIED = re.compile(r"\b(?:do|does|did|ha[sd]|have)(?: not|n't) (?:\w+ly )?(?:deny|denied|disputed?)\b")


def unsaid(sentence: str, before: str, act: str) -> bool:
    """Whether an answer is only waited for, a thing's, or taken back in the same breath; all in lower case.

    "until the name is confirmed", "click a link confirming their wish", "not aware of it, but does not deny it".
    """
    waited = _PENDING.search(before)
    if waited is not None and (
        waited["be"] is not None or "would" in before or _PRESENT.match(act) is not None
    ):
        return True
    if "aware" in act and _NOT_DENIED.search(sentence) is not None:
        return True
    noun = _SHOWN.search(before)
    if noun is None or not act.startswith(("confirming", "admitting", "acknowledging", "denying")):
        return False
    persons = grammar("roles", "unnamed", "kin")
    return noun["noun"] not in persons and grammar("issuing").isdisjoint(before.split()[-8:])


def supposed(sentence: str, before: str) -> bool:
    """Whether an act is asked about or a condition ("Did Oslo deny it?", "If Oslo denies it, …").

    Of the sentence and its part before the act, both in lower case.
    """
    if _CONDITION.match(before):
        return True
    return _ASKING.match(sentence) is not None and sentence.rstrip(" \"'").endswith("?")


def answers_to(low: str, at: int) -> bool:
    """Whether what "dismissed as absurd" answers stands behind it; else it was the thing that was so dismissed."""
    return _ANSWERED.match(low, at) is not None


_TO_DO = 7
"""Words before an act among which the verb that asks for it is looked for."""


def asked_for(words: list[Word], verb: int) -> bool:
    """Whether a bare form is only asked of its subject ("demands Oslo confirm the facts", "urges Oslo's cabinet to admit it")."""
    if words[verb].low not in grammar("bare answers", "bases", "bare speech"):
        return False
    at = verb
    while at > 0 and is_adverb(words[at - 1].low):
        at -= 1
    for step in range(at - 1, max(-1, at - 1 - _TO_DO), -1):
        low = words[step].low
        if low in grammar("asking") and (step < at - 1 or words[at].low == "to"):
            return step > 0 and words[step - 1].low not in grammar("determiners", "auxiliaries")
        if (
            words[step].text in ",;:—–"
            or (low in grammar("conjunctions") and low != "that")
            or low in ("who", "which")
        ):
            return False
    return False


_MODALS = frozenset({"will", "may", "might", "could", "should", "must", "'ll"})
_BETWEEN = frozenset({"be", "have", "been", "to"})
_DONE = frozenset(
    {"took", "takes", "used", "uses", "went", "goes", "tried", "tries", "refused", "live", "back", "out"}
)


def not_yet(words: list[Word], verb: int) -> bool:
    """Whether a verb of speech is negated, or only expected, wanted or able to be ("is to announce", "will reveal", "naive to think").

    "moved to deny", "went on to say", "took to Twitter to accuse" are said all the same.
    """
    before = [word.low for word in words[max(0, verb - 3) : verb]]
    if (
        before[-1:] == ["never"]
        or (before[-2:-1] in (["not"], ["never"]) and is_adverb(before[-1]))
        or (before and (before[-1] == "not" or before[-1].endswith("n't")))
    ):
        return True  # "has not yet posted", "never told"
    at = verb
    while at > 0 and (is_adverb(words[at - 1].low) or words[at - 1].low in _BETWEEN):
        at -= 1
    if words[at].low == "to" or (at < verb and words[verb - 1].low == "to"):
        lately = {word.low for word in words[max(0, at - 6) : at]}
        return lately.isdisjoint(_DONE) and grammar("managing").isdisjoint(before[-2:])
    return (at > 0 and words[at - 1].low in _MODALS) or asked_for(words, verb)

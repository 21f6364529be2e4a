"""Whether a form of speech is a verb where it stands, or a noun ("the claims", "United States")."""

from __future__ import annotations

from stories.speakers import grammar, is_adverb
from stories.text import Word


def in_capitals(row: list[Word]) -> bool:
    """Whether a sentence is written as headlines are, every word with a capital."""
    long = [word for word in row if len(word.text) > 3 and word.text[0].isalpha()]
    return bool(long) and sum(word.text[0].isupper() for word in long) > 0.7 * len(long)


def is_noun(row: list[Word], at: int, titled: bool) -> bool:
    """Whether a form of speech is a noun or a name here ("the report says", "claims of", "United States")."""
    word = row[at]
    low = word.low
    following = row[at + 1].low if at + 1 < len(row) else ""
    if at == 0:
        return not low.endswith("ing")
    last = row[at - 1].low
    if word.text[0].isupper() and not titled:
        return True
    if low in ("state", "states") and (titled or last in ("united", "member")):
        return True
    if low == "states" and (following in _OF_STATES or following.endswith("ing")):
        return True  # "the Baltic states that have joined", "EU states looking for a way"
    if low in grammar("plurals") and following in grammar("say") and following in grammar("bases") | _SHOWING:
        return True  # "…, estimates suggest": two verbs of speech don't meet
    if titled and low in grammar("plurals") and following in _BEHIND_NOUNS:
        return True  # "Mayor Renews Fraud Claims in Wake of Vote"
    if low == "blamed" and following == "for":
        return True  # "Rats blamed for eating evidence"
    if low == "reported" and following in _FOUND:
        return True  # "reported missing": told of them, not by them
    if low.startswith("assert") and any(each.low in _ASSERTED for each in row[at + 1 : at + 4]):
        return True  # "asserts authority": an act, no speech
    told = low in ("said", "alleged", "believed", "reported", "thought", "claimed", "accused")
    if told and following in ("to", "of") and (low, following) != ("said", "of"):
        return True  # "alleged to have duped": told of them, not by them
    if low == "say" and following in _SAY_IN and at > 1 and _is_owned(row, at):
        return True
    if row[at - 1].text in "'’" and at > 1 and row[at - 2].low.endswith("s"):
        return True
    if low in grammar("plurals") and not following and row[at - 1].text in "'’\"”»":
        return True  # "warns of 'dirty bomb' claims": nobody follows who makes them
    if low in _OF_THINGS and _colours(row, at):
        return True
    if low == "state" and last == ",":
        return True  # "…, state media report"
    if low in ("warning", "reporting") and last in grammar("telling") and following not in ("that", ":"):
        return True
    if low.endswith("ing"):
        return last in grammar("determiners") or (
            last in ("of", "is", "was", "are", "were", "be") and following == "of"
        )
    if (
        low == "said"
        and last in grammar("prepositions")
        and following not in (",", "that", "he", "she", "they")
    ):
        return last not in (
            "on",
            "in",
        )  # "in exchange for said equipment"; "a source he met in Oslo on Friday said"
    if low.endswith("ed") or low in ("said", "told", "wrote", "thought"):
        return last in grammar("determiners") and last not in (
            "that",
            "this",
            "these",
            "those",
            "all",
            "both",
            "others",
            "some",
            "many",
            "most",
            "few",
        )
    if last in grammar("prepositions") or last.endswith(("'s", "s'")):
        return last != "to" and last not in ("he's", "she's", "it's")
    if low in grammar("plurals") and row[at - 1].text.islower() and last not in grammar("pronouns", "roles"):
        return not (at >= 2 and row[at - 2].low in grammar("determiners"))
    if low in grammar("bases"):
        if following in grammar("say"):
            return True  # "…, report says"
        if last == ",":
            return False
        if following in ("of", "on", "by", "in", "for", "from", "about", "to") and low not in (
            "say",
            "think",
            "believe",
            "insist",
        ):
            return True
        if last in grammar("auxiliaries") or last == "to" or last in ("they", "we", "i", "you", "who"):
            return False
        if is_adverb(last):
            return False
        if last in ("and", "or", "but"):
            return following not in ("that", "it", "they")
        return not (
            last.endswith("s")
            or last in ("people", "police", "media", "others", "some", "many", "men", "women")
        ) or _determined(row, at)
    if low.endswith("s"):
        if following in ("of", "about", "by", "from", "are", "were", "have", "against", "made", "over"):
            return True
        return last in grammar("determiners") and last not in ("that", "this", "one", "another", "each")
    return False


_OF_STATES = frozenset(
    {"that", "which", "who", "have", "are", "were", "", ".", ",", "to", "and", "in", "on", "of"}
)
"""What stands behind "states" where it means countries."""
_BEHIND_NOUNS = frozenset(
    {"in", "of", "over", "after", "about", "against", "amid", "on", "that", "into", "as", "for", "from"}
)
_SAY_IN = frozenset({"on", "in", "over"})
_SHOWING = frozenset({"suggest", "say", "show", "indicate", "predict", "warn"})
_FOUND = frozenset(
    {"missing", "dead", "killed", "injured", "wounded", "stolen", "lost", "safe", "ill", "sick", "hurt"}
)
"""How those are who are "reported" so."""
_ASSERTED = frozenset(
    {
        "authority",
        "dominance",
        "control",
        "rights",
        "right",
        "independence",
        "power",
        "sovereignty",
        "itself",
        "himself",
        "herself",
        "themselves",
        "supremacy",
    }
)
_OF_THINGS = frozenset({"alleged", "reported", "claimed"})
"""Forms that as often colour a noun: nobody speaks in "the alleged attack"."""
_REACH = 5
"""Words behind such a form among which the thing it colours is looked for."""


def _is_owned(row: list[Word], at: int) -> bool:
    """Whether "say" is somebody's say in a matter ("a row over Roe say on aid"; not "three men in Oslo say on Friday")."""
    timed = at + 2 < len(row) and row[at + 2].low in grammar("time")
    return not timed and row[at - 2].low in ("over", "on", "about") and row[at - 1].text[0].isupper()


def _colours(row: list[Word], at: int) -> bool:
    """Whether "alleged" or "reported" colours the noun behind it ("Oslo's alleged raid", "reported drone attack")"""
    behind = row[at + 1 :]
    if not behind or behind[0].low in grammar("determiners", "pronouns") or behind[0].text in ",.:":
        return False
    last, lead = row[at - 1], row[at - 2].low if at > 1 else ""
    if last.low.endswith(("'s", "s'")):
        return last.low[:-2] not in grammar("pronouns")
    if last.low in grammar("prepositions"):
        return last.low not in ("as", "than")
    if last.text.islower() and last.low.endswith("ing"):
        return lead not in grammar("determiners")  # "accused of directing alleged raids"
    if last.text == ",":
        return any(word.low in grammar("things") for word in behind[:_REACH])
    if row[at].low != "alleged" or row[-1].text in ".!?":
        return False
    # headlines tell in the present: "Friends Compare Alleged Attack" has no subject that alleged
    for word in behind:
        if word.text in ",;:—–":
            break
        if word.low in grammar("verbs") or word.low in grammar("auxiliaries"):
            return False
    return True


def _determined(row: list[Word], at: int) -> bool:
    """Whether a determiner or possessive opens the phrase that ends here, so that its last word is a noun."""
    for step in range(at - 1, max(-1, at - 4), -1):
        low = row[step].low
        if low in ("a", "an", "the", "this", "that", "its", "his", "her", "their"):
            return at - step > 1 and not row[at - 1].low.endswith("s")
        if not row[step].text[0].isalnum():
            return False
    return False

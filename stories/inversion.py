"""Who speaks where the subject stands behind its verb (", said Michael Kugelman, deputy director of …")."""

from __future__ import annotations

from stories.phrase import MAX_APPOSITION, MAX_PHRASE, Phrase, foreign_say, grammar, is_adverb, phrase_ends
from stories.text import Word

_AT = frozenset({"в", "у", "во"})
"""Where a body speaks in Slavic languages ("заявили в Кремле")."""
_IN_POLISH = frozenset({"we", "w", "na", "po"})
"""How Polish leads up to a day or a place."""


def after(words: list[Word], verb: int, ceiling: int) -> Phrase | None:
    """The subject right after an inverted verb (", said Michael Kugelman, deputy director of …")."""
    ends, times, prepositions = phrase_ends(), grammar("time"), grammar("prepositions")
    first = verb + 1
    while first < ceiling and (
        is_adverb(words[first].low) or (first == verb + 1 and words[first].low in _AT)
    ):
        first += 1
    first = _past_place(words, first, ceiling)
    if first < ceiling and words[first].low in _IN_POLISH and words[verb].low in foreign_say():
        return None  # "… we wtorek na konferencji": where, not who
    last = first
    while last < ceiling and last - first < MAX_PHRASE:
        word = words[last]
        low = word.low
        if low in ("and", "&") and last > first and last + 1 < ceiling and words[last + 1].text[0].isupper():
            last += 1
            continue
        if not (word.text[0].isalnum() or word.text in "-" or (word.text == "." and _initial(words, last))):
            break
        if last == first + 1 and words[first].low in grammar("determiners") and low in grammar("nouns"):
            last += 1
            continue
        if low in ("here", "there") and last > first:
            break
        named = last > first or (
            last + 1 < ceiling and words[last + 1].text[0].isupper()
        )  # "says Met Office"
        if (low in ends or low in times) and not (named and word.text[0].isupper() and low not in times):
            break
        if low in prepositions and low not in ("of", "for", "at") and not _inside_title(words, last, ceiling):
            break
        last += 1
    if last == first:
        return None
    apposition = None
    if last + 1 < ceiling and words[last].text == ",":
        stop = last + 1
        while stop < ceiling and words[stop].text not in ',;:"“”.' and stop - last < MAX_APPOSITION:
            stop += 1
        if _describes(words, last + 1, stop):
            apposition = (last + 1, stop)
    return Phrase(first, last, apposition)


def _past_place(words: list[Word], first: int, ceiling: int) -> int:
    """Behind the day and the town that Polish puts before a speaker ("powiedział we wtorek w Oslo minister")."""
    at = first
    while at + 2 < ceiling and words[at].low in ("we", "w"):
        town = (
            words[at + 1].text[0].isupper() and words[at + 2].text.islower() and words[at + 2].text.isalpha()
        )
        if words[at + 1].low not in grammar("nobody") and not town:
            break
        at += 2
    return at


_PLACED = frozenset({"na", "po", "dla", "do", "o", "że", "в", "на"})
"""Prepositions and "that" of Slavic languages: behind the verb they tell where or what, not who."""


def dashed(row: list[Word], verb: int) -> bool:
    """Whether a dash parts what is said from its verb and speaker, as in Polish ("Nie ma zgody - powiedział minister")."""
    dash = row[verb - 1]
    return (
        dash.text in "-–—"
        and row[verb].low in foreign_say()
        and (row[verb + 1].low not in _PLACED or row[min(verb + 2, len(row) - 1)].low in grammar("nobody"))
        and row[verb - 2].end < dash.start
        and dash.end < row[verb].start
    )


def _initial(words: list[Word], stop: int) -> bool:
    return stop > 0 and (len(words[stop - 1].text) <= 3 and words[stop - 1].text[0].isupper())


def _inside_title(words: list[Word], at: int, ceiling: int) -> bool:
    """Whether a preposition goes on inside a title ("secretary to the Treasury"), not into a time or place."""
    return words[at].low == "to" and at > 0 and words[at - 1].low in grammar("roles")


def _describes(words: list[Word], first: int, last: int) -> bool:
    """Whether words between commas tell who somebody is."""
    roles = grammar("roles")
    return first < last and (
        words[first].low in ("a", "an", "the", "who", "whose")
        or any(
            words[at].low.rstrip("s") in roles or words[at].low in roles
            for at in range(first, min(last, first + 8))
        )
    )

"""Who speaks: the noun phrase at a verb, its role in apposition, and whom a pronoun stands for."""

from __future__ import annotations

from stories.hanging import antecedent, hung_on
from stories.phrase import (
    MAX_APPOSITION,
    MAX_PHRASE,
    Phrase,
    Speaker,
    grammar,
    heads,
    is_adverb,
    opens_subject,
    past_label,
    phrase_ends,
    title_of_work,
)
from stories.text import Word

__all__ = ["Phrase", "Speaker", "before", "clause_subject", "grammar", "is_adverb", "owner"]

_ASIDES = 2
_SUBJECTS = frozenset({"he", "she", "it", "they", "we"})
_ARTICLES = frozenset({"the", "a", "an", "one"})
_CITES = frozenset({"citing", "quoting"})


def before(words: list[Word], verb: int, floor: int = 0) -> Phrase | None:
    """The subject that ends right before a verb; None where none stands there.

    Steps back over auxiliaries, adverbs, times ("on Wednesday"), an apposition between commas and "who".
    """
    at = _back_over_helpers(words, verb, floor)
    if at > floor and words[at - 1].low in grammar("prepositions"):
        return None
    apposition: tuple[int, int] | None = None
    if at > floor and words[at - 1].low in ("who", "which"):
        at -= 1
        if at > floor and words[at - 1].text == ",":
            at -= 1
        named = _named_before(words, at, floor)
        if named is not None:
            return named
    elif at > floor + 1 and words[at - 1].low == "that" and _restricts(words, at - 1):
        at -= 1  # "fines firms that deny it"
    elif at > floor and words[at - 1].text in ",–—":
        opened = _opening_comma(words, at - 1, floor)
        if opened is None:
            return None
        apposition = (opened + 1, at - 1)
        at = opened
        if at > floor + 1 and words[at - 1].low.isdigit() and words[at - 2].text == ",":
            at -= 2  # "Ike Ekwe, 60, former deputy president of the senate, admitted"
    if at > floor and words[at - 1].text == ")":
        while at > floor and words[at - 1].text != "(":
            at -= 1
        at -= 1
    told = _phrase_ending(words, at, floor, apposition)
    if at < verb and words[at].low == "who" and (person := antecedent(words, at, floor, told)) is not None:
        return person
    phrase = _citing(words, told, floor)
    if phrase is not None and (end := hung_on(words, phrase.first, floor)) is not None:
        return _phrase_ending(words, end, floor, None)
    if phrase is not None and (described := _before_who(words, phrase, floor)) is not None:
        return described
    for _ in range(_ASIDES):
        if phrase is None or words[phrase.first].low not in ("of", "from") or phrase.first <= floor + 1:
            break
        # "Mark Brown, 41, of Squirrel Close, East Sussex, denies": the name stands before its asides
        at = phrase.first
        while at > floor and (words[at - 1].text == "," or words[at - 1].low.isdigit()):
            at -= 1
        phrase = _phrase_ending(words, at, floor, (at, phrase.last))
    return _described(words, phrase, floor)


def _described(words: list[Word], phrase: Phrase | None, floor: int) -> Phrase | None:
    """Whom a phrase between commas describes ("Roe, an opponent of the president, Ada Doe, denied": not Doe)."""
    if phrase is None or phrase.apposition is None or words[phrase.first].low not in _ARTICLES:
        return phrase
    comma = phrase.first - 1
    if comma <= floor or words[comma].text != ",":
        return phrase
    first = comma
    while first > floor and words[first - 1].text[0].isupper() and words[first - 1].low not in phrase_ends():
        first -= 1
    lead = words[first - 1].low if first > floor else ""
    named = first < comma and not is_adverb(words[first].low) and words[first].low not in grammar("time")
    if not named or lead in grammar("prepositions") or words[first].low in grammar("prepositions"):
        return phrase
    return Phrase(first, comma, (phrase.first, phrase.apposition[1]))


def _before_who(words: list[Word], phrase: Phrase, floor: int) -> Phrase | None:
    """Whom a clause with "who" tells of, when the phrase is that clause's ("the man who said it burnt the house denies")."""
    for at in range(phrase.first - 1, floor, -1):
        if words[at].text in ',;:—–"“”' or words[at].low in grammar("conjunctions"):
            return None
        if words[at].low == "who":
            if words[at - 1].low in grammar("prepositions") or at + 1 >= phrase.first:
                return None
            return _phrase_ending(words, at, floor, None)
    return None


def _restricts(words: list[Word], that: int) -> bool:
    """Whether "that" hangs on the noun before it, so that the noun is the subject behind it."""
    noun = words[that - 1]
    return (
        noun.text[0].isalpha()
        and noun.low.endswith("s")
        and noun.low not in phrase_ends()
        and noun.low not in grammar("prepositions", "tales")
    )


def _named_before(words: list[Word], end: int, floor: int) -> Phrase | None:
    """The person's name a "who" follows, whatever it hangs on ("led by the trial of nurse Lucy Letby, who denies")."""
    first = end
    while first > floor and words[first - 1].text[0].isupper() and words[first - 1].low not in phrase_ends():
        first -= 1
    if end - first < 2 or first == floor or words[first - 1].low not in grammar("roles") | {"of", "nurse"}:
        return None
    return Phrase(first, end)


def _back_over_helpers(words: list[Word], verb: int, floor: int) -> int:
    helpers, times = grammar("auxiliaries"), grammar("time")
    at = verb
    while at > floor:
        low = words[at - 1].low
        if low in helpers or is_adverb(low):
            at -= 1
        elif low in times or (low.isdigit() and at - 2 >= floor and words[at - 2].low in times):
            step = at - 1
            while step > floor and (words[step - 1].low in times or words[step - 1].low in ("the", "a")):
                step -= 1
            if step > floor and words[step - 1].low in ("on", "in", "at", "during", "for", "by"):
                step -= 1
            elif low not in grammar("days") and words[step].low not in (
                "last",
                "this",
                "next",
                "late",
                "earlier",
            ):
                break
            at = step
        else:
            break
    return at


def _opening_comma(words: list[Word], closing: int, floor: int) -> int | None:
    """The comma that opens the apposition a comma closes; None when a clause or a quotation stands between."""
    for at in range(closing - 1, max(floor, closing - MAX_APPOSITION) - 1, -1):
        text = words[at].text
        if text in '"“”;:':
            return None
        if text == words[closing].text and at > floor and closing - at > 1:
            inside = words[at + 1].low
            if inside in ("and", "but", "or", "while", "as", "because") or inside in grammar("auxiliaries"):
                return None  # "an aide to Roe, Ada Doe, has apologised, admitting": no apposition
            return at
    return None


def _phrase_ending(
    words: list[Word], end: int, floor: int, apposition: tuple[int, int] | None
) -> Phrase | None:
    if (
        end > floor
        and end < len(words)
        and words[end - 1].text in "'‘\"“"
        and words[end - 1].end == words[end].start
    ):
        end -= 1  # "Oslo 'unable to confirm' …": the mark opens what is quoted
    ends, first = phrase_ends(), end
    while first > floor and end - first < MAX_PHRASE:
        word = words[first - 1]
        if word.low in _SUBJECTS and first == end:
            first -= 1
            break  # "behind a raid it said was aimed at …": a pronoun is a subject alone
        if word.text == ")" and first < end:
            # "a senior Foreign Affairs (MOFA) official": what the brackets hold is part of the phrase
            near = range(first - 2, max(floor, first - 6), -1)
            bracket = next((at for at in near if words[at].text == "("), None)
            if bracket is None:
                break
            first = bracket
            continue
        if word.low == "and" or word.text == "&":
            if not _joins_names(words, first - 1, floor):
                break
        elif (opened := title_of_work(words, first - 1, floor)) is not None:
            first = opened + 1
        elif (
            not (word.text[0].isalnum() or word.text in "-." or _scare(words, first - 1))
            or (
                word.low in ends
                and not (
                    first < end and words[first].text == "." and len(word.text) == 1 and word.text.isupper()
                )
                and not _noun_after_all(words, first - 1, floor)
                and not heads(words, first, end)
            )
            or (word.low in ("he", "she", "they", "we", "i", "it") and first < end)
            or (first < end and word.text.islower() and len(word.low) > 6 and _goes_on(word.low))
        ):
            break
        first -= 1
    behind_who = first < end and first - 1 > floor and words[first - 1].low in ("who", "which")
    if behind_who and words[first - 2].low not in grammar("prepositions") and not opens_subject(words[first]):
        # "Neurologist who watched the debate casts doubt": what stands before "who" is the subject
        return _phrase_ending(
            words, first - 2 if words[first - 2].text == "," else first - 1, floor, apposition
        )
    first = past_label(words, _drop_leading_adverbials(words, first, end), end)
    if first + 1 < end and words[first].text in '"”’' and first > floor and words[first - 1].text in ",.!?":
        first += 1  # "notoriously late," the ministry said: the mark closes what is quoted
    if first >= end or all(word.low in grammar("time") for word in words[first:end]):
        return None
    last = words[end - 1].text
    titled = title_of_work(words, end - 1, floor) is not None
    if (
        not last[-1].isalnum()
        and last != "."
        and not titled
        and not (_scare(words, end - 1) and end - first > 2)
    ):
        return None
    if words[first].low in grammar("prepositions") and words[first].low not in ("of",):
        return None
    return Phrase(first, end, apposition)


def _goes_on(low: str) -> bool:
    """Whether a word is a participle, which ends a phrase, and no adjective ("high-ranking")."""
    return low.endswith("ing") and "-" not in low


def _citing(words: list[Word], phrase: Phrase | None, floor: int) -> Phrase | None:
    """Who is citing somebody, not whom they cite ("The Sun(,) citing the channel X, reported")."""
    if phrase is None:
        return None
    cites = next((at for at in range(phrase.first, phrase.last) if words[at].low in _CITES), None)
    if cites is None:
        inside = phrase.apposition is not None and words[phrase.apposition[0]].low in _CITES
        return phrase._replace(apposition=None) if inside else phrase
    end = cites - 1 if cites > floor and words[cites - 1].text == "," else cites
    return _phrase_ending(words, end, floor, None) if end > floor else None


def owner(words: list[Word], at: int, floor: int = 0) -> Phrase | None:
    """The possessor right before a noun ("despite Kyiv's denial"); prepositions end it."""
    ends, prepositions = phrase_ends(), grammar("prepositions") - {"of"}
    first = at
    while first > floor and words[first - 1].text[0].isalnum() and words[first - 1].low not in prepositions:
        if words[first - 1].low in ends and not _inside_name(words, first - 1, floor):
            break
        first -= 1
        if words[first].low in ("the", "a", "an"):
            break
    return Phrase(first, at) if first < at else None


def _inside_name(words: list[Word], conjunction: int, floor: int) -> bool:
    """Whether "and" stands inside one body's name ("the Russian Fuel and Energy Ministry's")."""
    if words[conjunction].low != "and" or not words[conjunction + 1].text[0].isupper():
        return False
    first = conjunction
    while first > floor and words[first - 1].text[0].isupper():
        first -= 1
    return first < conjunction and first > floor and words[first - 1].low == "the"


def _scare(words: list[Word], at: int) -> bool:
    """Whether a quotation mark belongs to a nickname inside a name (Joaquín 'El Chapo' Guzmán)."""
    return words[at].text in "'‘’“”\"" and any(
        words[near].text in "'‘’“”\""
        for near in (*range(max(0, at - 4), at), *range(at + 1, min(len(words), at + 5)))
    )


def _noun_after_all(words: list[Word], at: int, floor: int) -> bool:
    """Whether a word that can be a verb is a noun here: after a determiner, a possessive or an adjective of place."""
    if at <= floor or words[at].low in grammar("conjunctions") or words[at].low in ("who", "which"):
        return False  # "a day after Kyiv claimed": "after" stands where a noun could, and is none
    last = words[at - 1].low
    if last == "of":
        return True  # "the secretary of state"
    if last in grammar("determiners") or last.endswith(("'s", "s'")):
        return last not in ("that", "all", "both")
    # "two separate sets": an adjective between
    return (
        at - 2 >= floor
        and words[at - 2].low in grammar("determiners")
        and words[at - 2].low not in ("that", "this", "these", "those", "all", "both", "some", "many")
        and words[at - 1].text.islower()
        and not last.endswith("s")
        and last not in grammar("roles")
    )


def _joins_names(words: list[Word], conjunction: int, floor: int) -> bool:
    """Whether "and" joins two names ("North Korea and Wagner") rather than two clauses."""
    ends, prepositions = phrase_ends(), grammar("prepositions")
    for at in range(conjunction - 1, max(floor, conjunction - 8) - 1, -1):
        word = words[at]
        if word.low in ends and not _noun_after_all(words, at, floor):
            return word.low in ("that", "while", "but", "as", "said", "says") and conjunction - at > 1
        if word.text == ",":
            # "…, Espigares and Noble said": nothing but a name since the comma
            return all(
                each.text[0].isupper()
                for each in words[at + 1 : conjunction + 2]
                if each.low not in ("and", "of")
            )
        if word.low in prepositions and word.low != "of":
            # "the Council for Economic Planning and Development said": all of it is a name
            return all(
                each.text[0].isupper()
                for each in (words[at - 1], *words[at + 1 : conjunction], words[conjunction + 1])
            )
        if word.low.endswith("ed") and word.text.islower():
            return False
    return True


def _drop_leading_adverbials(words: list[Word], first: int, end: int) -> int:
    """Cuts "In a statement" and "On Friday" off the front of a subject."""
    prepositions, times = grammar("prepositions"), grammar("time")
    while first < end and (is_adverb(words[first].low) or words[first].low in ("earlier", "meanwhile")):
        first += 1
    while first < end and words[first].low in prepositions:
        at = first + 1
        while at < end and words[at].low in grammar("determiners"):
            at += 1
        if at < end and words[at].low in times:
            while at < end and (words[at].low in times or words[at].low.isdigit()):
                at += 1
            first = at
        else:
            break
    return first


def clause_subject(words: list[Word], verb: int, floor: int = 0) -> Phrase | None:
    """The subject of the clause a later verb belongs to ("Kyiv rejected the bid but denied …")."""
    ends = phrase_ends()
    start = floor
    if verb > 0 and words[verb - 1].low in ("and", "but", ","):
        # "an official who praised the party, denied the famine": the clause of "who" goes on
        for at in range(verb - 1, max(floor, verb - 14), -1):
            if words[at].low == "who":
                return _phrase_ending(words, at - 1 if words[at - 1].text == "," else at, floor, None)
    for at in range(verb - 1, floor - 1, -1):
        if words[at].text in ";:—–" or (
            words[at].low in ("that", "while", "because", "although", "though") and verb - at > 2
        ):
            start = at + 1
            break
    while start < verb and not words[start].text[0].isalnum():
        start += 1
    first = _drop_leading_adverbials(words, start, verb)
    if first < verb and words[first].low in grammar("conjunctions", "prepositions"):
        for at in range(first, verb):  # "After months of talks, Kyiv denied": the subject follows the comma
            if words[at].text == ",":
                first = _drop_leading_adverbials(words, at + 1, verb)
                break
        else:
            first += 1
    for at in range(first, verb):
        low = words[at].low
        if words[at].text == "States":
            continue
        if at > first and (low in ends or is_adverb(low)) and not _noun_after_all(words, at, first):
            return before(words, at, start) or Phrase(first, at)
        if (
            at > first
            and words[at].text.islower()
            and low.endswith("ed")
            and words[at - 1].low not in grammar("determiners")
        ):
            return before(words, at, start) or Phrase(first, at)
    return _leading_name(words, start, verb) if words[verb - 1].text == "," else None


def _leading_name(words: list[Word], first: int, verb: int) -> Phrase | None:
    """Who heads a headline without a verb of its own ("Film star Ezra Miller seen in court, pleads not guilty")."""
    roles = grammar("roles")
    for at in range(first + 2, verb):
        named = words[at - 1].text[0].isupper() and words[at].text[0].islower()
        if named and words[at].low not in roles:
            return Phrase(first, at)
    return None

"""Who a speaker's phrase names: the name itself, and what else it says of them."""

from __future__ import annotations

from stories.speakers import Phrase, Speaker, grammar
from stories.text import Word, bare_name


def _names(words: list[Word], first: int, last: int) -> bool:
    """Whether words between commas are a person's name."""
    return 2 <= last - first <= 5 and all(
        words[at].text[0].isupper() or words[at].text in ".-" for at in range(first, last)
    )


def _heads_a_body(words: list[Word], first: int, last: int) -> bool:
    """Whether a phrase is an office "of" a body with its holder's two names behind ("head of the Space Agency Ivan Petrov")."""
    of = next((at for at in range(first, min(last, first + 4)) if words[at].low == "of"), None)
    if of is None or of == first or words[of - 1].low not in grammar("roles"):
        return False
    held = words[last - 4 : last]
    return last - of > 4 and all(word.text[0].isupper() and word.text.isalpha() for word in held[-3:])


def name(text: str, words: list[Word], phrase: Phrase) -> Speaker:
    """The speaker of a phrase: its name, and the affiliation its apposition or its own role words give."""
    first, last = phrase.first, phrase.last
    about = next((at for at in range(first + 1, last) if words[at].text == "o"), last)
    last = about  # "Doe o czołgach: …" is Polish for "Doe on tanks: …"
    affiliation = ""
    if phrase.apposition is not None:
        a, b = phrase.apposition
        if a < b:
            affiliation = text[words[a].start : words[b - 1].end].strip(" ,")
    roles = grammar("roles")
    if (
        phrase.apposition is not None
        and _names(words, *phrase.apposition)
        and words[last - 1].low not in ("he", "she")
    ):
        # "a deputy spokesman for the ministry, Zia Takal, said": the name stands between the commas
        titles = [words[at].text for at in range(first, last)]
        if any(title.islower() and title in roles for title in titles):
            affiliation = text[words[first].start : words[last - 1].end]
            first, last = phrase.apposition
    if last - first > 3 and _heads_a_body(words, first, last):
        # "Deputy head of the Geopolitical Research Institute Anna White": the name stands last
        affiliation = text[words[first].start : words[last - 3].end]
        first = last - 2
    for at in range(last - 1, first, -1):
        # "National Security Council spokesman John Kirby": the role's words, then the name
        role = words[at - 1].text.islower() and words[at - 1].low.rpartition("-")[2] in roles
        office = [word.low for word in words[at - 2 : at]] == ["of", "state"]  # "Secretary of State Jane Roe"
        office = office and all(word.low != "and" for word in words[at:last])
        if (role or office) and words[at].text[0].isupper():
            lead = text[words[first].start : words[at - 1].end]
            affiliation = f"{lead}, {affiliation}" if affiliation else lead
            first = at
            break
    while first + 1 < last and words[first].text.islower() and words[first].low in grammar("nobody"):
        first += 1  # "w środę Oslo potwierdziło": the day is no part of the name
    while first + 1 < last and words[first].text in "'’\"”":
        first += 1  # "'irresponsible,' Oslo says": the mark belongs to what is quoted
    start, end = words[first].start, words[last - 1].end
    if text[start:end].endswith(("'s", "’s")):
        end -= 2
    end = start + (len(bare_name(text[start:end])) or end - start)
    return Speaker(text[start:end], start, end, affiliation)

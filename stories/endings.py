"""Where what somebody says ends: a small logistic model asked at every place where it could.

Fitted by `benchmarks/fit_attribution.py` on hand-marked attributions; the weights stand in
`lexicon/attribution_weights.toml`.
"""

from __future__ import annotations

import math
from functools import cache

from stories.lexicon import load
from stories.speakers import grammar, is_adverb
from stories.text import Word

_OPEN, _CLOSE = frozenset("“«„"), frozenset("”»")
MOST = 3
"""Ends that are weighed against each other for one cue."""
APART = 0.6
"""Shared part of two contents from which on they are the same choice."""
_SURE = 6.0
"""Log-odds beyond which a place ends content for certain or never, so that sums stay finite."""


@cache
def weights() -> dict[str, float]:
    return dict(load("attribution_weights")["endings"])


@cache
def _marked() -> frozenset[str]:
    """Function words, which are told apart; of other words only the kind counts."""
    names = ("prepositions", "conjunctions", "auxiliaries", "pronouns")
    return frozenset().union(*(grammar(name) for name in names)) | {"which", "who", "whose", "to", "not"}


def endings(row: list[Word], start: int, verb: int) -> list[tuple[int, float]]:
    """Where what is brought from word ``start`` by the word ``verb`` could end, the likeliest first.

    Each is the number of the word behind the last, with how much of it the model expects to be right: the
    share of likely ends that agree with it by half. Ends that nearly agree with a likelier one are left out.
    """
    held = weights()
    likely: list[tuple[int, float]] = []
    left = 1.0
    for at, found in places(row, start, verb):
        odds = held.get("bias", 0.0) + sum(held.get(each, 0.0) for each in found)
        share = 1 / (1 + math.exp(-max(-_SURE, min(_SURE, odds))))
        if share > 0.02:
            likely.append((at, left * share))
        left *= 1 - share
        if left < 0.02:
            break
    last = len(row) - (len(row) > start + 1 and row[-1].text in ".!?")
    likely.append((last, left))
    begin = row[start].start
    reach = {at: row[at - 1].end - begin for at, _ in likely}
    ranked: list[tuple[float, float, int]] = []
    for at, length in reach.items():
        overlaps = [(_shared(length, reach[other]), share) for other, share in likely]
        expected = sum(share * overlap for overlap, share in overlaps)
        ranked.append((expected, sum(share for overlap, share in overlaps if overlap >= 0.5), at))
    chosen: list[tuple[int, float]] = []
    for _, agreed, at in sorted(ranked, reverse=True):
        if all(_shared(reach[at], reach[other]) < APART for other, _ in chosen):
            chosen.append((at, agreed))
        if len(chosen) == MOST:
            break
    return chosen


def _shared(one: int, other: int) -> float:
    """The part that two contents share which begin at one place."""
    return min(one, other) / max(one, other)


def places(row: list[Word], start: int, verb: int) -> list[tuple[int, list[str]]]:
    """The words before which content could end, each with what the model looks at; none inside a quotation."""
    first = _first(row, start)
    bringer = row[verb].low if verb >= 0 else ":"
    manner = "say" if bringer in grammar("say") else "other"
    found: list[tuple[int, list[str]]] = []
    depth, clause, commas, brackets = 0, False, 0, 0
    stop = len(row) - (row[-1].text in ".!?")
    for at in range(start, stop):
        text, low = row[at].text, row[at].low
        if depth == 0 and brackets == 0 and at > start and _could(row, at):
            closed = row[at - 1].text in _CLOSE or row[at - 1].text == '"'
            more = text == "," and any(word.text == "," for word in row[at + 1 : at + 14])
            kind, nxt = _kind(row, at), _kind(row, at + 1)
            seen = f"{manner}|{first}"
            found.append(
                (
                    at,
                    [
                        f"at:{kind}",
                        f"at:{kind}|{seen}",
                        f"at:{kind}|{manner}|clause:{clause}",
                        f"at:{kind}|next:{nxt}",
                        f"at:{kind}|next:{nxt}|{manner}",
                        f"at:{kind}|next:{nxt}|then:{_kind(row, at + 2)}",
                        f"at:{kind}|{row[at + 1].low if at + 1 < len(row) else '$'}",
                        f"w:{bringer}|{first}",
                        f"at:{kind}|clause:{clause}|{seen}",
                        f"more:{more}|at:{kind}|{manner}",
                        f"at:{kind}|last:{_kind(row, at - 1)}",
                        f"at:{kind}|far:{min(6, (at - start) // 3)}|{manner}",
                        f"at:{kind}|w:{bringer}",
                        f"far:{min(8, (at - start) // 2)}|{seen}",
                        f"clause:{clause}|{seen}",
                        f"commas:{min(2, commas)}|{kind if text == ',' else ''}",
                        f"quoted:{closed}|{seen}",
                        f"left:{min(5, (stop - at) // 4)}|at:{kind}",
                    ],
                )
            )
        if text in _OPEN or (text == '"' and depth == 0):
            depth += 1
        elif text in _CLOSE or text == '"':
            depth = max(0, depth - 1)
        elif text == "(":
            brackets += 1
        elif text == ")":
            brackets = max(0, brackets - 1)
        commas += text == ","
        clause = clause or low in grammar("auxiliaries") or low in grammar("verbs")
    return found


def _could(row: list[Word], at: int) -> bool:
    """Whether content could end before a word: at a mark, a function word, a verb form, or behind a quotation."""
    word, last = row[at], row[at - 1]
    low = word.low
    if word.text in ".’'":
        return False
    return (
        not word.text[0].isalnum()
        or last.text in _CLOSE
        or last.text == '"'
        or low in _marked()
        or low in grammar("time")
        or low in grammar("verbs")
        or low.endswith(("ing", "ed"))
        or is_adverb(low)
    )


def _first(row: list[Word], start: int) -> str:
    """What opens content: a quotation, "that", "to", a question's word, or a noun phrase."""
    word = row[start]
    if word.text in _OPEN or word.text == '"':
        return "quote"
    if word.low in ("that", "to", "for", "of", "on", "about", "as", "if", "whether", "how", "what", "why"):
        return word.low
    if word.low in grammar("pronouns"):
        return "pronoun"
    if word.low in grammar("determiners"):
        return "determiner"
    if word.low.endswith("ing"):
        return "ing"
    return "name" if word.text[0].isupper() else "word"


def _kind(row: list[Word], at: int) -> str:
    """A word as the model sees it: itself where it is a mark or a function word, else its class."""
    if not 0 <= at < len(row):
        return "$"
    word = row[at]
    low = word.low
    if not word.text[0].isalnum() or low in _marked():
        return low
    for name in ("time", "determiners"):
        if low in grammar(name):
            return name
    if low in grammar("say"):
        return "say"
    if low in grammar("verbs"):
        return "verb"
    if is_adverb(low):
        return "adverb"
    if low[0].isdigit():
        return "number"
    if word.text[0].isupper():
        return "name"
    return f"-{low[-2:]}" if low.endswith(("ing", "ed", "ly", "s")) else "word"

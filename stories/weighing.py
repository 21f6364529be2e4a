"""Whether a possible attribution is one: a small logistic model, its weights in a file that can be read.

Fitted by `benchmarks/fit_attribution.py`; the weights stand in `lexicon/attribution_weights.toml`.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from stories.lexicon import load
from stories.speakers import grammar, is_adverb
from stories.text import Word

if TYPE_CHECKING:
    from stories.framing import Frame

_MARKS = '"“”«»'


@cache
def _weights() -> dict[str, float]:
    return dict(load("attribution_weights")["weights"])


@cache
def forms() -> frozenset[str]:
    """Words that can bring somebody's words, mind or attitude; verbs of speech among them."""
    return frozenset(load("attribution_weights")["forms"]) | grammar("say")


def score(row: list[Word], frame: Frame, text: str) -> float:
    """Log-odds that a possible attribution is one; 0 is even."""
    weights = _weights()
    return weights.get("bias", 0.0) + sum(weights.get(feature, 0.0) for feature in features(row, frame, text))


def features(row: list[Word], frame: Frame, text: str) -> list[str]:
    """What the model looks at: the verb, its neighbours, its speaker's kind, what it brings and where."""
    verb = frame.verb
    if verb < 0:
        return ["colon", f"colon:{min(3, frame.speaker.last - frame.speaker.first) if frame.speaker else 0}"]
    word = row[verb]
    last = row[verb - 1].low if verb else "^"
    following = row[verb + 1].low if verb + 1 < len(row) else "$"
    start, end = frame.content[0]
    quoted = text[start] in _MARKS or any(mark in text[start:end] for mark in '“”"')
    where = "left" if end <= word.start else "right"
    first = next((each for each in row if each.start >= start), row[-1])
    found = [
        f"w:{word.low}",
        f"w:{word.low}|{where}",
        f"last:{_kind(last)}",
        f"next:{_kind(following)}",
        f"w:{word.low}|next:{following if following in _NEXT else _kind(following)}",
        f"where:{where}",
        f"quoted:{quoted}|{where}",
        f"begins:{_kind(first.low)}",
        f"ending:{word.low[-3:]}",
        f"ending:{word.low[-2:]}|last:{_kind(last)}",
        f"long:{min(5, (end - start) // 30)}|{where}",
        f"halves:{len(frame.content)}",
        f"upper:{word.text[0].isupper()}",
    ]
    if quoted and where == "right":
        found.append(f"w:{word.low}|quoted")
    if frame.speaker is not None:
        head = row[frame.speaker.last - 1]
        opened = row[frame.speaker.first]
        kind = "name" if head.text[0].isupper() else _kind(head.low)
        found += [
            f"speaker:{kind}",
            f"opened:{_kind(opened.low)}",
            f"far:{min(4, abs(verb - frame.speaker.last))}",
        ]
        if head.low in grammar("roles"):
            found.append("speaker:role")
        if frame.speaker.apposition:
            found.append("apposed")
    else:
        found.append("speaker:none")
    return found


_NEXT = frozenset(
    [
        "that",
        "to",
        "of",
        "for",
        "on",
        "about",
        "with",
        "against",
        "in",
        "as",
        "by",
        "up",
        "out",
        "from",
        "at",
        "it",
        "the",
        "a",
        "an",
        "his",
        "her",
        "their",
    ]
)


def _kind(low: str) -> str:
    """The class of a word, enough to generalise over."""
    for name in ("determiners", "pronouns", "auxiliaries", "prepositions", "conjunctions", "time"):
        if low in grammar(name):
            return (
                low
                if name in ("auxiliaries", "pronouns") or low in ("that", "to", "as", "and", "but")
                else name
            )
    if is_adverb(low):
        return "adverb"
    if not low[0].isalnum():
        return low
    return "number" if low[0].isdigit() else f"word:{low[-2:]}"

"""Whether a possible attribution is one: a small logistic model, its weights in a file that can be read.

Fitted by `benchmarks/fit_attribution.py`; the weights stand in `lexicon/attribution_weights.toml`.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from stories.acts import forms_of
from stories.lexicon import load
from stories.speakers import grammar, is_adverb
from stories.text import Word

if TYPE_CHECKING:
    from stories.framing import Frame

_MARKS = '"“”«»'


@cache
def weights() -> dict[str, float]:
    return dict(load("attribution_weights")["weights"])


@cache
def forms() -> frozenset[str]:
    """Words that can bring somebody's words, mind or attitude; verbs of speech among them."""
    return frozenset(load("attribution_weights")["forms"]) | grammar("say") | kinds().keys()


@cache
def kinds() -> dict[str, tuple[str, ...]]:
    """What kinds of speech, mind or act a form can tell of."""
    listed = load("bringing")
    found: dict[str, list[str]] = {}
    for kind, verbs in listed["verbs"].items():
        for verb in verbs.split():
            base, _, irregular = verb.partition(":")
            forms = [base, *irregular.split(",")] if irregular else [form for form, _ in forms_of(base)]
            for form in forms:
                found.setdefault(form, []).append(kind)
    for kind, held in listed["others"].items():
        for form in held.split():
            found.setdefault(form, []).append(kind)
    return {form: tuple(dict.fromkeys(held)) for form, held in found.items()}


def score(row: list[Word], frame: Frame, text: str) -> float:
    """Log-odds that a possible attribution is one; 0 is even."""
    held = weights()
    return held.get("bias", 0.0) + sum(held.get(feature, 0.0) for feature in features(row, frame, text))


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
    opening = next(at for at, each in enumerate(row) if each.end > start)
    first = row[opening]
    stem = _root(word.low)
    beside = following if following in _NEXT else _kind(following)
    inside = sum(each.text in '“”"' for each in row[:verb]) % 2 == 1
    found = [
        f"w:{word.low}",
        f"w:{word.low}|{where}",
        f"root:{stem}",
        f"root:{stem}|next:{beside}",
        f"last:{_kind(last)}",
        f"last:{last}|ending:{word.low[-2:]}",
        f"next:{_kind(following)}",
        f"w:{word.low}|next:{beside}",
        f"where:{where}",
        f"quoted:{quoted}|{where}",
        f"begins:{_kind(first.low)}",
        f"begins:{_kind(first.low)}|root:{stem}",
        f"ending:{word.low[-3:]}",
        f"ending:{word.low[-2:]}|last:{_kind(last)}",
        f"long:{min(5, (end - start) // 30)}|{where}",
        f"halves:{len(frame.content)}|{where}|{min(3, len(row[verb + 1 :]) // 4)}",
        f"upper:{word.text[0].isupper()}",
        f"inside:{inside}|{where}",
        f"inside:{inside}|root:{stem}",
        f"opening:{opening == 0}|quote:{first.text in _MARKS}|{where}",
    ]
    for kind in kinds().get(word.low, ("none",)):
        found += [
            f"kind:{kind}",
            f"kind:{kind}|{where}",
            f"kind:{kind}|next:{beside}",
            f"kind:{kind}|last:{_kind(last)}",
            f"kind:{kind}|ending:{word.low[-2:]}",
            f"kind:{kind}|begins:{_kind(first.low)}",
        ]
    found += _closed(row, frame, end) if where == "right" else _before(row, frame, first.text in _MARKS)
    said = any(each.low in _SAID for at, each in enumerate(row) if at != verb)
    clausal = _clausal(row, opening, end)
    found += [
        f"said:{said}|{where}",
        f"said:{said}|inside:{inside}",
        f"clause:{clausal}|{where}",
        f"clause:{clausal}|root:{stem}",
        f"first:{first.low}|{where}",
    ]
    second = _kind(row[opening + 1].low) if opening + 1 < len(row) else "$"
    found.append(f"opens:{first.low if len(first.low) < 5 else _kind(first.low)}|{second}|{where}")
    if word.low in grammar("tells"):
        heard = any(each.low in _BRINGING or each.text in _MARKS for each in row[verb + 1 :])
        found.append(f"tells:{heard}|{where}")
    if opening:
        found.append(f"ahead:{_kind(row[opening - 1].low)}|quote:{first.text in _MARKS}|{where}")
    if word.low.endswith(("ed", "en")) and any(each.low in _BEING for each in row[max(0, verb - 3) : verb]):
        found += [
            f"passive|by:{any(each.low == 'by' for each in row[verb + 1 : verb + 4])}",
            f"passive|root:{stem}",
        ]
    if quoted and where == "right":
        found.append(f"w:{word.low}|quoted")
    if frame.speaker is not None:
        head = row[frame.speaker.last - 1]
        opened = row[frame.speaker.first]
        kind = "name" if head.text[0].isupper() else _kind(head.low)
        found += [
            f"speaker:{kind}",
            f"speaker:{kind}|ending:{word.low[-2:]}",
            f"speaker:{kind}|root:{stem}",
            f"head:{head.low}",
            f"opened:{_kind(opened.low)}",
            f"far:{min(4, abs(verb - frame.speaker.last))}|{where}",
        ]
        ahead = row[frame.speaker.first - 1].low if frame.speaker.first else "^"
        brings = first.low in _BRINGING or first.text in _MARKS
        found.append(f"ahead of speaker:{_kind(ahead)}|say:{word.low in grammar('say')}|{brings}|{where}")
        if head.low in grammar("roles"):
            found.append("speaker:role")
        if frame.speaker.apposition:
            found.append("apposed")
    else:
        found += ["speaker:none", f"speaker:none|root:{stem}", f"speaker:none|last:{_kind(last)}"]
    return found


def _closed(row: list[Word], frame: Frame, end: int) -> list[str]:
    """How what stands behind its cue ends, and how sure that is."""
    behind = next((at for at, each in enumerate(row) if each.start >= end), len(row))
    following = _kind(row[behind].low) if behind < len(row) else "$"
    sure = int(frame.agreed * 10)
    return [
        f"rank:{frame.rank}",
        f"sure:{sure}",
        f"sure:{sure}|{frame.rank}",
        f"behind:{following}",
        f"behind:{following}|{frame.rank}",
        f"ends:{_kind(row[behind - 1].low)}|{following}",
        f"rest:{min(6, (len(row) - behind) // 3)}|{frame.rank}",
    ]


def _before(row: list[Word], frame: Frame, quote: bool) -> list[str]:
    """How what stands before its cue hangs on it: passive, relative, or with its speaker behind."""
    start, end = frame.content[0]
    verb, speaker = frame.verb, frame.speaker
    stem = _root(row[verb].low)
    held = sum(start <= each.start and each.end <= end for each in row)
    gap = sum(end <= each.start and each.end <= row[verb].start for each in row)
    found = [f"gap:{min(6, gap)}|quote:{quote}"]
    if speaker is None or speaker.first > verb:
        being = verb > 0 and row[verb - 1].low in _BEING
        found.append(f"behind speaker:{speaker is not None}|root:{stem}|being:{being}")
        behind = speaker is not None
    else:
        found += [f"to speaker:{row[speaker.first - 1].low if speaker.first else '^'}", f"left|root:{stem}"]
        behind = False
    return [*found, f"words:{min(6, held)}|quote:{quote}|behind:{behind}"]


_SAID = frozenset({"said", "says", "according", "told", "wrote", "added"})


def _clausal(row: list[Word], opening: int, end: int) -> bool:
    """Whether what is brought holds a verb of its own."""
    held = [each for each in row[opening:] if each.start < end]
    return any(each.low in grammar("auxiliaries") or each.low in grammar("verbs") for each in held)


_BRINGING = frozenset({"that", "to", "of", "whether", "if", "for", "how", "why", "what"})
_BEING = frozenset({"is", "are", "was", "were", "be", "been", "being", "'s", "'re"})


@lru_cache(maxsize=1 << 14)
def _root(low: str) -> str:
    """A word without its ending, so that "denies", "denied" and "denying" are weighed together."""
    for tail in ("ying", "ies", "ied", "ing", "es", "ed", "s", "e", "y"):
        if low.endswith(tail) and len(low) - len(tail) >= 3:
            low = low[: -len(tail)]
            break
    return low[:-1] if len(low) > 3 and low[-1] == low[-2] and low[-1] not in "ls" else low


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


@lru_cache(maxsize=1 << 14)
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

"""Fits the two models by which attributions are read: `python benchmarks/fit_attribution.py FILE…`.

FILE is PolNeAR-shaped; only lines of split "train" are used. Writes stories/lexicon/attribution_weights.toml:
the words that can be cues, where content ends (`stories.endings`), and which frame is an attribution
(`stories.weighing`).
"""

from __future__ import annotations

import math
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.attribution import lines, overlap
from stories import endings, weighing
from stories.candidates import candidates
from stories.lexicon import load
from stories.speakers import grammar
from stories.text import Word, body_spans, curled, sentences, words

OUT = Path(__file__).parents[1] / "stories" / "lexicon" / "attribution_weights.toml"
RATE, DECAY = 0.03, 2e-5
LEAST, SHARE = 2, 0.1
"""A word can be a cue when it was (part of) one so often, and in such a share of the times it stood."""
SEEN, ROUNDS = 10, 4
NEAR = 3
"""Characters a marked span may begin before or behind ours and still be the same content's."""
HEAD = "# Written by benchmarks/fit_attribution.py from hand-marked attributions.\n"
Spans = list[list[int]]


def forms(articles: list[dict[str, Any]]) -> list[str]:
    """Words that are (part of) a cue often enough."""
    cues: Counter[str] = Counter()
    total: Counter[str] = Counter()
    names = ("determiners", "prepositions", "conjunctions", "auxiliaries", "adverbs", "pronouns", "days")
    function = frozenset().union(*(grammar(name) for name in names))
    for article in articles:
        text = article["text"]
        total.update(word.low for word in words(text))
        for quote in article["quotes"]:
            for start, end in quote["cue_spans"]:
                cues.update(word.low for word in words(text, start, end))
    return sorted(
        word
        for word, count in cues.items()
        if count >= LEAST
        and count >= SHARE * total[word]
        and len(word) > 2
        and word.isalpha()
        and word not in function
    )


def rows(articles: list[dict[str, Any]]) -> Iterator[tuple[str, list[Word], list[tuple[Spans, Spans]]]]:
    """Every sentence of the articles: its text, its words, and the marked contents and cues that touch it."""
    for article in articles:
        text = curled(article["text"])
        marked = [
            (each["quote_spans"], each["cue_spans"]) for each in article["quotes"] if each["quote_spans"]
        ]
        for start, end in body_spans(text):
            for first, last in sentences(text[start:end]):
                a, b = start + first, start + last
                near = [
                    ([span for span in spans if span[0] < b and span[1] > a], cues)
                    for spans, cues in marked
                    if spans[0][0] < b and spans[-1][1] > a
                ]
                yield text, words(text, a, b), [pair for pair in near if pair[0]]


def ends(articles: list[dict[str, Any]]) -> list[tuple[list[str], bool]]:
    """Every place where marked content behind its cue could have ended up to where it did; whether it was there."""
    made: list[tuple[list[str], bool]] = []
    for text, row, marked in rows(articles):
        for group in candidates(text, row):
            verb, (begin, _) = group[0].verb, group[0].content[0]
            if verb < 0 or begin < row[verb].start:
                continue
            start = next(at for at, word in enumerate(row) if word.end > begin)
            for spans, cues in marked:
                if not any(first <= row[verb].start < last for first, last in cues):
                    continue
                for _, stop in (span for span in spans if abs(span[0] - begin) <= NEAR):
                    last = next((at for at in range(start + 1, len(row)) if row[at].start >= stop), len(row))
                    places = endings.places(row, start, verb)
                    made.extend((found, at == last) for at, found in places if at <= last)
    return made


def frames(articles: list[dict[str, Any]]) -> list[tuple[list[str], bool]]:
    """Every frame of every possible cue: its features, and whether a marked attribution has that cue and content."""
    made: list[tuple[list[str], bool]] = []
    for text, row, marked in rows(articles):
        for frame in (each for group in candidates(text, row) for each in group):
            cue = row[frame.verb].start if frame.verb >= 0 else None
            held = any(
                (cue is None or any(first <= cue < last for first, last in cues))
                and overlap(frame.content, spans) >= 0.5
                for spans, cues in marked
            )
            made.append((weighing.features(row, frame, text), held))
    return made


def fit(made: list[tuple[list[str], bool]]) -> dict[str, float]:
    """Logistic regression by AdaGrad with a little decay, averaged over the rounds; features seen fewer than `SEEN` times are left out."""
    seen = Counter(feature for features, _ in made for feature in set(features))
    made = [([*filter(lambda each: seen[each] >= SEEN, features), "bias"], held) for features, held in made]
    weights: dict[str, float] = defaultdict(float)
    squares: dict[str, float] = defaultdict(lambda: 1e-6)
    mean: dict[str, float] = defaultdict(float)
    chance = random.Random(7)
    for number in range(ROUNDS):
        chance.shuffle(made)
        for features, held in made:
            odds = sum(weights[feature] for feature in features)
            step = (1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))) - held
            for feature in features:
                gradient = step + DECAY * weights[feature]
                squares[feature] += gradient * gradient
                weights[feature] -= RATE * gradient / math.sqrt(squares[feature])
        if number:
            for feature, weight in weights.items():
                mean[feature] += weight / (ROUNDS - 1)
    return {feature: round(weight, 2) for feature, weight in sorted(mean.items()) if abs(weight) >= 0.08}


def write(known: list[str], ended: Mapping[str, float], weighed: Mapping[str, float]) -> None:
    """Writes the file, and makes the models look at it anew."""
    listed = "".join(f'  "{word}",\n' for word in known)
    tables = "".join(
        f"\n[{name}]\n" + "".join(f"{_quoted(feature)} = {weight}\n" for feature, weight in weights.items())
        for name, weights in (("endings", ended), ("weights", weighed))
    )
    OUT.write_text(f"{HEAD}forms = [\n{listed}]\n{tables}", encoding="utf-8")
    for cached in (load, endings.weights, weighing.weights, weighing.forms):
        _forget(cached)


def _quoted(feature: str) -> str:
    return '"' + feature.replace("\\", "").replace('"', '\\"') + '"'


def _forget(cached: Any) -> None:
    cached.cache_clear()


def main(arguments: list[str]) -> None:
    """Fits the endings first, as the frames to be weighed end by them."""
    articles = [line for line in lines(arguments) if line.get("split") == "train"]
    known = forms(articles)
    write(known, {}, {})
    made = ends(articles)
    ended = fit(made)
    print(len(made), "places,", sum(held for _, held in made), "ends;", len(ended), "weights")
    write(known, ended, {})
    made = frames(articles)
    weighed = fit(made)
    print(len(made), "frames,", sum(held for _, held in made), "marked;", len(weighed), "weights")
    write(known, ended, weighed)


if __name__ == "__main__":
    main(sys.argv[1:])

"""Fits the two models by which attributions are read: `python benchmarks/fit_attribution.py FILE…`.

FILE is PolNeAR-shaped; only lines of split "train" are used. Writes stories/lexicon/attribution_weights.toml:
the words that can be cues, where content ends (`stories.endings`), and which frame is an attribution
(`stories.weighing`).
"""

from __future__ import annotations

import math
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

import numpy as np

from benchmarks.attribution import lines, overlap
from stories import endings, weighing
from stories.candidates import candidates
from stories.lexicon import load
from stories.speakers import grammar
from stories.text import Word, body_spans, curled, sentences, words

OUT = Path(__file__).parents[1] / "stories" / "lexicon" / "attribution_weights.toml"
LEAST, SHARE = 2, 0.1
"""A word can be a cue when it was (part of) one so often, and in such a share of the times it stood."""
RIDGE, SEEN = 40.0, 10
ENDING_RIDGE, ENDING_SEEN = 4.0, 6
"""How strongly weights are drawn to 0, and how often a feature must be seen: tried on a third of the training
articles that the others were fitted without."""
ROUNDS, PARTS = 120, 4
HARDLY = 0.05
NEAR = 3
"""Characters a marked span may begin before or behind ours and still be the same content's."""
HEAD = "# Written by benchmarks/fit_attribution.py from hand-marked attributions.\n"
Spans = list[list[int]]
Rows = list[tuple[list[str], bool]]


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
                # what is marked of a quotation's other sentences is found by its marks, not weighed
                near = [
                    ([[max(a, x), min(b, y)] for x, y in spans if x < b and y > a], cues)
                    for spans, cues in marked
                    if spans[0][0] < b and spans[-1][1] > a
                ]
                yield text, words(text, a, b), [pair for pair in near if pair[0]]


def ends(articles: list[dict[str, Any]]) -> Rows:
    """Every place where marked content behind its cue could have ended up to where it did; whether it was there."""
    made: Rows = []
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


def frames(articles: list[dict[str, Any]]) -> Rows:
    """Every frame of every possible cue: its features, and whether a marked attribution has that cue and content."""
    made: Rows = []
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


def fit(made: Rows, ridge: float, seen: int) -> dict[str, float]:
    """Logistic regression with a squared penalty, by accelerated gradients (Nesterov 1983) that start over when the loss grows.

    Features seen fewer than ``seen`` times are left out, and weights that hardly weigh.
    """
    counts = Counter(feature for features, _ in made for feature in set(features))
    names = ["bias", *sorted(feature for feature, count in counts.items() if count >= seen)]
    number = {feature: at for at, feature in enumerate(names)}
    held = [[0, *(number[each] for each in dict.fromkeys(found) if each in number)] for found, _ in made]
    wanted = np.array([right for _, right in made], dtype=float)
    lengths = np.array([len(each) for each in held])
    flat = np.concatenate([np.array(each) for each in held])
    starts, row = np.concatenate([[0], np.cumsum(lengths)[:-1]]), np.repeat(np.arange(len(made)), lengths)
    # A quarter is the steepest a logistic's slope gets; a row shares its error out over its features.
    steep = np.bincount(flat, minlength=len(names)) * lengths.mean() / 16 + ridge
    drawn = np.full(len(names), ridge)
    drawn[0] = 0.0
    weights = ahead = np.zeros(len(names))
    pace, least = 1.0, math.inf
    for _ in range(ROUNDS):
        odds = np.add.reduceat(ahead[flat], starts)
        loss = float(np.logaddexp(0, odds).sum() - odds @ wanted + (drawn * ahead**2).sum() / 2)
        pace, least = (1.0, loss) if loss > least else (pace, loss)
        error = 1 / (1 + np.exp(-odds)) - wanted
        gradient = np.bincount(flat, weights=error[row], minlength=len(names)) + drawn * ahead
        after = ahead - gradient / steep
        following = (1 + math.sqrt(1 + 4 * pace * pace)) / 2
        ahead = after + (pace - 1) / following * (after - weights)
        weights, pace = after, following
    return {
        feature: round(float(weight), 2)
        for feature, weight in sorted(zip(names, weights, strict=True))
        if abs(weight) >= HARDLY
    }


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


def prepare(articles: list[dict[str, Any]]) -> list[str]:
    """Writes which words can be cues and where content ends, as these articles tell; gives the words."""
    known = forms(articles)
    write(known, {}, {})
    write(known, fit(ends(articles), ENDING_RIDGE, ENDING_SEEN), {})
    return known


def main(arguments: list[str]) -> None:
    """Weighs frames whose cues and ends were learnt from other articles, as they will be when it is used."""
    articles = [line for line in lines(arguments) if line.get("split") == "train"]
    made: Rows = []
    for part in range(PARTS):
        prepare([article for at, article in enumerate(articles) if at % PARTS != part])
        made.extend(frames(articles[part::PARTS]))
    weighed = fit(made, RIDGE, SEEN)
    print(len(made), "frames,", sum(held for _, held in made), "marked;", len(weighed), "weights")
    known = prepare(articles)
    ended = dict(endings.weights())
    print(len(known), "words;", len(ended), "weights of endings")
    write(known, ended, weighed)


if __name__ == "__main__":
    main(sys.argv[1:])
